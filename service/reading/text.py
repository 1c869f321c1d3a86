"""Reading a question: everything that is found in it, in time linear in its length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from service.core.model import Subject
from service.reading import spelling
from service.reading.bound import bind
from service.reading.findings import Question, Segment
from service.reading.folding import Folded, fold
from service.reading.lexicon import Lexicon
from service.reading.meanings import BARE, NOTHING
from service.reading.names import vocabulary
from service.reading.scanner import Scanner
from service.reading.strange import mark
from service.reading.tokens import Token, cut
from service.reading.versions import completed
from service.store.kept import kept
from service.store.queries import Knowledge

_SAYING: Final = frozenset({"filler", "concept"})  # sorts of words that are no names


@dataclass(frozen=True, slots=True)
class Book:
    """The words and names of one knowledge base."""

    lexicon: Lexicon
    spelling: spelling.Book
    subjects: Mapping[str, Subject]
    inside: Mapping[str, tuple[str, ...]]  # for a place, those in it of which a sector is told by itself


@kept
def book(knowledge: Knowledge) -> Book:
    """The words and names of a knowledge base."""
    words = vocabulary(knowledge)
    return Book(words, spelling.book(words), knowledge.subjects, _inside(knowledge))


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
    segments = scanner.segments()
    strangers = any(segment.sort == "unknown" for segment in segments)
    if strangers:
        segments = _merged(segments, tokens, known.lexicon)
    segments = completed(segments, tokens, known.lexicon)
    if mend and strangers:
        _respell(segments, tokens, known)
    question = Question(folded, tokens, segments, _language(folded, tokens, segments))
    question.subjects = known.subjects  # type: ignore[assignment]
    question.index()
    marked, bound = mark(question), bind(question, known.lexicon)
    if marked or bound:
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


def _merged(segments: list[Segment], tokens: list[Token], lexicon: Lexicon) -> list[Segment]:
    """Unknown tokens that belong together as one: 星穹X99, zorblax-9, two Chinese characters."""
    found: list[Segment] = []
    for segment in segments:
        last = found[-1] if found else None
        token = tokens[segment.first]
        if last is None or (last.sort != "unknown" and token.shape != "han"):
            found.append(segment)
            continue
        if len(found) > 1 and _numeral(last, tokens) and found[-2].sort == segment.sort == "unknown" and not token.gap:
            found.pop()  # a numeral within a name: 文心一言
            found[-1].after = segment.after
            continue
        if last.sort == "unknown" and last.after == segment.first:
            part = segment.sort == "unknown" or (segment.sort in {"number", "count"} and token.shape == "number")
            part = part and not (segment.sort == "count" and _classified(segment, tokens, lexicon))
            alone = segment.sort != "unknown" and last.after - last.first == 1 and tokens[last.first].shape == "han"
            glued, numbered = part and not token.gap and not alone, part and token.gap == "-"
            spelt = segment.sort == "number" and token.gap == " " and len(tokens[last.first].text) > 1
            numbered = numbered or (spelt and token.shape == "number")  # HAL 9000
            if glued or numbered:
                last.after = segment.after
                continue
        found.append(segment)
    return found


def _classified(segment: Segment, tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether what a number counts, or a classifier of it, stands behind it at once."""
    if segment.after >= len(tokens):
        return False
    meanings = lexicon.phrases.get(tokens[segment.after].key, NOTHING)
    return any(each.sort == "classifier" or each.name == segment.what for each in meanings)


def _numeral(segment: Segment | None, tokens: list[Token]) -> bool:
    """Whether a segment is a lone Chinese numeral that counts nothing."""
    return (
        segment is not None
        and segment.sort == "words"
        and segment.meanings is BARE
        and tokens[segment.first].shape == "han"
        and not tokens[segment.first].gap
    )


def _respell(segments: list[Segment], tokens: list[Token], known: Book) -> None:
    speller = spelling.Speller(known.spelling, known.lexicon.phrases)
    for segment in segments:
        if segment.sort == "unknown" and segment.after - segment.first == 1:
            meant = speller.nearest(tokens[segment.first].key, tokens[segment.first].text)
            if meant is not None:
                segment.sort, segment.respelt, segment.meanings = "words", True, known.lexicon.phrases[meant]
            elif known.lexicon.is_adverb(tokens[segment.first].text):
                segment.sort, segment.meanings = "words", BARE


def _language(folded: Folded, tokens: list[Token], segments: list[Segment]) -> str:
    """The language of most of the words that are no names: en, zh-Hans or zh-Hant."""
    chinese = sum([token.shape == "han" for token in tokens]) if not folded.text.isascii() else 0
    english = 0
    for segment in segments if chinese else ():
        if not segment.meanings.sorts.isdisjoint(_SAYING):
            english += sum([token.shape == "word" for token in tokens[segment.first : segment.after]])
    if not chinese or chinese < english:
        return "en"
    return "zh-Hant" if folded.traditional else "zh-Hans"
