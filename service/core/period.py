"""Over what time a rate of electricity is counted, and how a sentence calls what is counted."""

from __future__ import annotations

from typing import Final

from service.core.calculator import Figures
from service.core.energy import is_rate, scaled
from service.core.model import Subject
from service.core.quantity import Quantity
from service.core.units import parse_unit

_SPANS: Final = ("hour", "day", "week", "month", "year")
_UNSAID: Final = "year"  # a power says no time of its own


def span_of(energy: Quantity, asked: str | None) -> str:
    """The period asked for, else the time in which a rate is stated, a year for a power; empty for an amount."""
    if not is_rate(energy):
        return ""
    if asked:
        return asked
    below = energy.unit.text.partition("/")[2]
    stated = parse_unit(below).factor if below else None
    return next((span for span in _SPANS if parse_unit(span).factor == stated), _UNSAID)


def over(energy: Quantity, span: str, figures: Figures) -> Quantity:
    """A rate as the amount of a period of `span_of`; an amount as it is."""
    if not span:
        return energy
    return scaled((energy * figures.given("period", 1, span)).named("energy", "kWh"))


def use_of(named: Quantity | Subject, energy: Quantity, figures: Figures) -> str:
    """How a sentence calls what `named` names: a key of the words' `uses`. Needs training-electricity in `reads`."""
    if isinstance(named, Quantity):
        return "rate" if is_rate(energy) else "amount"
    if is_rate(energy):
        return "user"
    return "training" if figures.knows("training-electricity", named.id) else "query"
