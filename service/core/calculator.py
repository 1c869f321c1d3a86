"""Declaring a calculator: typed inputs, the quantities it reads, and one generator of named results.

    @calculator(reads=("electricity-per-household",))
    def homes(inputs: HomesInputs, figures: Figures) -> Iterator[Result]:
        '''What a chatbot is told of it.'''
        yield Result("homes", (figures.amount("energy") / figures.read(...)).named("homes", "home"))

The first result is the headline. Results are generated lazily: the door draws only the first one when it tries a
competing estimate. A calculator sees figures through the `Figures` protocol alone, so it runs without any database.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, ModuleType
from typing import Any, Final, Protocol, get_type_hints

from service.core.inputs import Inputs
from service.core.live import Seen
from service.core.model import Figure, QuantityKind, Region, Subject
from service.core.packages import Computed
from service.core.quantity import Quantity

Words = Mapping[str, Any]
EVERY: Final = "*"  # in `reads`: any quantity, for a calculator that is told which one


@dataclass(frozen=True, slots=True)
class Exactly:
    """In `about`: a quantity to be said in its very unit and with all its digits, whatever the language prefers."""

    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Between:
    """In `about`: the range of a quantity."""

    quantity: Quantity


@dataclass(slots=True)  # not frozen, which would double the time it takes to make one: a call makes a dozen
class Result:
    """One named result. `about` holds what its label and sentence in words/<language>.yaml are filled with.

    `sentence` is the key of these, where results of one kind share them; `spoken` says that the text must give it, where
    it would otherwise give the first few. A run that reckons one thing by several methods gives in `method` the quantity
    whose figure stands for the method: what follows the headline then competes with it.
    """

    name: str
    quantity: Quantity
    about: Words = field(default_factory=dict)
    sentence: str = ""
    spoken: bool = False
    method: str = ""

    @property
    def key(self) -> str:
        """The key of its label and sentences."""
        return self.sentence or self.name

    @property
    def fractional(self) -> bool:
        """Whether it is less than one of something counted, which is not told beside others: a tenth of a home."""
        unit = self.quantity.unit
        return abs(self.quantity.value) < 1 and unit.counts


class Figures(Protocol):
    """What a calculator may ask for; every read is recorded, and cited in the answer."""

    def read(self, quantity: str, subject: str, region: str | None = None) -> Quantity:
        """The chosen figure of this quantity; raises `NothingKnown` where there is none."""
        ...

    def find(self, quantity: str, subject: str, region: str | None = None) -> Quantity | None:
        """The chosen figure of this quantity, or None."""
        ...

    def knows(self, quantity: str, subject: str, region: str | None = None) -> bool:
        """Whether there is one, without reading it."""
        ...

    def in_year(self, quantity: str, subject: str, year: int) -> Quantity | None:
        """The chosen figure of this quantity among those for a calendar year, or None; only they compete with it."""
        ...

    def years(self, quantity: str, subject: str, region: str | None = None) -> tuple[int, ...]:
        """The calendar years, in order, for which figures of this quantity are published, projections included."""
        ...

    def latest_year(self, quantity: str, subject: str, region: str | None = None) -> int | None:
        """The calendar year of the chosen figure, without reading it; None where there is none."""
        ...

    def at(self, quantity: str, subject: str, year: int, region: str | None = None) -> Quantity | None:
        """The figure for one of `years`; all others published for that year compete with it."""
        ...

    def part_in(self, subject_id: str, code: str) -> Subject | None:
        """The part of a subject that lies in a region: data centres in Ireland; itself where it lies there."""
        ...

    def computed(self, package: str, quantity: str, question: object) -> Computed | None:
        """What an installed package says, cited by the chosen figure of this quantity; None where either is missing."""
        ...

    def observed(self, region: str, boundary: str | None) -> Seen | None:
        """The carbon intensity that a live source says a region's grid has now; None unless the caller asks for it."""
        ...

    def stated(self, quantity: Quantity) -> list[Figure]:
        """The published figures that a quantity rests on, in order."""
        ...

    def gases(self, quantity: Quantity) -> frozenset[str]:
        """Which gases the figures count that a quantity rests on: CO2, CO2e, both, or none where none says."""
        ...

    def amount(self, name: str) -> Quantity | Subject:
        """The caller's amount in the input `name`, or the subject that the input names instead."""
        ...

    def given(self, name: str, value: float, unit: str) -> Quantity:
        """A plain number of the caller's as a quantity."""
        ...

    def quantity(self, quantity_id: str) -> QuantityKind:
        """A kind of number by its id."""
        ...

    def known_of(self, subject_id: str) -> tuple[str, ...]:
        """The ids of the quantities for which a figure of the subject is chosen."""
        ...

    def subject(self, subject_id: str) -> Subject:
        """A subject by its id."""
        ...

    def region(self, code: str) -> Region:
        """A region by its code."""
        ...

    def home_in(self, code: str) -> Subject:
        """What a home is in a region; raises `NothingKnown` naming the regions that have one."""
        ...

    def remark(self, code: str, **words: Any) -> None:
        """Attach a caveat of words/<language>.yaml to the answer."""
        ...

    def absent(self, code: str, *, nearest: tuple[str, ...] = (), **words: Any) -> Exception:
        """The error to raise when the question is fair but nothing is known."""
        ...


Compute = Callable[[Any, Figures], Iterator[Result]]


@dataclass(frozen=True, slots=True)
class Calculator:
    """A declared calculator; its name is its file, its route, its tool and its cases."""

    name: str
    inputs: type[Inputs]
    reads: frozenset[str]
    compute: Compute
    description: str
    order: tuple[str, ...]  # the names of its inputs, its own before those that every calculator takes
    charted: bool = False  # whether a chart shows more than its sentence even where no estimates compete

    @property
    def check(self) -> Callable[[Any], Inputs]:
        """What checks raw inputs, as `model_validate` does."""
        return self.inputs.__pydantic_validator__.validate_python


_registry: dict[str, Calculator] = {}
registry: Mapping[str, Calculator] = MappingProxyType(_registry)


def calculator(*, reads: tuple[str, ...], charted: bool = False) -> Callable[[Compute], Compute]:
    """Register a generator function as a calculator that may read the figures of the quantities `reads`.

    `charted`: its results make one picture, of things compared or of a value year by year.
    Raises TypeError for a twin name, a missing docstring, inputs that are no `Inputs`, or an undescribed field.
    """

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        if name in _registry:
            raise TypeError(
                f"two calculators are called {name!r}: {_registry[name].compute.__module__} and {compute.__module__}"
            )
        model = _inputs(compute)
        own = [field for field in model.model_fields if field not in Inputs.model_fields]
        order = (*own, *Inputs.model_fields)
        _registry[name] = Calculator(name, model, frozenset(reads), compute, _description(compute), order, charted)
        return compute

    return register


def _inputs(compute: Compute) -> type[Inputs]:
    parameters = list(inspect.signature(compute).parameters)
    try:
        model = get_type_hints(compute).get(parameters[0]) if parameters else None
    except NameError as error:
        raise TypeError(f"{compute.__name__}: an annotation cannot be resolved: {error}") from error
    if not (isinstance(model, type) and issubclass(model, Inputs)):
        raise TypeError(f"{compute.__name__}: the first argument must be annotated with a subclass of Inputs")
    undescribed = [name for name, info in model.model_fields.items() if not info.description]
    if undescribed:
        raise TypeError(f"{compute.__name__}: inputs without a description: {', '.join(undescribed)}")
    return model


def _description(compute: Compute) -> str:
    text = inspect.getdoc(compute)
    if not text:
        raise TypeError(f"{compute.__name__}: a calculator needs a docstring; it is what a chatbot is told")
    return text


def discover(package: ModuleType) -> None:
    """Import every module of `package`, so that its calculators register themselves."""
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        importlib.import_module(f"{package.__name__}.{module.name}")
