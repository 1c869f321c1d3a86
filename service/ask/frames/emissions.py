"""How much CO2 an amount of electricity causes, on a grid or from a kind of power plant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import PERIODS, Case, Proposal

_PLANTS: Final = {
    "coal": "coal", "natural-gas": "gas", "nuclear": "nuclear", "hydropower": "hydro", "wind-onshore": "wind-onshore",
    "wind-offshore": "wind-offshore", "solar-pv-utility": "solar-utility", "solar-pv-rooftop": "solar-rooftop", "csp": "solar-thermal",
    "biomass": "biomass", "geothermal": "geothermal", "solar-pv": "solar-utility",
}  # fmt: skip
_SAID: Final = ("use", "emissions", "electricity", "grid", "cover", "footprint", "query", "total", "intensity", "life-cycle", "operational", "solar", "wind", "nuclear", "hydropower", "geothermal", "coal", "gas", "convert", "training")


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of electricity_emissions."""
    if not case.asks("emissions") and not (case.asks("electricity") and case.q.has("footprint")):
        return
    energy = case.energy()
    if energy is None or case.q.amounts("t"):
        return
    inputs: dict[str, Any] = {"energy": energy.value}
    used = list(energy.used)
    bonus = 0.5 if energy.subject is None else -0.5
    if energy.subject is not None:
        sector = energy.subject.kind == "sector"
        timed = case.period is not None or case.q.has("grid")
        if case.knows(energy.subject.id, "emissions-per-year") and not case.q.has("grid") and not case.region:
            return  # its own emissions are published
        if not timed and not sector:
            return
        bonus += 1.0 if timed else -0.5
    used += [segment for segment, _ in case.times]
    if case.period in PERIODS:
        inputs["period"] = case.period
    if case.region:
        inputs["region"] = case.region
        used += [segment for segment, _ in case.places[:1]]
    for segment, subject in case.subjects("energy-source"):
        if subject.id in _PLANTS:
            inputs["source"] = _PLANTS[subject.id]
            used.append(segment)
            break
    if case.year and not inputs.get("source"):
        inputs["year"] = case.year
        used += case.q.sorted("year")[:1]
    for boundary in ("operational", "life-cycle"):
        if case.q.has(boundary):
            inputs["boundary"] = boundary
    used += [s for s, subject in case.subjects("sector") if subject.id == "data-centre"]
    yield Proposal("electricity_emissions", inputs, used, _SAID, bonus)
