"""What a live source says of a grid at the moment: figures that are in no knowledge base, with the time they were observed.

A calculator never asks for them over the network. The door has them fetched before a calculator runs, and only where the
caller asks for it and the service is set up for it; what was observed then enters as leaves, cited like any figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from service.core.facts import Facts
from service.core.model import Figure, Source
from service.core.parameter import Derived
from service.core.quantity import Quantity

LIVE: Final = "live:"  # begins the reference of a leaf that was observed; the id of its figure follows
_PER_KWH: Final = "g/kWh"
OF_THE_MOMENT: Final = "live-"  # begins the ids of such figures, which stand on no page
WISH: Final = "live"  # the value of the input `grid` that asks for one


@dataclass(frozen=True, slots=True)
class Observed:
    """One figure of the moment. `factor` is the subject whose life-cycle emissions apply, where it is a share of the mix."""

    figure: Figure
    source: Source
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one live source said of one region: its carbon intensity, or the mix that it follows from."""

    provider: str
    region: str
    boundary: str
    at: str  # when it was observed, such as 2026-11-28 12:00 UTC
    parts: Sequence[Observed]


@dataclass(frozen=True, slots=True)
class Seen:
    """The carbon intensity that was observed, as a quantity, and when."""

    quantity: Quantity
    at: str


class Live(Protocol):
    """Live sources, which may have been asked before."""

    def seen(self, region: str, boundary: str | None) -> Sight | None:
        """What was last heard of a region, where it is fresh; asks nobody."""
        ...


def intensity(sight: Sight, factor: Callable[[str], Quantity]) -> Quantity:
    """The carbon intensity that was observed, or that of the mix that was, by the emissions of its kinds of plants."""
    leaves = [
        (Quantity(each.figure.value, each.figure.unit, reference=LIVE + each.figure.id), each.factor)
        for each in sight.parts
    ]
    if not leaves[0][1]:
        return leaves[0][0]
    terms = [share * factor(subject) for share, subject in leaves]
    return sum(terms[1:], terms[0]).named("grid-mix", _PER_KWH)


class Moment:
    """A knowledge base and the figures of the moment: records of both by their ids."""

    def __init__(self, facts: Facts, sight: Sight) -> None:
        self._facts = facts
        self._observed = {each.figure.id: each for each in sight.parts}
        self.version = facts.version
        self.quantity = facts.quantity

    def figure(self, figure_id: str) -> Figure:
        """A figure of either."""
        return self._observed[figure_id].figure if figure_id in self._observed else self._facts.figure(figure_id)

    def source_of(self, figure_id: str) -> Source:
        """The source of a figure of either."""
        return self._observed[figure_id].source if figure_id in self._observed else self._facts.source_of(figure_id)

    def derived(self, figure_id: str) -> Derived | None:
        """A derived number of the knowledge base."""
        return None if figure_id in self._observed else self._facts.derived(figure_id)

    def cited_as(self, figure_id: str, bodies: Mapping[str, str] | None = None) -> str:
        """Who states a figure; of one of the moment, who and when."""
        if figure_id not in self._observed:
            return self._facts.cited_as(figure_id, bodies)
        observed = self._observed[figure_id]
        return f"{observed.source.publisher} ({observed.figure.as_of})"
