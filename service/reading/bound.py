"""What numbers are said to be per, and the day of which the knowledge is asked for."""

from __future__ import annotations

import re
from typing import Final

from service.core.model import last_day
from service.core.units import parse_unit
from service.reading.findings import Question, Segment
from service.reading.lexicon import Lexicon, Meaning

_DATE: Final = re.compile(
    r"\s*(?:(?P<name>[a-z]{3,9})\.?,?\s+)?(?P<year>(?:19|20)\d\d)(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2}))?)?"
)
_BARE: Final = (Meaning("filler", ""),)
_NEGATED: Final = 6  # words in which what is not meant is named
_SERVED: Final = frozenset({"service", "model"})  # what one uses so many times a day
_HOURS: Final = 24
_NEAR: Final = 6  # tokens between a count and the time that it is per
_ENERGY: Final = "kWh"
_ASKED: Final = frozenset({"query", "image", "video", "session", "token", "document", "email"})


def bind(question: Question, lexicon: Lexicon) -> None:
    """Bind times and things to the numbers that are per them, and take out the day of which the knowledge is asked for."""
    _as_of(question, lexicon)
    _negated(question)
    _clock(question, lexicon)
    _each(question)
    _rates(question)


def _as_of(question: Question, lexicon: Lexicon) -> None:
    """As of June 2024: the day of which the knowledge is asked for. Its numbers say nothing else."""
    said = question.find("as-of")
    if not said:
        return
    begin = question.tokens[said[0].after].start if said[0].after < len(question.tokens) else len(question.folded.text)
    found = _DATE.match(question.folded.text, begin)
    month = lexicon.months.get(found["name"] or "") if found else None
    if found is None or (found["name"] and month is None):
        return
    question.as_of = _last_day(found["year"], found["month"] or month, found["day"])
    for segment in question.segments:
        if (
            question.tokens[segment.first].start >= begin
            and question.tokens[segment.after - 1].end <= found.end() + 1
            and segment.sort != "amount"
        ):
            segment.sort, segment.meanings, segment.strange = "words", _BARE, False


def _negated(question: Question) -> None:
    """Not the old 3 Wh number: what is said not to be meant says nothing."""
    left = 0
    for segment in question.segments:
        if segment.means("negation"):
            left = _NEGATED
        elif left:
            left = 0 if question.tokens[segment.first].gap.strip() else left - 1
            if left and segment.sort in {"amount", "number"}:
                segment.sort, segment.meanings, left = "words", _BARE, 0


def _clock(question: Question, lexicon: Lexicon) -> None:
    """Mark an hour of the day: of it nothing is published."""
    tokens = question.tokens
    for segment in question.segments:
        if segment.sort != "number" or not 0 <= segment.value <= _HOURS:
            continue
        text = tokens[segment.after].text if segment.after < len(tokens) else ""
        gap = tokens[segment.after].gap if text else ""
        hour = gap == ":" and tokens[segment.after].shape == "number"
        more = segment.after + 1 < len(tokens) and tokens[segment.after + 1].shape in {"number", "han"}
        if hour or (
            text in lexicon.clock and not (text == "点" and more and tokens[segment.after + 1].text in lexicon.numbers)
        ):
            segment.sort, segment.meanings = "words", (Meaning("refused", "metered"),)


def _last_day(*parts: str | int | None) -> str | None:
    partial = "-".join(f"{int(part):02}" for part in parts if part)
    try:
        return last_day(partial).isoformat()
    except ValueError:
        return None


def _each(question: Question) -> None:
    """每次0.34瓦时: what stands before a small amount says what it is for one of."""
    before: Segment | None = None
    for segment in question.segments:
        if segment.inner:
            continue
        if segment.sort == "amount" and not segment.each and before is not None and before.after == segment.first:
            small = segment.parsed.dimension == parse_unit(_ENERGY).dimension and not _is_large(segment)
            name = next(
                (each.name for each in before.meanings if each.name in {"query", "image", "video", "session"}), ""
            )
            if small and name:
                segment.each = name
        before = segment


def _rates(question: Question) -> None:
    """Bind times to the counts and amounts that they are per: 20 questions a day, 日耗电50万度."""
    times = [s for s in question.segments if not s.inner and (s.means("rate") or s.means("span"))]
    free = list(times)
    served = any(question.subjects[name].kind in _SERVED for s in question.of("subject") for name in s.names("subject"))
    for segment in question.segments:
        if segment.what == "that":
            segment.what = "query" if question.has("query") else ""
    for segment in question.segments:
        if segment.what == "times" and (question.has("query") or served) and question.of("rate"):
            segment.what = "query"
    for segment in question.segments:
        wanted = (segment.sort == "count" and segment.what in _ASKED) or (
            segment.sort == "amount" and not segment.each and not segment.rate and _is_large(segment)
        )
        if not wanted:
            continue
        near = [(abs(_distance(segment, time)), time) for time in free if _bindable(question, segment, time)]
        if near:
            _, time = min(near, key=lambda pair: pair[0])
            period = (time.names("rate") or time.names("span"))[0]
            segment.rate, time.bound = period, True
            if segment.sort == "amount":
                segment.unit = f"{segment.unit}/{period}"
            free.remove(time)


def _is_large(segment: Segment) -> bool:
    """Whether it is an energy, and too much of it to be that of one prompt."""
    unit = segment.parsed
    return unit.dimension == parse_unit(_ENERGY).dimension and segment.value * unit.factor >= parse_unit(_ENERGY).factor


def _distance(segment: Segment, time: Segment) -> int:
    return time.first - segment.after if time.first >= segment.after else segment.first - time.after


def _bindable(question: Question, segment: Segment, time: Segment) -> bool:
    """Whether a time stands close enough, in the same clause, and is a rate where a count is to be per it."""
    begin, end = sorted((segment, time), key=lambda s: s.first)
    if any(
        token.gap.strip()[:1] in set(",;.?!。，；、:") and token.gap.strip()
        for token in question.tokens[begin.after : end.first + 1]
    ):
        return False
    near = _distance(segment, time) <= _NEAR + 2 * (segment.sort == "amount")
    first = time.first < segment.first and time.after - time.first > 1  # 一天问50次
    return near and (time.means("rate") or segment.sort == "amount" or first)
