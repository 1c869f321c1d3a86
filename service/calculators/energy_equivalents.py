"""An amount of electricity as homes and as everyday things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from service.core.calculator import Figures, Result, Words, calculator
from service.core.energy import READS, electricity_of, is_rate
from service.core.errors import NothingKnown
from service.core.inputs import USUAL_REGION, Energy, Inputs, Period, Region
from service.core.period import use_of
from service.core.quantity import Quantity

Thing = Literal[
    "home", "electric-car-km", "phone-charge", "kettle", "fridge-year", "laptop-hour", "led-hour", "streaming-hour",
    "wash", "country-share",
]  # fmt: skip
# thing: the subject and quantity whose figure says what one takes, and the unit it is counted in
_EVERYDAY: dict[Thing, tuple[str, str, str]] = {
    "electric-car-km": ("electric-car-us", "electricity-per-km", "km"),
    "phone-charge": ("smartphone", "electricity-per-charge", "phone-charge"),
    "kettle": ("kettle", "electricity-per-use", "kettle"),
    "wash": ("washing-machine", "electricity-per-use", "wash"),
    "fridge-year": ("fridge-freezer", "electricity-per-year", "year"),
    "laptop-hour": ("laptop", "electricity-per-hour", "h"),
    "led-hour": ("led-bulb", "electricity-per-hour", "h"),
    "streaming-hour": ("video-streaming", "electricity-per-hour", "h"),
}
_THINGS: tuple[Thing, ...] = ("home", *_EVERYDAY, "country-share")
_TOTAL = "national-electricity-demand"
_EACH = ("electricity-per-household", _TOTAL, *(quantity for _, quantity, _ in _EVERYDAY.values()))


class EnergyEquivalentsInputs(Inputs):
    """Inputs of `energy_equivalents`."""

    energy: Energy
    region: Region = USUAL_REGION
    to: Annotated[
        Thing,
        Field(
            description="The thing to put first: home, electric-car-km, phone-charge, kettle, fridge-year, laptop-hour, "
            "led-hour, streaming-hour, wash or country-share. Default: home.",
            examples=["home"],
        ),
    ] = "home"
    period: Period = "day"


@calculator(reads=tuple(dict.fromkeys((*READS, *_EACH))))
def energy_equivalents(inputs: EnergyEquivalentsInputs, figures: Figures) -> Iterator[Result]:
    """How many homes, car kilometres, phone charges, kettles … an amount of electricity equals.

    Takes an amount, a rate, or a service, model, company or country known here. A rate is compared with what homes use
    at the same time, and with everyday things over `period`; an amount gives home-years. Electricity with electricity,
    no CO2. The electricity of a service alone: use service_energy.
    """
    named = figures.amount("energy")
    energy = named if isinstance(named, Quantity) else electricity_of(named, figures)
    amount = _over_period(energy, inputs, figures)
    about = {
        "energy": named,
        "region": figures.region(inputs.region),
        "period": inputs.period if is_rate(energy) else "",
        "use": use_of(named, energy, figures),
    }
    for thing in (inputs.to, *(thing for thing in _THINGS if thing != inputs.to)):
        if thing == "home":
            yield from _homes(energy, inputs, figures, about)
        elif thing == "country-share":
            yield from _share(energy, inputs, figures, about)
        else:
            yield from _everyday(thing, amount, inputs, figures, about)


def _everyday(
    thing: Thing, amount: Quantity, inputs: EnergyEquivalentsInputs, figures: Figures, about: Words
) -> Iterator[Result]:
    subject, quantity, unit = _EVERYDAY[thing]
    each = figures.read(quantity, subject) if thing == inputs.to else figures.find(quantity, subject)
    if each is not None:  # else not known on the day asked for
        yield Result(thing, (amount / each).named(thing, unit), {**about, "thing": figures.subject(subject)})


def _homes(energy: Quantity, inputs: EnergyEquivalentsInputs, figures: Figures, about: Words) -> Iterator[Result]:
    try:
        home = figures.home_in(inputs.region)
    except NothingKnown:
        if inputs.to == "home":
            raise
        figures.remark("no_home", region=about["region"])
        return
    each = figures.read("electricity-per-household", home.id)
    if is_rate(energy):
        yield Result("home", (energy / each).named("home", "home"), about)
    else:
        yield Result("home-year", (energy / each).named("home-year", "home-year"), about)
        yield Result("home-day", (energy / each).named("home-day", "home-day"), about)


def _share(energy: Quantity, inputs: EnergyEquivalentsInputs, figures: Figures, about: Words) -> Iterator[Result]:
    total = figures.find(_TOTAL, inputs.region.lower())
    if total is None:
        if inputs.to == "country-share":
            raise figures.absent("no_national_demand", region=about["region"])
        figures.remark("no_national_demand", region=about["region"])
        return
    if not is_rate(energy):
        total = (total * figures.given("year", 1, "year")).named("national_year", "TWh")
    yield Result("country-share", (energy / total).named("country-share", "%"), about)


def _over_period(energy: Quantity, inputs: EnergyEquivalentsInputs, figures: Figures) -> Quantity:
    if not is_rate(energy):
        return energy
    return (energy * figures.given("period", 1, inputs.period)).named("energy", "kWh")
