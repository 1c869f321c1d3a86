"""The steps read off a result: their text, their order, and that the printed expression gives the printed value."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given

from service.core.derivation import Step, plain, steps
from service.core.errors import CorrelatedRange, DivisionByRange
from service.core.quantity import Quantity
from tests.core import trees
from tests.core.trees import Ends, Tree


def figure(name: str, value: float, unit: str = "") -> Quantity:
    """A figure without a range."""
    return Quantity(value, unit, reference=f"figure:{name}")


def only(quantity: Quantity) -> Step:
    """The one step of a result."""
    (step,) = steps([quantity])
    return step


def recalculated(step: Step) -> float:
    """What the expression of a step comes to when Python reads it, in base units."""
    python = {" × ": "*", " ÷ ": "/", " − ": "-", " + ": "+"}
    text = "".join(python.get(t, t) if isinstance(t, str) else f"({t.value * t.unit.factor!r})" for t in step.tokens)
    assert re.fullmatch(r"[-+*/().\de]*", text)
    return float(eval(text, {}))  # noqa: S307 - digits, signs and brackets only


def test_text_of_a_step() -> None:
    requests, each = figure("requests", 2.5e9, "1/day"), figure("each", 0.34, "Wh")
    step = only((requests * each).named("electricity_per_day", "MWh/day"))
    assert str(step) == "2.5e+09 1/day × 0.34 Wh = 850 MWh/day"
    assert (step.number, step.name, step.uses) == (1, "electricity_per_day", ("figure:requests", "figure:each"))


def test_plain_number_has_no_unit() -> None:
    assert plain(Quantity(0.5)) == "0.5"


@pytest.mark.parametrize(
    ("build", "text"),
    [
        (lambda a, b, c: a - (b - c), "7 − (5 − 2) = 4"),
        (lambda a, b, c: a - (b + c), "7 − (5 + 2) = 0"),
        (lambda a, b, c: a - b - c, "7 − 5 − 2 = 0"),
        (lambda a, b, c: a + (b - c), "7 + 5 − 2 = 10"),
        (lambda a, b, c: a / (b * c), "7 ÷ (5 × 2) = 0.7"),
        (lambda a, b, c: a / (b / c), "7 ÷ (5 ÷ 2) = 2.8"),
        (lambda a, b, c: a / b / c, "7 ÷ 5 ÷ 2 = 0.7"),
        (lambda a, b, c: (a + b) * c, "(7 + 5) × 2 = 24"),
        (lambda a, b, c: a * (b + c), "7 × (5 + 2) = 49"),
        (lambda a, b, c: a * b + c, "7 × 5 + 2 = 37"),
        (lambda a, b, c: (a - b) / c, "(7 − 5) ÷ 2 = 1"),
    ],
)
def test_brackets_stand_where_they_are_needed(
    build: Callable[[Quantity, Quantity, Quantity], Quantity], text: str
) -> None:
    assert str(only(build(figure("a", 7), figure("b", 5), figure("c", 2)).named("result"))) == text


@given(trees.trees(), trees.leaves())
def test_printed_expression_gives_the_printed_value(tree: Tree, ranges: dict[str, Ends]) -> None:
    try:
        result = trees.quantity(tree, ranges)
    except (DivisionByRange, CorrelatedRange):
        assume(False)
        raise
    assume(not result.is_leaf)
    step = only(result.named("result"))
    assert recalculated(step) == pytest.approx(result.value, rel=1e-9, abs=1e-9)
    assert set(step.uses) == {f"figure:{name}" for name in trees.names_in(tree)}


def test_units_that_differ_give_the_printed_value() -> None:
    result = (figure("a", 2, "MWh") + figure("b", 500, "kWh")).named("sum", "GJ")
    step = only(result)
    assert str(step) == "2 MWh + 500 kWh = 9 GJ"  # 2.5 MWh × 3.6
    assert recalculated(step) == pytest.approx(9e9 * 1000)  # 9e9 J; a base unit is g·m²/s²


def test_each_step_stands_once_and_before_what_uses_it() -> None:
    rate = (figure("requests", 100, "1/day") * figure("each", 2, "Wh")).named("rate", "Wh/day")
    homes = (rate / figure("home", 50, "Wh/day")).named("homes")
    year = (rate * figure("year", 1, "year")).named("year", "kWh")
    found = steps([homes, year, rate])
    assert [(step.number, step.name) for step in found] == [(1, "rate"), (2, "homes"), (3, "year")]
    assert found[1].uses == ("step:1", "figure:home")
    assert str(found[1]) == "200 Wh/day ÷ 50 Wh/day = 4"


def test_conversion_keeps_the_step() -> None:
    rate = (figure("requests", 100, "1/day") * figure("each", 2, "Wh")).named("rate", "Wh/day")
    found = steps([(rate.to("kWh/day") / figure("home", 50, "Wh/day")).named("homes", "home"), rate.to("kWh/year")])
    assert [step.name for step in found] == ["rate", "homes"]
    assert found[1].uses == ("step:1", "figure:home")
    assert str(found[1]) == "0.2 kWh/day ÷ 50 Wh/day = 4 home"


def test_a_figure_that_enters_twice_is_used_once() -> None:
    x, y = figure("x", 1), figure("y", 3)
    step = only((x / (x + y)).named("share"))
    assert (str(step), step.uses) == ("1 ÷ (1 + 3) = 0.25", ("figure:x", "figure:y"))


def test_numbers_of_nobody_are_used_but_not_listed() -> None:
    assert only((figure("x", 4) * 2).named("double")).uses == ("figure:x",)


def test_leaves_have_no_steps() -> None:
    assert steps([figure("x", 1), figure("x", 1).named("x")]) == []


def test_results_without_a_name_are_spelled_out() -> None:
    half = figure("a", 6) / 2
    assert str(only((half - figure("b", 1)).named("result"))) == "6 ÷ 2 − 1 = 2"
    assert steps([half]) == []
