"""What sort of number a unit makes: an energy, an energy a day, a share … so that like is held against like."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from service.core.errors import QuantityError
from service.core.units import Dimension, Unit, parse_unit, product

PERIODS: Final = ("s", "min", "minute", "h", "hour", "day", "week", "month", "quarter", "year")
_NUMBER: Final[Dimension] = ()


class Form(NamedTuple):
    """What stands above the line, in base units, and the time below it: kWh/day is an energy a day, MW a power."""

    above: Dimension
    period: str  # empty where it is no rate
    factor: float  # of one unit above the line, in base units
    percent: bool

    @property
    def is_number(self) -> bool:
        """Whether it is a ratio, a share or a count, perhaps per time."""
        return self.above == _NUMBER


@cache
def form(text: str) -> Form:
    """The form of a unit. Raises `UnknownUnit`."""
    unit = parse_unit(text)
    period = next((name for name, power in unit.terms if power == -1 and name in PERIODS), "")
    above = product(unit, parse_unit(period)) if period else unit
    return Form(above.dimension, period, above.factor, "percent" in dict(unit.terms))


@cache
def seconds(period: str) -> float:
    """How long a period is."""
    return parse_unit(period).factor


def fits(claimed: Form, known: Form) -> bool:
    """Whether a claimed number can be a value of a quantity: a text leaves out what a number is per, but adds nothing."""
    if claimed.above != known.above or (claimed.is_number and claimed.percent != known.percent):
        return False
    return not claimed.period or bool(known.period)


def in_form_of(value: float, unit: Unit, claimed: Form) -> float:
    """A known value in base units, per the time that the claimed one is per."""
    known = form(unit.text)
    based = value * known.factor
    if claimed.period and known.period and claimed.period != known.period:
        based *= seconds(claimed.period) / seconds(known.period)
    return based


@cache
def dimension(text: str) -> Dimension:
    """The dimension of a unit."""
    return parse_unit(text).dimension


def is_unit(text: str) -> bool:
    """Whether a text names a unit."""
    try:
        parse_unit(text)
    except QuantityError:
        return False
    return True


ENERGY: Final = "J"
POWER: Final = "W"
MASS: Final = "g"
VOLUME: Final = "L"
INTENSITY: Final = "g/J"
WATER_INTENSITY: Final = "L/J"
