"""What stands for each parameter, whichever day is asked for: worked out once, read on every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from service.core.energy import scaled
from service.core.facts import DERIVED
from service.core.model import Parameter, first_day
from service.core.quantity import Quantity
from service.store.formula import evaluate
from service.store.queries import Knowledge


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure or derived number that a parameter may use."""

    figure: str
    published: date
    as_of: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A parameter with its choices by date, every candidate in order, and what some of them are paired with."""

    parameter: Parameter
    choices: tuple[tuple[date, str], ...]
    candidates: tuple[Candidate, ...]
    paired: Mapping[str, frozenset[str]]
    review_by: date

    def preferred(self, day: date) -> str | None:
        """The figure chosen on a day; None before the first choice."""
        found = None
        for since, figure in self.choices:
            if since <= day:
                found = figure
        return found


class Standing:
    """The stands of all parameters of one knowledge base, and the value of every figure they name."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._stands: dict[tuple[str, str, str | None], Stand | None] = {}
        self._values: dict[str, Quantity] = {}
        self._origins: dict[str, tuple[str, ...]] = {}

    def of(self, subject: str, quantity: str, region: str | None) -> Stand | None:
        """What stands for this purpose; None where no parameter serves it."""
        key = subject, quantity, region
        if key not in self._stands:
            parameter = self._knowledge.parameter(subject, quantity, region)
            self._stands[key] = self._stand(parameter) if parameter else None
        return self._stands[key]

    def _stand(self, parameter: Parameter) -> Stand:
        return Stand(
            parameter,
            tuple((first_day(choice.since), choice.figure) for choice in parameter.choices),
            tuple(self._candidate(figure) for figure in parameter.candidates()),
            {figure: frozenset(paired) for figure in parameter.candidates() if (paired := parameter.paired_with(figure))},
            first_day(parameter.review_by),
        )

    def _candidate(self, figure: str) -> Candidate:
        held = (self._knowledge.derived(figure) or self._knowledge.figure(figure)).as_of
        return Candidate(figure, self._published(figure), held.rpartition("/")[2])

    def _published(self, figure: str) -> date:
        derived = self._knowledge.derived(figure)
        if derived is not None:  # known once all that it uses is
            return max(self._published(used) for used in derived.uses.values())
        issued = self._knowledge.source_of(figure).issued
        return first_day(issued) if issued else date.min

    def value(self, figure: str) -> Quantity:
        """A figure as a leaf that refers to it, or a derived number as the named result of its formula."""
        if figure not in self._values:
            derived = self._knowledge.derived(figure)
            self._values[figure] = self._derived(figure) if derived else self._leaf(figure)
        return self._values[figure]

    def rests_on(self, figure: str) -> tuple[str, ...]:
        """The published figures that a figure or derived number is made of."""
        if figure not in self._origins:
            derived = self._knowledge.derived(figure)
            self._origins[figure] = tuple(derived.uses.values()) if derived else (figure,)
        return self._origins[figure]

    def _leaf(self, figure_id: str) -> Quantity:
        figure = self._knowledge.figure(figure_id)
        return Quantity(figure.value, figure.unit, figure.low, figure.high, f"figure:{figure.id}")

    def _derived(self, figure: str) -> Quantity:
        parameter = self._knowledge.parameter_of(figure)
        derived = self._knowledge.derived(figure)
        assert derived is not None
        parts = {name: self.value(used) for name, used in derived.uses.items()}
        unit = self._knowledge.quantity(parameter.quantity).unit
        return scaled(evaluate(derived.formula, parts).named(DERIVED + figure, unit))


_STANDINGS: Final[WeakKeyDictionary[Knowledge, Standing]] = WeakKeyDictionary()


def standing(knowledge: Knowledge) -> Standing:
    """The standing of a knowledge base, made on first use."""
    found = _STANDINGS.get(knowledge)
    if found is None:
        found = _STANDINGS[knowledge] = Standing(knowledge)
    return found
