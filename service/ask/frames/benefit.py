"""What AI saves elsewhere against what it uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal, written

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
)


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of net_benefit."""
    if not case.q.has("benefit", "save") or case.q.has("pue", "cooling"):
        return
    amounts = [s for s in case.q.amounts("kWh", "kW") if not s.each]
    rates = case.q.amounts("%")
    if not amounts or not rates:
        return
    inputs: dict[str, Any] = {"saving": rates[0].value}
    used = [*rates[:1]]
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
