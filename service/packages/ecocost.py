"""ecocost: what its calculation says of a model of a size at a provider it does not know.

Its function `estimate` takes the name of a model on its list; the calculation below it takes any size.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, cast

from service.core.inference import Question
from service.core.packages import package
from service.core.quantity import Quantity
from service.core.tape import pure

_KEPT: Final = 1024  # it takes as long as much else in an answer, and the same is asked again and again
Range = tuple[float, float, float]


@package(series="0.2")
def ecocost(question: Question) -> Quantity:
    """Electricity of one answer: the middle of its likely range, and the range."""
    size = _range(question.active.to("billion"))
    low, value, high = _energy(size, question.input_tokens, question.output_tokens, _range(question.pue))
    return Quantity(value, "Wh", low, high)


def _range(quantity: Quantity) -> Range:
    return quantity.low, quantity.value, quantity.high


@pure
@lru_cache(_KEPT)
def _energy(size: Range, input_tokens: float, output_tokens: float, pue: Range) -> Range:
    from ecocost import calc  # noqa: PLC0415 - heavy, and perhaps not installed
    from ecocost.loader import get_kb  # noqa: PLC0415
    from ecocost.schema import Factor, Model, Tier  # noqa: PLC0415

    def factor(given: Range, unit: str) -> Factor:
        return Factor(given[1], unit, Tier.primary, given[0], given[2])

    known, tokens = get_kb(), {"input_tokens": input_tokens, "output_tokens": output_tokens}
    assert known.fallback_provider_id is not None
    provider = replace(known.providers[known.fallback_provider_id], pue=factor(pue, "ratio"))
    energy = calc.estimate(
        Model("asked", "asked", "", factor(size, "billion")),
        provider,
        known.regions[provider.region],
        known.hardware[provider.hardware],
        known.hardware[calc.REFERENCE_HARDWARE_ID],
        candidate_hardware=[(known.hardware[name], weight) for name, weight in provider.hardware_candidates],
        **cast("dict[str, Any]", tokens),  # whole numbers in its signature alone
    ).energy_wh
    return energy.lo, energy.mid, energy.hi
