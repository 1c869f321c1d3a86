"""EcoLogits: what its function `compute_llm_impacts` says of a model of a size."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from service.core.inference import Question
from service.core.packages import package
from service.core.quantity import Quantity
from service.core.tape import pure

_KEPT: Final = 1024  # it takes as long as all else in an answer, and the same is asked again and again
_NO_GRID: Final = dict.fromkeys([f"if_electricity_mix_{impact}" for impact in ("adpe", "pe", "gwp", "wue")], 0.0)
Ends = tuple[float, float]


@package(series="0.11")
def ecologits(question: Question) -> Quantity:
    """Electricity of one answer. It counts the tokens that come out alone, and takes the PUE that it is given."""
    active, total = (_ends(size.to("billion")) for size in (question.active, question.total))
    low, value, high = _energy(active, total, question.output_tokens, _ends(question.pue))
    return Quantity(value, "kWh", low, high)


def _ends(quantity: Quantity) -> Ends:
    return quantity.low, quantity.high


@pure
@lru_cache(_KEPT)
def _energy(active: Ends, total: Ends, tokens: float, pue: Ends) -> tuple[float, float, float]:
    from ecologits.impacts.llm import compute_llm_impacts  # noqa: PLC0415 - heavy, and perhaps not installed
    from ecologits.utils.range_value import RangeValue  # noqa: PLC0415

    def given(ends: Ends) -> RangeValue | float:
        return ends[0] if ends[0] == ends[1] else RangeValue(min=ends[0], max=ends[1])

    energy = compute_llm_impacts(
        model_active_parameter_count=given(active),
        model_total_parameter_count=given(total),
        output_token_count=tokens,
        datacenter_pue=given(pue),
        datacenter_wue=0.0,
        **_NO_GRID,
    ).energy.value
    if isinstance(energy, RangeValue):
        return energy.min, energy.mean, energy.max
    return energy, energy, energy
