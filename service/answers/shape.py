"""What two runs must have in common for their answers to differ in nothing but numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from service.answers.compose import Run, is_given
from service.answers.estimates import Compared, Trial
from service.core.calculator import Between, Exactly, Result
from service.core.facts import Read
from service.core.quantity import Quantity

_FIGURE: Final = "figure:"
_INPUT: Final = "input:"
_WRAPPED: Final = (Exactly, Between)


@dataclass(slots=True)
class Shape:
    """The key of a run, and its quantities in an order that is the same for every run of the same key.

    `records` are those whose identity is part of the key: whoever keeps the key keeps them too.
    """

    key: Hashable
    quantities: list[Quantity]
    records: list[object]


def shape_of(run: Run, comparison: Compared) -> Shape:
    """The shape of a run in one language over one knowledge base.

    The estimates need no walk of their own: each is the expression of the headline with the values of the knowledge base
    in the place of the chosen figures.
    """
    walk = Walk(run.results, run.reading)
    key = (
        run.tool,
        run.reading.as_of,
        comparison.spread is None,
        comparison.sentence,
        *[is_given(run.inputs, leaf) for leaf in walk.inputs],
        *walk.key,
        None,  # nothing else is None, so it parts what has no fixed length
        *run.reading.used,
        None,
        *[trial.figure for trial in run.trials],
        *[trial.of.id for trial in run.trials if trial.of],
        None,
        *[trial.figure for trial in comparison.shown],
    )
    return Shape(key, quantities_of(walk, run.trials), walk.records)


def quantities_of(walk: Walk, trials: Iterable[Trial]) -> list[Quantity]:
    """The quantities of a shape."""
    return walk.found + [trial.quantity for trial in trials if not _is_figure(trial.quantity)]


def numbers_of(quantities: Sequence[Quantity]) -> list[float]:
    """The numbers of the quantities of a shape: their values, then the ends of each range."""
    numbers = [quantity.value for quantity in quantities]
    for quantity in quantities:
        if quantity.uncertain:
            numbers += (quantity.low, quantity.high)
    return numbers


def ends_of(quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Where in these numbers the ends of each quantity stand: twice at its value where it has no range."""
    ends, end = [], len(quantities)
    for place, quantity in enumerate(quantities):
        ends.append((end, end + 1) if quantity.uncertain else (place, place))
        end += 2 if quantity.uncertain else 0
    return ends


def _is_figure(quantity: Quantity) -> bool:
    """Whether it is a published figure as it is, which is the same in every call."""
    return quantity.reference.startswith(_FIGURE)


class Walk:
    """Goes through the expressions and the words of a run. What comes again is written as the place where it first came.

    Expressions are told apart by operation, name, unit and reference; and by which of them are one and the same, for the
    steps of the derivation are counted by that.
    """

    def __init__(self, results: Iterable[Result], reading: Read) -> None:
        self.key: list[Any] = []
        self.found: list[Quantity] = []
        self.inputs: list[Quantity] = []
        self.records: list[object] = []
        self._places: dict[int, int] = {}  # by identity; all of it lives as long as the run
        for result in results:
            self.key += (None, result.name, result.sentence, result.spoken, result.fractional)
            self.quantity(result.quantity)
            self.words(result.about)
        for note in reading.notes.values():
            self.key += (None, note.code)
            self.words(note.words)

    def quantity(self, quantity: Quantity) -> None:
        """Write down an expression."""
        key, places = self.key, self._places
        place = places.get(id(quantity))
        if place is not None:
            key.append(place)
            return
        places[id(quantity)] = len(key)
        if quantity.operation == "leaf":
            key += (quantity.reference, quantity.unit, not quantity.uncertain)
            if quantity.reference.startswith(_FIGURE):
                return
            self.found.append(quantity)
            if quantity.reference.startswith(_INPUT):
                self.inputs.append(quantity)
            return
        self.found.append(quantity)
        key += (quantity.operation, quantity.name, quantity.unit)
        parts = quantity.parts
        place = places.get(id(parts))
        if place is not None:  # a copy, in another unit or of another name
            key.append(place)
            return
        places[id(parts)] = len(key)
        for part in parts:
            place = places.get(id(part))
            if place is not None:
                key.append(place)
            elif part.reference.startswith(_FIGURE):
                key.append(part.reference)  # it stands in the expression as its source states it
            else:
                self.quantity(part)

    def words(self, words: Any) -> None:
        """Write down what fills a sentence."""
        key, places = self.key, self._places
        key += words  # their names
        for value in words.values():
            place = places.get(id(value))
            if place is not None:  # as nearly always: the results of a run are about the same things
                key.append(place)
            elif type(value) is Quantity:
                self.quantity(value)
            elif type(value) in _WRAPPED:
                key.append(type(value))
                self.quantity(value.quantity)
            else:
                places[id(value)] = len(key)
                if type(value) is str:
                    key.append(value)
                else:
                    key += (type(value), id(value))
                    self.records.append(value)
