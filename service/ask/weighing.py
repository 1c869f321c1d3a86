"""Which of the proposed calls explains a question best, and whether that is enough."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from service.ask import frames
from service.ask.case import Case
from service.ask.proposals import Proposal
from service.core.units import parse_unit
from service.reading.findings import Question, Segment

_COMPARING = "compare"
_MEASURED = frozenset(
    {
        "convert_units",
        "cooling_savings",
        "demand_outlook",
        "emissions_equivalents",
        "energy_equivalents",
        "clean_supply",
        "share_of",
    }
)  # say themselves what is measured
_PARTIES = frozenset({"service", "model", "accelerator", "energy-source", "company", "facility"})
_NAMED = frozenset({"service", "model"})
Propose = Callable[[Case], Iterator[Proposal]]
_ENOUGH = 0.6  # of the weight of all that was found
# read for every call: whose estimate is wanted, or mere connection
_ALWAYS = frozenset(
    {
        "according",
        "lowest",
        "highest",
        "latest",
        "claim",
        "and",
        "also-do",
        "if",
        "own-rate",
        "average",
        "total",
        "per",
        "as-of",
    }
)


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
    kept = (each for each in proposals if not case.one_sided or each.tool == _COMPARING or each.before is not None)
    found = [weigh(case, proposal) for proposal in kept]
    return sorted(found, key=lambda each: -each.score)


@cache
def _explained(concepts: tuple[str, ...]) -> frozenset[str]:
    return _ALWAYS.union(concepts)


def _stated(segment: Segment) -> bool:
    """Whether a segment is a number of the asker's that no answer may pass over: any amount but a length of time, any count, any year."""
    if segment.sort == "year":
        return True
    if segment.sort == "amount":
        return segment.parsed.dimension != parse_unit("h").dimension
    return segment.sort == "count" and segment.value > 1


def _long(question: Question, segment: Segment) -> bool:
    """Whether an unknown stretch is long enough to be a name: three letters, or two Chinese characters."""
    start, end = question.span(segment)
    return end - start > (2 if question.tokens[segment.first].shape == "word" else 1)


def _plain(case: Case, proposal: Proposal) -> bool:
    """Whether it is said what is measured, by a word, by a number, or by what is asked for."""
    options = proposal.options
    named = options["quantities"][: options["special"]] if options else proposal.tool in _MEASURED
    return bool(case.said or named or any(s.sort in {"amount", "count"} for s in proposal.used))


def _party(question: Question, segment: Segment, used: set[str]) -> bool:
    """Whether a segment names a service or model that has nothing to do with those that are made use of."""
    named = [question.subjects[name] for name in segment.names("subject")]
    related = used | {each for name in used for each in (question.subjects[name].part_of,) if each}
    return any(each.kind in _NAMED for each in named) and not any(
        each.id in related or each.part_of in related for each in named
    )


def weigh(case: Case, proposal: Proposal) -> Weighed:
    """How much of a question a proposal explains."""
    question = case.q
    explained = left = 0.0
    plain = _plain(case, proposal)
    strange: Segment | None = None
    places = {place for segment in proposal.used for place in range(segment.first, segment.after)}
    concepts = _explained(proposal.explains)
    against = question.has("more", "times", "against")
    places_named = len(question.of("region"))
    parties = {name for segment in proposal.used for name in segment.names("subject")}
    for segment in question.segments:
        weight = segment.weight
        if not weight:
            continue
        known = segment.first in places or segment.means("publisher")
        if known or not concepts.isdisjoint([name for sort, name in segment.meanings if sort == "concept"]):
            explained += weight
        else:
            left += weight
            compared = question.has("compare", "more", "times")
            if against and segment.means("region") and places_named > 1:
                strange = strange or segment
            if compared and any(question.subjects[name].kind in _PARTIES for name in segment.names("subject")):
                strange = strange or segment  # one side of a comparison is left out
            if strange is None and _party(question, segment, parties):
                strange = segment
            if _stated(segment) and strange is None:
                strange = segment
            nameless = (proposal.generic or not plain) and segment.sort == "unknown" and _long(question, segment)
            nameless = nameless or (not plain and segment.means("common") and not segment.means("subject"))
            if (segment.strange or nameless) and strange is None:
                strange = segment
    total = explained + left
    return Weighed(proposal, explained - left + proposal.bonus, explained / total if total else 0.0, strange)
