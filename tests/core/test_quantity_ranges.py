"""Ranges hold every value that their leaves allow, and no more: against exact fractions, for any expression."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from service.core.errors import CorrelatedRange, DivisionByRange
from service.core.quantity import Quantity
from tests.core import trees
from tests.core.trees import Ends, Tree


def built(tree: Tree, ranges: dict[str, Ends]) -> Quantity:
    """The expression, where its range can be told and nothing is divided by zero."""
    try:
        return trees.quantity(tree, ranges)
    except (DivisionByRange, CorrelatedRange):
        assume(False)
        raise


@given(trees.single_use_trees(), trees.leaves(), trees.shares())
def test_range_holds_every_value_inside(tree: Tree, ranges: dict[str, Ends], shares: dict[str, Fraction]) -> None:
    result = built(tree, ranges)
    value = float(trees.exact(tree, trees.inside(ranges, shares)))
    slack = trees.slack(result.low, result.high)
    assert result.low - slack <= value <= result.high + slack


@given(trees.single_use_trees(), trees.leaves())
def test_each_end_is_reached_at_a_corner(tree: Tree, ranges: dict[str, Ends]) -> None:
    result = built(tree, ranges)
    values = [float(trees.exact(tree, corner)) for corner in trees.corners(tree, ranges)]
    slack = trees.slack(result.low, result.high)
    assert result.low == pytest.approx(min(values), abs=slack)
    assert result.high == pytest.approx(max(values), abs=slack)


@settings(max_examples=400)
@given(trees.trees("abc"), trees.leaves(), trees.shares())
def test_names_that_stand_twice_widen_nothing(tree: Tree, ranges: dict[str, Ends], shares: dict[str, Fraction]) -> None:
    result = built(tree, ranges)
    corners = [float(trees.exact(tree, corner)) for corner in trees.corners(tree, ranges)]
    value = float(trees.exact(tree, trees.inside(ranges, shares)))
    slack = trees.slack(result.low, result.high)
    assert result.low - slack <= value <= result.high + slack
    assert result.low == pytest.approx(min(corners), abs=slack)
    assert result.high == pytest.approx(max(corners), abs=slack)


@given(trees.trees(), trees.leaves())
def test_value_is_that_of_the_middles(tree: Tree, ranges: dict[str, Ends]) -> None:
    result = built(tree, ranges)
    half = Fraction(1, 2)
    value = float(trees.exact(tree, trees.inside(ranges, dict.fromkeys(trees.NAMES, half))))
    assert result.value == pytest.approx(value, abs=trees.slack(result.low, result.high))
    assert result.low <= result.value <= result.high


@given(trees.ends(), trees.ends())
def test_division_is_refused_exactly_where_the_divisor_may_be_zero(above: Ends, below: Ends) -> None:
    ranges = {"a": above, "b": below}
    if below[0] <= 0 <= below[1]:
        with pytest.raises(DivisionByRange, match="contains zero"):
            trees.quantity(("/", "a", "b"), ranges)
    else:
        assert trees.quantity(("/", "a", "b"), ranges).operation == "/"


# Low and high by hand for each pattern of signs: + is 2 to 3, - is -3 to -2, 0 is -1 to 2.
@pytest.mark.parametrize(
    ("sign", "left", "right", "low", "high"),
    [
        ("+", (2, 3), (-3, -2), -1, 1),
        ("-", (2, 3), (-3, -2), 4, 6),
        ("-", (-1, 2), (-1, 2), -3, 3),
        ("*", (2, 3), (2, 3), 4, 9),
        ("*", (2, 3), (-3, -2), -9, -4),
        ("*", (-3, -2), (-3, -2), 4, 9),
        ("*", (-1, 2), (-3, -2), -6, 3),
        ("*", (-1, 2), (-1, 2), -2, 4),
        ("/", (2, 3), (2, 3), 2 / 3, 1.5),
        ("/", (2, 3), (-3, -2), -1.5, -2 / 3),
        ("/", (-1, 2), (-2, -2), -1, 0.5),
        ("/", (-3, -2), (-3, -2), 2 / 3, 1.5),
        ("/", (-1, 2), (2, 4), -0.5, 1),
    ],
)
def test_ranges_by_hand(sign: trees.Sign, left: Ends, right: Ends, low: float, high: float) -> None:
    result = trees.quantity((sign, "a", "b"), {"a": left, "b": right})
    assert (result.low, result.high) == pytest.approx((low, high))


energies = st.sampled_from(["Wh", "kWh", "MWh", "MJ", "Btu"])


@given(energies, energies, trees.ends(), trees.ends(), st.sampled_from(["+", "-"]))
def test_units_are_converted_before_adding(left: str, right: str, first: Ends, second: Ends, sign: trees.Sign) -> None:
    a = Quantity(first[0], left, first[0], first[1], "figure:a")
    b = Quantity(second[0], right, second[0], second[1], "figure:b")
    result = trees.joined(sign, a, b)
    same = trees.joined(sign, a, b.to(left))
    assert result.unit.text == left
    slack = trees.slack(*(end * 1e6 for end in (*first, *second)))
    assert (result.low, result.value, result.high) == pytest.approx((same.low, same.value, same.high), abs=slack)
