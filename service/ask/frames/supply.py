"""How much solar, wind, nuclear … and battery a load needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal, written
from service.reading.findings import Segment

_MIXES: Final = {
    "panel": "solar", "reactor": "nuclear", "solar": "solar", "wind": "wind", "nuclear": "nuclear", "hydropower": "hydropower",
    "geothermal": "geothermal",
}  # fmt: skip
_SAID: Final = (
    "use", "solar", "wind", "nuclear", "hydropower", "geothermal", "panel", "reactor", "battery", "battery-size", "capacity", "cover", "electricity", "total",
    "if", "own-rate", "power", "average", "rack", "growth", "share", "renewable", "carbon-free", "convert", "toward", "also-do", "more", "and",
)  # fmt: skip
_STORED: Final = ("day", "hour")
ASKS: Final = frozenset({*_MIXES, "battery", "battery-size"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of clean_supply."""
    if case.asks("emissions") or case.asks("cost") or case.q.has("share", "intensity", "training", "carbon-free"):
        return
    wanted = [concept for concept in _MIXES if case.q.has(concept)]
    if not wanted and not case.q.has("battery", "battery-size"):
        return
    energy = case.energy(("service", "facility", "sector", "company"))
    if energy is None:
        return
    mix = _MIXES[wanted[0]] if wanted else "solar"
    if {"solar", "wind"} <= {_MIXES[concept] for concept in wanted}:
        mix = "solar-wind"
    inputs: dict[str, Any] = {"energy": energy.value, "mix": mix}
    used = list(energy.used)
    if energy.subject is None and energy.value:
        inputs["energy"], used = _load(case, inputs["energy"], used)
    for part in ("battery-size", "panel", "reactor", "battery"):
        if case.q.has(part) and (part != "battery" or not wanted):
            inputs["to"] = part.removesuffix("-size")
            break
    hours = [s for s in case.q.amounts("h") if s.unit == "h"]
    if hours and case.q.has("battery", "battery-size"):
        inputs["storage_hours"] = hours[0].value
        used.append(hours[0])
    case.put_place(inputs, used)
    case.put_period(inputs, used)
    used += [s for s, _ in case.subjects("energy-source", "technology", "sector", "facility")]
    yield Proposal("clean_supply", inputs, used, _SAID, 0.8, energy.before, energy.feeds)


def _beside(case: Case, size: Segment, part: Segment) -> bool:
    """Whether an amount is the size of one part: 400 W panels, panels of 400 W."""
    of = case.q.tokens[part.after].text == "of" if part.after < len(case.q.tokens) else False
    return 0 <= part.first - size.after <= 1 or (of and size.first == part.after + 1)


def _load(case: Case, value: str, used: list[Any]) -> tuple[str, list[Any]]:
    """Leave out the size of one panel or reactor (400 W, 百万千瓦级) that stands beside its name."""
    powers = case.q.amounts("kW")
    rest = [s for s in case.q.amounts("kWh", "kW") if not s.each]
    parts = [s for s in case.q.find("panel", "reactor") if not s.inner]
    sizes = [s for s in powers if not s.rate and any(_beside(case, s, part) for part in parts)]
    loads = [s for s in rest if s not in sizes]
    if loads and sizes:
        return written(loads[0]), [loads[0], *sizes]
    return value, used
