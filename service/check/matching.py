"""Which known number a stated one is, or was meant to be."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import floor, log10
from typing import Final

from service.check.grounded import Fault, Verdict
from service.check.known import Cites, Known
from service.check.stated import End, Stated
from service.core.units import Dimension, conversion

_TWO_DIGITS: Final = 0.05  # the most by which rounding to two digits changes a number
_BOUND: Final = 0.1  # how far a number may lie from the bound that it is said to exceed or not to reach
_ALIKE: Final = 2.0  # within this factor, a number of the same kind is taken for the one that was altered
_EXACT: Final = 1e-9
_TELLING: Final = 3  # digits that no two numbers share by chance, whatever their unit
_TELLING_ALIKE: Final = 2  # the same among numbers of one kind
_SPREAD: Final = 0.06  # of the logarithm of a mantissa, by which rounding may move it


@dataclass(frozen=True, slots=True)
class Match:
    """A known number that a stated one is, or is meant to be; None where it is none."""

    verdict: Verdict
    known: Known | None = None
    fault: Fault | None = None


@dataclass(slots=True)
class _Row:
    """Known numbers in the order of some value of theirs."""

    keys: list[float] = field(default_factory=list)
    numbers: list[Known] = field(default_factory=list)

    def between(self, low: float, high: float) -> list[Known]:
        """Those whose value lies between two."""
        return self.numbers[bisect_left(self.keys, low) : bisect_right(self.keys, high)]


class Numbers:
    """Known numbers, found by what they measure, by their value as it stands, and by their digits."""

    def __init__(self, numbers: Iterable[Known]) -> None:
        all_, kinds = list(numbers), dict[Dimension, list[Known]]()
        for each in all_:
            if each.unit is not None:
                kinds.setdefault(each.unit.dimension, []).append(each)
        self._kinds = {kind: _row((_base(each), each) for each in found) for kind, found in kinds.items()}
        self._bare = _row((each.value, each) for each in all_)
        self._unitless = _row((each.value, each) for each in all_ if each.unit is None)
        self._digits = _row((_mantissa(each.value), each) for each in all_ if each.value)

    def rounded(self, number: Stated, end: End) -> list[Known]:
        """Those that a value states, as it stands or rounded, those of most weight first."""
        return _ranked(each for each, value in self._near(number, end, _BOUND * 2) if _is_rounded(value, number, end))

    def meant(self, number: Stated, end: End, cites: Cites) -> Match:
        """The one that a value, which states none, is meant to be."""
        near = [(each, value) for each, value in self._near(number, end, _ALIKE) if value]
        close = _ranked(each for each, value in near if _is_close(value, end))
        if close:
            return Match("rounded-wrongly", close[0], "rounding")
        digits = [each for each in self._alike(end) if _fits(number, each, end)]
        if digits:
            best = min(digits, key=lambda each: (not _same_kind(number, each), each.rank))
            return Match("altered", best, "value" if _same_unit(number, best) else "unit")
        cited = [each for each in self._kind(number) if cites and each.cites and each.cites & cites and each.value]
        likely = cited or [each for each, _ in near if _same_kind(number, each) and each.stated]
        if likely and end.value:
            best = min(likely, key=lambda each: (each.rank, _apart(_in(number, each), end.value)))
            return Match("altered", best, "value")
        return Match("unsourced")

    def _near(self, number: Stated, end: End, factor: float) -> Iterator[tuple[Known, float]]:
        """Numbers of the same kind around a value, each in the unit of that."""
        low, high = sorted((end.value / (1 + factor), end.value * (1 + factor)))
        low, high = low - end.place, high + end.place
        scale = number.unit.factor
        if number.bare:
            yield from ((each, each.value) for each in self._bare.between(low, high))
            return
        kind = self._kinds.get(number.unit.dimension, _Row())
        for each in kind.between(low * scale, high * scale):
            if _counts_same(number, each):
                yield each, _in(number, each)
        yield from ((each, each.value) for each in self._unitless.between(low, high))

    def _kind(self, number: Stated) -> list[Known]:
        return [each for each in self._kinds.get(number.unit.dimension, _Row()).numbers if _counts_same(number, each)]

    def _alike(self, end: End) -> list[Known]:
        """Those with the digits of a value, wherever the point stands."""
        if not end.value or end.digits < _TELLING_ALIKE:
            return []
        mantissa = _mantissa(end.value)
        return [
            each
            for each in self._digits.between(mantissa - _SPREAD, mantissa + _SPREAD)
            if _is_nearest(each.value * 10.0 ** round(log10(abs(end.value / each.value))), end)
        ]


def _row(numbers: Iterable[tuple[float, Known]]) -> _Row:
    ordered = sorted(numbers, key=lambda pair: pair[0])
    return _Row([key for key, _ in ordered], [each for _, each in ordered])


def _ranked(numbers: Iterable[Known]) -> list[Known]:
    return sorted(numbers, key=lambda each: (each.rank, not each.stated))


def _base(known: Known) -> float:
    return known.value * (known.unit.factor if known.unit else 1.0)


def _in(number: Stated, known: Known) -> float:
    """A known number in the unit of a stated one of its kind."""
    return known.value * conversion(known.unit, number.unit) if known.unit else known.value


def _apart(value: float, other: float) -> float:
    """How far two numbers are apart, in powers of ten."""
    return abs(log10(abs(value / other)))


def _mantissa(value: float) -> float:
    return log10(abs(value)) % 1.0


def _third(value: float) -> float:
    """The place of the third digit of a number."""
    return float(10.0 ** (floor(log10(abs(value))) - 2))


def _counts_same(number: Stated, known: Known) -> bool:
    """Whether they do not count different things."""
    return not number.counted or not known.counted or number.counted == known.counted


def _same_kind(number: Stated, known: Known) -> bool:
    return known.unit is not None and known.unit.dimension == number.unit.dimension and _counts_same(number, known)


def _same_unit(number: Stated, known: Known) -> bool:
    """Whether a number of the same kind stands in the very same unit, or counts the very same thing."""
    if not _same_kind(number, known) or known.unit is None:
        return False
    return known.unit.text == number.unit.text or bool(number.counted)


def _fits(number: Stated, known: Known, end: End) -> bool:
    """Whether the same digits are no mere chance."""
    if number.bare or known.unit is None:
        return False
    return _same_kind(number, known) or (known.stated and end.digits >= _TELLING)


def _is_nearest(value: float, end: End) -> bool:
    """Whether a value, rounded to the place of a stated one, is that, and not further away than two digits allow."""
    apart = abs(value - end.value)
    exact = _EXACT * abs(value)
    return apart <= exact or (apart <= end.place / 2 + exact and apart <= _TWO_DIGITS * abs(value))


def _is_close(value: float, end: End) -> bool:
    """Whether a stated number is near enough to a value to be meant as its rounding."""
    apart = abs(value - end.value)
    return apart < max(end.place, _third(value)) and apart <= _BOUND * abs(value)


def _is_rounded(value: float, number: Stated, end: End) -> bool:
    """Whether a stated number is a value rounded, or a bound of it."""
    if _is_nearest(value, end):
        return True
    beyond = value - end.value
    reached = beyond >= 0 if number.above else -beyond >= 0 if number.below else False
    return reached and abs(beyond) < end.place and abs(beyond) <= _BOUND * abs(value)
