"""How much of an answer's text is said where its length is bounded: what competes and what else follows give way.

The sentence, the arithmetic, the boundary and what to beware of are always said, and every number that is said keeps
its source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.core.tokens import tokens

_LAYOUT: Final = 2  # tokens of the dash and the line break around a line


@dataclass(frozen=True, slots=True)
class Brief:
    """A bound on a text, in tokens, and the absolute address of the service, where the whole answer stands."""

    tokens: int
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """Something that may be said, and the figures whose numbers it cites."""

    text: str
    figures: Sequence[str]
    used: bool = False  # the estimate that the headline rests on


@dataclass(frozen=True, slots=True)
class Extent:
    """The competing estimates by size and the further results that are said."""

    rests_on: Sequence[str]
    estimates: Sequence[Line]
    also: Sequence[Line]
    reasons: Sequence[str]  # why a figure is used although others compete
    checks: Sequence[str]  # what was not verified; the list of sources says it of each one too

    @property
    def cited(self) -> list[str]:
        """The figures whose numbers are said, in the order of the text."""
        said = (figure for line in (*self.estimates, *self.also) for figure in line.figures)
        return list(dict.fromkeys([*self.rests_on, *said]))


def fitting(
    extents: Sequence[Extent], sources: Mapping[str, str], limit: int, cost: Callable[[str], int] = tokens
) -> int:
    """The place of the first of ever smaller extents that costs no more than `limit` tokens with its sources, or of the last."""
    for place, each in enumerate(extents):
        lines = [line.text for line in (*each.estimates, *each.also)] + [*each.reasons, *each.checks]
        lines += [sources[figure] for figure in each.cited]
        if sum([cost(line) + _LAYOUT for line in lines]) <= limit:
            return place
    return len(extents) - 1


def shrinking(extent: Extent) -> Iterator[Extent]:
    """Ever less: reasons go first, then further results, then estimates, but never one end of their range alone."""
    if extent.reasons:
        yield extent
        extent = replace(extent, reasons=[])
    for kept in range(len(extent.also), -1, -1):
        yield replace(extent, also=extent.also[:kept])
    if len(extent.estimates) > 2:
        ends = [line for n, line in enumerate(extent.estimates) if line.used or n in {0, len(extent.estimates) - 1}]
        yield replace(extent, also=[], estimates=ends)
    yield replace(extent, also=[], estimates=[])
    yield replace(extent, also=[], estimates=[], checks=[])
