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
from typing import Any, Protocol, get_type_hints

from service.core.inputs import Inputs
from service.core.model import Region, Subject
from service.core.quantity import Quantity

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """One named result. `about` holds what its label and sentence in words/<language>.yaml are filled with."""

    name: str
    quantity: Quantity
    about: Words = field(default_factory=dict)


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

    def amount(self, name: str) -> Quantity | Subject:
        """The caller's amount in the input `name`, or the subject that the input names instead."""
        ...

    def given(self, name: str, value: float, unit: str) -> Quantity:
        """A plain number of the caller's as a quantity."""
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


_registry: dict[str, Calculator] = {}
registry: Mapping[str, Calculator] = MappingProxyType(_registry)


def calculator(*, reads: tuple[str, ...]) -> Callable[[Compute], Compute]:
    """Register a generator function as a calculator that may read the figures of the quantities `reads`.

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
        _registry[name] = Calculator(name, model, frozenset(reads), compute, _description(compute), order)
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
