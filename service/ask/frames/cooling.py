"""What a lower PUE or liquid cooling saves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import PERIODS, Proposal
from service.reading.findings import Segment

_SAID: Final = (
    "use",
    "pue",
    "save",
    "cooling",
    "liquid",
    "electricity",
    "of-all",
    "total",
    "toward",
    "if",
    "own-rate",
    "compare",
    "share",
    "cost",
    "emissions",
    "cover",
    "and",
    "growth",
    "benefit",
    "more",
    "according",
    "claim",
)
_MOST: Final = 4.0
ASKS: Final = frozenset({"pue", "liquid", "cooling"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of cooling_savings."""
    numbers = [s for s in case.q.sorted("number") if 1 <= s.value <= _MOST]
    pue = case.q.has("pue")
    liquid = case.q.has("liquid") or bool([1 for _, s in case.subjects("technology") if "cooling" in s.id])
    if not (pue and numbers) and not (liquid and case.q.has("save", "cost", "compare", "more")):
        return
    if pue and not case.q.has("save", "toward", "growth") and len(numbers) < 2 and not liquid:
        return
    energy = case.energy(("facility", "company", "service"), composed=False)
    inputs: dict[str, Any] = {}
    used = [segment for segment, subject in case.subjects("technology", "sector")]
    if energy is not None:
        inputs["energy"] = energy.value
        used += energy.used
    used += _pues(case, numbers, inputs)
    if case.q.has("liquid") and energy is None and not numbers:
        inputs["to"] = "published"
    case.put_place(inputs, used)
    if case.period in PERIODS and energy is not None:
        inputs["period"] = case.period
    used += [s for s, _ in case.times]
    yield Proposal("cooling_savings", inputs, used, _SAID, 1.0 if numbers else 0.0)


def _pues(case: Case, numbers: list[Segment], inputs: dict[str, Any]) -> list[Segment]:
    if not numbers:
        return []
    if len(numbers) > 1:
        before, after = sorted((numbers[0].value, numbers[1].value), reverse=True)
        inputs["pue_before"], inputs["pue_after"] = before, after
        return numbers[:2]
    toward = [s for s in case.q.find("toward", "save") if s.after <= numbers[0].first <= s.after + 1]
    inputs["pue_after" if toward else "pue_before"] = numbers[0].value
    return numbers[:1]
