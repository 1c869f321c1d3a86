"""Calls that go the way of an earlier one: computed anew, without going through the code of the calculator again.

Which figures a call reads and what becomes of its numbers follows from its form (all that it gives but for its numbers)
and from the questions that are asked of these on the way. So the way of a call is written down (`service.core.tape`),
and a later call of the same form goes it with its own numbers, from its amounts and the figures to all results and
estimates. Where a question is answered otherwise, the way branches.

A way is written down once it was gone a few times. One that ends in an error, or that a tape cannot follow, leads through
the code every time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service.answers.compose import Replayed
from service.answers.estimates import apart, are_near
from service.answers.shape import Walk, numbers_of, quantities_of
from service.core.errors import WattciteError
from service.core.quantity import Quantity
from service.core.tape import Answer, Escaped, Number, Tape
from service.run.call import Call
from service.run.computing import compute
from service.store.kept import kept
from service.store.queries import Knowledge
from service.store.standing import Leaf, Values

_MOST: Final = 1024  # ways over one knowledge base
_OFTEN: Final = 4  # writing a way down takes as long as going it twenty times through the code
_BEGIN: Final = -1


@dataclass(eq=False, frozen=True, slots=True)
class _Written:
    """What becomes of the numbers of a call up to the first question that they answer otherwise.

    `compute` gives the spread, the first and the last of the estimates that are said, and the numbers of the run's shape.
    """

    compute: Callable[..., Answer]
    ends: Sequence[Quantity]
    spread: bool
    estimates: int


@dataclass(eq=False, slots=True)
class _Way:
    """A way, how often it led through the code, and what it is where that is written down."""

    met: int = 0
    written: _Written | None = None


class Ways:
    """The ways over one knowledge base that were gone last."""

    def __init__(self) -> None:
        self._after = lru_cache(maxsize=_MOST)(_after)

    def replayed(self, knowledge: Knowledge, call: Call) -> Replayed | None:
        """The numbers of a call that goes the way of earlier ones; None where it leads through the code."""
        form, numbers = _form(call)
        way = self._after(form, _BEGIN)
        while written := way.written or _considered(way, knowledge, call):
            try:
                found = written.compute(*numbers)
            except (ArithmeticError, ValueError):  # the code says what it means
                return None
            if isinstance(found, tuple):
                return _replayed(call, written, found)
            way = self._after(way, found)
        return None


def _after(before: Hashable, question: int) -> _Way:  # noqa: ARG001 - what it is kept by
    """The way from a question of another, or of a form from its beginning."""
    return _Way()


def _considered(way: _Way, knowledge: Knowledge, call: Call) -> _Written | None:
    """The way written down, once it was gone often; None where it is not or cannot be."""
    met = way.met = way.met + 1  # told apart from what another thread makes of it
    if met == _OFTEN:
        way.written = _written(knowledge, call)
    return way.written


@kept
def ways(_: Knowledge) -> Ways:
    """The ways over a knowledge base."""
    return Ways()


def _replayed(call: Call, written: _Written, found: tuple[float, ...]) -> Replayed:
    spread = found[0] if written.spread else None
    ends = written.ends
    if ends and are_near(spread):
        ends = [quantity.restated(end, end, end) for quantity, end in zip(ends, found[1:3], strict=True)]
    return Replayed(written, call.shown, found[3:], ends, spread, *call.addresses(written.estimates))


def _form(call: Call) -> tuple[Hashable, list[float]]:
    """All that a call gives but for its numbers, and its numbers."""
    form: list[Hashable] = [call.calculator.name, call.given]
    numbers: list[float] = []
    values, amounts = call.inputs.__dict__, call.amounts
    for name in call.calculator.order:
        value = values[name]
        if value is None:
            form.append(None)
            continue
        if type(value) is float:
            form.append(float)
            numbers.append(value)
            continue
        amount = amounts.get(name)
        if type(amount) is Quantity:
            form += (amount.unit, not amount.uncertain)
            numbers += _ends(amount)
        else:
            form.append(tuple(value) if type(value) is list else value)
    return tuple(form), numbers


def _ends(amount: Quantity) -> tuple[float, ...]:
    return (amount.value, amount.low, amount.high) if amount.uncertain else (amount.value,)


def _written(knowledge: Knowledge, call: Call) -> _Written | None:
    """The way of a call, gone with its numbers on a tape; None where it ends in an error or a tape does not follow."""
    tape = Tape()
    given = _given(call, tape)
    try:
        made = compute(knowledge, given, Values(knowledge, _leaf(tape)))
        walk = Walk(made.results, made.reading)
        _tell_apart(given, walk)
        shown, spread = apart(made.trials)
    except (Escaped, WattciteError):
        return None
    ends = [shown[0].quantity, shown[-1].quantity] if shown else []
    around = [end.value for end in ends] or [0, 0]
    numbers = numbers_of(quantities_of(walk, made.trials))
    computed = tape.compiled([0 if spread is None else spread, *around, *numbers])
    return _Written(computed, [end.restated(0, 0, 0) for end in ends], spread is not None, len(made.trials))


def _given(call: Call, tape: Tape) -> Call:
    """The call with its numbers on a tape, in the order of `_form`."""
    inputs, amounts = call.inputs.model_copy(), dict(call.amounts)
    for name in call.calculator.order:
        value, amount = inputs.__dict__[name], amounts.get(name)
        if type(value) is float:
            inputs.__dict__[name] = tape.given(value)
        elif isinstance(amount, Quantity):
            value, *ends = map(tape.given, _ends(amount))
            low, high = ends or (None, None)
            amounts[name] = Quantity(value, amount.unit, low, high, amount.reference)
    return Call(call.calculator, inputs, amounts, call.given)


def _leaf(tape: Tape) -> Leaf:
    """What makes the quantities of figures, their numbers on a tape."""

    def leaf(value: float, unit: str, low: float | None, high: float | None, reference: str) -> Quantity:
        least, most = (None if end is None else tape.fixed(end) for end in (low, high))
        return Quantity(tape.fixed(value), unit, least, most, reference)

    return leaf


def _tell_apart(call: Call, walk: Walk) -> None:
    """Ask what an answer asks of numbers: whether one is the caller's very own. Raises `Escaped` for one said as it is."""
    if any(isinstance(record, Number) for record in walk.records):
        raise Escaped
    for leaf in walk.inputs:
        given = call.inputs.__dict__.get(leaf.reference.removeprefix("input:"))
        if isinstance(given, Number):
            bool(given == leaf.value)
