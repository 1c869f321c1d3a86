"""Electricity of data centres or AI by region and year: history, projections, own growth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from service.core.calculator import Between, Figures, Result, Words, calculator
from service.core.inputs import Growth, Inputs
from service.core.markers import Place
from service.core.model import Subject
from service.core.quantity import Quantity
from service.core.tape import log

_DEMAND = "electricity-per-year"


class DemandOutlookInputs(Inputs):
    """Inputs of `demand_outlook`."""

    sector: Annotated[
        Literal["data-centre", "ai-data-centres", "ai-servers"],
        Field(
            description="Whose electricity: data-centre (all of them), ai-data-centres or ai-servers. Default: data-centre.",
            examples=["data-centre"],
        ),
    ] = "data-centre"
    region: Annotated[
        str,
        Place(),
        Field(
            min_length=2,
            max_length=120,
            description="Where: world, or an ISO 3166 code (US, CN, IE, EU) or name in English or Chinese, at most 120 "
            "characters. Default: world.",
            examples=["US"],
        ),
    ] = "world"
    year: Annotated[
        int,
        Field(ge=1990, le=2060, description="Calendar year, 1990 to 2060. Default: 2030.", examples=[2030]),
    ] = 2030
    growth: Growth = None


@calculator(reads=(_DEMAND,), charted=True)
def demand_outlook(inputs: DemandOutlookInputs, figures: Figures) -> Iterator[Result]:
    """Electricity demand of data centres or of AI in a year, past or projected, in the world or a region.

    Gives the figure for the year, every other published projection of that year beside it, all other years on record,
    the growth between the newest known year and then, and the doubling time. With `growth` the newest known year is
    compounded instead. Projections are scenarios, not facts. A share of all electricity: share_of.
    """
    part = figures.part_in(inputs.sector, inputs.region)
    region = figures.region(inputs.region)
    years = figures.years(_DEMAND, part.id) if part else ()
    if part is None or not years:
        raise figures.absent("no_demand", subject=figures.subject(inputs.sector), region=region)
    base_year = figures.latest_year(_DEMAND, part.id) or years[0]  # the newest that is no projection
    about: Words = {"subject": part, "year": str(inputs.year), "base": str(base_year)}
    if inputs.growth is not None and inputs.year > base_year:
        yield from _compounded(part, base_year, inputs.year, inputs.growth, figures, about)
    elif inputs.year in years:
        demand = _at(part, inputs.year, figures)
        yield Result("demand", demand, {**about, "range": _range(demand)})
    else:
        raise figures.absent("no_year", nearest=tuple(map(str, years)), subject=part, year=str(inputs.year))
    if inputs.growth is None and inputs.year > base_year:
        yield from _implied(part, base_year, inputs.year, figures, about)
    for year in years:
        if year != inputs.year or inputs.growth is not None:
            demand = _at(part, year, figures)
            said = {**about, "year": str(year), "range": _range(demand)}
            yield Result(f"demand-{year}", demand, said, "demand-in", spoken=True)


def _at(part: Subject, year: int, figures: Figures) -> Quantity:
    demand = figures.at(_DEMAND, part.id, year)
    assert demand is not None
    return demand


def _range(demand: Quantity) -> Between | str:
    return Between(demand) if demand.low < demand.high else ""


def _compounded(part: Subject, base: int, year: int, growth: float, figures: Figures, about: Words) -> Iterator[Result]:
    demand = _at(part, base, figures)
    rise = figures.given("growth", growth, "%/year") * figures.given("one_year", 1, "year")
    factor = (figures.given("whole", 1, "") + rise).named("growth_factor", "")
    for _ in range(year - base):
        demand = demand * factor
    yield Result("demand-grown", demand.named("demand-grown", "TWh/year"), {**about, "growth": Quantity(growth, "%")})
    if growth > 0:
        yield _doubling(growth / 100, figures, about)


def _implied(part: Subject, base: int, year: int, figures: Figures, about: Words) -> Iterator[Result]:
    now, then = _at(part, base, figures), _at(part, year, figures)
    ratio = (then / now).named("growth-since", "")
    yield Result("growth-since", ratio, about, spoken=True)
    yearly = ratio.value ** (1 / (year - base))  # a root is no step of the derivation: its label says how it was drawn
    rate = (figures.given("yearly_factor", yearly, "") - figures.given("whole", 1, "")) / figures.given(
        "one_year", 1, "year"
    )
    yield Result("growth-rate", rate.named("growth-rate", "%/year"), about, spoken=True)
    if yearly > 1:
        yield _doubling(yearly - 1, figures, about)


def _doubling(rate: float, figures: Figures, about: Words) -> Result:
    time = figures.given("ln_2", log(2), "") / figures.given("ln_growth", log(1 + rate), "1/year")
    return Result("doubling-time", time.named("doubling-time", "year"), about, spoken=True)
