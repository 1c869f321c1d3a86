"""What has been published: a single figure, every figure, who says so, why they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case, Proposal
from service.ask.findings import Segment
from service.ask.lexicon import lexicon
from service.ask.quantities import candidates, special
from service.core.model import Subject

_SAID: Final = (
    "use", "electricity", "emissions", "water", "cost", "training", "query", "image", "video", "session", "token", "list", "source", "differ", "power", "pue", "wue",
    "carbon-free", "renewable", "intensity", "grid", "requests", "users", "embodied", "lifetime", "parameter", "average", "claim", "save",
    "benefit", "share", "growth", "footprint", "total", "home", "person", "reasoning-model", "usual-model", "times", "compare", "more", "rack", "cooling",
    "liquid", "bottle", "email", "household-tariff", "industry-tariff", "commercial-tariff", "bibtex", "ris", "latest", "according", "outlook", "cover", "convert",
    "inference", "policy", "on-site", "of-all", "document", "long", "reasoning", "life-cycle", "operational", "ai", "capacity", "solar", "wind", "nuclear", "coal", "gas", "hydropower", "battery",
    "if", "model-noun", "world", "flight", "car", "tree", "kettle", "phone-charge", "streaming-hour", "fridge-year", "laptop-hour", "wash", "led-hour", "shower", "and", "as-of",
)  # fmt: skip
_LOOKS: Final = ("list", "source", "differ", "claim", "bibtex", "ris")
_SITE: Final = "data-centre"
_ANYONE: Final = ("artificial-intelligence", "generative-ai", "ai-task", "email", "water-bottle")
_SOURCED: Final = ("source", "bibtex", "ris")


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of search_figures and cite_source."""
    q = case.q
    quantities = candidates(case)
    subjects = [(s, subject) for s, subject in _subjects(case)]
    if {"pue", "wue"} & set(quantities[:1]) and all(subject.kind == "region" for _, subject in subjects):
        subjects.insert(0, (None, case.knowledge.subject(_SITE)))  # they are of data centres where nobody else is named
    inputs: dict[str, Any] = {}
    used: list[Segment] = [segment for segment, _ in subjects if segment is not None]
    numbers = [s for s in q.segments if s.sort in {"amount", "count", "number"} and not s.inner]
    tool = "cite_source" if q.has(*_SOURCED) else "search_figures"
    publishers = q.of("publisher")
    if not (quantities or numbers or publishers) or not (subjects or publishers or numbers):
        return
    if not quantities and not q.has(*_LOOKS):
        return
    options = {
        "quantities": quantities, "subjects": [subject.id for _, subject in subjects],
        "region": case.region, "year": case.year, "publishers": [s.names("publisher")[0] for s in publishers],
        "values": [(s.low, s.high, s.unit, s.what) for s in numbers], "anyone": not subjects or _anyone(subjects),
        "list": q.has("list", "differ"), "format": "bibtex" if q.has("bibtex") else "ris" if q.has("ris") else "",
        "earliest": q.has("source"), "latest": q.has("latest"), "measures": case.measures, "special": special(case), "words": _english(case),
    }  # fmt: skip
    used += [*publishers, *(s for s, _ in case.times), *q.sorted("year"), *(s for s, _ in case.places)]
    used += [s for s in q.of("quantity")]
    looks = q.has(*_LOOKS)
    if looks:
        used += numbers
    bonus = (1.2 if q.has("list", "source", "differ", "bibtex", "ris") else 0.3 if looks else -0.2) + (0.3 if any(q.of("quantity")) else 0.0)
    if not looks and numbers:
        bonus -= 1.5
    yield Proposal(tool, inputs, used, _SAID, bonus, options=options)


def _subjects(case: Case) -> Iterator[tuple[Segment | None, Subject]]:
    """The subjects named, with the part of each that lies in the place named, and the place itself."""
    kinds = ("model", "service", "task", "company", "facility", "accelerator", "sector", "technology", "energy-source", "policy", "everyday", "method", "region")
    for segment, subject in case.subjects(*kinds):
        part = case.knowledge.part_in(subject.id, case.region) if case.region and subject.kind == "sector" else None
        yield segment, part or subject
    if case.places:
        segment, code = case.places[0]
        home = case.knowledge.home_of(code) if case.q.has("home") else None
        if home is not None:
            yield segment, home
        place = case.knowledge.subjects.get(code.lower())
        if place is not None:
            yield segment, place


def _english(case: Case) -> frozenset[str]:
    """The English words for everything that was understood, by which titles are recognised."""
    said = lexicon().said["en"]["concepts"]
    phrases: list[str] = []
    for segment in case.q.segments:
        for each in segment.meanings:
            if each.sort == "concept":
                phrases += said.get(each.name, ())
            elif each.sort == "subject":
                subject = case.q.subjects[each.name]
                phrases += [subject.name.en, *subject.aliases.get("en", ())]
    return frozenset(word for phrase in phrases for word in phrase.lower().split())


def _anyone(subjects: list[tuple[Segment | None, Subject]]) -> bool:
    return all(subject.id in _ANYONE for _, subject in subjects)
