"""What was found in a question: segments with their meanings, amounts, counts, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from service.core.model import Subject
from service.core.units import Unit, parse_unit
from service.reading.folding import Folded
from service.reading.lexicon import Meaning
from service.reading.tokens import Token

Sort = Literal["words", "amount", "count", "year", "number", "unknown"]
# how much it takes to leave one unexplained
_WEIGHTS: Final = {
    "subject": 3.0, "region": 2.0, "quantity": 2.0, "publisher": 1.0, "concept": 1.0, "rate": 1.0, "span": 0.6, "refused": 3.0, "common": 0.3,
}  # fmt: skip
_OWN: Final = {"amount": 3.0, "count": 2.0, "year": 1.5, "number": 1.5, "unknown": 1.0}
_FAINT: Final = frozenset({
    "if", "own-rate", "and", "also-do", "compare", "more", "average", "total", "according", "cover", "each", "per", "model-noun", "claim",
    "save", "convert", "of-all", "outlook", "capacity", "times", "list", "growth", "inference", "long", "differ", "power", "car-km", "latest",
    "use", "query", "highest", "lowest", "benefit", "grid", "person",
})  # fmt: skip


@dataclass(slots=True)
class Segment:
    """A stretch of tokens and what it means."""

    first: int
    after: int
    sort: Sort
    meanings: tuple[Meaning, ...] = ()
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
        return any(each_sort == sort and (not name or each_name == name) for each_sort, each_name in self.meanings)

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
        weights = [
            0.3 if each.sort == "concept" and each.name in _FAINT else _WEIGHTS.get(each.sort, 0.0)
            for each in self.meanings
        ]
        if any(each.sort == "filler" for each in self.meanings):
            return min(0.3, max(weights, default=0.0))
        return max(weights, default=0.0)

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

    def index(self) -> None:
        """Sort the segments by what they mean."""
        self._concepts, self._sorts = {}, {}
        for segment in self.segments:
            for each in segment.meanings:
                if each.sort == "concept":
                    self._concepts.setdefault(each.name, []).append(segment)
            for sort in {each.sort for each in segment.meanings}:
                self._sorts.setdefault(sort, []).append(segment)

    def has(self, *concepts: str) -> bool:
        """Whether one of these concepts occurs."""
        return not self._concepts.keys().isdisjoint(concepts)

    def find(self, *concepts: str) -> list[Segment]:
        """The segments that mean one of these concepts."""
        return [segment for concept in concepts for segment in self._concepts.get(concept, ())]

    def of(self, sort: str) -> list[Segment]:
        """The segments that can mean something of a sort (subject, region, quantity, publisher, rate, span, refused)."""
        return list(self._sorts.get(sort, ()))

    def amounts(self, *units: str) -> list[Segment]:
        """The amounts whose unit has the dimension of one of these."""
        wanted = {parse_unit(unit).dimension for unit in units}
        return [s for s in self.segments if s.sort == "amount" and s.parsed.dimension in wanted]

    def counts(self, *what: str) -> list[Segment]:
        """The counts of these things."""
        return [s for s in self.segments if s.sort == "count" and (not what or s.what in what)]

    def sorted(self, sort: Sort) -> list[Segment]:
        """The segments of a sort of their own: amount, count, year, number, unknown."""
        return [s for s in self.segments if s.sort == sort]

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
