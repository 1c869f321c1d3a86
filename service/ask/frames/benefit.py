"""What AI saves elsewhere against what it uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal, written
from service.reading.findings import Segment

_SAID: Final = (
    "use",
    "benefit",
    "save",
    "electricity",
    "ai",
    "if",
    "own-rate",
    "total",
    "share",
    "emissions",
    "cover",
    "more",
    "according",
    "model-noun",
    "toward",
    "rebound",
)
ASKS: Final = frozenset({"benefit", "save"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of net_benefit."""
    if not case.q.has("benefit", "save") or case.q.has("pue", "cooling"):
        return
    amounts = [s for s in case.q.amounts("kWh", "kW") if not s.each]
    rates = case.q.amounts("%")
    if not amounts or not rates:
        return
    rebound = _nearest(case, rates) if len(rates) > 1 else None
    savings = [rate for rate in rates if rate is not rebound]
    inputs: dict[str, Any] = {"saving": savings[0].value}
    used = [*savings[:1]]
    if rebound is not None:
        inputs["rebound"] = rebound.value
        used.append(rebound)
    users = case.subjects("service", "model")
    if len(amounts) > 1:
        small, large = sorted(amounts[:2], key=lambda s: s.value * s.parsed.factor)
        inputs["energy"], inputs["baseline"] = written(small), written(large)
        used += [small, large]
    elif users:
        inputs["energy"], inputs["baseline"] = users[0][1].id, written(amounts[0])
        used += [users[0][0], amounts[0]]
    else:
        inputs["energy"] = written(amounts[0])
        used.append(amounts[0])
    used += [s for s, _ in case.times]
    used += [s for s, _ in case.subjects("sector", "service")]
    yield Proposal("net_benefit", inputs, used, _SAID, 0.5)


def _nearest(case: Case, rates: list[Segment]) -> Segment | None:
    """The share that is said of the rebound; None where none is spoken of."""
    said = case.q.find("rebound")
    return min(rates, key=lambda rate: abs(rate.first - said[0].after)) if said else None
