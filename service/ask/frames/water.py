"""Litres of water behind an amount of electricity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import PERIODS, Case, Proposal, written

_SAID: Final = ("use", "water", "electricity", "wue", "on-site", "power-plant", "bottle", "shower", "cooling", "total", "own-rate", "cover", "query", "convert")


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of water_footprint."""
    if not case.asks("water") and not case.q.has("bottle", "shower"):
        return
    energy = case.energy()
    if energy is None or case.q.has("training"):
        return
    wue = case.q.amounts("L/kWh")
    inputs: dict[str, Any] = {"energy": energy.value}
    used = [*energy.used, *wue[:1]]
    bonus = 0.5
    if energy.subject is not None:
        timed = case.period is not None
        if energy.subject.kind not in {"service", "sector", "facility", "task"} or not timed:
            return
        bonus = 1.0
        if case.knows(energy.subject.id, "water-consumption-per-year", "data-centre-water-consumption-per-year"):
            bonus = -1.0
    if wue:
        inputs["wue"] = written(wue[0])
        inputs["to"] = "total" if case.q.has("power-plant", "total") else "on-site"
    elif case.q.has("bottle"):
        inputs["to"] = "bottle"
    elif case.q.has("shower"):
        inputs["to"] = "shower"
    elif case.q.has("on-site"):
        inputs["to"] = "on-site"
    elif case.q.has("power-plant"):
        inputs["to"] = "power-plant"
    if case.region:
        inputs["region"] = case.region
        used += [segment for segment, _ in case.places[:1]]
    if case.period in PERIODS:
        inputs["period"] = case.period
    used += [segment for segment, _ in case.times]
    used += [s for s, subject in case.subjects("sector", "everyday") if subject.id in {"data-centre", "water-bottle"}]
    yield Proposal("water_footprint", inputs, used, _SAID, bonus)
