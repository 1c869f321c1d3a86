"""Reading a question: everything that is found in it, in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakKeyDictionary

from service.core.model import Subject, last_day
from service.core.units import parse_unit
from service.reading import spelling
from service.reading.findings import Question, Segment
from service.reading.folding import Folded, fold
from service.reading.lexicon import Lexicon, Meaning
from service.reading.names import vocabulary
from service.reading.scanner import Scanner
from service.reading.tokens import Token, cut
from service.store.queries import Knowledge

_DATE: Final = re.compile(r"\s*((?:19|20)\d\d)(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?")
_BARE: Final = (Meaning("filler", ""),)
_NEAR: Final = 6  # tokens between a count and the time that it is per
_ENERGY: Final = "kWh"
_ASKED: Final = frozenset({"query", "image", "video", "session", "token", "document", "email"})
_VERSIONED: Final = frozenset({"model", "service"})
_HIGHEST_VERSION: Final = 30


@dataclass(frozen=True, slots=True)
class Book:
    """The words and names of one knowledge base."""

    lexicon: Lexicon
    spelling: spelling.Book
    subjects: Mapping[str, Subject]
    inside: Mapping[str, tuple[str, ...]]  # for a place, those in it of which a sector is told by itself


_BOOKS: Final[WeakKeyDictionary[Knowledge, Book]] = WeakKeyDictionary()


def book(knowledge: Knowledge) -> Book:
    """The words and names of a knowledge base, made on first use."""
    found = _BOOKS.get(knowledge)
    if found is None:
        words = vocabulary(knowledge)
        found = _BOOKS[knowledge] = Book(words, spelling.book(words), knowledge.subjects, _inside(knowledge))
    return found


def _inside(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    told = {subject.region for subject in knowledge.subjects.values() if subject.kind == "sector"}
    places = [(region.part_of, region.id) for region in knowledge.regions() if region.part_of and region.id in told]
    return {wider: tuple(code for each, code in places if each == wider) for wider, _ in places}


def read(knowledge: Knowledge, text: str, *, mend: bool = True) -> Question:
    """Everything that is found in a question; misspelt words are taken for what they mean where `mend` is set."""
    known = book(knowledge)
    folded = _usual(fold(text), known.lexicon)
    tokens = cut(folded.text, known.lexicon.root)
    scanner = Scanner(folded, tokens, known.lexicon, known.subjects)
    segments = _merged(scanner.segments(), tokens)
    if mend:
        _respell(segments, tokens, known)
    question = Question(folded, tokens, segments, _language(folded, tokens, segments))
    question.subjects = known.subjects  # type: ignore[assignment]
    question.index()
    _strange(question)
    _as_of(question)
    _each(question)
    _rates(question)
    question.index()  # some segments mean something else by now
    return question


def _usual(folded: Folded, lexicon: Lexicon) -> Folded:
    """The text with words of other regions in their usual form here, which are as long."""
    if folded.text.isascii():
        return folded
    text = folded.text
    for word, usual in lexicon.also_written.items():
        text = text.replace(word, usual)
    return replace(folded, text=text)


def _merged(segments: list[Segment], tokens: list[Token]) -> list[Segment]:
    """Unknown tokens that belong together as one: 星穹X99, zorblax-9, two Chinese characters."""
    found: list[Segment] = []
    for segment in segments:
        last = found[-1] if found else None
        token = tokens[segment.first]
        if len(found) > 1 and _numeral(last, tokens) and found[-2].sort == segment.sort == "unknown" and not token.gap:
            found.pop()  # a numeral within a name: 文心一言
            found[-1].after = segment.after
            continue
        if last is not None and last.sort == "unknown" and last.after == segment.first:
            part = segment.sort == "unknown" or (segment.sort == "number" and token.shape == "number")
            glued, numbered = part and not token.gap, part and token.gap == "-"
            if glued or numbered:
                last.after = segment.after
                continue
        found.append(segment)
    return found


def _numeral(segment: Segment | None, tokens: list[Token]) -> bool:
    """Whether a segment is a lone Chinese numeral that counts nothing."""
    return (
        segment is not None
        and segment.sort == "words"
        and segment.meanings == _BARE
        and tokens[segment.first].shape == "han"
        and not tokens[segment.first].gap
    )


def _respell(segments: list[Segment], tokens: list[Token], known: Book) -> None:
    speller = spelling.Speller(known.spelling, known.lexicon.phrases)
    for segment in segments:
        if segment.sort == "unknown" and segment.after - segment.first == 1:
            meant = speller.nearest(tokens[segment.first].key)
            if meant is not None:
                segment.sort, segment.respelt, segment.meanings = "words", True, known.lexicon.phrases[meant]


def _language(folded: Folded, tokens: list[Token], segments: list[Segment]) -> str:
    """The language of most of the words that are no names: en, zh-Hans or zh-Hant."""
    chinese = english = 0
    for segment in segments:
        for token in tokens[segment.first : segment.after]:
            if token.shape == "han":
                chinese += 1
            elif token.shape == "word" and (segment.means("filler") or segment.means("concept")):
                english += 1
    if not chinese or chinese < english:
        return "en"
    return "zh-Hant" if folded.traditional else "zh-Hans"


def _strange(question: Question) -> None:
    """Mark what looks like a name that is not known, and names with a version that is not."""
    plain = [s for s in question.segments[1:] if s.sort == "words" and not s.inner and s.means("filler")]
    capital = [s for s in plain if question.typed(s)[:1].isupper()]
    shouting = len(capital) * 2 > len(plain)  # in a Heading Written Like This capitals tell nothing
    before: Segment | None = None
    for segment in question.segments:
        if segment.inner:
            continue
        if segment.sort == "unknown":
            segment.strange = _looks_named(question, segment, before, shouting=shouting)
        elif before is not None and _unknown_version(question, before, segment):
            segment.sort, segment.strange, segment.first = "unknown", True, before.first
            before.inner = True
        before = segment


def _looks_named(question: Question, segment: Segment, before: Segment | None, *, shouting: bool) -> bool:
    tokens = question.tokens[segment.first : segment.after]
    shapes = {token.shape for token in tokens}
    text = question.typed(segment)
    if "number" in shapes and len(shapes) > 1:
        return True
    if before is not None and before.means("place-word") and "word" in shapes:
        return True
    following = next((s for s in question.segments if s.first >= segment.after), None)
    if following is not None and following.means("concept", "model-noun"):
        return True
    if "han" in shapes and len(tokens) > 1 and _possessor(question, segment):
        return True
    if _set_against(segment, before, following, question.of("subject"), word="word" in shapes):
        return True
    return bool("word" in shapes and segment.first > 0 and text[:1].isupper() and not shouting)


def _possessor(question: Question, segment: Segment) -> bool:
    """Whether an unknown Chinese name is said to have what is asked about: 火星上的数据中心."""
    after = [s for s in question.segments if s.first >= segment.after and not s.inner][:3]
    fillers = [s for s in after[:2] if s.means("filler") and not s.means("concept")]
    following = after[len(fillers)] if len(after) > len(fillers) else None
    return (
        bool(fillers) and following is not None and (following.means("subject") or following.means("concept", "grid"))
    )


def _set_against(
    segment: Segment, before: Segment | None, following: Segment | None, named: list[Segment], *, word: bool
) -> bool:
    """Whether an unknown stands on one side of a comparison."""
    if len(named) > 1:
        return False
    sides = [side for side in (before, following) if side is not None]
    long = segment.after - segment.first > 1 or word
    return long and any(side.means("concept", "compare") for side in sides)


def _unknown_version(question: Question, name: Segment, segment: Segment) -> bool:
    """Whether a name is followed by a version that is no part of it: Gemini 9, GPT-4 Turbo."""
    if segment.first != name.after or not question.tokens[segment.first].linked:
        return False
    if not any(question.subjects[each].kind in _VERSIONED for each in name.names("subject")):
        return False
    if segment.means("version") and (not segment.means("concept") or question.typed(segment)[:1].isupper()):
        return True
    return (
        segment.sort == "number"
        and segment.value <= _HIGHEST_VERSION
        and question.tokens[segment.first].shape == "number"
    )


def _as_of(question: Question) -> None:
    """As of June 2024: the day of which the knowledge is asked for. Its numbers say nothing else."""
    said = question.find("as-of")
    if not said:
        return
    begin = question.tokens[said[0].after].start if said[0].after < len(question.tokens) else len(question.folded.text)
    found = _DATE.match(question.folded.text, begin)
    if found is None:
        return
    question.as_of = _last_day(found)
    for segment in question.segments:
        if (
            question.tokens[segment.first].start >= begin
            and question.tokens[segment.after - 1].end <= found.end() + 1
            and segment.sort != "amount"
        ):
            segment.sort, segment.meanings = "words", _BARE


def _last_day(found: re.Match[str]) -> str | None:
    partial = "-".join(f"{int(part):02}" for part in found.groups() if part)
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
    for segment in question.segments:
        if segment.what == "times" and question.has("query") and question.of("rate"):
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
            segment.rate = period
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
    return near and (time.means("rate") or segment.sort == "amount")
