"""Litres of water behind an amount of electricity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal, plain, written
from service.reading.findings import Segment

_SAID: Final = (
    "use",
    "water",
    "electricity",
    "wue",
    "on-site",
    "power-plant",
    "bottle",
    "shower",
    "cooling",
    "total",
    "own-rate",
    "cover",
    "query",
    "convert",
)

_PARTS: Final = ("bottle", "shower", "on-site", "power-plant")
_KINDS: Final = frozenset({"service", "sector", "facility", "task"})
_NEAR: Final = 3  # words between the name of a ratio and its number
_OWN: Final = ("water-consumption-per-year", "data-centre-water-consumption-per-year")
ASKS: Final = frozenset(
    {"water", "wue", "bottle", "shower", "unit"}
)  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of water_footprint."""
    if not case.asks("water") and not case.q.has("bottle", "shower"):
        return
    energy = case.energy()
    if (
        energy is None
        or case.q.has("training")
        or (energy.before is not None and energy.before.tool == "query_footprint")
    ):
        return
    wue = _wue(case)
    inputs: dict[str, Any] = {"energy": energy.value}
    used = [*energy.used, *wue[1:]]
    bonus = 0.5
    if energy.subject is not None:
        if energy.subject.kind not in _KINDS or case.period is None:
            return
        part = case.part(energy.subject) if energy.subject.kind == "sector" else energy.subject
        bonus = -1.0 if case.knows((part or energy.subject).id, *_OWN) else 1.0
    if wue:
        inputs["wue"] = wue[0]
        inputs["to"] = "total" if case.q.has("power-plant", "total") else "on-site"
    else:
        inputs["to"] = next((part for part in _PARTS if case.q.has(part)), None)
    case.put_place(inputs, used)
    case.put_period(inputs, used)
    if energy.subject is not None:
        case.put_day(inputs, used)
    used += [s for s, subject in case.subjects("sector", "everyday") if subject.id in {"data-centre", "water-bottle"}]
    yield Proposal("water_footprint", inputs, used, _SAID, bonus, energy.before, energy.feeds)


def _wue(case: Case) -> tuple[str, Segment] | tuple[()]:
    """The water of a kWh that is stated: with its unit, or as a bare number behind the name of that ratio."""
    stated = case.q.amounts("L/kWh")
    if stated:
        return written(stated[0]), stated[0]
    named = case.q.find("wue")
    numbers = [s for s in case.q.sorted("number") if named and named[0].after <= s.first <= named[0].after + _NEAR]
    return (f"{plain(numbers[0].value)} L/kWh", numbers[0]) if numbers else ()
