"""Arithmetic written out as one line and computed again: ``2.5e9 [1/day] * 0.34 [Wh] = 850 [MWh/day]``.

A number may have a unit in square brackets. Units are computed with, so a sum whose units do not come out is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from service.core.quantity import Quantity
from service.store.formula import FormulaError, evaluate, names

_NUMBER: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?:\s*\[(?P<unit>[^\]]*)\])?")
_SIGNS: Final[Mapping[str, str]] = {"*": "×", "/": "÷", "-": "−"}
_HALF: Final = 0.5000001  # of the last digit that is printed; a little more, for halves that binary fractions miss


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a sum, as it is written."""

    written: str
    unit: str

    @property
    def value(self) -> float:
        """The number."""
        return float(self.written)

    @property
    def precision(self) -> float:
        """What its last digit is worth."""
        digits, _, power = self.written.lower().partition("e")
        return float(10 ** (int(power or 0) - len(digits.partition(".")[2])))


@dataclass(frozen=True, slots=True)
class Sum:
    """A formula of terms, and what it is said to come to."""

    formula: str
    terms: tuple[Term, ...]
    result: Term

    def computed(self) -> Quantity:
        """What it really comes to, in the unit of the result. Raises `QuantityError` where the units do not fit."""
        values = {_name(i): Quantity(term.value, term.unit) for i, term in enumerate(self.terms)}
        return evaluate(self.formula, values).to(self.result.unit)

    def comes_out(self) -> bool:
        """Whether it comes to the result as far as that is printed."""
        return abs(self.computed().value - self.result.value) <= _HALF * self.result.precision

    def said(self, say: Callable[[Quantity], str]) -> str:
        """The sum for people, each number as `say` puts it."""
        words = re.split(r"(\w+|\S)", self.formula)
        said = {_name(i): say(Quantity(term.value, term.unit)) for i, term in enumerate(self.terms)}
        left = "".join(said.get(word) or _SIGNS.get(word, word) for word in words)
        return f"{left} = {say(Quantity(self.result.value, self.result.unit))}"


def read(text: str) -> Sum:
    """The sum that `text` writes out. Raises `FormulaError` where it is none.

    >>> read("500 [MWh/day] / 29 [kWh/day] = 17241").comes_out()
    True
    """
    left, equals, right = text.partition("=")
    result = _NUMBER.fullmatch(right.strip())
    if not equals or result is None:
        raise FormulaError("no `= number [unit]` at its end")
    terms: list[Term] = []

    def name(found: re.Match[str]) -> str:
        terms.append(_term(found))
        return _name(len(terms) - 1)

    formula = _NUMBER.sub(name, left.strip())
    unknown = names(formula) - {_name(i) for i in range(len(terms))}
    if unknown:
        raise FormulaError(f"{min(unknown)!r} in it, which is no number")
    return Sum(formula, tuple(terms), _term(result))


def _term(found: re.Match[str]) -> Term:
    return Term(found["number"], found["unit"] or "")


def _name(position: int) -> str:
    return f"n{position}"
