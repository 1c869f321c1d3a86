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
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal

from service.core.errors import CorrelatedRange, DimensionMismatch, DivisionByRange, OutOfRange
from service.core.units import NUMBER, Unit, conversion, dimension_name, parse_unit, product

Operation = Literal["leaf", "+", "-", "*", "/"]
_NONE: Final[frozenset[str]] = frozenset()
_MOST_CORNERS: Final = 12
# far below the largest float, so that no change of unit overflows
_LARGEST: Final = 1e270
_new: Final = object.__new__
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
        unit, value = product(self.unit, other.unit), self.value * other.value
        if not self.uncertain and not other.uncertain:
            return _certain("*", (self, other), unit, value)
        if self.low >= 0 and other.low >= 0:  # as nearly always: the ends are known without trying all four
            return _result("*", (self, other), unit, value, self.low * other.low, self.high * other.high)
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return _result("*", (self, other), unit, value, min(ends), max(ends))

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | float) -> Quantity:
        other = other if isinstance(other, Quantity) else Quantity(other)
        if other.low <= 0 <= other.high:
            raise DivisionByRange(other.low, other.high, other.unit.text)
        unit, value = product(self.unit, other.unit, -1), self.value / other.value
        if not self.uncertain and not other.uncertain:
            return _certain("/", (self, other), unit, value)
        if self.low >= 0 and other.low > 0:
            return _result("/", (self, other), unit, value, self.low / other.high, self.high / other.low)
        ends = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
        return _result("/", (self, other), unit, value, min(ends), max(ends))

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
        new: Quantity = _new(Quantity)
        new.value, new.low, new.high = self.value, self.low, self.high
        new.unit, new.reference, new.operation = self.unit, self.reference, self.operation
        new.parts, new.uncertain = self.parts, self.uncertain
        new._become(unit, name)
        return new

    def restated(self, value: float, low: float, high: float) -> Quantity:
        """Other numbers of the same unit and kind: for what says a quantity, not for what reckons with it."""
        new = self._copy(self.unit, self.name)
        new.value, new.low, new.high, new.parts = value, low, high, ()
        return new

    def _become(self, unit: Unit, name: str) -> None:
        """Change a quantity that nobody holds yet."""
        self.name = name
        if unit is self.unit:
            return
        factor = conversion(self.unit, unit)
        self.unit = unit
        if self.uncertain:
            self.value *= factor
            self.low *= factor
            self.high *= factor
        else:
            self.value = self.low = self.high = self.value * factor
        _check(self.low, self.high)

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


def variants(quantity: Quantity, others: Mapping[str, Sequence[Quantity]]) -> Sequence[Quantity] | None:
    """The same expression once for each of the quantities that `others` gives for an operand; None where it has none.

    `others` knows an operand by the reference of a leaf or the name of a step. It gives as many for one as for another,
    and those of one place belong together. Names and units stay as they were, so each answers the same question under
    other figures.
    """
    found = others.get(quantity.reference or quantity.name)
    if found is not None or quantity.operation == "leaf":
        return found
    left, right = quantity.parts
    lefts, rights = variants(left, others), variants(right, others)
    if lefts is None and rights is None:
        return None
    operate, unit, name = _OPERATE[quantity.operation], quantity.unit, quantity.name
    if rights is None:
        made = [operate(each, right) for each in lefts or ()]
    elif lefts is None:
        made = [operate(left, each) for each in rights]
    else:
        made = [operate(one, other) for one, other in zip(lefts, rights, strict=True)]
    for each in made:
        each._become(unit, name)
    return made


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


def _certain(operation: Operation, parts: tuple[Quantity, Quantity], unit: Unit, value: float) -> Quantity:
    if not -_LARGEST <= value <= _LARGEST:
        _check(value, value)
    new: Quantity = _new(Quantity)
    new.value = new.low = new.high = value
    new.unit = unit
    new.reference = new.name = ""
    new.operation, new.parts, new.uncertain = operation, parts, _NONE
    return new


def _result(
    operation: Operation, parts: tuple[Quantity, Quantity], unit: Unit, value: float, low: float, high: float
) -> Quantity:
    _check(low, high)
    new = _certain(operation, parts, unit, value)
    left, right = parts[0].uncertain, parts[1].uncertain
    if left and right:
        new.uncertain = left | right
        if not left.isdisjoint(right):
            low, high = _corners(new, left & right)
    else:
        new.uncertain = left or right
    # rounding may put an end a last digit past the value
    new.low, new.high = min(low, value), max(high, value)
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
