"""How much CO2 an amount of electricity causes, on a grid or from a kind of power plant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal
from service.core.model import Subject

_PLANTS: Final = {
    "coal": "coal", "natural-gas": "gas", "nuclear": "nuclear", "hydropower": "hydro", "wind-onshore": "wind-onshore",
    "wind-offshore": "wind-offshore", "solar-pv-utility": "solar-utility", "solar-pv-rooftop": "solar-rooftop", "csp": "solar-thermal",
    "biomass": "biomass", "geothermal": "geothermal", "solar-pv": "solar-utility",
}  # fmt: skip
FUELS: Final = {
    "coal": "coal",
    "gas": "gas",
    "nuclear": "nuclear",
    "hydropower": "hydro",
    "geothermal": "geothermal",
    "wind": "wind-onshore",
    "solar": "solar-utility",
}
SAID: Final = (
    "use",
    "emissions",
    "electricity",
    "grid",
    "cover",
    "footprint",
    "query",
    "total",
    "intensity",
    "life-cycle",
    "operational",
    "solar",
    "wind",
    "nuclear",
    "hydropower",
    "geothermal",
    "coal",
    "gas",
    "convert",
    "training",
)


def _wanted(case: Case, subject: Subject, *, timed: bool) -> bool:
    """Whether the emissions of a subject are to be reckoned: over a time or on a grid, and not where its own are published."""
    published = case.knows(subject.id, "emissions-per-year") and not case.q.has("grid") and not case.region
    return not published and (timed or subject.kind == "sector")


ASKS: Final = frozenset({"emissions", "footprint", "unit"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of electricity_emissions."""
    if not case.asks("emissions") and not (case.asks("electricity") and case.q.has("footprint")):
        return
    energy = case.energy()
    if energy is None or case.q.amounts("t") or (energy.before is not None and energy.before.tool != "scale"):
        return  # prompts and runs have answers of their own
    inputs: dict[str, Any] = {"energy": energy.value}
    used = list(energy.used)
    timed = case.period is not None or case.q.has("grid")
    if energy.subject is not None and not _wanted(case, energy.subject, timed=timed):
        return
    bonus = 0.5 if energy.subject is None or timed else -1.0
    case.put_period(inputs, used)
    case.put_place(inputs, used)
    for segment, subject in case.subjects("energy-source"):
        if subject.id in _PLANTS:
            inputs["source"] = _PLANTS[subject.id]
            used.append(segment)
            break
    else:
        burnt = next((concept for concept in FUELS if case.q.has(concept)), None)
        if burnt is not None:
            inputs["source"] = FUELS[burnt]
    if case.year and not inputs.get("source"):
        inputs["year"] = case.year
        used += case.years[:1]
    for boundary in ("operational", "life-cycle"):
        if case.q.has(boundary):
            inputs["boundary"] = boundary
    used += [s for s, subject in case.subjects("sector") if subject.id == "data-centre"]
    yield Proposal("electricity_emissions", inputs, used, SAID, bonus, energy.before, energy.feeds)
