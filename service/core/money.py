"""Prices of electricity, each in its own currency: no exchange rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from service.core.calculator import Figures
from service.core.machine_inputs import CURRENCIES
from service.core.model import Region
from service.core.quantity import Quantity
from service.core.units import parse_unit

Sector = Literal["industry", "commercial", "household"]
SECTORS: Final[tuple[Sector, ...]] = ("industry", "commercial", "household")
READS: Final = ("electricity-price-industry", "electricity-price-commercial", "electricity-price-household")
_QUANTITIES: Final = dict(zip(SECTORS, READS, strict=True))


def price_in(code: str, sectors: Sequence[Sector], figures: Figures) -> tuple[Quantity, Sector, Region] | None:
    """The price for the first of `sectors` that is known in a region or, failing that, in one that it is part of."""
    for sector in sectors:
        for region in _around(code, figures):
            price = figures.find(_QUANTITIES[sector], region.id.lower())
            if price is not None:
                return price, sector, region
    return None


def _around(code: str | None, figures: Figures) -> Iterator[Region]:
    while code is not None:
        region = figures.region(code)
        yield region
        code = region.part_of


def currency(price: Quantity) -> str:
    """The ISO 4217 code of a price per energy, however its unit is written."""
    return next(code for code in CURRENCIES if parse_unit(f"{code}/kWh").dimension == price.unit.dimension)


def cost(energy: Quantity, price: Quantity, name: str) -> Quantity:
    """Money for an amount of energy, as the step `name`."""
    return (energy * price).named(name, currency(price))
