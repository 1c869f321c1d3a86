"""What numbers are said to be per, and the day of which the knowledge is asked for."""

from __future__ import annotations

import re
from typing import Final

from service.core.model import last_day
from service.core.units import parse_unit
from service.reading.findings import Question, Segment
from service.reading.lexicon import Lexicon
from service.reading.meanings import BARE, Meaning, meanings_of

_DATE: Final = re.compile(
    r"\s*(?:(?P<name>[a-z]{3,9})\.?,?\s+)?(?P<year>(?:19|20)\d\d)(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2}))?)?"
)
_METERED: Final = meanings_of((Meaning("refused", "metered"),))
_DIFFER: Final = Meaning("concept", "differ")
_RESAID: Final = 4  # segments on either side of a correction
_NEGATED: Final = 6  # words in which what is not meant is named
_SERVED: Final = frozenset({"service", "model"})  # what one uses so many times a day
_HOURS: Final = 24
_NEAR: Final = 10  # tokens between a count and the time that it is per
_ENERGY: Final = "kWh"
_NUMBERS: Final = frozenset({"amount", "count", "number"})
_TIMES: Final = frozenset({"rate", "span"})
_NAMES: Final = frozenset({"subject", "region"})
_KINDS: Final = (frozenset({"subject"}), frozenset({"region"}), frozenset({"unit"}), _TIMES)
_VAGUE: Final = frozenset({"that", "times"})
_EACH: Final = frozenset({"query", "image", "video", "session"})
_ASKED: Final = frozenset({"query", "image", "video", "session", "token", "document", "email"})


def bind(question: Question, lexicon: Lexicon) -> bool:
    """Bind times and things to the numbers that are per them, and take out the day of which the knowledge is asked for.

    Returns whether some segment means something else by now.
    """
    changed = _corrected(question)
    changed = _as_of(question, lexicon) or changed
    numbers = [s for s in question.segments if s.sort in _NUMBERS]
    if not numbers:
        return changed
    changed = _contrasted(question, numbers) or changed
    changed = _negated(question) or changed
    changed = _clock(question, numbers, lexicon) or changed
    _each(question, numbers)
    _rates(question, numbers)
    return changed


def _as_of(question: Question, lexicon: Lexicon) -> bool:
    """As of June 2024: the day of which the knowledge is asked for. Its numbers say nothing else."""
    said = question.find("as-of")
    if not said:
        return False
    begin = question.tokens[said[0].after].start if said[0].after < len(question.tokens) else len(question.folded.text)
    found = _DATE.match(question.folded.text, begin)
    month = lexicon.months.get(found["name"] or "") if found else None
    if found is None or (found["name"] and month is None):
        return False
    question.as_of = _last_day(found["year"], found["month"] or month, found["day"])
    for segment in question.segments:
        if (
            question.tokens[segment.first].start >= begin
            and question.tokens[segment.after - 1].end <= found.end() + 1
            and segment.sort != "amount"
        ):
            segment.sort, segment.meanings, segment.strange = "words", BARE, False
    return True


def _corrected(question: Question) -> bool:
    """A Google… sorry, an AMD chip: what is taken back says nothing, where the like of it stands behind."""
    changed = False
    apart = (s for s in question.find("refusal") if _set_off(question, s))
    for marker in (*question.find("correction"), *apart):
        outer = [s for s in question.segments if not s.inner and (s.sort != "words" or s.weight)]
        after = [segment for segment in outer if segment.first >= marker.after][:_RESAID]
        before = [segment for segment in outer if segment.after <= marker.first][: -_RESAID - 1 : -1]
        pairs = ((old, new) for old in before for new in after if _alike(old, new))
        pair = next(pairs, None)
        if pair is None:
            changed = _unsaid(before, after) or changed
            continue
        old, new = pair
        if _TIMES.isdisjoint(old.meanings.sorts):
            old.sort, old.meanings, old.strange = "words", BARE, False
        else:
            old.meanings, new.meanings = new.meanings, BARE  # what is per it stands there
        changed = True
    return changed


def _unsaid(before: list[Segment], after: list[Segment]) -> bool:
    """Take back an amount in a unit that nobody knows, where another amount stands behind: 1 quad, no, 1 EJ."""
    if len(before) < 2 or not after or after[0].sort != "amount":
        return False
    unit, number = before[:2]
    if unit.sort != "unknown" or number.sort != "number" or number.after != unit.first:
        return False
    for segment in (unit, number):
        segment.sort, segment.meanings, segment.strange = "words", BARE, False
    return True


def _set_off(question: Question, segment: Segment) -> bool:
    """Whether a word stands between two signs: a day, no, a year."""
    tokens = question.tokens
    return (
        segment.after < len(tokens)
        and bool(tokens[segment.first].gap.strip())
        and bool(tokens[segment.after].gap.strip())
    )


def _alike(old: Segment, new: Segment) -> bool:
    """Whether one thing can have been said in place of another."""
    if old.sort == "unknown":
        return old.strange and not new.meanings.sorts.isdisjoint(_NAMES)
    if old.sort != new.sort:
        return False
    if old.sort != "words":
        return True
    return any(not old.meanings.sorts.isdisjoint(each) and not new.meanings.sorts.isdisjoint(each) for each in _KINDS)


def _contrasted(question: Question, numbers: list[Segment]) -> bool:
    """Why 433, 475 and 520: who asks why of several numbers asks why they differ."""
    asked = question.find("why") if len(numbers) > 1 and question.of("subject") else []
    for segment in asked:
        segment.meanings = meanings_of((*segment.meanings, _DIFFER))
    return bool(asked)


def _negated(question: Question) -> bool:
    """Not the old 3 Wh number: what is said not to be meant says nothing."""
    if not question.of("negation"):
        return False
    left, changed = 0, False
    for segment in question.segments:
        if segment.means("negation"):
            left = _NEGATED
        elif left:
            left = 0 if question.tokens[segment.first].gap.strip() else left - 1
            if left and segment.sort in {"amount", "number"}:
                segment.sort, segment.meanings, left, changed = "words", BARE, 0, True
    return changed


def _clock(question: Question, numbers: list[Segment], lexicon: Lexicon) -> bool:
    """Mark an hour of the day: of it nothing is published."""
    hours = [
        s for s in numbers if s.sort == "number" and 0 <= s.value <= _HOURS and _on_the_clock(question, s, lexicon)
    ]
    for segment in hours:
        segment.sort, segment.meanings = "words", _METERED
    return bool(hours)


def _on_the_clock(question: Question, segment: Segment, lexicon: Lexicon) -> bool:
    following = question.tokens[segment.after : segment.after + 2]
    if not following:
        return False
    if following[0].gap == ":":
        return following[0].shape == "number"
    decimal = following[0].text == "点" and len(following) > 1 and following[1].text in lexicon.numbers  # 三点五
    return following[0].text in lexicon.clock and not decimal


def _last_day(*parts: str | int | None) -> str | None:
    partial = "-".join(f"{int(part):02}" for part in parts if part)
    try:
        return last_day(partial).isoformat()
    except ValueError:
        return None


def _each(question: Question, numbers: list[Segment]) -> None:
    """每次0.34瓦时: what stands before a small amount says what it is for one of."""
    ends = {segment.after: segment for segment in question.segments if not segment.inner}
    for segment in numbers:
        before = ends.get(segment.first)
        if segment.sort == "amount" and not segment.each and before is not None:
            small = segment.parsed.dimension == parse_unit(_ENERGY).dimension and not _is_large(segment)
            name = next((concept for concept in before.meanings.concepts if concept in _EACH), "")
            if small and name:
                segment.each = name


def _rates(question: Question, numbers: list[Segment]) -> None:
    """Bind times to the counts and amounts that they are per: 20 questions a day, 日耗电50万度."""
    free = [s for s in question.segments if not s.inner and not s.meanings.sorts.isdisjoint(_TIMES)]
    for segment in numbers:
        if segment.what in _VAGUE:
            segment.what = _meant(question, segment.what)
        wanted = (segment.sort == "count" and segment.what in _ASKED) or (
            segment.sort == "amount" and not segment.each and not segment.rate and _is_large(segment)
        )
        near = [(abs(_distance(segment, time)), time) for time in free if wanted and _bindable(question, segment, time)]
        if near:
            _, time = min(near, key=lambda pair: pair[0])
            period = (time.names("rate") or time.names("span"))[0]
            segment.rate, time.bound = period, True
            if segment.sort == "amount":
                segment.unit = f"{segment.unit}/{period}"
            free.remove(time)


def _meant(question: Question, what: str) -> str:
    """What is counted where it is named before: ten million of those; and so many times a day, of what one asks."""
    asked = question.has("query")
    if what == "that":
        return "query" if asked else ""
    served = any(question.subjects[name].kind in _SERVED for s in question.of("subject") for name in s.names("subject"))
    return "query" if (asked or served) and question.of("rate") else what


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
