"""How much a subject emits, from whichever figures are known of it."""

from __future__ import annotations

from typing import Final

from service.core.calculator import Figures
from service.core.model import Subject
from service.core.quantity import Quantity
from service.core.readable import readable

_CAPITA, _PEOPLE = "co2-per-capita", "population"
# each quantity in order of preference, and how a sentence calls it: a key of the words' `uses`
_KNOWN: Final = {
    "training-emissions": "emitted-training",
    "emissions-per-year": "emitter",
    "energy-related-co2-per-year": "emitter",
    "training-lifecycle-emissions": "emitted-training",
    "emissions-per-query": "emitted-query",
    "emissions-per-trip": "emitted",
    "emissions-per-use": "emitted",
}
# What `emissions_of` may read: calculators that use it declare these too.
READS: Final = (*_KNOWN, _CAPITA, _PEOPLE)
MASSES: Final = ("mg", "g", "kg", "t")
RATES: Final = ("g/year", "kg/year", "t/year")


def emissions_of(subject: Subject, figures: Figures) -> tuple[Quantity, str]:
    """Emissions of a subject, an amount or a rate, and how a sentence calls them: a key of the words' `uses`.

    Raises `NothingKnown` where no figure tells.
    """
    for quantity, use in _KNOWN.items():
        if figures.knows(quantity, subject.id):
            return figures.read(quantity, subject.id), use
    if figures.knows(_CAPITA, subject.id) and figures.knows(_PEOPLE, subject.id):
        people, each = figures.read(_PEOPLE, subject.id), figures.read(_CAPITA, subject.id)
        return (people * each).named("national_emissions", "t/year"), "emitter"
    raise figures.absent("no_emissions", subject=subject)


def is_emission_rate(quantity: Quantity) -> bool:
    """Whether it is mass per time rather than a mass."""
    return dict(quantity.unit.dimension).get("[time]") == -1


def weighed(quantity: Quantity) -> Quantity:
    """A mass, or a mass per year, in the unit in which its number is easiest to read."""
    return readable(quantity, RATES if is_emission_rate(quantity) else MASSES)


def gas_of(quantity: Quantity, figures: Figures) -> str:
    """The gas that the figures under a quantity count, as it is written: CO2 alone where all say so, else CO2e."""
    return "CO2" if figures.gases(quantity) == {"CO2"} else "CO2e"


def compare_gases(emissions: Quantity, each: Quantity, figures: Figures) -> None:
    """Remark that one side counts CO2 alone and the other all greenhouse gases, where their figures say so."""
    ours, theirs = figures.gases(emissions), figures.gases(each)
    if ours and theirs and ours != theirs:
        figures.remark("gases_differ", ours=" + ".join(sorted(ours)), theirs=" + ".join(sorted(theirs)))
