"""How many homes, phones, kettles … an amount of electricity equals, and how many cars, flights, trees … one of CO2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.energies import Energy
from service.ask.proposals import PERIODS, Proposal, written
from service.core.markers import EMITTERS
from service.reading.findings import Segment

# concept → input `to`, in the order in which they win
_ELECTRIC: Final = {
    "home": "home", "electric-car-km": "electric-car-km", "phone-charge": "phone-charge", "kettle": "kettle",
    "fridge-year": "fridge-year", "laptop-hour": "laptop-hour", "led-hour": "led-hour", "streaming-hour": "streaming-hour",
    "wash": "wash",
}  # fmt: skip
_EMITTING: Final = {
    "flight": "flight", "car": "car", "tree-year": "tree-year", "tree": "tree", "gasoline-litre": "gasoline-litre",
    "gasoline-gallon": "gasoline-gallon", "car-km": "car-km", "phone-charge": "phone-charge", "home": "home",
    "person": "person",
}  # fmt: skip
_SAID: Final = (
    "use",
    "electricity",
    "emissions",
    "convert",
    "compare",
    "query",
    "cover",
    "total",
    "average",
    "training",
    "more",
    "water",
    "times",
    "footprint",
    "hour-of-use",
    "car",
    "car-km",
    "share",
    "power",
)
_ALWAYS_EMIT: Final = ("flight", "car", "tree", "tree-year", "car-km", "gasoline-litre", "gasoline-gallon")
_NEXT: Final = 3  # tokens from how many to what
_TRAINED: Final = ("training-electricity", "training-emissions")
ASKS: Final = frozenset({*_ELECTRIC, *_EMITTING})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of energy_equivalents and emissions_equivalents."""
    yield from _emissions(case)
    electric = _first(case, _ELECTRIC)
    if electric is None or case.asks("cost"):
        return
    energy = case.energy()
    if energy is None or case.q.amounts("t", "t/year"):
        return
    concept, segments = electric
    if not _wanted(case, concept, energy) or _turned(case, segments):
        return
    inputs: dict[str, Any] = {"energy": energy.value, "to": _ELECTRIC[concept]}
    used = [*energy.used, *segments, *(case.q.counts(concept) if case.q.has("claim") else ())]
    if energy.subject is None and energy.before is None:
        used += case.q.counts("query")  # what the amount was used for
    case.put_place(inputs, used)
    if concept != "home" and case.period in PERIODS:
        inputs["period"] = case.period
    used += [segment for segment, _ in case.times]
    bonus = 0.5 if case.asks("emissions") is False else -2.0
    yield Proposal(
        "energy_equivalents",
        inputs,
        used + _training(case, energy),
        (concept, *_SAID),
        bonus,
        energy.before,
        energy.feeds,
        energy.rate if concept == "home" else "",
    )


def _counted(case: Case, things: list[Segment]) -> bool:
    """Whether it is asked how many of some things."""
    return any(s.means("counting") and 0 < things[0].first - s.first <= _NEXT for s in case.q.segments)


def _turned(case: Case, things: list[Segment]) -> bool:
    """Whether it is asked how many prompts a thing equals, not how many things a prompt does."""
    prompts = case.q.find("query")
    return bool(prompts) and _counted(case, prompts) and not _counted(case, things)


def _training(case: Case, energy: Energy) -> list[Segment]:
    return case.q.find("training") if energy.subject is not None and case.knows(energy.subject.id, *_TRAINED) else []


def _wanted(case: Case, concept: str, energy: Energy) -> bool:
    """Whether the thing is what is asked for, not the subject of the question."""
    if concept == "home" and case.q.counts("home") and energy.subject is None and not energy.used:
        return False
    return energy.subject is None or not case.q.has("differ", "source") or bool(energy.used and energy.subject is None)


def _first(case: Case, things: dict[str, str]) -> tuple[str, list[Segment]] | None:
    concept = case.q.which(things)
    return None if concept is None else (concept, case.q.find(concept))


def _emissions(case: Case) -> Iterator[Proposal]:
    thing = _first(case, _EMITTING)
    told = case.asks("emissions") or case.q.amounts("t", "t/year")
    if thing is None or (not told and thing[0] not in _ALWAYS_EMIT) or (thing[0] == "person" and case.shared_out):
        return
    concept, segments = thing
    if concept == "car" and case.q.has("car-km") and case.period != "year":
        concept = "car-km"
    if concept == "car" and any({"km", "mile"} & set(segment.names("unit")) for segment in case.q.of("unit")):
        concept = "car-km"
    if concept == "tree" and case.period == "year":
        concept = "tree-year"
    masses = case.q.amounts("t", "t/year")
    inputs: dict[str, Any] = {"to": _EMITTING[concept]}
    used = list(segments)
    if masses:
        inputs["emissions"] = written(masses[0])
        used += [masses[0], *(segment for segment, _ in case.subjects("service", "model")), *case.q.find("training")]
    elif case.period in PERIODS and case.subjects("service") and not case.q.has("query"):
        # what a service emits over a time is first worked out from its electricity
        service = case.subjects("service")[0]
        before = Proposal(
            "electricity_emissions", {"energy": service[1].id, "period": case.period, "region": case.region}
        )
        used += [service[0], *(segment for segment, _ in case.times), *(segment for segment, _ in case.places[:1])]
        yield Proposal("emissions_equivalents", inputs, used, (concept, "tree", *_SAID), 1.0, before, "emissions")
        return
    else:
        found = list(case.subjects(*(k for k in EMITTERS if k != "everyday")))
        trained = bool(found) and found[0][1].kind == "model" and concept in _ALWAYS_EMIT and _counted(case, segments)
        if not found or not (case.asks("emissions") or trained):
            return
        used += case.q.find("training") if trained else []
        inputs["emissions"] = found[0][1].id
        used.append(found[0][0])
    used += [s for s in case.q.of("subject") if any(case.q.subjects[n].kind == "everyday" for n in s.names("subject"))]
    used += [segment for segment, _ in case.times]
    case.put_place(inputs, used)
    bonus = 1.0 if masses else 1.5 if concept == "person" else 0.3  # a person is named beside other things too
    yield Proposal("emissions_equivalents", inputs, used, (concept, "tree", *_SAID), bonus)
