"""Electricity of answers of a model that is known by its size alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal

_SAID: Final = (
    "use",
    "electricity",
    "parameter",
    "token",
    "query",
    "inference",
    "ai",
    "model-noun",
    "emissions",
    "if",
    "own-rate",
    "each",
    "total",
    "cover",
)
ASKS: Final = frozenset({"count"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of inference_energy."""
    if case.q.has("training") or not (case.measures or case.q.has("inference")):
        return
    size, tokens = case.counted("parameter"), case.counted("token")
    models = case.subjects("model")
    inputs: dict[str, Any] = {}
    used = []
    if size is not None:
        inputs["parameters"] = size.value
        used.append(size)
    elif models and tokens is not None and case.knows(models[0][1].id, "parameters-active"):
        inputs["model"] = models[0][1].id
        used.append(models[0][0])
    else:
        return
    if tokens is not None:
        inputs["output_tokens"] = tokens.value
        used.append(tokens)
    chips = case.subjects("accelerator")
    if chips:
        inputs["accelerator"] = chips[0][1].id
        used.append(chips[0][0])
    count = case.counted("query")
    if count is not None:
        inputs["count"] = count.value
        used.append(count)
    case.put_place(inputs, used)
    used += [
        s for s, thing in case.subjects("sector", "model") if thing.id in {"artificial-intelligence", "frontier-llm"}
    ]
    yield Proposal("inference_energy", inputs, used, _SAID, 0.8 if size is not None else -0.5)
