"""Random expressions over uncertain numbers, built twice: as quantities, and in exact fractions to compare with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st

from service.core.quantity import Quantity

Sign = Literal["+", "-", "*", "/"]
Tree = str | tuple[Sign, "Tree", "Tree"]
Ends = tuple[int, int]
Point = Mapping[str, Fraction]

NAMES = "abcde"
SIGNS: tuple[Sign, ...] = ("+", "-", "*", "/")
CLOSE = 1e-9


def ends() -> st.SearchStrategy[Ends]:
    """The two ends of a range of any sign; sometimes both are the same number."""
    return st.tuples(st.integers(-9, 9), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def leaves() -> st.SearchStrategy[dict[str, Ends]]:
    """A range for every name."""
    return st.fixed_dictionaries({name: ends() for name in NAMES})


def trees(names: str = NAMES) -> st.SearchStrategy[Tree]:
    """Expressions of up to seven leaves, each one of `names`, in which a name may stand more than once."""
    return st.recursive(
        st.sampled_from(names),
        lambda parts: st.tuples(st.sampled_from(SIGNS), parts, parts),
        max_leaves=7,
    )


@st.composite
def single_use_trees(draw: st.DrawFn) -> Tree:
    """Expressions in which every name stands once."""
    parts: list[Tree] = list(NAMES[: draw(st.integers(1, len(NAMES)))])
    while len(parts) > 1:
        left = parts.pop(draw(st.integers(0, len(parts) - 1)))
        right = parts.pop(draw(st.integers(0, len(parts) - 1)))
        parts.append((draw(st.sampled_from(SIGNS)), left, right))
    return parts[0]


def quantity(tree: Tree, ranges: Mapping[str, Ends]) -> Quantity:
    """The expression in quantities. Every leaf is an object of its own: what makes two the same is the reference."""
    if isinstance(tree, str):
        low, high = ranges[tree]
        return Quantity((low + high) / 2, "", low, high, f"figure:{tree}")
    sign, left, right = tree
    return joined(sign, quantity(left, ranges), quantity(right, ranges))


def joined(sign: Sign, left: Quantity, right: Quantity) -> Quantity:
    """Two quantities joined by the operator of that sign."""
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def exact(tree: Tree, point: Point) -> Fraction:
    """The expression in fractions, at one point. Raises ZeroDivisionError."""
    if isinstance(tree, str):
        return point[tree]
    sign, left, right = tree
    a, b = exact(left, point), exact(right, point)
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case _:
            return a / b


def names_in(tree: Tree) -> set[str]:
    """The names that stand in an expression."""
    return {tree} if isinstance(tree, str) else names_in(tree[1]) | names_in(tree[2])


def corners(tree: Tree, ranges: Mapping[str, Ends]) -> Iterator[Point]:
    """Every point at which each name of the expression is at one of its ends."""
    names = sorted(names_in(tree))
    for chosen in itertools.product(*(ranges[name] for name in names)):
        yield dict(zip(names, map(Fraction, chosen), strict=True))


def inside(ranges: Mapping[str, Ends], shares: Mapping[str, Fraction]) -> Point:
    """The point that lies the given share of the way from each low to each high end."""
    return {name: low + (high - low) * shares[name] for name, (low, high) in ranges.items()}


def shares() -> st.SearchStrategy[dict[str, Fraction]]:
    """How far each name is from its low to its high end."""
    return st.fixed_dictionaries({name: st.fractions(0, 1, max_denominator=16) for name in NAMES})


def slack(*numbers: float) -> float:
    """What rounding may take away or add at this size."""
    return CLOSE * max(1.0, *map(abs, numbers))
