"""The one door: the name of a tool and raw inputs → an answer, or every fault of the call at once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote_plus

from pydantic import ValidationError

from service import calculators, packages
from service.answers.compose import Composer, Run, Trial
from service.answers.extent import Brief
from service.answers.plan import encoded
from service.answers.render import answer as rendered
from service.answers.voice import Voice, voice
from service.core.answer import Answer, InputValue
from service.core.calculator import Calculator, Result, discover, registry
from service.core.errors import BadCall, Fault, NothingKnown, QuantityError
from service.core.inputs import Inputs
from service.core.model import Subject
from service.core.quantity import Quantity
from service.store.queries import Knowledge
from service.store.reading import Reading
from service.store.resolve import Resolver, faults_of, nearest
from service.store.standing import Chosen

discover(calculators)
discover(packages)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that holds: its inputs resolved, and how each came to its value."""

    calculator: Calculator
    inputs: Inputs
    amounts: Mapping[str, Quantity | Subject | str]
    given: frozenset[str]

    @property
    def shown(self) -> dict[str, InputValue]:
        """Every input that has a value, with its status."""
        values = self.inputs.__dict__
        return {
            name: {"value": values[name], "status": "given" if name in self.given else "default"}
            for name in self.calculator.order
            if values[name] is not None
        }

    @property
    def query(self) -> str:
        """What is given, as the query of an address."""
        values = self.inputs.__dict__
        given = [(name, values[name]) for name in self.calculator.order if name in self.given]
        query = "&".join([f"{name}={quote_plus(text)}" for name, value in given for text in _texts(value)])
        return f"?{query}" if query else ""


def _texts(value: object) -> Sequence[str]:
    """An input as the values of its parameter: a list is a repeated one."""
    if isinstance(value, list):
        return value
    return (repr(value) if isinstance(value, float) else str(value),)


def find(name: str) -> Calculator:
    """The calculator of this name. Raises `BadCall` naming the nearest ones."""
    if name not in registry:
        raise BadCall(
            name,
            [Fault("tool", "unknown-tool", "there is no such tool.", name, tuple(registry), nearest(name, registry))],
        )
    return registry[name]


def prepare(knowledge: Knowledge, tool: str, raw: Mapping[str, Any]) -> Call:
    """Check and resolve all inputs of a call. Raises `BadCall` with every fault."""
    calculator = find(tool)
    resolver = Resolver(knowledge)
    # strict callers send null for what they omit
    raw = {name: value for name, value in raw.items() if value is not None}
    try:
        inputs, faults = calculator.inputs.model_validate(raw), []
        values: Mapping[str, Any] = inputs.__dict__
    except ValidationError as error:
        inputs, faults, values = None, faults_of(error, calculator.inputs), raw
    resolved = resolver.resolve(calculator.inputs, values, skip={fault.field for fault in faults})
    faults += resolver.faults
    if faults or inputs is None:
        raise BadCall(tool, faults)
    given = frozenset(inputs.model_fields_set)
    inputs.__dict__.update(resolved)  # made for this call alone; a copy would cost as much as all the checking
    return Call(calculator, inputs, resolver.amounts, given)


def run(knowledge: Knowledge, tool: str, raw: Mapping[str, Any], brief: Brief | None = None) -> Answer:
    """Run a tool; the text of its answer is no longer than `brief` where that is given.

    Raises `BadCall` (faulty inputs, all at once) or `NothingKnown` (no figure answers it).
    """
    return rendered(*_done(knowledge, tool, raw), brief)


def run_encoded(knowledge: Knowledge, tool: str, raw: Mapping[str, Any]) -> bytes:
    """What `run` gives, as JSON. Computed anew like that, but composed in a fraction of the time. Raises as that does."""
    return encoded(*_done(knowledge, tool, raw))


def traced(knowledge: Knowledge, tool: str, raw: Mapping[str, Any]) -> tuple[Composer, Sequence[Chosen]]:
    """A run as its answer is composed, and the parameters that it read, each with what was chosen. Raises as `run` does."""
    done, said = _done(knowledge, tool, raw)
    assert isinstance(done.reading, Reading)
    return Composer(done, said), list(done.reading.chosen.values())


def _done(knowledge: Knowledge, tool: str, raw: Mapping[str, Any]) -> tuple[Run, Voice]:
    call = prepare(knowledge, tool, raw)
    as_of = date.fromisoformat(call.inputs.as_of or knowledge.as_of)
    reading = Reading(knowledge, call.calculator.reads, as_of, call.inputs.estimate, call.amounts)
    try:
        results, trials = _compute(call, reading)
    except NothingKnown as error:
        error.message = voice(knowledge, call.inputs.language).words.say("absences", error.reason, error.words)
        raise
    except QuantityError as error:
        raise BadCall(tool, [Fault("inputs", error.code, str(error))]) from error
    if not reading.estimate_applied:
        raise BadCall(tool, [_estimate_fault(call, reading)])
    query, charted = call.query, call.calculator.charted or len(trials) > 1
    chart = f"/v1/charts/calculators/{tool}.png{query}" if charted else None
    finished = Run(tool, call.shown, results, trials, reading, f"/v1/calculators/{tool}{query}", chart)
    return finished, voice(knowledge, call.inputs.language)


def _compute(call: Call, reading: Reading) -> tuple[list[Result], list[Trial]]:
    made = call.calculator.compute(call.inputs, reading)
    first = next(made)
    contested = reading.contested()  # what the headline rests on; later results have disputes of their own
    results = list(itertools.chain([first], made))
    return results, _trials(reading, first, contested)


def _trials(reading: Reading, first: Result, contested: Sequence[Chosen]) -> list[Trial]:
    """The headline under every competing figure of every parameter it rests on, the chosen ones first."""
    trials: dict[str, Trial] = {}
    for chosen in contested:
        others = reading.under(first.quantity, chosen)
        if others:  # none where it was read for another result: the headline does not rest on it
            reading.explain(chosen)
        for rival, quantity in zip(chosen.rivals, others, strict=False):
            if not trials:
                trials[chosen.figure] = Trial(chosen.figure, True, first.quantity)
            if rival not in trials:
                trials[rival] = Trial(rival, False, quantity.to(first.quantity.unit))
    return list(trials.values())


def _estimate_fault(call: Call, reading: Reading) -> Fault:
    candidates = [figure for chosen in reading.contested() for figure in (chosen.figure, *chosen.rivals)]
    given = call.inputs.estimate
    message = (
        "no competing figure of this answer has that id." if candidates else "no published estimates compete here."
    )
    return Fault("estimate", "no-such-estimate", message, given, ("preferred", *candidates), nearest(given, candidates))
