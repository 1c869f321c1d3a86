"""A question beside the knowledge: what the frames ask of both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any, Final

from service.ask.energies import Energy, electricity, stated_each
from service.ask.proposals import PERIODS, Measure
from service.core.markers import ENERGY_USERS
from service.core.model import Subject
from service.core.units import parse_unit
from service.reading.findings import Question, Segment
from service.reading.text import book
from service.store.queries import Knowledge

_MEASURES: Final = (
    ("water", ("water", "wue")),
    ("emissions", ("emissions",)),
    ("cost", ("cost", "money")),
    ("electricity", ("electricity", "power", "of-all", "residential")),
)
_LOOSE: Final = (("electricity", "kWh"), ("electricity", "W"), ("emissions", "kg"), ("water", "L"))
_TAKEN: Final = ("Wh", "W", "kg", "L")
_SPENT: Final = ("electricity", "emissions", "water")
_DATED: Final = ("sector", "company", "service", "facility")  # whose electricity is told by the year
_DAYS: Final = {"hour": 24.0, "day": 1.0, "week": 1 / 7, "month": 12 / 365, "year": 1 / 365}
QUERIED: Final = ("service", "model", "task")
_YEARS: Final = range(2010, 2061)
_TELLING: Final = ("differ", "list", "source", "claim", "lowest", "highest", "latest")  # of published numbers
_SIDES: Final = ("service", "model", "accelerator", "company", "task", "sector", "facility")
_USERS: Final = tuple(kind for kind in ENERGY_USERS if kind not in {"everyday", "home", "region"})


@cache
def _taken() -> frozenset[object]:
    """The dimensions of amounts that calculators take."""
    return frozenset(parse_unit(unit).dimension for unit in _TAKEN)


class Case:
    """One question with the knowledge and what the caller sent beside it."""

    def __init__(self, question: Question, knowledge: Knowledge, region: str | None = None) -> None:
        self.q = question
        self.knowledge = knowledge
        self.asked_region = region
        self.weighed: Any = None  # what is weighed of the question, worked out when first weighed
        self.kinds: tuple[list[str], int] | None = None  # of numbers that the question can be about
        self._subjects: dict[tuple[str, ...], list[tuple[Segment, Subject]]] = {}
        self._energies: dict[tuple[tuple[str, ...], bool, bool], Energy | None] = {}

    # -- measure, place and time --------------------------------------------------------------------------------

    @cached_property
    def measures(self) -> list[Measure]:
        """What is asked for, in the order of the question's words; where nothing is said, what such things take."""
        if self.said:
            return self.said
        told = self.q.of("publisher") or self.q.as_of or self.q.has(*_TELLING)
        if self.q.has("query") and told and self.q.of("subject") and not self.period:
            return ["electricity"]
        return ["electricity"] if self._uses() else []

    def _uses(self) -> bool:
        """Whether it is asked how much somebody uses, and not who uses it: what such things use is electricity."""
        named = self.q.of("subject") or self.q.find("image", "video", "video-minute", "session")
        if not named or self.q.has("training", "users"):
            return False
        if self.q.has("consumption"):
            return True
        if self.q.has("use") and self.q.has("more") and len(self.subjects(*QUERIED)) > 1:
            return True
        if not self.q.has("use") or not self.q.has("amount-asked"):
            return False
        first = min(segment.first for segment in named)
        asked = {segment.first for segment in self.q.find("amount-asked")}  # 用多少 asks by itself
        return any(s.first > first or s.first in asked for s in self.q.find("use"))

    @cached_property
    def said(self) -> list[Measure]:
        """The measures that the question says, in the order of its words; a unit without a number counts too."""
        found: dict[Measure, int] = {}
        for measure, concepts in _MEASURES:
            if not self.q.has(*concepts):
                continue
            places = [
                segment.first
                for segment in self.q.find(*concepts)
                if not (segment.inner and measure == "electricity" and self._within(segment))
                if measure != "cost" or segment.means("concept", "electricity") or not self._takes(segment)
            ]
            if places:
                found[measure] = min(places)  # type: ignore[index]
        for measure, unit in _LOOSE:
            wanted = parse_unit(unit).dimension
            for segment in self.q.of("unit"):
                above = segment.names("unit")[0].partition("/")[0]
                if segment.sort == "words" and self._asks_unit(segment) and parse_unit(above).dimension == wanted:
                    found.setdefault(measure, segment.first)  # type: ignore[arg-type]
        return sorted(found, key=lambda measure: found[measure])

    def _asks_unit(self, segment: Segment) -> bool:
        """Whether a unit without a number says what is measured: no filler, and one Chinese sign only where it is asked for."""
        tokens = self.q.tokens
        single = segment.after - segment.first == 1 and tokens[segment.first].shape == "han"
        asked = book(self.knowledge).lexicon.asked
        return not segment.means("filler") and not (
            single and (segment.first == 0 or tokens[segment.first - 1].text not in asked)
        )

    def _within(self, segment: Segment) -> bool:
        """Whether a word only stands within a name: of an electric car it is not asked what is electric."""
        return any(
            outer.first <= segment.first and segment.after <= outer.after
            for outer in self.q.of("subject")
            if not outer.inner
        )

    def _takes(self, segment: Segment) -> bool:
        """Whether a word for cost says what something takes that is no money: costs 33 Wh, costs in electricity."""
        following = self.q.at(segment.after)
        if following is not None and following.means("place-word"):
            following = self.q.at(following.after)
            return following is not None and any(following.means("concept", name) for name in _SPENT)
        return following is not None and following.sort == "amount" and following.parsed.dimension in _taken()

    def asks(self, measure: Measure) -> bool:
        """Whether a measure is asked for."""
        return measure in self.measures

    @cached_property
    def region(self) -> str | None:
        """The place that the question names, else the caller's."""
        places = self.places
        return places[0][1] if places else self.asked_region

    @cached_property
    def places(self) -> list[tuple[Segment, str]]:
        """Every place that the question names."""
        return [(segment, segment.names("region")[0]) for segment in self.q.of("region") if not segment.inner]

    @cached_property
    def times(self) -> list[tuple[Segment, str]]:
        """Every time that is not part of an amount or count, rates before spans."""
        if not self.q.of("rate") and not self.q.of("span"):
            return []
        rates = [(s, s.names("rate")[0]) for s in self.q.of("rate")]
        spans = [(s, s.names("span")[0]) for s in self.q.of("span") if not s.means("rate")]
        return rates + spans

    @cached_property
    def period(self) -> str | None:
        """The time asked for: the last one that is said, where counts have their own."""
        times = sorted(self.times, key=lambda pair: pair[0].first)
        free = [period for segment, period in times if not segment.bound]
        named = free or [period for _, period in times]
        lengths = [s for s in self.q.amounts("h") if s.value == 1 and s.unit in PERIODS]
        named += [s.unit for s in lengths]
        return named[-1] if named else None

    @cached_property
    def year(self) -> int | None:
        """The calendar year that is asked about."""
        years = [int(segment.value) for segment in self.years]
        return max(years) if years and not self.q.has("growth") else (years[-1] if years else None)

    @cached_property
    def years(self) -> list[Segment]:
        """The calendar years that are named; beside a sector or a company, 2030 TWh are the TWh of 2030."""
        named = self.q.sorted("year")
        if named or not self.subjects(*_DATED):
            return named
        return [s for s in self.q.amounts("TWh") if s.value in _YEARS and s.after - s.first > 1 and not s.rate]

    @cached_property
    def numbered(self) -> bool:
        """Whether the question states numbers to be reckoned with."""
        return any(self.q.sorted(sort) for sort in ("amount", "count", "number"))

    @cached_property
    def set_side_by_side(self) -> bool:
        """Whether things are compared: not where the word is part of a name, as in capacity factor."""
        return any(not segment.inner for segment in self.q.find("compare", "more", "times"))

    @cached_property
    def shared_out(self) -> bool:
        """Whether it is asked what falls to one of some people: per employee."""
        per, tokens = book(self.knowledge).lexicon.per, self.q.tokens
        begin = [place for s in self.q.find("person") for place in (s.first - 1, s.first) if place >= 0]
        return any(tokens[place].text in per for place in begin)

    @cached_property
    def several(self) -> bool:
        """Whether two things or places are named that can be set against each other."""
        return len(self.places) > 1 or len(self.subjects(*_SIDES, "energy-source", "everyday")) > 1

    @cached_property
    def owned(self) -> bool:
        """Whether it is about what somebody has, of which nothing is published."""
        return any(segment.owned for segment in self.q.segments)

    @cached_property
    def one_sided(self) -> bool:
        """Whether two things are to be compared of which one alone is known by name."""
        asks = (
            self.q.has("more")
            and self.q.has("compare", "and")
            and not self.q.has("differ", "source", "list", "reasoning-model")
        )
        named = self.subjects(*_SIDES)
        asks = (
            asks
            and len(self.q.of("publisher")) < 2
            and len([what for what in ("image", "video", "query") if self.q.has(what)]) <= 1
        )
        return asks and len(named) == 1 and not self.places and not self.q.amounts("kWh", "kW", "t", "Wh/day")

    def part(self, subject: Subject) -> Subject | None:
        """The part of a sector that lies in the place named, or in a part of that place of which there are figures."""
        if self.region is None:
            return subject
        inside = book(self.knowledge).inside.get(self.region, ())
        parts = (self.knowledge.part_in(subject.id, code) for code in (self.region, *inside))
        return next((part for part in parts if part is not None), None)

    def put_place(self, inputs: dict[str, Any], used: list[Segment]) -> None:
        """Take the place into the inputs of a call."""
        if self.region:
            inputs["region"] = self.region
            used += [segment for segment, _ in self.places[:1]]

    def put_period(self, inputs: dict[str, Any], used: list[Segment]) -> None:
        """Take the time into the inputs of a call; whatever else says a time is explained by it too."""
        if self.period in PERIODS:
            inputs["period"] = self.period
        used += [segment for segment, _ in self.times]

    def put_day(self, inputs: dict[str, Any], used: list[Segment]) -> None:
        """Ask a tool that takes no year for what was known at the end of a year that is over."""
        if self.year and self.year < int(self.knowledge.as_of[:4]):
            inputs["as_of"] = f"{self.year}-12-31"
            used += self.years

    # -- subjects -----------------------------------------------------------------------------------------------

    @cached_property
    def _told(self) -> list[tuple[Segment, dict[str, Subject]]]:
        """Every segment that can mean a subject, with the subjects by their kind."""
        known = self.q.subjects
        told = []
        for segment in self.q.of("subject"):
            if not segment.inner:
                kinds: dict[str, Subject] = {}
                for name in segment.names("subject"):
                    kinds.setdefault(known[name].kind, known[name])
                told.append((segment, kinds))
        return told

    def subjects(self, *kinds: str) -> list[tuple[Segment, Subject]]:
        """The subjects of these kinds that the question names, each once, in its order, the kinds named first winning."""
        if not self._told:
            return []
        known = self._subjects.get(kinds)
        if known is None:
            first: dict[str, tuple[Segment, Subject]] = {}
            for segment, told in self._told:
                kind = next((kind for kind in kinds if kind in told), None)
                if kind is not None:
                    first.setdefault(told[kind].id, (segment, told[kind]))
            known = self._subjects[kinds] = list(first.values())
        return known

    def knows(self, subject: str, *quantities: str) -> bool:
        """Whether a figure of one of these quantities is chosen for a subject."""
        return any(self.knowledge.parameter(subject, quantity) is not None for quantity in quantities)

    def counted(self, *what: str) -> Segment | None:
        """The first count of one of these things."""
        counts = self.q.counts(*what)
        return next((count for count in counts if count.value != 1), counts[0] if counts else None)

    def daily(self, count: Segment) -> float:
        """A count as so many a day."""
        return count.value * _DAYS.get(count.rate or "day", 1.0)

    # -- electricity --------------------------------------------------------------------------------------------

    @cached_property
    def each(self) -> Segment | None:
        """The electricity of one request, image or clip that the question states."""
        return stated_each(self)

    def energy(self, kinds: Sequence[str] = _USERS, *, composed: bool = True, by_year: bool = True) -> Energy | None:
        """The electricity that the question is about: an amount, a count times what one takes, or whose it is."""
        key = (tuple(kinds), composed, by_year)
        if key not in self._energies:
            self._energies[key] = electricity(self, kinds, composed=composed, by_year=by_year)
        return self._energies[key]
