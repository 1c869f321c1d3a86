"""If so many people ask so often: what one request takes, multiplied up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import PERIODS, QUERIED, Case
from service.ask.proposals import Proposal, plain

_SAID: Final = (
    "use",
    "electricity",
    "query",
    "person",
    "if",
    "total",
    "each",
    "image",
    "video",
    "own-rate",
    "cover",
    "ai",
    "session",
    "all-ai",
    "world",
    "also-do",
    "power",
    "inference",
    "average",
)


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of scale."""
    count = case.counted("query", "image", "video", "session")
    people = case.counted("person", "home")
    each = case.each()
    everyone = case.region is not None and bool(case.q.find("person", "each"))
    if count is None or case.asks("emissions") or case.asks("water") or case.asks("cost") or case.q.has("training"):
        return
    services = case.subjects(*QUERIED)
    if each is None and not services:
        return
    inputs: dict[str, Any] = {"requests": case.daily(count), "period": case.period if case.period in PERIODS else "day"}
    used = [count]
    if people is not None:
        inputs["count"] = people.value
        used.append(people)
    elif everyone:
        inputs["region"] = case.region
        used += [segment for segment, _ in case.places[:1]]
    if each is not None:
        inputs["electricity_per_query"] = f"{plain(each.value)} {each.unit.partition('/')[0]}"
        used.append(each)
    if services:
        inputs["service"] = services[0][1].id
        used.append(services[0][0])
    if not count.rate:
        inputs["period"] = "day"
    _span(case, inputs, used)
    used += [segment for segment, _ in case.times]
    used += [
        s for s, subject in case.subjects("sector", "task") if subject.id in {"artificial-intelligence", "ai-task"}
    ]
    small = count.value * (people.value if people else 1) < 1e5
    bonus = 0.9 if people is not None or everyone else (0.9 if small and count.rate else 0.1)
    yield Proposal("scale", inputs, used, _SAID, bonus)


def _span(case: Case, inputs: dict[str, Any], used: list[Any]) -> None:
    """Take in a stated length of time: over 30 days; a year of 365 days is a year."""
    days = [s for s in case.q.amounts("day") if s.unit in {"day", "week", "month", "year"}]
    if not days:
        return
    used.append(days[0])
    if days[0].value == 1 or inputs["period"] == "year":
        return
    for period, unit in (("year", 365), ("month", 30), ("week", 7)):
        if days[0].unit == "day" and days[0].value == unit:
            inputs["period"] = period
            return
