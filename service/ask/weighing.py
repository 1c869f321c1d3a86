"""Which of the proposed calls explains a question best, and whether that is enough."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from service.ask import frames
from service.ask.case import Case, Proposal
from service.ask.findings import Question, Segment

Propose = Callable[[Case], Iterator[Proposal]]
_ENOUGH = 0.6  # of the weight of all that was found
# read for every call: whose estimate is wanted, or mere connection
_ALWAYS = frozenset({"according", "lowest", "highest", "latest", "claim", "and", "also-do", "if", "own-rate", "average", "total", "per", "as-of"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A proposal with how much it explains."""

    proposal: Proposal
    score: float
    share: float  # explained ÷ found
    strange: Segment | None  # a name that nobody knows, and that it leaves aside

    @property
    def holds(self) -> bool:
        """Whether it explains enough to be answered."""
        return self.strange is None and self.share >= _ENOUGH


@cache
def proposers() -> tuple[Propose, ...]:
    """Every kind of question."""
    modules = sorted(pkgutil.iter_modules(frames.__path__), key=lambda module: module.name)
    return tuple(importlib.import_module(f"{frames.__name__}.{module.name}").propose for module in modules)


def weighed(case: Case) -> list[Weighed]:
    """All proposals, the one that explains most first."""
    proposals: Iterable[Proposal] = (proposal for propose in proposers() for proposal in propose(case))
    found = [weigh(case.q, proposal) for proposal in proposals]
    return sorted(found, key=lambda each: -each.score)


def _long(question: Question, segment: Segment) -> bool:
    """Whether an unknown stretch is long enough to be a name: three letters, or two Chinese characters."""
    start, end = question.span(segment)
    return end - start > (2 if question.tokens[segment.first].shape == "word" else 1)  # noqa: PLR2004


def weigh(question: Question, proposal: Proposal) -> Weighed:
    """How much of a question a proposal explains."""
    explained = left = 0.0
    strange: Segment | None = None
    used = {id(segment) for segment in proposal.used}
    places = {place for segment in proposal.used for place in range(segment.first, segment.after)}
    concepts = _ALWAYS.union(proposal.explains)
    for segment in question.segments:
        weight = segment.weight
        if not weight:
            continue
        known = id(segment) in used or segment.first in places or segment.means("publisher")
        if known or any(each.sort == "concept" and each.name in concepts for each in segment.meanings):
            explained += weight
        else:
            left += weight
            nameless = proposal.generic and segment.sort == "unknown" and _long(question, segment)
            if (segment.strange or nameless) and strange is None:
                strange = segment
    total = explained + left
    return Weighed(proposal, explained - left + proposal.bonus, explained / total if total else 0.0, strange)
