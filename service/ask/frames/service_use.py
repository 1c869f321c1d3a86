"""Electricity of an AI service over a day, a year or another time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import QUERIED, Case
from service.ask.proposals import PERIODS, Proposal

_RATES: Final = ("electricity-per-day", "electricity-per-year", "requests-per-day")
_SAID: Final = (
    "use",
    "electricity",
    "total",
    "query",
    "if",
    "inference",
    "claim",
    "average",
    "power",
    "cover",
    "own-rate",
    "ai",
    "also-do",
    "requests",
    "model-noun",
)
ASKS: Final = frozenset({"subject"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of service_energy."""
    if (not case.asks("electricity") and case.each is None) or case.q.has("training") or case.shared_out:
        return
    found = case.subjects(*QUERIED)
    if not found:
        return
    segment, subject = found[0]
    inputs: dict[str, Any] = {"service": subject.id}
    used = [segment]
    each, count = case.each, case.counted("query")
    if each is None and count is None and case.q.has("single"):
        return
    if each is not None:
        inputs["electricity_per_query"] = f"{each.value:.12g} {each.unit.partition('/')[0]}"
        used.append(each)
    if count is not None and count.value > 1:
        if count.value < 1e5 and not case.counted("person"):
            return
        people = case.counted("person")
        inputs["requests"] = case.daily(count) * (people.value if people else 1)
        used += [count, *([people] if people else [])]
    if not (each is not None and "requests" in inputs) and not case.knows(subject.id, *_RATES):
        return
    timed = case.period in PERIODS
    if timed:
        inputs["period"] = case.period
    elif not case.q.has("total") and "requests" not in inputs:
        return
    used += [s for s, _ in case.times]
    case.put_day(inputs, used)
    yield Proposal("service_energy", inputs, used, _SAID, 0.8 if timed else 0.2)
