"""Emissions per kWh of a grid: of the region, or of the larger one that it is part of."""

from __future__ import annotations

from typing import Final, Literal

from service.core.calculator import Figures
from service.core.model import Region
from service.core.quantity import Quantity

Boundary = Literal["operational", "life-cycle"]
BOUNDARIES: Final[tuple[Boundary, ...]] = ("operational", "life-cycle")
USUAL: Final = "grid-carbon-intensity"
# What `intensity_in` may read: calculators that use it declare these too, or `USUAL` where they name no boundary.
READS: Final = (USUAL, *(f"{USUAL}-{boundary}" for boundary in BOUNDARIES))


def intensity_in(
    code: str, figures: Figures, boundary: Boundary | None = None, year: int | None = None, *, live: bool = True
) -> tuple[Quantity, Region] | None:
    """The carbon intensity of a region's grid and the region whose it is; None where none is known.

    Without a `boundary`: the figure that is usual in the region, whatever its boundary. Without a `year`: the one in
    force. What a live source says, where the caller asks for it, comes first unless `live` is False. A region without a figure of its own gets that of the region it is part of, with a remark.
    """
    quantity = f"{USUAL}-{boundary}" if boundary else USUAL
    seen = figures.observed(code, boundary) if live and year is None else None
    if seen is not None:
        return seen.quantity, figures.region(code)
    region: Region | None = figures.region(code)
    while region is not None:
        subject = region.id.lower()
        found = figures.in_year(quantity, subject, year) if year else figures.find(quantity, subject)
        if found is not None:
            if region.id != code:
                figures.remark("grid_of_larger", region=figures.region(code), larger=region)
            return found, region
        region = figures.region(region.part_of) if region.part_of else None
    return None
