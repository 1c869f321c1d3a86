"""What share of the electricity of a place something uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal

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
_WORLD: Final = "world"
_PLANTS: Final = ("facility", "energy-source")


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of share_of."""
    if not case.q.has("share") or case.asks("water") or case.q.has("training", "save", "carbon-free", "renewable"):
        return
    energy = case.energy(("service", "model", "company", "sector", "facility", "task"))
    if energy is None:
        return
    inputs: dict[str, Any] = {"energy": energy.value}
    used = list(energy.used)
    case.put_place(inputs, used)
    if case.region is None and (energy.subject is None or not energy.subject.region):
        inputs["region"] = _WORLD
    if case.year:
        inputs["year"] = case.year
        used += case.q.sorted("year")
    plants = [
        (s, plant)
        for s, plant in case.subjects(*_PLANTS)
        if s not in used and case.knows(plant.id, "generation-per-year")
    ]
    if plants:
        inputs["to"] = plants[0][1].id
        inputs.pop("region", None)
        used.append(plants[0][0])
    used += [s for s, _ in case.times]
    yield Proposal(
        "share_of", inputs, used, _SAID, 1.0 if not case.asks("emissions") else -3.0, energy.before, energy.feeds
    )
