"""Which of the proposed calls explains a question best, and whether that is enough."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from service.ask import frames
from service.ask.case import Case
from service.ask.frames import published
from service.ask.proposals import Proposal
from service.core.model import Subject
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
    }
)  # say themselves what is measured
_PARTIES = frozenset({"service", "model", "accelerator", "energy-source", "company", "facility"})
_EVERYDAY = frozenset({"phone-charge", "laptop-hour", "fridge-year", "home", "car", "flight"})
_NAMED = frozenset({"service", "model"})
Propose = Callable[[Case], Iterator[Proposal]]
_PER = ("person", "image", "video", "email", "transaction")
_NEAR = 3  # tokens between a share and of what it is
_LARGE = 1e6  # a bare number of this size is one of something
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
        "amount-asked",
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
        return self.strange is None and self.share >= self.proposal.least


class _Frame(NamedTuple):
    """A kind of question: what it needs one of (nothing: whatever is asked), and what it proposes."""

    asks: frozenset[str] | None
    propose: Propose
    looks: bool  # a look-up: what else fits without one is found without it


@cache
def proposers() -> tuple[_Frame, ...]:
    """Every kind of question, look-ups last."""
    names = sorted(module.name for module in pkgutil.iter_modules(frames.__path__))
    modules = [importlib.import_module(f"{frames.__name__}.{name}") for name in names]
    found = [_Frame(getattr(each, "ASKS", None), each.propose, getattr(each, "LOOKS", False)) for each in modules]
    return tuple(sorted(found, key=lambda frame: frame.looks))


def weighed(case: Case, *, every: bool = True) -> list[Weighed]:
    """All proposals, the one that explains most first; without look-ups, unless `every`, where nothing speaks for one."""
    present, found = case.q.present(), list[Weighed]()
    for frame in proposers():
        if frame.asks is not None and frame.asks.isdisjoint(present):
            continue
        if frame.looks and not every and not published.wanted(case) and any(map(_suffices, found)):
            break
        for proposal in frame.propose(case):
            if not case.one_sided or proposal.tool == _COMPARING or proposal.before is not None:
                found.append(weigh(case, proposal))
    return sorted(found, key=lambda each: -each.score)


def _suffices(each: Weighed) -> bool:
    """Whether a proposal explains all, and more is to be said for it than for a look-up."""
    return each.strange is None and each.share == 1.0 and each.proposal.bonus > published.LEAST


@cache
def _explained(concepts: tuple[str, ...]) -> frozenset[str]:
    return _ALWAYS.union(concepts)


def _read(case: Case) -> tuple[list[_Weighty], float]:
    """What is weighed of a question, and what every proposal explains; worked out once."""
    known: tuple[list[_Weighty], float] | None = case.weighed
    if known is None:
        known = case.weighed = _weighty(case.q), float(sum([s.weight for s in case.q.of("publisher")]))
    return known


class _Weighty(NamedTuple):
    """A segment that it takes something to leave unexplained, with what is asked of it for every proposal."""

    segment: Segment
    weight: float
    concepts: tuple[str, ...]
    stated: bool  # a number of the asker's that no answer may pass over
    subjects: tuple[Subject, ...]
    odd: bool  # a name that nobody knows


def _weighty(question: Question) -> list[_Weighty]:
    found = []
    for segment in question.segments:
        weight = segment.weight
        if weight and "publisher" not in segment.meanings.sorts:
            subjects = tuple([question.subjects[name] for name in segment.names("subject")])
            concepts = segment.meanings.concepts
            found.append(_Weighty(segment, weight, concepts, _stated(segment), subjects, segment.strange))
    return found


def _stated(segment: Segment) -> bool:
    """Whether a segment is a number of the asker's: any amount but a length of time, any count, any year, 8B."""
    if segment.sort == "amount":
        return segment.parsed.dimension != parse_unit("s").dimension
    if segment.sort == "number":
        return segment.value >= _LARGE
    return segment.sort == "year" or (segment.sort == "count" and segment.value > 1)


def _within(segment: Segment, question: Question) -> bool:
    """Whether it names a part of another place that is named: what is told of the whole is no answer."""
    wholes = [f"{code}-" for other in question.of("region") for code in other.names("region")]
    return any(code.startswith(whole) for code in segment.names("region") for whole in wholes)


def _per_other(segment: Segment, question: Question) -> bool:
    """Whether it is that per which, or a share of which, is asked: per employee, what a prompt takes is no answer."""
    if segment.means("region") or not any(segment.means("concept", name) for name in _PER):
        return False
    return any(per.after == segment.first for per in question.find("per")) or any(
        0 <= segment.first - share.after <= _NEAR for share in question.find("share")
    )


def _long(question: Question, segment: Segment) -> bool:
    """Whether an unknown stretch is long enough to be a name: three letters, or two Chinese characters."""
    start, end = question.span(segment)
    return end - start > (2 if question.tokens[segment.first].shape == "word" else 1)


def _plain(case: Case, proposal: Proposal) -> bool:
    """Whether it is said what is measured, by a word, by a number, or by what is asked for."""
    if case.said or proposal.measured or proposal.tool in _MEASURED:
        return True
    return any(segment.sort in {"amount", "count"} for segment in proposal.used)


def _party(subjects: Iterable[Subject], proposal: Proposal, known: Mapping[str, Subject]) -> bool:
    """Whether a service or model is named that has nothing to do with those that are made use of."""
    named = [subject for subject in subjects if subject.kind in _NAMED]
    if not named:
        return False
    used = {name for segment in proposal.used for name in segment.names("subject")}
    related = used | {known[name].part_of for name in used}
    return not any(each.id in related or each.part_of in related - {None} for each in named)


def weigh(case: Case, proposal: Proposal) -> Weighed:
    """How much of a question a proposal explains."""
    weighty, explained = _read(case)
    left = 0.0
    rest: list[_Weighty] = []
    places = {place for segment in proposal.used for place in range(segment.first, segment.after)}
    concepts = _explained(proposal.explains)
    for each in weighty:
        if each.segment.first in places or not concepts.isdisjoint(each.concepts):
            explained += each.weight
        else:
            left += each.weight
            rest.append(each)
    strange = _strange(case, proposal, rest)
    total = explained + left
    return Weighed(proposal, explained - left + proposal.bonus, explained / total if total else 0.0, strange)


def _strange(case: Case, proposal: Proposal, rest: Sequence[_Weighty]) -> Segment | None:
    """The first thing left unexplained without which it is another question; None where nothing is."""
    question = case.q
    compared = question.has("compare", "more", "times")
    if compared and case.owned:  # one's own phone is as good as any, one's own chatbot is not
        own = [s for s in question.segments if s.owned and _EVERYDAY.isdisjoint(s.meanings.concepts)]
        if own:
            return own[0]
    if not rest:
        return None
    places = len(question.of("region")) > 1 and question.has("more", "times", "against")
    plain = _plain(case, proposal)
    for each in rest:
        segment = each.segment
        if each.odd or each.stated or (places and "region" in segment.meanings.sorts):
            return segment
        if _within(segment, question) or _per_other(segment, question):
            return segment
        if each.subjects and (
            (compared and any(subject.kind in _PARTIES for subject in each.subjects))
            or _party(each.subjects, proposal, question.subjects)
        ):
            return segment  # one side of a comparison, or somebody else
        if segment.sort == "unknown" and (not plain or (proposal.generic and _long(question, segment))):
            return segment
        if not plain and not each.subjects and "common" in segment.meanings.sorts:
            return segment
    return None
