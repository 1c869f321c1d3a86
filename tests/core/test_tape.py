"""What a tape wrote down is the computation itself, for any numbers that answer its questions alike."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.core.errors import WattciteError
from service.core.quantity import Quantity
from service.core.tape import Escaped, Tape, log, pure
from tests.core import trees
from tests.core.trees import Ends, Tree

Ranges = dict[str, Ends]


def numbers(ranges: Ranges) -> list[float]:
    """The middle, the low and the high end of each range, in the order of the names."""
    return [float(number) for _, (low, high) in sorted(ranges.items()) for number in ((low + high) / 2, low, high)]


def leaves(ranges: Ranges, tape: Tape | None = None) -> dict[str, Quantity]:
    """A quantity for each range, its numbers on a tape if one is given."""
    made = iter(numbers(ranges) if tape is None else map(tape.given, numbers(ranges)))
    return {name: Quantity(next(made), "", next(made), next(made), f"figure:{name}") for name in sorted(ranges)}


def built(tree: Tree, quantities: dict[str, Quantity]) -> Quantity:
    """The expression in these quantities."""
    if isinstance(tree, str):
        return quantities[tree]
    sign, left, right = tree
    return trees.joined(sign, built(left, quantities), built(right, quantities))


def ends(quantity: Quantity) -> tuple[float, float, float]:
    """Its numbers."""
    return quantity.value, quantity.low, quantity.high


def written(tree: Tree, ranges: Ranges) -> Callable[..., Any]:
    """The function of an expression, written down over these ranges."""
    tape = Tape()
    try:
        return tape.compiled(ends(built(tree, leaves(ranges, tape))))
    except (WattciteError, Escaped):
        assume(False)
        raise


@given(trees.trees("abc"), trees.leaves(), trees.leaves())
def test_a_quantity_is_computed_again_to_the_last_digit(tree: Tree, ranges: Ranges, others: Ranges) -> None:
    computed = written(tree, ranges)
    assert computed(*numbers(ranges)) == ends(built(tree, leaves(ranges)))
    again = computed(*numbers(others))
    if isinstance(again, tuple):  # else another way
        assert again == ends(built(tree, leaves(others)))


def multiplied(tree: Tree) -> Tree:
    """The same tree, but that it multiplies and divides alone."""
    if isinstance(tree, str):
        return tree
    sign, left, right = tree
    return ("*" if sign in "+*" else "/"), multiplied(left), multiplied(right)


positive = st.fixed_dictionaries(
    {name: st.tuples(st.integers(1, 9), st.integers(1, 6)).map(lambda two: (two[0], sum(two))) for name in trees.NAMES}
)


@given(trees.single_use_trees().map(multiplied), positive, positive)
def test_whatever_is_above_zero_is_multiplied_alike(tree: Tree, ranges: Ranges, others: Ranges) -> None:
    assert written(tree, ranges)(*numbers(others)) == ends(built(tree, leaves(others)))


def test_a_question_answered_otherwise_is_told_by_its_place() -> None:
    def larger(a: float, b: float) -> float:
        return a * 2 if a > b else b / 3

    tape = Tape()
    computed = tape.compiled([larger(tape.given(5), tape.given(4))])
    assert computed(7.0, 6.0) == (14.0,)
    assert computed(6.0, 7.0) == 0
    other = Tape()
    computed = other.compiled([larger(other.given(6), other.given(7))])
    assert computed(1.0, 6.0) == (2.0,)
    assert computed(6.0, 1.0) == 0


def test_a_question_is_asked_once_and_never_of_a_number_about_itself() -> None:
    tape = Tape()
    number = tape.given(3)
    assert number == number  # noqa: PLR0124
    assert number <= number  # noqa: PLR0124
    assert number >= 1
    assert not number < 1
    assert number >= 1
    assert [tape.compiled([number])(value) for value in (3.0, 0.5)] == [(3.0,), 0]


def test_every_operator_and_question() -> None:
    def all_of(a: float, b: float) -> list[float]:
        made = [a + b, 1 + a, a - b, 1 - a, a * b, 2 * a, a / b, 1 / a, a**b, 2**a, -a, abs(-a), log(a)]
        assert a < b
        assert b > a
        assert a <= b
        assert b >= a
        assert a != b
        assert bool(a) is True
        return made

    tape = Tape()
    computed = tape.compiled(all_of(tape.given(2), tape.given(3)))
    assert computed(2.5, 3.5) == tuple(all_of(2.5, 3.5))
    assert isinstance(computed(3.5, 2.5), int)


def test_what_is_fixed_is_computed_with_each_time() -> None:
    asked = []

    @pure
    def twice(number: float) -> float:
        asked.append(number)
        return 2 * number

    assert twice(4.0) == 8.0
    tape = Tape()
    computed = tape.compiled([twice(tape.fixed(5)) + tape.given(1)])
    assert [computed(1.0), computed(2.0)] == [(11.0,), (12.0,)]
    assert asked == [4, 5, 5, 5]


def test_a_pure_function_takes_and_gives_tuples() -> None:
    @pure
    def around(middle: float, by: tuple[float, float]) -> tuple[float, float]:
        return middle - by[0], middle + by[1]

    tape = Tape()
    low, high = around(tape.given(10), (tape.given(1), 2.0))
    computed = tape.compiled([high, low * 10])
    assert computed(20.0, 5.0) == (22.0, 150.0)


def test_what_no_result_rests_on_is_left_out() -> None:
    tape = Tape()
    number, other = tape.given(1), tape.given(2)
    number / other
    assert tape.compiled([number])(1.0, 0.0) == (1.0,)


def test_an_operation_that_fails_is_not_followed() -> None:
    tape = Tape()
    number, other = tape.given(1), tape.given(0)
    with pytest.raises(Escaped):
        number / other
    with pytest.raises(Escaped):
        log(other)
    computed = tape.compiled([number / (other + 1)])
    with pytest.raises(ZeroDivisionError):
        computed(1.0, -1.0)


ESCAPES: dict[str, Callable[[Any], object]] = {
    "float": float,
    "int": int,
    "str": str,
    "repr": repr,
    "format": lambda number: f"{number:g}",
    "hash": hash,
    "round": round,
    "floor": math.floor,
    "ceil": math.ceil,
    "trunc": math.trunc,
    "sqrt": math.sqrt,
    "floordiv": lambda number: number // 2,
    "mod": lambda number: number % 2,
    "index": lambda number: [1, 2, 3][number],
    "range": range,
    "key": lambda number: {number: 1},
}


@pytest.mark.parametrize("name", ESCAPES)
def test_a_number_does_not_leave_its_tape(name: str) -> None:
    with pytest.raises(Escaped):
        ESCAPES[name](Tape().given(1.5))


def test_a_number_is_no_json() -> None:
    with pytest.raises(TypeError):
        json.dumps({"value": Tape().given(1)})


def test_a_tape_ends_somewhere() -> None:
    def count(number: float) -> None:
        for _ in range(100_000):
            number += 1

    with pytest.raises(Escaped):
        count(Tape().given(1))
