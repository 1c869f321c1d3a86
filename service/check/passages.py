"""A text as passages: each sentence as it was read, with its clauses and who and where is named in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from service.core.model import Subject
from service.reading.findings import Question, Segment
from service.reading.lexicon import lexicon
from service.reading.sentences import sentences
from service.reading.text import read
from service.store.queries import Knowledge

_PAUSES: Final = frozenset(",;:，；：。|\t—、")
_OPENING: Final = frozenset("(（")
_CLOSING: Final = frozenset(")）")
_SITES: Final = ("data-centre", "data-centres")
_SHORTEST: Final = 4  # letters of a name that tells a variant
_GAS: Final = "co2"
_COUNTED: Final = 4  # tokens between a number and what it counts
_OWNED: Final = 3  # tokens between an owner and what is his


class Named(NamedTuple):
    """Somebody or something that a sentence names, and which tokens name it."""

    first: int
    after: int
    subject: Subject


class Place(NamedTuple):
    """A region that a sentence names."""

    first: int
    after: int
    code: str


@dataclass(frozen=True)
class Passage:
    """One sentence of a text."""

    number: int
    start: int
    end: int
    line: int
    q: Question
    places_of: dict[str, Sequence[int]] = field(default_factory=dict)  # where phrases of the lexicon were found

    @cached_property
    def clauses(self) -> Sequence[int]:
        """The number of the clause that each token stands in."""
        found: list[int] = []
        clause = last = 0
        outside: list[int] = []  # the clauses that brackets interrupt
        turns = lexicon().turns
        for i, token in enumerate(self.q.tokens):
            if i and _CLOSING & set(token.gap) and outside:
                clause = outside.pop()
            if i and (not _PAUSES.isdisjoint(token.gap) or token.text in turns):
                last += 1
                clause = last
            if i and _OPENING & set(token.gap):
                outside.append(clause)
                last += 1
                clause = last
            found.append(clause)
        return found

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each token begins in the folded text."""
        return [token.start for token in self.q.tokens]

    @cached_property
    def many(self) -> frozenset[tuple[str, int]]:
        """Which concepts at which tokens are things that are counted, more than one of them: 17,000 US homes."""
        return frozenset(
            (count.what, at)
            for count in self.q.counts()
            if count.value > 1
            for at in range(count.after, count.after + _COUNTED + 1)
        )

    @cached_property
    def one_home(self) -> bool:
        """Whether something is said of one home rather than of many that something is compared with."""
        return any(("home", segment.first) not in self.many for segment in self.q.find("home"))

    @cached_property
    def named(self) -> Sequence[Named]:
        """Every subject that the sentence may name, in order; an owner's sites are the owner."""
        found = [
            Named(segment.first, segment.after, self.q.subjects[name])
            for segment in self.q.of("subject")
            if not segment.inner
            for name in segment.names("subject")
        ]
        titles = {after for _, after in self._titles}
        return [
            each for each in found if each.after not in titles and not any(self._owns(owner, each) for owner in found)
        ]

    @cached_property
    def _titles(self) -> Sequence[tuple[Segment, int]]:
        """Names of companies that are made of an unknown word and a sector, with the token after: Halcyon Data Centres."""
        outer = [segment for segment in self.q.segments if not segment.inner]
        return [
            (first, second.after)
            for first, second in itertools.pairwise(outer)
            if first.sort == "unknown"
            and any(self.q.subjects[name].kind == "sector" for name in second.names("subject"))
            and self.q.tokens[second.first].gap == " "
            and all(self.q.typed(each)[:1].isupper() for each in (first, second))
        ]

    def _owns(self, owner: Named, owned: Named) -> bool:
        """Google's data centres are Google."""
        apart = owned.first - owner.after
        if not 0 <= apart <= _OWNED or self.clauses[owner.first] != self.clauses[owned.first]:
            return False
        sites = owned.subject.kind == "sector" and owned.subject.id.endswith(_SITES) and owned.subject.region is None
        rack = apart == 0 and owned.subject.kind == "technology"  # a GB200 NVL72 rack
        return (owner.subject.kind == "company" and sites) or (owner.subject.kind == "accelerator" and rack)

    def is_owned(self, at: int) -> bool:
        """Whether what begins at a token is said to be of somebody told before: its data centres, 其数据中心."""
        return at > 0 and self.q.tokens[at - 1].text in lexicon().possessive

    @cached_property
    def places(self) -> Sequence[Place]:
        """Every region that it names."""
        return [
            Place(segment.first, segment.after, code)
            for segment in self.q.of("region")
            if not segment.inner
            for code in segment.names("region")[:1]
        ]

    @cached_property
    def strangers(self) -> Sequence[Segment]:
        """What looks like the name of a product that is not known."""
        found = [s for s in self.q.segments if s.strange and not s.inner and self._is_product(s)]
        return [*found, *(title for title, _ in self._titles if title not in found)]

    def _is_product(self, segment: Segment) -> bool:
        text = self.q.typed(segment)
        if text.lower().startswith(_GAS):
            return False
        following = next((s for s in self.q.segments if s.first == segment.after and not s.inner), None)
        if following is not None and following.means("concept", "device-hour"):
            return False  # the kind of chip that hours are of
        if any(character.isdigit() for character in text):
            return len(text) > 2 and text[0].isascii() and text[0].isalpha()
        beside = [s for s in self.q.segments if s.after == segment.first or s.first == segment.after]
        return any(s.means("concept", "model-noun") for s in beside)

    def has(self, concept: str, clause: int | None = None) -> bool:
        """Whether a concept occurs, in one clause or anywhere."""
        found = self.q.find(concept)
        return bool(found) if clause is None else any(self.clauses[s.first] == clause for s in found)

    @cached_property
    def variants(self) -> Mapping[str, Sequence[int]]:
        """The last names by which variants of a model are told apart, with the tokens at which they begin: 70b, scout."""
        tokens = self.q.tokens
        found: dict[str, list[int]] = {}
        for at, token in enumerate(tokens):
            following = tokens[at + 1].text if at + 1 < len(tokens) and not tokens[at + 1].gap else ""
            if token.shape == "word" and len(token.text) >= _SHORTEST:
                found.setdefault(token.text, []).append(at)
            if token.shape == "number" and following == "b":
                found.setdefault(f"{token.text}b", []).append(at)
            if token.shape == "word" and len(token.text) == 1 and self._numbered(at):
                found.setdefault(f"{token.text}{following}", []).append(at)
        return found

    def _numbered(self, at: int) -> bool:
        """Whether a number is glued to a token: V3, R1."""
        tokens = self.q.tokens
        return at + 1 < len(tokens) and tokens[at + 1].shape == "number" and not tokens[at + 1].gap

    @cached_property
    def years(self) -> Sequence[Segment]:
        """The calendar years that it names."""
        return self.q.sorted("year")


def passages(knowledge: Knowledge, text: str) -> Iterator[Passage]:
    """The sentences of a text as they are read, in order."""
    for number, sentence in zip(itertools.count(), sentences(text), strict=False):
        question = read(knowledge, text[sentence.start : sentence.end], mend=False)
        if question.tokens:
            yield Passage(number, sentence.start, sentence.end, sentence.line, question)
