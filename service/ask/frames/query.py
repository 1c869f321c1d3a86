"""Electricity, CO2 and water of prompts, images, videos and sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import QUERIED, Case
from service.ask.proposals import Measure, Proposal
from service.core.live import WISH
from service.core.model import Subject
from service.core.units import parse_unit
from service.reading.findings import Segment

_WHAT: Final = {"video-minute": "video-minute", "video": "video", "image": "image", "session": "session"}
_TASKS: Final = {"image": "image-generation", "video": "video-generation", "video-minute": "video-generation"}
_GENERIC: Final = "frontier-llm"
_FIRST: Final[dict[Measure, str]] = {"electricity": "electricity", "emissions": "emissions", "water": "water"}
_SIZES: Final = ("document", "reasoning", "long")
_SINGLE: Final = ("query", "image", "video", "session", "email", "document")
_SAID: Final = (
    "use", "electricity", "emissions", "water", "query", "image", "video", "session", "document", "reasoning", "long", "token", "each",
    "footprint", "email", "bottle", "claim", "total", "average", "inference", "if", "also-do", "power", "cover", "video-minute", "ai", "own-rate", "model-noun",
    "on-site", "cooling",
)  # fmt: skip
_KNOWN: Final = (
    "electricity-per-query", "electricity-per-image", "electricity-per-video", "electricity-per-session", "emissions-per-query",
    "water-per-query", "electricity-per-query-reasoning", "electricity-per-query-long", "electricity-per-query-document",
    "electricity-per-token", "emissions-per-image", "electricity-per-video-minute",
)  # fmt: skip


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of query_footprint."""
    if case.q.has("training") or not (case.measures or case.q.has("footprint", "query", "image", "video")):
        return
    if not case.q.has("footprint") and _FIRST.keys().isdisjoint(case.measures):
        return
    if case.each is not None and case.q.has("claim", "differ", "source") and not case.q.counts("query"):
        return  # whether a number is right is not told by that number
    if case.q.has("token") and case.counted("token") is None:
        return  # of one token, not of one prompt
    if _in_all(case) and case.measures == ["electricity"]:
        return  # of all its use in a time, not of one prompt
    for segment, subject in _subjects(case):
        proposal = _of(case, segment, subject)
        if proposal is not None:
            proposal.generic = (
                segment is None or not segment.means("subject") or subject.kind == "task" or subject.id == _GENERIC
            )
            yield proposal
            return


def _in_all(case: Case) -> bool:
    """Whether it is asked what something takes over a time or altogether, and of no one prompt."""
    return (case.period is not None or case.q.has("total")) and not case.q.has(*_SINGLE)


def _subjects(case: Case) -> Iterator[tuple[Segment | None, Subject]]:
    yield from case.subjects(*QUERIED)
    subjects = case.knowledge.subjects
    for concept, task in _TASKS.items():
        if case.q.has(concept) and not case.subjects(*QUERIED):
            yield case.q.find(concept)[0], subjects[task]
    if case.q.has("query") and case.q.has("ai") and not case.owned and not case.subjects(*QUERIED, "company"):
        yield case.q.find("ai")[0], subjects[_GENERIC]


def _of(case: Case, segment: Segment | None, subject: Subject) -> Proposal | None:
    inputs: dict[str, Any] = {"service": subject.id}
    used = [segment] if segment else []
    each = case.each
    if not case.knows(subject.id, *_KNOWN) and each is None and subject.kind != "service":
        return None
    what = next((name for concept, name in _WHAT.items() if case.q.has(concept)), "")
    lengths = [s for s in case.q.amounts("min") if s.unit in {"min", "h"} and not s.rate]
    if what == "video" and lengths and subject.id == _TASKS["video"]:
        what = "video-minute"
        inputs["count"] = lengths[0].value * lengths[0].parsed.factor / parse_unit("min").factor
        used.append(lengths[0])
    if what:
        inputs["what"] = what
    count = case.counted("query", "image", "video", "session", "document", "email")
    if count is not None and count.value != 1:
        if count.rate:
            return None  # so many a day: another kind of question
        inputs["count"] = count.value
    used += [count] if count else []
    if each is not None:
        inputs["electricity_per_query"] = f"{each.value:.12g} {each.unit.partition('/')[0]}"
        used.append(each)
    first = next((_FIRST[measure] for measure in case.measures if measure in _FIRST), None)
    if first and first != "electricity":
        inputs["to"] = first
    used += _size(case, inputs)
    if case.region and case.asks("emissions"):
        inputs["region"] = case.region
        used += [place for place, _ in case.places[:1]]
    if first == "emissions" and case.q.has(*_SINGLE) and case.q.has("live"):
        inputs["grid"] = WISH
        used += case.q.find("live")
    used += [s for s, thing in case.subjects("everyday") if thing.id in {"email", "water-bottle"}]
    used += [
        s
        for s, thing in case.subjects("task", "sector", "company")
        if thing.id in {"artificial-intelligence", subject.part_of, "ai-task", *_TASKS.values()}
    ]
    case.put_day(inputs, used)
    return Proposal("query_footprint", inputs, used, _SAID, _bonus(case))


def _bonus(case: Case) -> float:
    return (0.6 if case.q.has(*_SINGLE) else 0.2) - (3.0 if _in_all(case) else 0.0)


def _size(case: Case, inputs: dict[str, Any]) -> list[Segment]:
    """Read how long the prompt is: so many tokens, a document, a problem to reason about."""
    tokens = case.counted("token")
    size = next((concept for concept in _SIZES if case.q.has(concept)), None)
    if tokens is not None:
        read = size in {"document", "long"}
        inputs["input_tokens" if read else "output_tokens"] = tokens.value
        return [tokens]
    if size:
        inputs["size"] = size
    return []
