"""Electricity of data centres or AI in a year, past or to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case, Proposal
from service.core.model import Subject

_SECTORS: Final = ("data-centre", "ai-data-centres", "ai-servers")
_AI: Final = "artificial-intelligence"
_SAID: Final = ("use", "electricity", "outlook", "growth", "of-all", "list", "differ", "compare", "cover", "total", "power", "convert", "according", "also-do", "if", "ai", "world", "as-of", "more", "times", "claim", "average")
_HISTORY: Final = 2024


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of demand_outlook."""
    if case.q.has("share", "training", "pue", "cooling", "save", "benefit") or case.asks("water") or case.asks("emissions"):
        return
    for segment, subject in case.subjects("sector"):
        sector = _sector(case, subject)
        if sector is None:
            continue
        growing = case.q.has("growth", "outlook")
        if not case.year and not growing:
            return
        inputs: dict[str, Any] = {"sector": sector}
        used = [segment]
        region = case.region or subject.region
        if region:
            inputs["region"] = region
            used += [place for place, _ in case.places[:1]]
        years = case.q.sorted("year")
        if case.q.has("growth") and not case.q.has("outlook") and years and not _ahead(case, sector, region):
            inputs["year"] = _latest(case, sector, region) or int(years[-1].value)
        elif years:
            inputs["year"] = int(_asked(case))
        elif case.q.has("growth") and not case.q.has("outlook"):
            inputs["year"] = _latest(case, sector, region) or 0
        used += years
        rates = case.q.amounts("%")
        if rates and case.q.has("growth"):
            inputs["growth"] = rates[0].value
            used.append(rates[0])
        if not inputs.get("year", 1):
            del inputs["year"]
        used += [s for s, _ in case.times]
        used += case.q.of("publisher")
        yield Proposal("demand_outlook", inputs, used, _SAID, 0.8)
        return


def _asked(case: Case) -> float:
    """The year that is asked about: the latest, since an earlier one tells when it was forecast."""
    return max(s.value for s in case.q.sorted("year"))


def _ahead(case: Case, sector: str, region: str | None) -> bool:
    latest = _latest(case, sector, region)
    return latest is not None and _asked(case) > latest


def _sector(case: Case, subject: Subject) -> str | None:
    if subject.id == _AI:
        return "ai-data-centres"
    while subject.id not in _SECTORS:
        if subject.part_of is None or subject.part_of not in case.knowledge.subjects:
            return None
        subject = case.knowledge.subject(subject.part_of)
    return subject.id


def _latest(case: Case, sector: str, region: str | None) -> int | None:
    """The year of the figure in force, the newest that is no projection."""
    part = case.knowledge.part_in(sector, region or "world")
    chosen = case.knowledge.parameter(part.id, "electricity-per-year") if part else None
    if chosen is None:
        return None
    figure = chosen.choices[-1].figure
    held = case.knowledge.derived(figure) or case.knowledge.figure(figure)
    return int(held.as_of.rpartition("/")[2][:4])
