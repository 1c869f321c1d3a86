"""Water behind an amount of electricity or an AI service, on site and at the power plants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from service.core import energy as electricity
from service.core import water
from service.core.calculator import Figures, Result, Words, calculator
from service.core.inputs import USUAL_REGION, Energy, Inputs, Region, StatedPeriod
from service.core.machine_inputs import Wue
from service.core.model import Subject
from service.core.period import over, span_of, use_of
from service.core.place import place_of
from service.core.quantity import Quantity
from service.core.readable import VOLUMES, readable

Part = Literal["total", "on-site", "power-plant", "bottle", "shower", "household", "per-query", "training"]
_TRAINING = ("training-water", "training-and-use-water")
_WATER = ("water-per-query", *_TRAINING)
_COUNT = "requests-per-day"  # says nothing of electricity alone
_LITRES: tuple[Part, ...] = ("total", "on-site", "power-plant")
_PUBLISHED: tuple[Part, ...] = ("per-query", "training")
_COUNTED: tuple[Part, ...] = ("bottle", "shower", "household")
_USES = ("volume", "water-per-use", "water-per-day")


class WaterFootprintInputs(Inputs):
    """Inputs of `water_footprint`."""

    energy: Energy
    wue: Wue = None
    region: Region = USUAL_REGION
    to: Annotated[
        Part,
        Field(
            description="What to put first: total, on-site, power-plant, bottle (0.5 L), shower, household, or the published "
            "water per-query or for training of a subject. Default: total.",
            examples=["total"],
        ),
    ] = "total"
    period: StatedPeriod = None


@calculator(reads=tuple(dict.fromkeys((*electricity.READS, *water.READS, *_WATER, *_USES))))
def water_footprint(inputs: WaterFootprintInputs, figures: Figures) -> Iterator[Result]:
    """Litres of water that an amount of electricity, or an AI service or model, takes.

    On site (cooling, by WUE) and at the power plants (by the region's electricity) apart and together, then as bottles,
    showers and household use. Published water per query and of training is told beside it, or first by `to`. Water for
    making chips is left out. Counts water per kWh of `energy` as it is given. CO2 of the
    electricity: electricity_emissions.
    """
    named = figures.amount("energy")
    if inputs.to in _PUBLISHED:
        yield from _published(inputs.to, named, figures, first=True)
    if isinstance(named, Quantity) or _electricity_known(named, figures):
        yield from _computed(named, inputs, figures)
    elif any(figures.knows(quantity, named.id) for quantity in _WATER):
        figures.remark("no_electricity_for_water", subject=named)
        yield from _others(named, inputs, figures)
    else:
        raise figures.absent("no_electricity", subject=named)


def _electricity_known(subject: Subject, figures: Figures) -> bool:
    return any(figures.knows(quantity, subject.id) for quantity in electricity.READS if quantity != _COUNT)


def _energy(named: Quantity | Subject, inputs: WaterFootprintInputs, figures: Figures) -> tuple[Quantity, Words]:
    energy = named if isinstance(named, Quantity) else electricity.electricity_of(named, figures)
    span = span_of(energy, inputs.period)
    region = figures.region(place_of(named, inputs.region))
    about = {"energy": named, "region": region, "period": span, "use": use_of(named, energy, figures)}
    return over(energy, span, figures), about


def _computed(named: Quantity | Subject, inputs: WaterFootprintInputs, figures: Figures) -> Iterator[Result]:
    """The litres of the electricity, what is published beside them, and what they equal."""
    energy, about = _energy(named, inputs, figures)
    first = "total" if inputs.to in _PUBLISHED else inputs.to
    for part in dict.fromkeys((first, *_LITRES)):
        yield from _part(part, energy, about, inputs, figures)
    yield from _others(named, inputs, figures)
    if isinstance(named, Subject) and about["period"]:
        yield from _of_queries(named, about, figures)
    for part in _COUNTED:
        if part != first:
            yield from _part(part, energy, about, inputs, figures)


def _part(
    part: Part, energy: Quantity, about: Words, inputs: WaterFootprintInputs, figures: Figures
) -> Iterator[Result]:
    """One part; what is not known is left out unless it was asked for."""
    site = None if part == "power-plant" else _site(about, inputs, figures)
    plant = None if part == "on-site" else water.at_power_plants(about["region"].id, figures)
    if part == "on-site" and site is not None:
        yield Result("water-on-site", _volume(energy * site, "water-on-site"), about)
    elif part == "power-plant" and plant is not None:
        yield Result("water-power-plant", _volume(energy * plant, "water-power-plant"), about)
    elif site is not None and plant is not None:
        each = (site + plant).named("water-per-kwh", "L/kWh")
        yield from _in_all(part, _volume(energy * each, "water-total"), about, figures)
    elif part == inputs.to:
        raise figures.absent("no_water_intensity", region=about["region"])


def _site(about: Words, inputs: WaterFootprintInputs, figures: Figures) -> Quantity | None:
    if inputs.wue is None:
        return water.on_site(about["energy"], about["region"].id, figures)
    own = figures.amount("wue")
    assert isinstance(own, Quantity)
    return own


def _volume(quantity: Quantity, name: str) -> Quantity:
    return readable(quantity.named(name, "L"), VOLUMES)


def _in_all(part: Part, litres: Quantity, about: Words, figures: Figures) -> Iterator[Result]:
    if part == "total":
        yield Result("water-total", litres, about)
    elif part == "bottle":
        yield Result("bottle", (litres / figures.read("volume", "water-bottle")).named("bottle", "bottle"), about)
    elif part == "shower":
        yield Result("shower", (litres / figures.read("water-per-use", "shower")).named("shower", "shower"), about)
    elif about["period"]:
        use = figures.read("water-per-day", "us-home") * figures.given("period", 1, about["period"])
        yield Result("water-home", (litres / use).named("water-home", "home"), about)
    else:
        use = figures.read("water-per-day", "us-home")
        yield Result("water-home-day", (litres / use).named("water-home-day", "home-day"), about)


def _others(named: Quantity | Subject, inputs: WaterFootprintInputs, figures: Figures) -> Iterator[Result]:
    for part in _PUBLISHED:
        if part != inputs.to:
            yield from _published(part, named, figures, first=False)


def _published(part: Part, named: Quantity | Subject, figures: Figures, *, first: bool) -> Iterator[Result]:
    """The water that a publication states for one query of a subject, or for its training."""
    wanted = _TRAINING if part == "training" else ("water-per-query",)
    if isinstance(named, Subject):
        for quantity in wanted:
            figure = figures.find(quantity, named.id)
            if figure is not None:
                name = f"published-{quantity}"
                yield Result(name, readable((figure * 1).named(name, "L"), VOLUMES), {"subject": named})
                return
    if first:
        raise figures.absent("no_published_water" if isinstance(named, Subject) else "water_of_whom", subject=named)


def _of_queries(subject: Subject, about: Words, figures: Figures) -> Iterator[Result]:
    """The published water of one query times all queries of the period."""
    requests, each = figures.find(_COUNT, subject.id), figures.find("water-per-query", subject.id)
    if requests is not None and each is not None:
        litres = requests * each * figures.given("period", 1, about["period"])
        yield Result("published-water-of-queries", _volume(litres, "published-water-of-queries"), about)
