"""What an amount of electricity emits on a grid as it is at this moment; how clean the grid is, told of one kWh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from service.ask.case import Case
from service.ask.frames import emissions
from service.ask.proposals import Proposal
from service.core.live import WISH
from service.reading.findings import Segment

_INTENSITY: Final = ("grid", "intensity")
_UNIT: Final = "1 kWh"
ASKS: Final = frozenset({"live"})


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of electricity_emissions with the grid of the moment."""
    energy = case.energy()
    if case.year is not None:
        return
    if energy is None and case.q.has(*_INTENSITY):
        yield _of(case, _UNIT, [])
    elif energy is not None and case.asks("emissions") and energy.subject is None and energy.before is None:
        yield _of(case, energy.value, energy.used)


def _of(case: Case, energy: str, used: Sequence[Segment]) -> Proposal:
    inputs: dict[str, Any] = {"energy": energy, "grid": WISH}
    explained = [*used, *case.q.find("live")]
    case.put_period(inputs, explained)
    case.put_place(inputs, explained)
    return Proposal("electricity_emissions", inputs, explained, (*emissions.SAID, "live"), 0.5)
