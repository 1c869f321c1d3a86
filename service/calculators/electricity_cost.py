"""Money for an amount of electricity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic.json_schema import SkipJsonSchema

from service.core import energy as electricity
from service.core.calculator import Figures, Result, calculator
from service.core.inputs import USUAL_REGION, Energy, Inputs, Region, StatedPeriod
from service.core.machine_inputs import Price
from service.core.markers import optional
from service.core.model import Region as Place
from service.core.money import READS, SECTORS, Sector, cost, currency, price_in
from service.core.period import over, span_of, use_of
from service.core.place import place_of
from service.core.quantity import Quantity


class ElectricityCostInputs(Inputs):
    """Inputs of `electricity_cost`."""

    energy: Energy
    region: Region = USUAL_REGION
    sector: Annotated[
        Literal["industry", "commercial", "household"] | SkipJsonSchema[None],
        optional(
            "Whose price: industry, commercial or household. Omit for the first of these that is known.", "industry"
        ),
    ] = None
    price: Price = None
    period: StatedPeriod = None


@calculator(reads=tuple(dict.fromkeys((*electricity.READS, *READS))))
def electricity_cost(inputs: ElectricityCostInputs, figures: Figures) -> Iterator[Result]:
    """What an amount of electricity costs, in the currency of the price.

    Takes an amount, a rate, or a service, model, company or country known here, times the region's published average
    price or the caller's own `price`. Electricity alone: no hardware, no staff, no price of an API. Currencies are not
    converted. Its CO2: electricity_emissions.
    """
    named = figures.amount("energy")
    energy = named if isinstance(named, Quantity) else electricity.electricity_of(named, figures)
    span = span_of(energy, inputs.period)
    price, sector, there = _price(place_of(named, inputs.region), inputs, figures)
    about = {"energy": named, "period": span, "use": use_of(named, energy, figures), "sector": sector, "region": there}
    yield Result("electricity-cost", cost(over(energy, span, figures), price, "electricity-cost"), about)
    if span and span != "year":
        year = energy * figures.given("year", 1, "year")
        yield Result("electricity-cost-per-year", cost(year, price, "electricity-cost-per-year"), about)
    yield Result("price-per-kwh", (price * 1).named("price-per-kwh", f"{currency(price)}/kWh"), about)


def _price(code: str, inputs: ElectricityCostInputs, figures: Figures) -> tuple[Quantity, str, Place]:
    """The price, whose it is, and where."""
    region = figures.region(code)
    if inputs.price is not None:
        own = figures.amount("price")
        assert isinstance(own, Quantity)
        return own, "own", region
    asked: tuple[Sector, ...] = (inputs.sector,) if inputs.sector else SECTORS
    found = price_in(code, asked, figures)
    if found is None:
        raise figures.absent("no_electricity_price", region=region)
    if found[2] != region:
        figures.remark("price_of_wider_region", region=region, there=found[2])
    if found[1] == "household" and inputs.sector is None:
        figures.remark("price_of_homes", region=region)
    return found
