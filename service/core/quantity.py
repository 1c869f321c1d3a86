"""A number with its range, its unit and where it comes from; arithmetic on it records the derivation.

A quantity is a leaf (a figure, an input of the caller, a plain number) or the result of one operation on others, so
every result holds the whole way to it. Ranges follow interval arithmetic. Where the same uncertain leaf enters an
expression twice, plain interval arithmetic is too wide (x − x, x ÷ x): the range is then taken over the corners of all
uncertain leaves, which is exact as long as the expression is a ratio of linear terms in each shared leaf; anything
else is refused with `CorrelatedRange`.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal

from service.core.errors import CorrelatedRange, DimensionMismatch, DivisionByRange, OutOfRange
from service.core.units import NUMBER, Unit, conversion, dimension_name, parse_unit, product

Operation = Literal["leaf", "+", "-", "*", "/"]
_NONE: Final[frozenset[str]] = frozenset()
_MOST_CORNERS: Final = 12
# far below the largest float, so that no change of unit overflows
_LARGEST: Final = 1e270
_nameless: Final = itertools.count()
_ACTIONS: Final = {"+": "add", "-": "subtract"}


class Quantity:
    """A number of `unit` between `low` and `high`, made by `operation` from `parts`.

    `reference` names a leaf (``figure:<id>``, ``input:<name>``); `name` makes a result a step of the derivation.
    Raises `UnknownUnit`, `OutOfRange` where a number is infinite or none, ValueError where `value` lies outside its range.
    """

    __slots__ = ("high", "low", "name", "operation", "parts", "reference", "uncertain", "unit", "value")

    def __init__(
        self,
        value: float,
        unit: Unit | str = NUMBER,
        low: float | None = None,
        high: float | None = None,
        reference: str = "",
    ) -> None:
        self.value = value
        self.low = value if low is None else low
        self.high = value if high is None else high
        self.unit = parse_unit(unit) if isinstance(unit, str) else unit
        self.reference = reference
        self.name = ""
        self.operation: Operation = "leaf"
        self.parts: tuple[Quantity, ...] = ()
        _check(self.low, self.high)
        if not self.low <= value <= self.high:
            raise ValueError(f"{value:g} lies outside {self.low:g} to {self.high:g}")
        # a count, not id(self): copies outlive the original, whose id is then given to another quantity
        known = self.low == self.high
        self.uncertain = _NONE if known else frozenset((reference or f"number:{next(_nameless)}",))

    def __repr__(self) -> str:
        return f"Quantity({self.value!r}, {self.unit.text!r}, {self.low!r}, {self.high!r})"

    def __add__(self, other: Quantity) -> Quantity:
        return self._plus(other, "+", 1.0)

    def __sub__(self, other: Quantity) -> Quantity:
        return self._plus(other, "-", -1.0)

    def _plus(self, other: Quantity, operation: Operation, sign: float) -> Quantity:
        if self.unit.dimension != other.unit.dimension:
            sides = self.unit.text, dimension_name(self.unit), other.unit.text, dimension_name(other.unit)
            raise DimensionMismatch(_ACTIONS[operation], *sides)
        scale = sign * conversion(other.unit, self.unit)
        ends = (scale * other.low, scale * other.high)
        return _result(
            operation,
            (self, other),
            self.unit,
            self.value + scale * other.value,
            self.low + min(ends),
            self.high + max(ends),
        )

    def __mul__(self, other: Quantity | float) -> Quantity:
        other = other if isinstance(other, Quantity) else Quantity(other)
        if not self.uncertain and not other.uncertain:
            value = self.value * other.value
            return _result("*", (self, other), product(self.unit, other.unit), value, value, value)
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        unit = product(self.unit, other.unit)
        return _result("*", (self, other), unit, self.value * other.value, min(ends), max(ends))

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | float) -> Quantity:
        other = other if isinstance(other, Quantity) else Quantity(other)
        if other.low <= 0 <= other.high:
            raise DivisionByRange(other.low, other.high, other.unit.text)
        if not self.uncertain and not other.uncertain:
            value = self.value / other.value
            return _result("/", (self, other), product(self.unit, other.unit, -1), value, value, value)
        ends = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
        unit = product(self.unit, other.unit, -1)
        return _result("/", (self, other), unit, self.value / other.value, min(ends), max(ends))

    def to(self, unit: Unit | str) -> Quantity:
        """The same quantity in another unit; no step of its own. Raises `DimensionMismatch` or `OutOfRange`."""
        wanted = parse_unit(unit) if isinstance(unit, str) else unit
        if wanted is self.unit:
            return self
        return self._copy(wanted, self.name)

    def named(self, name: str, unit: Unit | str | None = None) -> Quantity:
        """The same quantity as a step of the derivation called `name`, in `unit` if one is given."""
        return self._copy(parse_unit(unit) if isinstance(unit, str) else unit or self.unit, name)

    def _copy(self, unit: Unit, name: str) -> Quantity:
        new: Quantity = object.__new__(Quantity)
        new.unit, new.name = unit, name
        new.reference, new.operation = self.reference, self.operation
        new.parts, new.uncertain = self.parts, self.uncertain
        if unit is self.unit:
            new.value, new.low, new.high = self.value, self.low, self.high
            return new
        factor = conversion(self.unit, unit)
        new.value = self.value * factor
        new.low, new.high = (self.low * factor, self.high * factor) if self.uncertain else (new.value, new.value)
        _check(new.low, new.high)
        return new

    @property
    def is_leaf(self) -> bool:
        """Whether it is a figure, an input or a plain number rather than a result."""
        return self.operation == "leaf"

    def leaves(self) -> list[Quantity]:
        """Every leaf below, in the order in which they enter."""
        found: list[Quantity] = []
        _leaves(self, found)
        return found


def _leaves(quantity: Quantity, found: list[Quantity]) -> None:
    if quantity.operation == "leaf":
        found.append(quantity)
    for part in quantity.parts:
        _leaves(part, found)


def replaced(quantity: Quantity, others: Mapping[str, Quantity]) -> Quantity:
    """The same expression with some operands exchanged for `others`, by the reference of a leaf or the name of a step.

    Names and units stay as they were, so the result answers the same question under other figures.
    """
    other = others.get(quantity.reference or quantity.name)
    if other is not None:
        return other
    if quantity.operation == "leaf":
        return quantity
    left, right = quantity.parts
    new_left, new_right = replaced(left, others), replaced(right, others)
    if new_left is left and new_right is right:
        return quantity
    return _OPERATE[quantity.operation](new_left, new_right)._copy(quantity.unit, quantity.name)


_OPERATE: Final[Mapping[Operation, Callable[[Quantity, Quantity], Quantity]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def total(quantities: Iterable[Quantity]) -> Quantity:
    """The sum of one or more quantities, in the unit of the first."""
    first, *others = quantities
    for other in others:
        first = first + other
    return first


def _check(low: float, high: float) -> None:
    # written so that NaN fails too; what lies between the ends is in order when they are
    if not (-_LARGEST <= low <= _LARGEST and -_LARGEST <= high <= _LARGEST):
        raise OutOfRange("the result is too large to be a number; use smaller inputs.")


def _result(
    operation: Operation, parts: tuple[Quantity, Quantity], unit: Unit, value: float, low: float, high: float
) -> Quantity:
    new = object.__new__(Quantity)
    new.value, new.unit, new.low, new.high = value, unit, low, high
    new.reference = new.name = ""
    new.operation, new.parts = operation, parts
    left, right = parts
    _check(low, high)
    if not left.uncertain and not right.uncertain:
        new.uncertain = _NONE
        return new
    new.uncertain = left.uncertain | right.uncertain
    if left.uncertain and right.uncertain and not left.uncertain.isdisjoint(right.uncertain):
        new.low, new.high = _corners(new, left.uncertain & right.uncertain)
    # rounding may put an end a last digit past the value
    new.low, new.high = min(new.low, value), max(new.high, value)
    return new


def _corners(root: Quantity, shared: frozenset[str]) -> tuple[float, float]:
    """The range of `root`, exactly, although `shared` leaves enter it more than once."""
    names = sorted(root.uncertain)
    if len(names) > _MOST_CORNERS or any(max(_degrees(root, leaf)) > 1 for leaf in shared):
        raise CorrelatedRange(sorted(shared))
    corners = (dict(zip(names, ends, strict=True)) for ends in itertools.product((False, True), repeat=len(names)))
    try:
        values = [_at(root, corner) / root.unit.factor for corner in corners]
    except ZeroDivisionError as error:  # a divisor so small that in base units it is zero
        raise OutOfRange("the result is too large to be a number; use larger divisors.") from error
    low, high = min(values), max(values)
    _check(low, high)
    return low, high


def _degrees(node: Quantity, leaf: str) -> tuple[int, int]:
    """The degrees in `leaf` of the numerator and denominator of the expression."""
    if leaf not in node.uncertain:
        return 0, 0
    if node.is_leaf:
        return 1, 0
    (a, b), (c, d) = (_degrees(part, leaf) for part in node.parts)
    match node.operation:
        case "*":
            return a + c, b + d
        case "/":
            return a + d, b + c
        case _:
            return max(a + d, c + b), b + d


def _at(node: Quantity, corner: dict[str, bool]) -> float:
    """The value of the expression, in base units, with each uncertain leaf at its low (False) or high (True) end."""
    if node.is_leaf:
        if not node.uncertain:
            return node.value * node.unit.factor
        (leaf,) = node.uncertain
        return (node.high if corner[leaf] else node.low) * node.unit.factor
    left, right = (_at(part, corner) for part in node.parts)
    match node.operation:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right
