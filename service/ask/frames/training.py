"""Electricity, CO2 and water of training a model, or of a run of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal
from service.ask.runs import SAID, first, own_run

_KNOWN: Final = (
    "training-electricity", "training-emissions", "training-lifecycle-emissions", "training-and-use-emissions", "training-water",
    "training-and-use-water",
)  # fmt: skip
_COUNTED: Final = ("duration", "chips-number")  # of which the electricity of a training is no answer
ASKS: Final = frozenset(
    {"training", "amount", "rate", "span", "device-hour"}
)  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of training_footprint."""
    run = own_run(case)
    if run is not None and case.measures != ["cost"]:
        first(case, run.inputs)
        yield run
    models = case.subjects("model")
    if case.measures == ["cost"] and not case.q.has("footprint"):
        return  # what a training cost is not what it took
    if not models or not case.q.has("training") or (case.measures == [] and case.q.has(*_COUNTED)):
        return
    segment, model = models[0]
    inputs: dict[str, Any] = {"model": model.id}
    used = [segment]
    first(case, inputs)
    case.put_place(inputs, used)
    used += [s for s, subject in case.subjects("company") if subject.id == model.part_of]
    used += [s for s, _ in case.times]
    bonus = 1.0 if case.knows(model.id, *_KNOWN) else 0.0
    if case.q.has("device-hour"):
        bonus -= 3.0  # the hours themselves are asked for, and published
    yield Proposal("training_footprint", inputs, used, SAID, bonus)
