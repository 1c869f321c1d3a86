"""An amount of electricity as greenhouse gas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic.json_schema import SkipJsonSchema

from service.core import energy as electricity
from service.core.calculator import Figures, Result, Words, calculator
from service.core.emissions import gas_of, weighed
from service.core.grid import BOUNDARIES, READS, Boundary, intensity_in
from service.core.inputs import USUAL_REGION, Energy, Grid, Inputs, Region, StatedPeriod, Year
from service.core.markers import optional
from service.core.period import over, span_of, use_of
from service.core.quantity import Quantity

PowerSource = Literal[
    "coal", "gas", "nuclear", "hydro", "wind-onshore", "wind-offshore", "solar-utility", "solar-rooftop",
    "solar-thermal", "biomass", "geothermal",
]  # fmt: skip
_SUBJECTS: Final[dict[PowerSource, str]] = {
    "coal": "coal",
    "gas": "natural-gas",
    "nuclear": "nuclear",
    "hydro": "hydropower",
    "wind-onshore": "wind-onshore",
    "wind-offshore": "wind-offshore",
    "solar-utility": "solar-pv-utility",
    "solar-rooftop": "solar-pv-rooftop",
    "solar-thermal": "csp",
    "biomass": "biomass",
    "geothermal": "geothermal",
}
_BESIDE: Final[tuple[PowerSource, ...]] = ("coal", "wind-onshore")  # the two ends, for scale
_SOURCE: Final = "lifecycle-carbon-intensity"


class ElectricityEmissionsInputs(Inputs):
    """Inputs of `electricity_emissions`."""

    energy: Energy
    region: Region = USUAL_REGION
    year: Year = None
    boundary: Annotated[
        Boundary | SkipJsonSchema[None],
        optional(
            "operational: what leaves the power plants; life-cycle: with fuel supply and the building of plants. "
            "Omit for the factor that is usual in the region. Example: life-cycle",
            "life-cycle",
        ),
    ] = None
    source: Annotated[
        PowerSource | SkipJsonSchema[None],
        optional(
            "One kind of power plant instead of the grid: coal, gas, nuclear, hydro, wind-onshore, wind-offshore, "
            "solar-utility, solar-rooftop, solar-thermal, biomass or geothermal (life-cycle medians). Omit for the grid. "
            "Example: coal",
            "coal",
        ),
    ] = None
    period: StatedPeriod = None
    grid: Grid = "yearly"


@calculator(reads=(*electricity.READS, *READS, _SOURCE))
def electricity_emissions(inputs: ElectricityEmissionsInputs, figures: Figures) -> Iterator[Result]:
    """How much CO2 an amount of electricity causes: on a region's grid in a year, or from one kind of power plant.

    Takes an amount, a rate, or a service, model, company or country known here. The average of the grid where the
    electricity is used (location-based), not what a company's certificates say. What the CO2 equals (cars, flights,
    trees): use emissions_equivalents. A training: use training_footprint.
    """
    named = figures.amount("energy")
    energy = named if isinstance(named, Quantity) else electricity.electricity_of(named, figures)
    span = span_of(energy, inputs.period)
    about = {
        "energy": named,
        "use": use_of(named, energy, figures),
        "period": span,
        "region": figures.region(inputs.region),
        "year": str(inputs.year or ""),
    }
    amount = over(energy, span, figures)
    if inputs.source:
        if inputs.boundary == "operational":
            raise figures.absent("no_operational_source", subject=figures.subject(_SUBJECTS[inputs.source]))
        yield _from_source(inputs.source, "source-emissions", amount, figures, about)
    else:
        yield from _on_grid(inputs, amount, figures, about)
        if electricity.is_rate(energy) and span != "year":
            yield from _over_year(inputs, energy, figures, about)
    for source in _BESIDE:
        if source != inputs.source and figures.knows(_SOURCE, _SUBJECTS[source]):
            yield _from_source(source, f"{source}-emissions", amount, figures, about)
    if not inputs.source:
        figures.remark("location_based")
    elif inputs.year:
        figures.remark("year_of_source", year=str(inputs.year))


def _from_source(source: PowerSource, name: str, amount: Quantity, figures: Figures, about: Words) -> Result:
    each = figures.read(_SOURCE, _SUBJECTS[source])
    emissions = weighed((amount * each).named(name, "t"))
    return Result(
        name, emissions, {**about, "source": figures.subject(_SUBJECTS[source]), "gas": gas_of(each, figures)}
    )


def _on_grid(inputs: ElectricityEmissionsInputs, amount: Quantity, figures: Figures, about: Words) -> Iterator[Result]:
    seen = figures.observed(inputs.region, inputs.boundary) if inputs.year is None else None
    found = intensity_in(inputs.region, figures, inputs.boundary, inputs.year)
    if found is None:
        code = "no_grid_then" if inputs.year or inputs.boundary else "no_grid"
        raise figures.absent(code, subject=figures.subject("world"), region=about["region"])
    each, where = found
    about = {**about, "region": where}
    if seen is None:
        yield _emitted("grid-emissions", amount, each, figures, about)
    else:
        yield _emitted("grid-emissions", amount, each, figures, {**about, "at": seen.at}, "grid-emissions-live")
        yearly = intensity_in(inputs.region, figures, inputs.boundary, live=False)
        if yearly is not None:
            yield _emitted("grid-emissions-yearly", amount, yearly[0], figures, {**about, "region": yearly[1]})
    for boundary in BOUNDARIES:
        other = intensity_in(inputs.region, figures, boundary, inputs.year, live=False)
        if other is not None and other[0].reference != each.reference:
            yield _emitted(f"grid-emissions-{boundary}", amount, other[0], figures, about)


def _emitted(name: str, amount: Quantity, each: Quantity, figures: Figures, about: Words, sentence: str = "") -> Result:
    emissions = weighed((amount * each).named(name, "t"))
    return Result(name, emissions, {**about, "gas": gas_of(each, figures)}, sentence)


def _over_year(
    inputs: ElectricityEmissionsInputs, energy: Quantity, figures: Figures, about: Words
) -> Iterator[Result]:
    found = intensity_in(inputs.region, figures, inputs.boundary, inputs.year, live=False)
    if found is not None:
        year = electricity.scaled((energy * figures.given("year", 1, "year")).named("energy_per_year", "kWh"))
        yield _emitted("grid-emissions-per-year", year, found[0], figures, {**about, "region": found[1]})
