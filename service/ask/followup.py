"""A question that goes on from the one before: what it names replaces what the earlier call had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from service.ask.case import Case
from service.ask.changing import EMITTING, MIXES, SUBJECTS, THINGS, Change
from service.ask.proposals import LOOKING, Proposal
from service.core.calculator import registry
from service.core.units import parse_unit

_USED: Final = (
    "use", "also-do", "if", "and", "query", "electricity", "emissions", "water", "cost", "training", "save", "toward", "pue", "convert", "home", "own-rate",
    "total", "inference", "each", "compare", "growth", "lowest", "highest", "latest", "grid", "footprint", "share", "outlook", "more", "average", "model-noun", "according",
    "claim", "person", "times", "power", *THINGS, *EMITTING, *MIXES, "panel", "reactor", "battery", "image", "video", "capacity", "cover", "source", "of-all", "ai", "world", "against", "wue", "on-site", "household-tariff", "industry-tariff", "commercial-tariff",
)  # fmt: skip
_RESTS_ON: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("query_footprint", ""): ("electricity-per-query", "electricity-per-image", "electricity-per-video", "electricity-per-session"),
    ("query_footprint", "emissions"): ("emissions-per-query",), ("query_footprint", "water"): ("water-per-query",),
    ("training_footprint", ""): ("training-electricity", "training-emissions"), ("training_footprint", "emissions"): ("training-emissions",),
    ("training_footprint", "water"): ("training-water",), ("service_energy", ""): ("electricity-per-day", "requests-per-day"),
    ("service_energy", "year"): ("electricity-per-year", "electricity-per-day"), ("energy_equivalents", ""): ("electricity-per-day", "electricity-per-year"),
    ("scale", ""): ("electricity-per-query",), ("share_of", ""): ("electricity-per-year", "electricity-per-day"),
}  # fmt: skip
_SHORT: Final = 5  # segments that say something


def leans(case: Case) -> bool:
    """Whether a question cannot stand alone: it says so, or it says little."""
    said = [s for s in case.q.segments if not s.inner and s.weight >= 1]
    own = bool(case.subjects("service", "model", "company", "sector") or case.q.sorted("amount"))
    return (case.q.has("also-do") and not (own and case.measures and len(said) > _SHORT)) or (
        len(said) <= 2 and not (own and case.measures)
    )


def proposal(case: Case, context: Mapping[str, Any]) -> Proposal | None:
    """The earlier call with what the question changes; None where it is not known, or the question changes nothing."""
    tool, inputs = str(context.get("tool", "")), plain_inputs(context.get("inputs") or {})
    if tool not in registry:
        return None
    if case.q.has("source"):
        return _whence(case, tool, inputs)
    change = Change(case, tool, inputs)
    change.topic()
    change.details()
    changed = change.used or change.turned or case.q.has("lowest", "highest", "latest") or case.q.of("publisher")
    return Proposal(change.tool, change.inputs, change.used, _USED, 1.0) if changed else None


def _whence(case: Case, tool: str, inputs: dict[str, Any]) -> Proposal | None:
    """Who says what the earlier call rests on."""
    named = next((str(inputs[name]) for name in SUBJECTS if inputs.get(name)), None)
    found = case.knowledge.resolve_subject(named) if named else None
    quantities = _RESTS_ON.get((tool, str(inputs.get("to") or inputs.get("period") or "")), _RESTS_ON.get((tool, "")))
    if found is None or isinstance(found, list) or quantities is None:
        return None
    options = {**LOOKING, "subjects": [found.id], "quantities": list(quantities)}
    return Proposal("cite_source", {}, case.q.find("source"), _USED, 1.0, looks=lambda: options)


def plain_inputs(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of an earlier call as its caller gave them, from bare values or from those of its answer."""
    found: dict[str, Any] = {}
    for name, entry in inputs.items():
        if isinstance(entry, Mapping):
            if entry.get("status", "given") == "given":
                found[name] = entry.get("value")
        else:
            found[name] = entry
    found.pop("language", None)
    if isinstance(found.get("requests"), str):
        found["requests"] = _daily(found["requests"])
    return found


def _daily(text: str) -> float | str:
    """2500000000/day as a number a day."""
    number, _, period = text.partition("/")
    try:
        return float(number.replace(",", "")) * (parse_unit("day").factor / parse_unit(period or "day").factor)
    except ValueError:
        return text
