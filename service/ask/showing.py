"""How a question was read, shown where it stands in the question."""

from __future__ import annotations

from typing import Final

from service.ask.case import Case
from service.ask.proposals import Proposal, plain, written
from service.ask.shapes import Answered, Span
from service.reading.findings import Segment

_SILENT: Final = frozenset({"filler", "common", "between", "place-word", "classifier"})  # sorts that say nothing
_NAMED: Final = ("subject", "region", "quantity", "publisher")
_TIMES: Final = frozenset({"rate", "span"})


def spans(case: Case, proposal: Proposal | None) -> list[Span]:
    """Where the question says what, and as what it was read."""
    used = {id(segment) for segment in proposal.used} if proposal else set()
    concepts = set(proposal.explains) if proposal else set()
    found = []
    for segment in case.q.segments:
        if (
            segment.inner
            or segment.sort == "unknown"
            or (segment.sort == "words" and segment.meanings.sorts <= _SILENT)
        ):
            continue
        said = _read_as(segment, concepts, chosen=id(segment) in used or proposal is None)
        if said:
            start, end = case.q.span(segment)
            found.append(Span(start=start, end=end, text=case.q.folded.typed[start:end], read_as=said))
    return found


def _read_as(segment: Segment, concepts: set[str], *, chosen: bool) -> str:
    match segment.sort:
        case "amount":
            return written(segment) + (f" per {segment.each}" if segment.each else "")
        case "count":
            what = segment.what.removeprefix("accelerator:")
            return f"{plain(segment.value)} {what}" + (f"/{segment.rate}" if segment.rate else "")
        case "year" | "number":
            return plain(segment.value)
    sorts = segment.meanings.sorts
    for sort in _NAMED:
        if sort in sorts and (chosen or sort != "subject"):
            return f"{sort}:{segment.names(sort)[0]}"
    if not sorts.isdisjoint(_TIMES):
        return (segment.names("rate") or segment.names("span"))[0]
    return next((name for name in segment.meanings.concepts if name in concepts or not concepts), "")


def shifted(answered: Answered, by: int) -> Answered:
    """An answer to the rest of a question, with its places counted in the whole."""
    understood = answered["understood"]
    moved = [Span({**span, "start": span["start"] + by, "end": span["end"] + by}) for span in understood["spans"]]
    return Answered({**answered, "understood": {**understood, "spans": moved}})
