"""Scales: from values to places between 0 and 1, with ticks at round numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final, Literal

MOST: Final = 8  # ticks on a logarithmic scale
_ROUND: Final = (1, 2, 5)
_NO_SPAN: Final = 1e-9  # of the value: closer than this, two bounds are one


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from `low` to `high`, both included, with ticks in ascending order."""

    kind: Literal["linear", "log"]
    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """The place of a value, between 0 and 1; one outside stands at the edge."""
        kept = min(max(value, self.low), self.high)
        if self.kind == "log":
            return _clamped(log10(kept / self.low) / log10(self.high / self.low))
        return _clamped((kept - self.low) / (self.high - self.low))


def linear(low: float, high: float, wanted: int = 6) -> Scale:
    """A linear scale that covers low to high with about `wanted` ticks, 1, 2 or 5 times a power of ten apart."""
    if high - low <= _NO_SPAN * max(abs(low), abs(high)):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1
    factor, power = _step((high - low) / wanted)
    size = factor * 10.0**power
    first, last = floor(low / size), ceil(high / size)
    while _tick(first, factor, power) > low:
        first -= 1
    while _tick(last, factor, power) < high:
        last += 1
    ticks = tuple(_tick(number, factor, power) for number in range(first, last + 1))
    return Scale("linear", ticks[0], ticks[-1], ticks)


def logarithmic(low: float, high: float) -> Scale:
    """A logarithmic scale that covers low to high, both positive, with up to eight ticks."""
    below = [tick for tick in _rounds(low, low) if tick <= low]
    above = [tick for tick in _rounds(high, high) if tick >= high]
    start, end = below[-1], above[0]
    if start == end:
        start, end = below[-2], above[1]
    ticks = [tick for tick in _rounds(start, end) if start <= tick <= end]
    if len(ticks) > MOST:
        first, last = ceil(round(log10(start), 9)), floor(round(log10(end), 9))
        every = ceil((last - first + 1) / MOST)
        ticks = [float(f"1e{power}") for power in range(first, last + 1, every)]
    return Scale("log", start, end, tuple(ticks))


def _clamped(place: float) -> float:
    return min(max(place, 0.0), 1.0)


def _step(least: float) -> tuple[int, int]:
    """The smallest of 1, 2, 5 times a power of ten that is no smaller, as factor and power."""
    power = floor(log10(least))
    for factor in _ROUND:
        if factor * 10.0**power >= least:
            return factor, power
    return 1, power + 1


def _tick(number: int, factor: int, power: int) -> float:
    """A multiple of a step, free of the noise of repeated addition."""
    return float(f"{number * factor}e{power}")


def _rounds(low: float, high: float) -> Iterator[float]:
    """1, 2, 5 times every power of ten from a decade below `low` to one above `high`."""
    for power in range(floor(log10(low)) - 1, ceil(log10(high)) + 2):
        for factor in _ROUND:
            yield float(f"{factor}e{power}")
