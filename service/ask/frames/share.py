"""What share of the electricity of a place something uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.energies import Energy
from service.ask.proposals import Proposal
from service.core.model import Subject

_SAID: Final = (
    "use",
    "share",
    "electricity",
    "of-all",
    "total",
    "compare",
    "cover",
    "grid",
    "more",
    "power",
    "reactor",
    "nuclear",
    "three-gorges",
    "ai",
    "world",
    "claim",
    "query",
    "hydropower",
)
_AI: Final = "artificial-intelligence"
_AI_SITES: Final = "ai-data-centres"
_SITES: Final = "data-centre"
_WORLD: Final = "world"
_USERS: Final = ("service", "model", "company", "sector", "task")
_PLANTS: Final = ("facility", "energy-source")
ASKS: Final = frozenset(
    {"share", "compare", "more", "amount", "subject"}
)  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of share_of."""
    plants = [(s, plant) for s, plant in case.subjects(*_PLANTS) if case.knows(plant.id, "generation-per-year")]
    parts = bool(case.q.amounts("%")) and (case.region is not None or case.q.has("world")) and not case.q.has("growth")
    against = case.q.has("compare", "more") and case.region is not None and not case.q.has("home", "grid", "intensity")
    if (
        not (case.q.has("share") or plants or against or parts)
        or case.asks("water")
        or case.q.has("training", "inference", "save", "carbon-free", "renewable")
    ):
        return
    users = _USERS if plants and len(case.subjects(*_USERS, *_PLANTS)) > 1 else (*_USERS, "facility")
    energy = case.energy(users, by_year=False)
    if energy is None or _elsewhere(case, energy, plants=bool(plants)):
        return
    inputs: dict[str, Any] = {"energy": energy.value}
    used = list(energy.used)
    case.put_place(inputs, used)
    if case.region is None and (energy.subject is None or not energy.subject.region):
        inputs["region"] = _WORLD
    if case.year:
        inputs["year"] = case.year
        used += case.years
    plants = [(s, plant) for s, plant in plants if s not in used and (plant.kind == "facility" or case.q.has("share"))]
    if (
        not plants
        and not case.q.has("share")
        and not parts
        and not (against and (energy.subject or case.q.has("of-all")))
    ):
        return
    inputs["energy"] = _meant(case, energy, against=against)
    if plants:
        inputs["to"] = plants[0][1].id
        inputs.pop("region", None)
        used += [plants[0][0], *case.q.of("quantity")]
    used += [s for s, _ in case.times]
    used += case.q.amounts("%")  # what somebody takes the share for
    yield Proposal(
        "share_of", inputs, used, _SAID, 1.0 if not case.asks("emissions") else -3.0, energy.before, energy.feeds
    )


def _meant(case: Case, energy: Energy, *, against: bool) -> str:
    """The amount, which for a sector that is set against a country, or has no part told by itself, is that everywhere."""
    sector = energy.subject
    if sector is None or sector.kind != "sector":
        return energy.value
    everywhere = (against and not case.q.has("share")) or case.part(sector) is None
    return (_whole(case, sector) if everywhere else None) or energy.value


def _whole(case: Case, sector: Subject) -> str | None:
    """The figure of a sector everywhere: set against a country, it is not what it uses in that country."""
    chosen = case.knowledge.parameter(sector.id, "electricity-per-year")
    return chosen.choices[-1].figure if chosen else None


def _elsewhere(case: Case, energy: Energy, *, plants: bool) -> bool:
    """Whether it is a share of something else: of a company, or of all data centres."""
    subject = energy.subject
    if subject is None:
        return False
    named = {sector.id for _, sector in case.subjects("sector")}
    if {_AI, _SITES} <= named and case.region is None and not case.q.has("world", "of-all"):
        return True  # AI as a part of what data centres take
    others = [sector for _, sector in case.subjects("sector") if sector.id not in {subject.id, _AI}]
    measured = plants or case.asks("electricity") or bool(case.q.amounts("%"))
    return not measured or (subject.id == _AI_SITES and bool(others))
