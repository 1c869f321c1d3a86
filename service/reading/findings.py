"""What was found in a question: segments with their meanings, amounts, counts, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

from service.core.model import Subject
from service.core.units import Dimension, Unit, parse_unit
from service.reading.folding import Folded
from service.reading.meanings import NOTHING, Meanings
from service.reading.tokens import Token

Sort = Literal["words", "amount", "count", "year", "number", "unknown"]
_OWN: Final = {"amount": 3.0, "count": 2.0, "year": 1.5, "number": 1.5, "unknown": 1.0}


@dataclass(slots=True)
class Segment:
    """A stretch of tokens and what it means."""

    first: int
    after: int
    sort: Sort
    meanings: Meanings = NOTHING
    value: float = 0.0
    low: float = 0.0
    high: float = 0.0
    unit: str = ""  # of an amount
    each: str = ""  # what an amount is for one of: query, image …
    what: str = ""  # what a count counts: a concept, or accelerator:<id>
    rate: str = ""  # the period that a count or amount is said to be per
    implied: bool = False  # of an amount of one that no digit says: a kWh, 一度电
    owned: bool = False  # said to be somebody's own: my data centre, 我公司机房
    strange: bool = False  # of an unknown: it looks like a name
    bound: bool = False  # of a time: an amount or count is per it
    inner: bool = False  # lies inside another segment
    respelt: bool = False

    def means(self, sort: str, name: str = "") -> bool:
        """Whether it can mean this."""
        return (sort, name) in self.meanings.all if name else sort in self.meanings.sorts

    def names(self, sort: str) -> list[str]:
        """Everything of a sort that it can mean."""
        return [each.name for each in self.meanings if each.sort == sort]

    @property
    def weight(self) -> float:
        """How much it takes to leave it unexplained."""
        if self.inner:
            return 0.0
        if self.sort == "unknown":
            return 2.5 if self.strange else min(1.5, 0.75 * (self.after - self.first))
        if self.sort != "words":
            return _OWN[self.sort]
        return self.meanings.weight

    @property
    def parsed(self) -> Unit:
        """The unit of an amount."""
        return parse_unit(self.unit)


@dataclass(slots=True)
class Question:
    """A question as it was read."""

    folded: Folded
    tokens: Sequence[Token]
    segments: list[Segment]
    language: str
    subjects: dict[str, Subject] = field(default_factory=dict)  # every subject that some segment may mean
    as_of: str | None = None  # the day of which the knowledge is asked for
    _concepts: dict[str, list[Segment]] = field(default_factory=dict)
    _sorts: dict[str, list[Segment]] = field(default_factory=dict)
    _own: dict[str, list[Segment]] = field(default_factory=dict)  # by the sort of their own

    def index(self) -> None:
        """Sort the segments by what they mean, and by what they are."""
        concepts: dict[str, list[Segment]] = {}
        sorts: dict[str, list[Segment]] = {}
        own: dict[str, list[Segment]] = {}
        for segment in self.segments:
            own.setdefault(segment.sort, []).append(segment)
            for name in segment.meanings.concepts:
                concepts.setdefault(name, []).append(segment)
            for sort in segment.meanings.sorts:
                sorts.setdefault(sort, []).append(segment)
        self._concepts, self._sorts, self._own = concepts, sorts, own

    def present(self) -> set[str]:
        """The concepts, the sorts of meanings and the sorts of segments that occur."""
        return {*self._concepts, *self._sorts, *self._own}

    def has(self, *concepts: str) -> bool:
        """Whether one of these concepts occurs."""
        return not self._concepts.keys().isdisjoint(concepts)

    def find(self, *concepts: str) -> list[Segment]:
        """The segments that mean one of these concepts."""
        return [segment for concept in concepts for segment in self._concepts.get(concept, ())]

    def which(self, concepts: Iterable[str]) -> str | None:
        """The first of these concepts that occurs."""
        return next((concept for concept in concepts if concept in self._concepts), None)

    def of(self, sort: str) -> list[Segment]:
        """The segments that can mean something of a sort (subject, region, quantity, publisher, rate, span, refused)."""
        return list(self._sorts.get(sort, ()))

    def amounts(self, *units: str) -> list[Segment]:
        """The amounts whose unit has the dimension of one of these."""
        stated = self._own.get("amount")
        if not stated:
            return []
        wanted = dimensions(units)
        return [segment for segment in stated if segment.parsed.dimension in wanted]

    def counts(self, *what: str) -> list[Segment]:
        """The counts of these things."""
        return [segment for segment in self._own.get("count", ()) if not what or segment.what in what]

    def sorted(self, sort: Sort) -> list[Segment]:
        """The segments of a sort of their own: amount, count, year, number, unknown."""
        return list(self._own.get(sort, ()))

    def at(self, token: int) -> Segment | None:
        """The segment that begins at a token."""
        return next((segment for segment in self.segments if segment.first == token and not segment.inner), None)

    def before(self, segment: Segment) -> Segment | None:
        """The segment that ends where another begins."""
        return next((each for each in self.segments if each.after == segment.first and not each.inner), None)

    def typed(self, segment: Segment) -> str:
        """A segment as the question has it."""
        start, end = self.span(segment)
        return self.folded.typed[start:end]

    def span(self, segment: Segment) -> tuple[int, int]:
        """Where a segment stands in the question as typed."""
        begin, end = self.tokens[segment.first].start, self.tokens[segment.after - 1].end
        return self.folded.place(begin), self.folded.end(end)

    def named(self, segments: Iterable[Segment], kinds: Sequence[str]) -> Iterator[tuple[Segment, Subject]]:
        """The subjects of some kinds that segments can mean, the kinds named first winning in each segment."""
        for segment in segments:
            found = [self.subjects[name] for name in segment.names("subject")]
            for kind in kinds:
                fitting = next((subject for subject in found if subject.kind == kind), None)
                if fitting is not None:
                    yield segment, fitting
                    break


@cache
def dimensions(units: tuple[str, ...]) -> frozenset[Dimension]:
    """The dimensions of some units."""
    return frozenset(parse_unit(unit).dimension for unit in units)
