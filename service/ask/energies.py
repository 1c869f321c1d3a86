"""The electricity that a question is about, and the call that works it out where no amount says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from service.ask.proposals import PERIODS, Proposal, plain, written
from service.ask.runs import machine, own_run
from service.core.energy import scaled
from service.core.model import Subject
from service.core.quantity import Quantity
from service.core.units import parse_unit
from service.reading.findings import Segment

if TYPE_CHECKING:
    from service.ask.case import Case

_AI: Final = "artificial-intelligence"
_AI_SITES: Final = "ai-data-centres"
_SECTORS: Final = ("data-centre", _AI_SITES, "ai-servers")
_RATES: Final = ("electricity-per-day", "electricity-per-year", "generation-per-year")
_YEARLY: Final = "electricity-per-year"
_MOST: Final = 50  # figures of one company
_CAPACITY: Final = "power-capacity"
_OWNERS: Final = ("service", "model", "facility", "sector", "task")


@dataclass(frozen=True, slots=True)
class Energy:
    """An amount of electricity for an input `energy`, with the segments that say it."""

    value: str
    used: list[Segment]
    subject: Subject | None = None
    before: Proposal | None = None  # the call whose result it is
    rate: str = ""  # the period that this result is one of, where it goes on every such period

    @property
    def feeds(self) -> str:
        """The input that waits for the result of the call before, where the amount is not known without it."""
        return "" if self.value or self.before is None else "energy"


def electricity(case: Case, kinds: Sequence[str], *, composed: bool, by_year: bool) -> Energy | None:
    """The electricity that a question is about: an amount, a count times what one takes, or whose it is.

    `by_year`: what a sector takes in a year that is named is worked out for that year.
    """
    stated = [s for s in case.q.amounts("kWh", "kW") if not s.each]
    each = case.each
    stated = [s for s in stated if s is not each]
    own = [s for s in stated if not s.implied]
    whose = [
        segment for segment, _ in case.subjects(*_OWNERS)
    ]  # the asker's own numbers stand in for what is known of it
    run = own_run(case) if composed and case.subjects("accelerator") else None
    if run is not None and all(segment in run.used for segment in own):
        return Energy("", run.used, None, run)  # a power that is stated is that of its chips
    if own:
        return Energy(written(own[0]), [own[0], *whose, *machine(case)])
    count = case.counted("query", "image", "video")
    if composed and each is not None and count is not None:
        return _composed(case, count, each, whose)
    worked = _worked_out(case, count) if composed else None
    if worked is not None:
        return worked
    for segment, subject in case.subjects(*kinds):
        if segment.owned:
            continue
        whole = case.knowledge.subjects.get(_AI_SITES) if subject.id == _AI else None  # AI is counted where it runs
        dated = _in_year(case, segment, subject) if by_year else None
        full = _at_full_power(case, subject)
        if full is not None:
            return Energy(full, [segment], subject)
        return dated or Energy((whole or subject).id, [segment], whole or subject)
    return Energy(written(stated[0]), [stated[0]]) if stated else None


def stated_each(case: Case) -> Segment | None:
    """The electricity of one request, image or clip that a question states."""
    amounts = case.q.amounts("Wh")
    stated = [s for s in amounts if s.each]
    small = [s for s in amounts if s.value * s.parsed.factor < parse_unit("kWh").factor]
    if stated or not small:
        return stated[0] if stated else None
    told = case.q.counts("query", "image", "video") or any(_told_of(case, s) for s in case.q.find("query", "each"))
    return small[0] if told else None


def _told_of(case: Case, segment: Segment) -> bool:
    """Whether a word for a request is no mere classifier of what is asked for: 充几次电."""
    if not segment.means("classifier"):
        return True
    before = case.q.before(segment)
    return before is None or not (before.means("concept", "amount-asked") or before.means("counting"))


def sector_of(case: Case, subject: Subject) -> str | None:
    """The sector of which the electricity is told year by year that a subject is, or is part of."""
    if subject.id == _AI:
        return _AI_SITES
    while subject.id not in _SECTORS:
        if subject.part_of is None or subject.part_of not in case.knowledge.subjects:
            return None
        subject = case.knowledge.subject(subject.part_of)
    return subject.id


def _in_year(case: Case, whose: Segment, subject: Subject) -> Energy | None:
    """What a sector takes in the year that is asked about."""
    if not case.year:
        return None
    if subject.kind == "company":
        told, _ = case.knowledge.find_figures(subject=subject.id, quantity=_YEARLY, limit=_MOST)
        held = next((figure.id for figure in told if figure.as_of == str(case.year)), None)
        return Energy(held, [whose, *case.years], subject) if held else None
    sector = sector_of(case, subject) if subject.kind == "sector" else None
    if sector is None:
        return None
    homes = {segment.first for segment in case.q.find("home")}
    place = next((code for segment, code in case.places if segment.after not in homes), subject.region)
    outlook = Proposal("demand_outlook", {"sector": sector, "region": place, "year": case.year})
    return Energy("", [whose, *case.years], None, outlook)


def _at_full_power(case: Case, subject: Subject) -> str | None:
    """The figure of the capacity of a site of which no electricity is told, where its full power is spoken of."""
    if subject.kind != "facility" or case.knows(subject.id, *_RATES) or not case.q.has("power", "capacity"):
        return None
    told = case.knowledge.parameter(subject.id, _CAPACITY)
    return told.choices[-1].figure if told else None


def _composed(case: Case, count: Segment, each: Segment, whose: list[Segment]) -> Energy:
    people = case.counted("person")
    number = count.value * (people.value if people is not None and people.first < count.first else 1.0)
    used = [count, each, *whose, *([people] if people is not None else [])]
    rate = f"/{count.rate}" if count.rate else ""
    unit = each.unit.partition("/")[0]
    inputs = {
        "electricity_per_query": f"{plain(each.value)} {unit}",
        "requests": number,
        "period": count.rate or "day",
    }
    total = scaled(Quantity(number * each.value, f"{unit}{rate}"))
    return Energy(
        f"{plain(float(format(total.value, '.12g')))} {total.unit.text}", used, None, Proposal("scale", inputs)
    )


def _worked_out(case: Case, count: Segment | None) -> Energy | None:
    """The electricity of a run of chips, of a picture, or of prompts of a service: what another call works out."""
    services = case.subjects("service", "model", "task")
    what = next((name for name in ("video", "image") if case.q.has(name)), "")
    if what and (not services or services[0][1].kind == "task"):
        generic = [segment for segment, subject in case.subjects("sector") if subject.id == _AI]
        asked = {"service": f"{what}-generation", "what": what, "count": count.value if count else 1}
        used = [*case.q.find(what), *([count] if count else []), *generic]
        return Energy("", used, None, Proposal("query_footprint", asked))
    if services and count is None and case.q.has("query") and not case.times and services[0][1].kind == "service":
        return Energy("", [services[0][0]], None, Proposal("query_footprint", {"service": services[0][1].id}))
    return _of_prompts(case, count, *services[0]) if count is not None and services and count.value > 1 else None


def _of_prompts(case: Case, count: Segment, whose: Segment, service: Subject) -> Energy:
    """The electricity of so many prompts of a service, or so many a day over a time, perhaps of so many people."""
    people = case.counted("person")
    used = [count, whose, *([people] if people else []), *(s for s, _ in case.times)]
    if not count.rate and not people:
        return Energy("", used, None, Proposal("query_footprint", {"service": service.id, "count": count.value}))
    period = case.period if case.period in PERIODS else "day"
    asked = {
        "service": service.id,
        "requests": case.daily(count),
        "period": period,
        "count": people.value if people else None,
    }
    return Energy("", used, None, Proposal("scale", asked), period if count.rate else "")
