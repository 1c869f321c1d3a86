"""The clause in which a question asks, behind what only leads to it: a story told first, or what others do."""

from __future__ import annotations

from typing import Final

from service.reading.findings import Question, Segment

_STOPS: Final = frozenset(".?!;:,。？！；：，\n—")
_LEADING: Final = frozenset({"words", "unknown"})  # what may be passed over: no number says anything there
_BINDING: Final = ("if", "list")  # said first, they are about the rest
_LEAST: Final = 3  # segments of a clause that asks something


def last(question: Question) -> int:
    """Where the last clause begins in the question as typed; 0 where nothing before it may be passed over."""
    outer = [segment for segment in question.segments if not segment.inner]
    begin = 0
    for place, segment in enumerate(outer):
        gap = question.tokens[segment.first].gap
        if place and not _STOPS.isdisjoint(gap) and len(outer) - place >= _LEAST:
            begin = place
    if not begin or not all(map(_leads, outer[:begin])):
        return 0
    return question.span(outer[begin])[0]


def _leads(segment: Segment) -> bool:
    """Whether a segment says nothing that the rest depends on."""
    named = segment.means("region") or segment.means("publisher") or segment.means("refused")
    bound = any(segment.means("concept", concept) for concept in _BINDING)
    return segment.sort in _LEADING and not segment.strange and not segment.owned and not named and not bound
