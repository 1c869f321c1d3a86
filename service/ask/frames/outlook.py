"""Electricity of data centres or AI in a year, past or to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.energies import sector_of
from service.ask.proposals import Proposal
from service.core.units import parse_unit
from service.reading.findings import Segment
from service.store.standing import standing

_SAME: Final = 0.01
_SAID: Final = (
    "use",
    "electricity",
    "outlook",
    "growth",
    "of-all",
    "list",
    "differ",
    "compare",
    "cover",
    "total",
    "power",
    "convert",
    "according",
    "also-do",
    "if",
    "ai",
    "world",
    "as-of",
    "more",
    "times",
    "claim",
    "average",
    "threshold",
)
ASKS: Final = frozenset({"year", "growth", "outlook", "amount"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of demand_outlook."""
    if (
        case.q.has("share", "training", "pue", "cooling", "save", "benefit")
        or case.asks("water")
        or case.asks("emissions")
    ):
        return
    if not case.year and not (case.measures and case.q.has("growth", "outlook")):
        return
    for segment, subject in case.subjects("sector"):
        sector = sector_of(case, subject)
        if sector is not None:
            part = case.part(case.knowledge.subject(sector)) if case.region else None
            yield _of(case, segment, sector, (part.region if part else None) or case.region or subject.region)
            return


def _of(case: Case, segment: Segment, sector: str, region: str | None) -> Proposal:
    inputs: dict[str, Any] = {"sector": sector, "region": region, "year": _year(case, sector, region)}
    used = [segment, *(place for place, _ in case.places[:1]), *case.years]
    if case.q.has("threshold"):
        used += case.q.amounts("TWh")  # that somebody's number is above it, or below
    rates = case.q.amounts("%", "%/year")
    if rates and case.q.has("growth"):
        inputs["growth"] = rates[0].value
        used.append(rates[0])
        used += [s for s in case.q.amounts("TWh") if _is_base(case, s, sector, region)]
    used += [s for s, _ in case.times]
    return Proposal("demand_outlook", inputs, used, _SAID, 0.8)


def _is_base(case: Case, segment: Segment, sector: str, region: str | None) -> bool:
    """Whether a stated amount is the figure in force, from which a growth is reckoned."""
    part = case.knowledge.part_in(sector, region or "world")
    chosen = case.knowledge.parameter(part.id, "electricity-per-year") if part else None
    if chosen is None:
        return False
    known = standing(case.knowledge).value(chosen.choices[-1].figure)
    stated = segment.value * parse_unit(segment.unit.partition("/")[0]).factor
    return abs(known.value * parse_unit(known.unit.text.partition("/")[0]).factor - stated) <= _SAME * stated


def _year(case: Case, sector: str, region: str | None) -> int | None:
    """The year to tell of: the one asked about; the newest known one where it is asked how much has changed since."""
    since = case.q.has("growth") and not case.q.has("outlook")
    years = case.years
    if since and not (years and _ahead(case, sector, region)):
        return _latest(case, sector, region) or (int(_asked(case)) if years else None)
    return int(_asked(case)) if years else None


def _asked(case: Case) -> float:
    """The year that is asked about: the latest, since an earlier one tells when it was forecast."""
    return max(s.value for s in case.years)


def _ahead(case: Case, sector: str, region: str | None) -> bool:
    latest = _latest(case, sector, region)
    return latest is not None and _asked(case) > latest


def _latest(case: Case, sector: str, region: str | None) -> int | None:
    """The year of the figure in force, the newest that is no projection."""
    part = case.knowledge.part_in(sector, region or "world")
    chosen = case.knowledge.parameter(part.id, "electricity-per-year") if part else None
    if chosen is None:
        return None
    figure = chosen.choices[-1].figure
    held = case.knowledge.derived(figure) or case.knowledge.figure(figure)
    return int(held.as_of.rpartition("/")[2][:4])
