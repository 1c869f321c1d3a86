"""If so many people ask so often: what one request takes, multiplied up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import QUERIED, Case
from service.ask.proposals import PERIODS, Proposal, plain
from service.reading.findings import Segment

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
    "everyone",
    "outlook",
)


_AI: Final = "artificial-intelligence"
_GENERIC: Final = "frontier-llm"
_MADE: Final = {
    "image": ("image-generation", "electricity-per-image"),
    "video": ("video-generation", "electricity-per-video"),
}
_PERSONAL: Final = "requests-per-user-day"
_MANY: Final = 1e5  # requests of a whole service rather than of a person
ASKS: Final = frozenset(
    {"count", "query", "image", "video", "session", "person"}
)  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of scale."""
    if case.asks("emissions") or case.asks("water") or case.asks("cost") or case.q.has("training"):
        return
    count, people = case.counted("query", "image", "video", "session"), case.counted("person", "home")
    each = case.each
    everyone = case.region is not None and bool(case.q.find("person", "each", "everyone"))
    one = case.shared_out and people is None and not everyone
    if count is None and not (_asking(case) and (everyone or one or people is not None) and case.period):
        return  # each asks once where no number is said
    inputs: dict[str, Any] = {"requests": case.daily(count) if count else 1.0}
    used = [count] if count else []
    if people is not None:
        inputs["count"] = people.value
        used.append(people)
    elif one:
        inputs["count"] = 1
    elif everyone:
        inputs["region"] = case.region
        used += [segment for segment, _ in case.places[:1]]
    if each is not None:
        inputs["electricity_per_query"] = f"{plain(each.value)} {each.unit.partition('/')[0]}"
        used.append(each)
    taking = _taking(case, inputs, used)
    if each is None and not taking:
        return
    if count is None and case.knows(inputs.get("service", ""), _PERSONAL):
        del inputs["requests"]  # how often one asks is published
    inputs["period"] = (
        case.period if case.period in PERIODS and (count is None or count.rate or people is None) else "day"
    )
    if count is not None and not count.rate and people is None:
        inputs["period"] = "day"
    _span(case, inputs, used)
    used += [segment for segment, _ in case.times]
    used += [s for s, subject in case.subjects("sector", "task") if subject.id in {_AI, "ai-task"}]
    small = (count.value if count else 1) * (people.value if people else 1) < _MANY
    told = people is not None or one or everyone or (small and count is not None and count.rate)
    generic = inputs.get("service") == _GENERIC
    yield Proposal("scale", inputs, used, _SAID, 0.9 if told else 0.1, generic=generic)


def _asking(case: Case) -> bool:
    """Whether it is of requests, or of a service of which it is known how often one asks."""
    known = (case.knows(subject.id, _PERSONAL) for _, subject in case.subjects(*QUERIED))
    return case.q.has("query", "image", "video") or any(known)


def _taking(case: Case, inputs: dict[str, Any], used: list[Segment]) -> bool:
    """Read what takes the electricity: a service or model, else the task of making pictures or clips, else any AI."""
    named = case.subjects(*QUERIED)
    made = next((what for what in _MADE if case.q.has(what)), None)
    if made and (not named or named[0][1].kind == "task"):
        figure = case.knowledge.parameter(*_MADE[made])
        if figure is not None and "electricity_per_query" not in inputs:
            inputs["electricity_per_query"] = figure.choices[-1].figure
        used += [segment for segment, _ in named]
        return figure is not None
    if named:
        inputs["service"] = named[0][1].id
        used.append(named[0][0])
    elif "electricity_per_query" not in inputs and case.q.has("ai") and not case.owned:
        inputs["service"] = _GENERIC
    return "service" in inputs


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
