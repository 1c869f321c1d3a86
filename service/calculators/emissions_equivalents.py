"""An amount of greenhouse gas as cars, kilometres, petrol, flights, trees, phones and people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.calculator import Figures, Result, Words, calculator
from service.core.emissions import READS, compare_gases, emissions_of, is_emission_rate, weighed
from service.core.inputs import USUAL_REGION, Emissions, Inputs, Region
from service.core.markers import optional
from service.core.quantity import Quantity

Thing = Literal[
    "car", "car-km", "gasoline-litre", "gasoline-gallon", "flight", "tree", "tree-year", "phone-charge", "person",
    "home",
]  # fmt: skip


class _Each(NamedTuple):
    """The figure that says what one thing emits or takes up, what it is counted in, and whether it is per year."""

    subject: str
    quantity: str
    unit: str
    yearly: bool = False


_THINGS: Final[dict[Thing, _Each]] = {
    "car": _Each("passenger-car-us", "emissions-per-year", "car", yearly=True),
    "flight": _Each("flight-london-new-york", "emissions-per-trip", "flight"),
    "person": _Each("", "co2-per-capita", "person", yearly=True),  # of the region asked for
    "tree": _Each("urban-tree", "co2-uptake-in-ten-years", "tree"),
    "tree-year": _Each("tree", "co2-uptake-per-year", "tree", yearly=True),
    "car-km": _Each("passenger-car-us", "emissions-per-km", "km"),
    "gasoline-litre": _Each("gasoline", "emissions-per-volume", "L"),
    "gasoline-gallon": _Each("gasoline", "emissions-per-volume", "gallon"),
    "phone-charge": _Each("smartphone", "emissions-per-use", "phone-charge"),
    "home": _Each("us-home", "electricity-emissions-per-household", "home", yearly=True),
}
_SMALL: Final[tuple[Thing, ...]] = ("car-km", "phone-charge", "gasoline-litre")
_NAMES: Final[dict[Thing, str]] = {"home": "home-emissions"}  # a home's electricity is a result of its own elsewhere


class EmissionsEquivalentsInputs(Inputs):
    """Inputs of `emissions_equivalents`."""

    emissions: Emissions
    region: Region = USUAL_REGION
    to: Annotated[
        Thing | SkipJsonSchema[None],
        optional(
            "The thing to put first: car (US passenger car for a year), car-km, gasoline-litre, gasoline-gallon, "
            "flight (London-New York and back), tree (seedling grown for ten years), tree-year (grown tree for a year), "
            "phone-charge, person (of `region`, for a year) or home (electricity of a US home for a year). "
            "Omit for car, or car-km below one tonne. Example: car",
            "car",
        ),
    ] = None
    period: Annotated[
        Literal["hour", "day", "week", "month", "year"],
        Field(
            description="Time over which a rate is counted: hour, day, week, month or year. Default: year.",
            examples=["year"],
        ),
    ] = "year"


@calculator(reads=tuple(dict.fromkeys((*READS, *(each.quantity for each in _THINGS.values())))))
def emissions_equivalents(inputs: EmissionsEquivalentsInputs, figures: Figures) -> Iterator[Result]:
    """How many cars, flights, trees, litres of petrol, people … an amount of greenhouse gas equals.

    Takes an amount (552 t, 30 g), a rate (counted over `period`), a figure id, or a model (its training), service (one
    request), company or country whose emissions are known. US factors of the EPA unless named otherwise; a tree takes
    up, the others emit. For CO2 from electricity: use electricity_emissions.
    """
    named = figures.amount("emissions")
    emissions, use = (named, "emitted-amount") if isinstance(named, Quantity) else emissions_of(named, figures)
    rate = is_emission_rate(emissions)
    about = {
        "energy": named,
        "use": "emitted-rate" if rate and isinstance(named, Quantity) else use,
        "period": inputs.period if rate else "",
        "region": figures.region(inputs.region),
    }
    if rate:
        emissions = weighed((emissions * figures.given("period", 1, inputs.period)).named("emissions", "t"))
    large = abs(emissions.to("t").value) >= 1  # which things are easy to picture, as with the choice of a unit
    first: Thing = inputs.to or ("car" if large else "car-km")
    things = _THINGS if large else dict.fromkeys((*_SMALL, *_THINGS))
    for thing in (first, *(thing for thing in things if thing != first)):
        result = _equal(thing, emissions, first, figures, about)
        if result is not None:
            yield result


def _equal(thing: Thing, emissions: Quantity, first: Thing, figures: Figures, about: Words) -> Result | None:
    kind = _THINGS[thing]
    subject = kind.subject or about["region"].id.lower()
    each = figures.find(kind.quantity, subject)
    if each is None:
        if thing == first:
            code = "no_equivalent" if kind.subject else "no_per_capita"
            raise figures.absent(code, subject=figures.subject(kind.subject or "world"), region=about["region"])
        if not kind.subject:
            figures.remark("no_per_capita", region=about["region"])
        return None
    if thing == first:
        compare_gases(emissions, each, figures)
    if kind.yearly:
        each = each * figures.given("year", 1, "year")
    name = _NAMES.get(thing, thing)
    return Result(name, (emissions / each).named(name, kind.unit), {**about, "thing": figures.subject(subject)})
