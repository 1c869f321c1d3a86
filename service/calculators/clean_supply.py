"""What it takes to run a load on low-carbon power, with a battery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core import energy as electricity
from service.core.calculator import Figures, Result, Words, calculator
from service.core.energy import is_rate, scaled
from service.core.inputs import USUAL_REGION, Energy, Inputs, Period, Region
from service.core.machine_inputs import StorageHours
from service.core.markers import optional
from service.core.period import use_of
from service.core.quantity import Quantity, total
from service.core.readable import POWERS, readable

Mix = Literal["solar", "wind", "solar-wind", "hydropower", "geothermal", "nuclear"]
Part = Literal["capacity", "panel", "reactor", "battery"]
_SOURCES: dict[Mix, tuple[str, ...]] = {
    "solar": ("solar-pv-utility",),
    "wind": ("wind-onshore",),
    "solar-wind": ("solar-pv-utility", "wind-onshore"),
    "hydropower": ("hydropower",),
    "geothermal": ("geothermal",),
    "nuclear": ("nuclear",),
}
_COUNTED: dict[Part, str] = {"panel": "solar-panel", "reactor": "nuclear-reactor"}
_COUNTS: dict[Mix, Part] = {"solar": "panel", "nuclear": "reactor"}
_VARIABLE: tuple[Mix, ...] = ("solar", "wind", "solar-wind")
_STORE = "battery-storage"
_OWN = (
    "capacity-factor", "generation-per-year", "lcoe", "round-trip-efficiency", "depth-of-discharge",
    "battery-pack-price", "carbon-free-energy-share",
)  # fmt: skip


class CleanSupplyInputs(Inputs):
    """Inputs of `clean_supply`."""

    energy: Energy
    mix: Annotated[
        Mix,
        Field(
            description="Source of the power: solar, wind (onshore), solar-wind (half of the electricity from each), hydropower, "
            "geothermal or nuclear. Default: solar.",
            examples=["solar"],
        ),
    ] = "solar"
    storage_hours: StorageHours = None
    capacity_factor: Annotated[
        Annotated[float, Field(ge=1, le=100)] | SkipJsonSchema[None],
        optional(
            "Average output of the plants as % of their capacity, 1 to 100. Omit to use the published one. Example: 24.4",
            24.4,
        ),
    ] = None
    region: Region = USUAL_REGION
    to: Annotated[
        Part | SkipJsonSchema[None],
        optional(
            "What to put first: capacity, panel (of 400 W), reactor (of 1 GW) or battery. Omit for capacity, or "
            "reactor with nuclear.",
            "panel",
        ),
    ] = None
    period: Annotated[
        Period,
        Field(
            description="Time in which an amount without a time is used: hour, day, week, month or year. Default: year."
        ),
    ] = "year"


@calculator(reads=tuple(dict.fromkeys((*electricity.READS, *_OWN))))
def clean_supply(inputs: CleanSupplyInputs, figures: Figures) -> Iterator[Result]:
    """How much solar, wind, nuclear … capacity makes as much electricity as a load uses, and the battery beside it.

    Takes a rate, a power ('100 MW'), an amount used in `period`, or a service, company or country. Capacity = average
    load ÷ capacity factor: a match over the year, not at every hour. With `storage_hours` the battery's loss is added.
    Panels of 400 W, reactors of 1 GW, generation cost and battery price where published.
    What power from the grid costs: electricity_cost.
    """
    named = figures.amount("energy")
    energy = named if isinstance(named, Quantity) else electricity.electricity_of(named, figures)
    span = "" if is_rate(energy) else inputs.period
    load = readable((energy / figures.given("period", 1, span)).named("load", "W"), POWERS) if span else energy
    hours = "" if inputs.storage_hours is None else figures.given("storage_hours", inputs.storage_hours, "h")
    use = use_of(named, energy, figures)
    about = {"energy": named, "mix": inputs.mix, "period": span, "use": use, "hours": hours}
    first = inputs.to or ("reactor" if inputs.mix == "nuclear" else "capacity")
    for part in dict.fromkeys((first, "capacity", _COUNTS.get(inputs.mix, "capacity"), "battery")):
        if part == "battery":
            yield from _battery(load, inputs, about, figures, needed=part == first)
        elif part == "capacity":
            yield from _capacity(load, inputs, about, figures)
        else:
            yield _counted(part, load, inputs, about, figures)
    yield from _yearly(load, inputs, figures)


def _local(quantity: str, subject: str, region: str, figures: Figures) -> Quantity | None:
    """The figure of a region, else of the world, else the only one there is."""
    found = figures.find(quantity, subject, region) or figures.find(quantity, subject, "world")
    if found is None:
        found = figures.find(quantity, subject)
        if found is not None:
            figures.remark("not_of_this_region", subject=figures.subject(subject), region=figures.region(region))
    return found


def _factors(inputs: CleanSupplyInputs, figures: Figures) -> list[Quantity]:
    """Average output over capacity of each source of the mix."""
    if inputs.capacity_factor is not None:
        return [figures.given("capacity_factor", inputs.capacity_factor, "%")]
    factors = []
    for source in _SOURCES[inputs.mix]:
        factor = _local("capacity-factor", source, inputs.region, figures)
        if factor is None:
            raise figures.absent("no_capacity_factor", subject=figures.subject(source))
        factors.append(factor)
    return factors


def _stored(inputs: CleanSupplyInputs, figures: Figures) -> Quantity | None:
    """Share of the load that goes through the battery: in the hours given; for solar else in those without full sun."""
    if inputs.storage_hours is not None:
        hours = figures.given("storage_hours", inputs.storage_hours, "h")
        return (hours / figures.given("day", 1, "day")).named("stored-share", "%")
    if inputs.mix == "solar":
        return (Quantity(1) - _factors(inputs, figures)[0]).named("stored-share", "%")
    return None


def _with_loss(load: Quantity, stored: Quantity, figures: Figures) -> Quantity:
    """What must be made for a load, part of which loses in a battery."""
    loss = stored * (Quantity(1) / figures.read("round-trip-efficiency", _STORE) - Quantity(1))
    return readable((load * (Quantity(1) + loss)).named("load-with-loss", "W"), POWERS)


def _made(load: Quantity, inputs: CleanSupplyInputs, figures: Figures) -> Quantity:
    stored = _stored(inputs, figures) if inputs.storage_hours is not None else None
    return load if stored is None else _with_loss(load, stored, figures)


def _capacity_of(made: Quantity, name: str, inputs: CleanSupplyInputs, figures: Figures) -> Quantity:
    """Capacity that makes so much on average; the sources of a mix make equal parts of it."""
    factors = _factors(inputs, figures)
    inverse = [Quantity(1) / factor for factor in factors]
    capacity = made / factors[0] if len(factors) == 1 else made * (total(inverse) / len(inverse))
    return readable(capacity.named(name, "W"), POWERS)


def _capacity(load: Quantity, inputs: CleanSupplyInputs, about: Words, figures: Figures) -> Iterator[Result]:
    if inputs.storage_hours is None and inputs.mix in _VARIABLE:
        figures.remark("yearly_match")
    name = "clean-capacity" if inputs.storage_hours is None else "clean-capacity-with-battery"
    yield Result(name, _capacity_of(_made(load, inputs, figures), name, inputs, figures), about)


def _counted(part: Part, load: Quantity, inputs: CleanSupplyInputs, about: Words, figures: Figures) -> Result:
    thing = figures.subject(_COUNTED[part])
    each = _local("generation-per-year", thing.id, inputs.region, figures)
    if each is None:
        raise figures.absent("no_output", subject=thing)
    return Result(part, (_made(load, inputs, figures) / each).named(part, part), about)


def _battery(
    load: Quantity, inputs: CleanSupplyInputs, about: Words, figures: Figures, *, needed: bool
) -> Iterator[Result]:
    stored = _stored(inputs, figures)
    if stored is None:
        if needed:
            raise figures.absent("no_storage_hours")
        return
    usable = scaled((load * stored * figures.given("day", 1, "day")).named("battery-usable", "kWh"))
    depth = figures.find("depth-of-discharge", _STORE)
    if depth is None:
        yield Result("battery-usable", usable, about)
        return
    battery = scaled((usable / depth).named("battery", "kWh"))
    yield Result("battery", battery, about)
    if inputs.storage_hours is None:
        figures.remark("dark_hours")
        name = "clean-capacity-with-battery"
        yield Result(name, _capacity_of(_with_loss(load, stored, figures), name, inputs, figures), about)
    yield Result("battery-usable", usable, about)
    price = figures.find("battery-pack-price", f"stationary-{_STORE}")
    if price is not None:
        yield Result("battery-cost", (battery * price).named("battery-cost", "USD"), about)


def _yearly(load: Quantity, inputs: CleanSupplyInputs, figures: Figures) -> Iterator[Result]:
    year = scaled(
        (_made(load, inputs, figures) * figures.given("year", 1, "year")).named("clean-electricity-per-year", "kWh")
    )
    yield Result("clean-electricity-per-year", year)
    sources = _SOURCES[inputs.mix]
    price = _local("lcoe", sources[0], inputs.region, figures) if len(sources) == 1 else None
    if price is not None:
        yield Result("generation-cost-per-year", (year * price).named("generation-cost-per-year", "USD"))
    hourly = figures.find("carbon-free-energy-share", "google") if inputs.mix in _VARIABLE else None
    if hourly is not None:
        yield Result("hourly-share-google", hourly)
