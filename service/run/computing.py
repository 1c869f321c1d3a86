"""From a call to its results: the calculator run over what it reads, and the headline under every competing figure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.answers.estimates import Trial, figures_of
from service.core.calculator import Result
from service.core.errors import BadCall, Fault
from service.core.model import QuantityKind, Subject
from service.core.parameter import Parameter
from service.run.call import Call
from service.store.queries import Knowledge
from service.store.reading import Reading
from service.store.resolve import nearest
from service.store.standing import Chosen, Values


@dataclass(frozen=True, slots=True)
class Computed:
    """What came of a call, and all that was read for it."""

    results: Sequence[Result]
    trials: Sequence[Trial]
    reading: Reading


def compute(knowledge: Knowledge, call: Call, values: Values | None = None) -> Computed:
    """Run the calculator of a call; `values` where figures shall have others than those of the knowledge base.

    Raises `NothingKnown`, `QuantityError`, or `BadCall` for an estimate that does not compete here.
    """
    as_of = date.fromisoformat(call.inputs.as_of or knowledge.as_of)
    reading = Reading(knowledge, call.calculator.reads, as_of, call.inputs.estimate, call.amounts, values, call.sight)
    made = call.calculator.compute(call.inputs, reading)
    first = next(made)
    contested = reading.contested()  # what the headline rests on; later results have disputes of their own
    results = list(itertools.chain([first], made))
    if call.wants_live and not reading.observes:
        reading.remark("not_live", region=knowledge.region(call.region))
    trials = _with_methods(_trials(reading, first, contested), results, knowledge)
    if not reading.estimate_applied:
        raise BadCall(call.calculator.name, [_estimate_fault(call, reading)])
    return Computed(results, trials, reading)


def _trials(reading: Reading, first: Result, contested: Sequence[Chosen]) -> list[Trial]:
    """The headline under every competing figure of every parameter it rests on, the chosen ones first."""
    trials: dict[str, Trial] = {}
    main: Parameter | None = None
    for chosen in contested:
        others = reading.under(first.quantity, chosen)
        if not others:  # it was read for another result: the headline does not rest on it
            continue
        reading.explain(chosen)
        main = main or chosen.parameter
        of = _told_apart(reading, chosen.parameter, main)
        if not trials:
            trials[chosen.figure] = Trial(chosen.figure, True, first.quantity)
        for rival, quantity in zip(chosen.rivals, others, strict=False):
            if rival not in trials:
                trials[rival] = Trial(rival, False, quantity.to(first.quantity.unit), of=of)
    return list(trials.values())


def _with_methods(trials: list[Trial], results: Sequence[Result], knowledge: Knowledge) -> list[Trial]:
    """The estimates and what other methods give for the same, each under the figure that stands for its method."""
    first, *others = results
    rivals = [result for result in others if result.method]
    if rivals and not trials:
        trials = [Trial(_standing(first, knowledge), True, first.quantity)]
    return trials + [
        Trial(_standing(rival, knowledge), False, rival.quantity.to(first.quantity.unit), by=rival) for rival in rivals
    ]


def _standing(result: Result, knowledge: Knowledge) -> str:
    """The figure that stands for the method of a result; where the caller's own number replaces it, its first one."""
    figures = figures_of(result.quantity)
    return next((each for each in figures if knowledge.figure(each).quantity == result.method), figures[0])


def _told_apart(reading: Reading, parameter: Parameter, main: Parameter) -> QuantityKind | Subject | None:
    """What the figures of a parameter are of, where those of the main one are of something else."""
    if parameter.quantity != main.quantity:
        return reading.quantity(parameter.quantity)
    return reading.subject(parameter.subject) if parameter.subject != main.subject else None


def _estimate_fault(call: Call, reading: Reading) -> Fault:
    candidates = [figure for chosen in reading.contested() for figure in (chosen.figure, *chosen.rivals)]
    given = call.inputs.estimate
    message = (
        "no competing figure of this answer has that id." if candidates else "no published estimates compete here."
    )
    return Fault("estimate", "no-such-estimate", message, given, ("preferred", *candidates), nearest(given, candidates))
