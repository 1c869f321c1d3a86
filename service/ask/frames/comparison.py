"""One thing against another on the same kind of number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import LOOKING, PERIODS, Proposal
from service.ask.quantities import candidates
from service.ask.topics import measures, topics
from service.core.model import Subject, SubjectKind
from service.core.units import parse_unit
from service.reading.findings import Segment

_KINDS: Final[tuple[SubjectKind, ...]] = (
    "service", "model", "task", "company", "sector", "facility", "accelerator", "energy-source", "technology", "everyday",
)  # fmt: skip
_SAID: Final = (
    "use", "compare", "more", "times", "electricity", "emissions", "water", "query", "training", "image", "video", "session", "differ", "and",
    "footprint", "total", "pue", "wue", "power", "cover", "car", "flight", "grid", "intensity", "home", "average", "inference", "list", "or",
    "streaming-hour", "ai", "lifetime", "carbon-free", "of-all", "life-cycle", "coal", "gas", "nuclear", "solar", "wind", "hydropower", "equal", "convert", "claim",
)  # fmt: skip
_MOST: Final = 8
_ASKED: Final = ("service", "model")  # what one asks questions of
_USUAL: Final = (
    "electricity-per-query", "electricity-per-year", "electricity-per-day", "training-electricity", "rated-power", "pue", "emissions-per-query",
    "emissions-per-year", "electricity-per-hour", "electricity-per-use", "lifecycle-carbon-intensity", "generation-per-year",
)  # fmt: skip
_NAMED: Final = {
    "flight": "flight-london-new-york",
    "kettle": "kettle",
    "car-km": "passenger-car-us",
    "phone-charge": "smartphone",
}
_ONE: Final = {
    "emissions": (
        "emissions-per-trip",
        "emissions-per-kg",
        "emissions-per-use",
        "emissions-per-year",
        "emissions-per-km",
        "emissions-per-hour",
    ),
    "electricity": (
        "electricity-per-use",
        "electricity-per-charge",
        "electricity-per-hour",
        "electricity-per-km",
        "electricity-per-year",
    ),
}
ASKS: Final = frozenset(
    {"compare", "more", "times", "differ", "equal", "count"}
)  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of compare."""
    equated = len(case.subjects(*_ASKED)) > 1 and (case.q.has("equal") or case.q.counts("query"))  # one X is ten Y
    said = equated or case.q.has("compare", "more", "times", "differ")
    if not said:
        return
    yield from _many_against_one(case)
    yield from _training_against_use(case)
    things = _things(case)
    if len(things) < 2:
        return
    subjects = [subject for _, subject in things]
    inputs: dict[str, Any] = {"subjects": [subject.id for subject in subjects]}
    used = [segment for segment, _ in things]
    asked = candidates(case) if case.measures or case.q.of("quantity") else [*candidates(case), *_USUAL]
    wanted = topics(case)
    measured = [quantity for quantity in asked if measures(wanted, quantity)]
    shared = [q for q in measured if all(_owner(case, subject, q) is not None for subject in subjects)]
    if not shared or (case.q.has("training") and not shared[0].startswith("training")):
        return
    inputs["subjects"] = [owner for subject in subjects if (owner := _owner(case, subject, shared[0]))]
    inputs["quantity"] = shared[0]
    if case.year:
        inputs["year"] = case.year
        used += case.years[:1]
    used += [segment for segment, _ in case.times]
    used += [segment for segment in case.q.amounts("kWh") if segment.implied]
    used += [segment for segment, subject in case.subjects("sector") if len(case.places) > 1]
    used += [segment for segment in case.q.of("quantity") if not segment.inner]
    used += [segment for segment, code in case.places if code == "world"]
    used += case.q.counts("query")
    used += [*case.q.counts("times"), *case.q.find("times")]
    yield Proposal("compare", inputs, used, _SAID, 0.8)


def _owner(case: Case, subject: Subject, quantity: str) -> str | None:
    """Of what a number is known: the subject, or what belongs to a company (the PUE of Amazon is that of AWS)."""
    if case.knows(subject.id, quantity):
        return subject.id
    if subject.kind != "company":
        return None
    parts = (each.id for each in case.knowledge.subjects.values() if each.part_of == subject.id)
    return next((part for part in parts if case.knows(part, quantity)), None)


def _many_against_one(case: Case) -> Iterator[Proposal]:
    """So many prompts a day over a time against one thing: a flight, a kettle, a kilogram of beef."""
    count = case.counted("query", "image", "video")
    services = case.subjects("service", "model", "task")
    one = _one(case)
    if count is None or not services or one is None or not case.q.has("compare", "more", "times"):
        return
    segment, thing = one
    measure = "emissions" if case.asks("emissions") else "electricity"
    quantities = [quantity for quantity in _ONE[measure] if case.knows(thing.id, quantity)]
    if not quantities:
        return
    number = count.value
    if count.rate:
        number = case.daily(count) * parse_unit(case.period or "day").factor / parse_unit("day").factor
    many = Proposal("query_footprint", {"service": services[0][1].id, "count": number, "to": measure})
    options = {**LOOKING, "quantities": quantities, "subjects": [thing.id], "measures": [measure]}
    used = [segment, count, services[0][0], *(s for s, _ in case.times), *case.q.find("car", "flight", "kettle")]
    yield Proposal("search_figures", {}, used, _SAID, 1.0, many, looks=lambda: options)


def _training_against_use(case: Case) -> Iterator[Proposal]:
    """The training of one against what another uses over a time: each is told by itself, one beside the other."""
    said = case.q.find("training")
    things = case.subjects("service", "model")
    if not said or len(things) != 2 or not case.times:
        return
    (first, trained), (other, used) = sorted(things, key=lambda each: abs(each[0].first - said[0].first))
    if not case.knows(trained.id, "training-electricity"):
        return
    period = case.period if case.period in PERIODS else "day"
    training = Proposal("training_footprint", {"model": trained.id})
    segments = [first, other, *said, *(segment for segment, _ in case.times)]
    yield Proposal("service_energy", {"service": used.id, "period": period}, segments, _SAID, 1.0, training)


def _one(case: Case) -> tuple[Segment, Subject] | None:
    """The one thing that is set against many prompts."""
    for segment, subject in case.subjects("everyday"):
        return segment, subject
    for concept, name in _NAMED.items():
        if case.q.has(concept):
            return case.q.find(concept)[0], case.knowledge.subject(name)
    return None


def _things(case: Case) -> list[tuple[Segment, Subject]]:
    """What is compared: named subjects, or places by their homes or their grids."""
    places = [(segment, code) for segment, code in case.places if code != "world"]
    found = case.subjects(*_KINDS)
    if len(places) > 1:
        named = [(segment, _of_place(case, code, found)) for segment, code in places]
        return [(segment, subject) for segment, subject in named if subject is not None][:_MOST]
    inside = {subject.id for _, subject in found}
    kept = [(segment, subject) for segment, subject in found if not _contains(subject, inside)]
    return kept[:_MOST]


def _contains(subject: Subject, inside: set[str]) -> bool:
    """Whether it is only the maker of another thing that is named, or AI as such."""
    return subject.id == "artificial-intelligence" and len(inside) > 2


def _of_place(case: Case, code: str, found: list[tuple[Segment, Subject]]) -> Subject | None:
    known = case.knowledge
    if case.q.has("home") and not case.asks("cost"):
        return known.home_of(code)
    for _, subject in found:
        if subject.kind == "sector":
            return known.part_in(subject.id, code)
    return known.subjects.get(code.lower())
