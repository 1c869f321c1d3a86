"""What stands for each parameter, whichever day is asked for: worked out once, read on every run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from service.core.energy import scaled
from service.core.facts import DERIVED
from service.core.model import first_day, last_day
from service.core.parameter import Derived, Parameter
from service.core.quantity import Quantity
from service.core.units import Dimension
from service.store.formula import evaluate
from service.store.kept import kept
from service.store.queries import Knowledge

_MOST_DAYS: Final = 64


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure or derived number that a parameter may use."""

    figure: str
    published: date
    as_of: str
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class Chosen:
    """One parameter as it is read: the figure that is used, and those that compete with it."""

    parameter: Parameter
    figure: str
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A parameter on one day: what is chosen, everything that was known, and whether a review was due."""

    chosen: Chosen
    known: tuple[Candidate, ...]
    stale: bool


class Stand:
    """A parameter with its choices by date, every candidate in order, and what some of them are paired with."""

    __slots__ = ("_choices", "_days", "candidates", "figures", "name", "paired", "parameter")

    def __init__(
        self,
        parameter: Parameter,
        candidates: tuple[Candidate, ...],
        choices: tuple[tuple[date, str], ...] | None = None,
    ) -> None:
        self.parameter = parameter
        self.name = parameter.id
        self.figures = frozenset(candidate.figure for candidate in candidates)
        self.candidates = candidates
        named = parameter.candidates()
        self.paired = {figure: frozenset(paired) for figure in named if (paired := parameter.paired_with(figure))}
        own = tuple((first_day(choice.since), choice.figure) for choice in parameter.choices)
        self._choices = own if choices is None else choices
        self._days: dict[date, Held | None] = {}

    def on(self, day: date) -> Held | None:
        """What holds on a day; None before the first choice."""
        try:
            return self._days[day]
        except KeyError:
            if len(self._days) >= _MOST_DAYS:
                self._days.clear()
            self._days[day] = self._held(day)
            return self._days[day]

    def _held(self, day: date) -> Held | None:
        figures = [figure for since, figure in self._choices if since <= day]
        if not figures:
            return None
        preferred = figures[-1]
        dimension = next(c.dimension for c in self.candidates if c.figure == preferred)
        # prices in another currency stand beside it in the catalogue, but nothing converts them
        known = tuple(
            c for c in self.candidates if c.dimension == dimension and (c.published <= day or c.figure == preferred)
        )
        return Held(self.choosing(preferred, known), known, first_day(self.parameter.review_by) < day)

    def choosing(self, figure: str, known: Sequence[Candidate]) -> Chosen:
        """The parameter with `figure` chosen among what was known."""
        return Chosen(self.parameter, figure, tuple(c.figure for c in known if c.figure != figure))


Leaf = Callable[[float, str, float | None, float | None, str], Quantity]


class Values:
    """The value of every figure and derived number, each made once; `leaf` makes the quantity of a figure."""

    def __init__(self, knowledge: Knowledge, leaf: Leaf = Quantity) -> None:
        self._knowledge = knowledge
        self._new = leaf
        self._values: dict[str, Quantity] = {}
        self._known: dict[str, tuple[Quantity, Mapping[str, None]]] = {}

    def value(self, figure: str) -> Quantity:
        """A figure as a leaf that refers to it, or a derived number as the named result of its formula."""
        found = self._values.get(figure)
        if found is None:
            derived = self._knowledge.derived(figure)
            found = self._values[figure] = self._derived(derived) if derived else self._leaf(figure)
        return found

    def known(self, figure: str) -> tuple[Quantity, Mapping[str, None]]:
        """The value of a figure or derived number, and the published figures that it is made of."""
        found = self._known.get(figure)
        if found is None:
            found = self._known[figure] = self.value(figure), self.rests_on(figure)
        return found

    def rests_on(self, figure: str) -> Mapping[str, None]:
        """The published figures that a figure or derived number is made of, in order."""
        derived = self._knowledge.derived(figure)
        return dict.fromkeys(derived.uses.values() if derived else (figure,))

    def _leaf(self, figure_id: str) -> Quantity:
        figure = self._knowledge.figure(figure_id)
        return self._new(figure.value, figure.unit, figure.low, figure.high, f"figure:{figure.id}")

    def _derived(self, derived: Derived) -> Quantity:
        parameter = self._knowledge.parameter_of(derived.id)
        parts = {name: self.value(used) for name, used in derived.uses.items()}
        unit = self._knowledge.quantity(parameter.quantity).unit
        return scaled(evaluate(derived.formula, parts).named(DERIVED + derived.id, unit))


class Standing(Values):
    """The stands of all parameters of one knowledge base, and the values of the figures they name."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self._stands: dict[tuple[str, str, str | None], Stand | None] = {}

    def of(self, subject: str, quantity: str, region: str | None) -> Stand | None:
        """What stands for this purpose; None where no parameter serves it."""
        key = subject, quantity, region
        try:
            return self._stands[key]
        except KeyError:
            parameter = self._knowledge.parameter(subject, quantity, region)
            self._stands[key] = self._stand(parameter) if parameter else None
            return self._stands[key]

    def _stand(self, parameter: Parameter) -> Stand:
        return Stand(parameter, tuple(self.candidate(figure) for figure in parameter.candidates()))

    def candidate(self, figure: str) -> Candidate:
        """A figure or derived number as one that may be used."""
        held = (self._knowledge.derived(figure) or self._knowledge.figure(figure)).as_of
        dimension = self.value(figure).unit.dimension
        return Candidate(figure, self._published(figure), held.rpartition("/")[2], dimension)

    def _published(self, figure: str) -> date:
        derived = self._knowledge.derived(figure)
        if derived is not None:  # known once all that it uses is
            return max(self._published(used) for used in derived.uses.values())
        issued = self._knowledge.source_of(figure).issued
        # without a date of publication: not before the time that the number speaks of, or begins to speak of
        return first_day(issued) if issued else last_day(self._knowledge.figure(figure).as_of.partition("/")[0])


standing = kept(Standing)
