"""Whether two numbers are the same, and how far they are apart."""

from __future__ import annotations

from service.check.forms import in_form_of
from service.check.mentions import Mention
from service.store.shelf import Held

SAME = 1.02  # rounding
NEAR = 1.15


def value_of(each: Held, mention: Mention) -> float:
    """A known value in base units, per the time that the claimed one is per."""
    return in_form_of(each.value, each.unit, mention.form)


def ends_of(each: Held, mention: Mention) -> tuple[float, float]:
    """Its range, likewise."""
    return in_form_of(each.low, each.unit, mention.form), in_form_of(each.high, each.unit, mention.form)


def matches(mention: Mention, each: Held) -> bool:
    """Whether a number is a figure, as exactly as it is written; a range is one where both ends are."""
    factor = mention.form.factor
    low, high = mention.low * factor, mention.high * factor
    value, (least, most) = value_of(each, mention), ends_of(each, mention)
    if mention.ranged:
        return ratio(low, least) <= NEAR and ratio(high, most) <= NEAR
    slack = abs(value) * (SAME - 1) / 4
    if low - slack <= value <= high + slack:
        return True
    ends = [end for end in (least, most) if end != value]
    return any(low - slack <= end <= high + slack for end in ends)


def inside(mention: Mention, each: Held) -> bool:
    """Whether a number lies within the range of a figure."""
    least, most = ends_of(each, mention)
    return least < mention.based < most


def gap(mention: Mention, each: Held) -> float:
    """How many times too large or too small a number is for a figure."""
    factor = mention.form.factor
    low, high, value = mention.low * factor, mention.high * factor, value_of(each, mention)
    if low <= value <= high:
        return 1.0
    return min(ratio(low, value), ratio(high, value))


def ratio(one: float, other: float) -> float:
    """How many times the larger of two numbers is the smaller."""
    if one <= 0 or other <= 0:
        return 1.0 if one == other else float("inf")
    return max(one / other, other / one)
