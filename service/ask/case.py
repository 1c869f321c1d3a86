"""A question beside the knowledge: what the frames ask of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from service.ask.findings import Question, Segment
from service.core.markers import ENERGY_USERS
from service.core.model import Subject
from service.core.units import parse_unit
from service.store.queries import Knowledge

# what a look-up is told, where nothing is said
LOOKING: Final[Mapping[str, Any]] = {
    "quantities": [], "subjects": [], "region": None, "year": None, "publishers": [], "values": [], "anyone": False, "list": False,
    "format": "", "earliest": False, "latest": False, "measures": [], "special": 0, "words": frozenset(),
}  # fmt: skip
Measure = Literal["electricity", "emissions", "water", "cost", ""]
_MEASURES: Final = (("water", ("water", "wue")), ("emissions", ("emissions",)), ("cost", ("cost",)), ("electricity", ("electricity", "power")))
_LOOSE: Final = (("electricity", "kWh"), ("electricity", "W"), ("emissions", "kg"), ("water", "L"))
_DAYS: Final = {"hour": 24.0, "day": 1.0, "week": 1 / 7, "month": 12 / 365, "year": 1 / 365}
PERIODS: Final = tuple(_DAYS)
QUERIED: Final = ("service", "model", "task")
_OWNERS: Final = ("service", "model", "facility", "sector", "task")
_USERS: Final = tuple(kind for kind in ENERGY_USERS if kind not in {"everyday", "home", "region"})


@dataclass(slots=True)
class Proposal:
    """A call that a frame proposes, with the segments and concepts of the question that it explains."""

    tool: str
    inputs: dict[str, Any]
    used: list[Segment] = field(default_factory=list)
    explains: tuple[str, ...] = ()  # concepts
    bonus: float = 0.0
    before: Proposal | None = None  # a call whose result is an input of this one
    generic: bool = False  # it stands for whatever is not named: a name that is not known must not be passed over
    options: dict[str, Any] = field(default_factory=dict)  # of a look-up: which figures are meant


@dataclass(frozen=True, slots=True)
class Energy:
    """An amount of electricity for an input `energy`, with the segments that say it."""

    value: str
    used: list[Segment]
    subject: Subject | None = None
    each: str = ""  # where it is a count × this electricity of one
    requests: float = 0.0
    rate: str = ""


class Case:
    """One question with the knowledge and what the caller sent beside it."""

    def __init__(self, question: Question, knowledge: Knowledge, region: str | None = None) -> None:
        self.q = question
        self.knowledge = knowledge
        self.asked_region = region

    # -- measure, place and time --------------------------------------------------------------------------------

    @cached_property
    def measures(self) -> list[Measure]:
        """What is asked for, in the order of the question's words; a unit without a number counts too."""
        found: dict[Measure, int] = {}
        for measure, concepts in _MEASURES:
            places = [segment.first for segment in self.q.find(*concepts)]
            if places:
                found[measure] = min(places)  # type: ignore[index]
        for measure, unit in _LOOSE:
            wanted = parse_unit(unit).dimension
            for segment in self.q.of("unit"):
                if segment.sort == "words" and parse_unit(segment.names("unit")[0]).dimension == wanted:
                    found.setdefault(measure, segment.first)  # type: ignore[arg-type]
        named = self.q.of("subject") or self.q.find("image", "video", "video-minute", "session")
        if not found and self.q.has("use") and named and not self.q.has("training"):
            return ["electricity"]  # what such things use is electricity
        return sorted(found, key=lambda measure: found[measure])

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
        rates = [(s, s.names("rate")[0]) for s in self.q.of("rate")]
        spans = [(s, s.names("span")[0]) for s in self.q.of("span") if not s.means("rate")]
        return rates + spans

    @cached_property
    def period(self) -> str | None:
        """The time asked for: the last one that is said, where counts have their own."""
        named = [period for segment, period in sorted(self.times, key=lambda pair: pair[0].first)]
        lengths = [s for s in self.q.amounts("h") if s.value == 1 and s.unit in PERIODS]
        named += [s.unit for s in lengths]
        return named[-1] if named else None

    @cached_property
    def year(self) -> int | None:
        """The calendar year that is asked about."""
        years = [int(segment.value) for segment in self.q.sorted("year")]
        return max(years) if years and not self.q.has("growth") else (years[-1] if years else None)

    # -- subjects -----------------------------------------------------------------------------------------------

    def subjects(self, *kinds: str) -> list[tuple[Segment, Subject]]:
        """The subjects of these kinds that the question names, each once, in its order."""
        found = list(self.q.named([s for s in self.q.of("subject") if not s.inner], kinds))
        return list({subject.id: (segment, subject) for segment, subject in reversed(found)}.values())[::-1]

    def knows(self, subject: str, *quantities: str) -> bool:
        """Whether a figure of one of these quantities is chosen for a subject."""
        return any(self.knowledge.parameter(subject, quantity) is not None for quantity in quantities)

    def counted(self, *what: str) -> Segment | None:
        """The first count of one of these things."""
        counts = self.q.counts(*what)
        return counts[0] if counts else None

    def daily(self, count: Segment) -> float:
        """A count as so many a day."""
        return count.value * _DAYS.get(count.rate or "day", 1.0)

    # -- electricity --------------------------------------------------------------------------------------------

    def each(self) -> Segment | None:
        """The electricity of one request, image or clip that the question states."""
        amounts = self.q.amounts("Wh")
        stated = [s for s in amounts if s.each]
        small = [s for s in amounts if s.value * s.parsed.factor < parse_unit("kWh").factor]
        if stated or not small:
            return stated[0] if stated else None
        return small[0] if self.q.counts("query", "image", "video") or self.q.has("query", "each") else None

    def energy(self, kinds: Sequence[str] = _USERS, *, composed: bool = True) -> Energy | None:
        """The electricity that the question is about: an amount, a count times what one takes, or whose it is."""
        own = [s for s in self.q.amounts("kWh", "kW") if not s.each]
        each = self.each()
        own = [s for s in own if s is not each]
        whose = [segment for segment, _ in self.subjects(*_OWNERS)]  # the asker's own numbers stand in for what is known of it
        if own:
            return Energy(written(own[0]), [own[0], *whose])
        count = self.counted("query", "image", "video")
        if composed and each is not None and count is not None:
            return self._composed(count, each, whose)
        for segment, subject in self.subjects(*kinds):
            return Energy(subject.id, [segment], subject)
        return None

    def _composed(self, count: Segment, each: Segment, whose: list[Segment]) -> Energy:
        people = self.counted("person")
        number = count.value * (people.value if people is not None and people.first < count.first else 1.0)
        used = [count, each, *whose, *([people] if people is not None else [])]
        rate = f"/{count.rate}" if count.rate else ""
        unit = each.unit.partition("/")[0]
        return Energy(f"{number * each.value:.12g} {unit}{rate}", used, None, written(each), number, count.rate)


def written(segment: Segment) -> str:
    """An amount as an input takes it."""
    if segment.low < segment.high:
        return f"{plain(segment.low)}-{plain(segment.high)} {segment.unit}"
    return f"{plain(segment.value)} {segment.unit}"


def plain(number: float) -> str:
    """A number without exponent where it has few digits."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:.12g}"  # noqa: PLR2004
