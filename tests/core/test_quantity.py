"""Arithmetic on quantities: units, dimensions, what is refused, and figures that enter an expression twice."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest

from service.core.errors import CorrelatedRange, DimensionMismatch, DivisionByRange, OutOfRange
from service.core.quantity import Quantity, total, variants
from service.core.units import parse_unit


def uncertain(name: str, low: float, high: float, unit: str = "kWh") -> Quantity:
    """The figure `name`, as a new object each time."""
    return Quantity((low + high) / 2, unit, low, high, f"figure:{name}")


def ends(quantity: Quantity) -> tuple[float, float]:
    """The range of a quantity."""
    return quantity.low, quantity.high


def test_add_converts_to_the_left_unit() -> None:
    result = Quantity(1, "MWh") + Quantity(500, "kWh")
    assert (result.value, result.unit.text) == (1.5, "MWh")  # 1 MWh + 0.5 MWh


def test_subtract_converts_to_the_left_unit() -> None:
    result = Quantity(2, "h") - Quantity(30, "min")
    assert (result.value, result.unit.text) == (1.5, "h")  # 2 h − 0.5 h


def test_multiply_cancels_equal_units() -> None:
    result = Quantity(2.5e9, "1/day") * Quantity(0.34, "Wh")
    # 2.5e9 × 0.34 Wh = 8.5e8 Wh = 850 MWh
    assert result.unit.text == "Wh/day"
    assert result.to("MWh/day").value == pytest.approx(850)


def test_divide_leaves_the_quotient_of_units() -> None:
    result = Quantity(1000, "kWh") / Quantity(8, "h")
    assert (result.value, result.unit.text) == (125, "kWh/h")
    assert result.to("kW").value == pytest.approx(125)


def test_plain_numbers_scale_from_either_side() -> None:
    energy = uncertain("e", 2, 4)
    assert ends(energy * 3) == ends(3 * energy) == (6, 12)
    assert ends(energy * -1) == (-4, -2)
    assert ends(energy / 2) == (1, 2)


def test_total_is_in_the_unit_of_the_first() -> None:
    result = total([Quantity(1, "kWh"), Quantity(500, "Wh"), Quantity(3.6, "MJ")])
    assert result.unit.text == "kWh"
    assert result.value == pytest.approx(2.5)  # 1 + 0.5 + 1: 3.6 MJ are 1 kWh
    alone = Quantity(1, "kWh")
    assert total([alone]) is alone


def test_conversion_keeps_value_range_and_reference() -> None:
    converted = uncertain("e", 1, 3, "MWh").to("kWh")
    assert (converted.low, converted.value, converted.high) == (1000, 2000, 3000)
    assert (converted.reference, converted.is_leaf) == ("figure:e", True)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: Quantity(1, "kWh") + Quantity(1, "kg"), "cannot add 'kWh' (energy) and 'kg' (mass)."),
        (lambda: Quantity(1, "kWh") - Quantity(1), "cannot subtract 'kWh' (energy) and '1' (pure number)."),
        (lambda: Quantity(1, "L").to("kWh"), "cannot convert 'L' (volume) to 'kWh' (energy)."),
        (
            lambda: total([Quantity(1, "kW"), Quantity(1, "kWh")]),
            "cannot add 'kW' (power, energy per time) and 'kWh' (energy).",
        ),
    ],
)
def test_message_of_a_mismatch_names_both_sides(act: Callable[[], Quantity], message: str) -> None:
    with pytest.raises(DimensionMismatch) as error:
        act()
    assert str(error.value) == message


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none_are_refused(number: float) -> None:
    for arguments in ((number,), (1, "kWh", number), (1, "kWh", 0, number), (number, "kWh", number, number)):
        with pytest.raises(ValueError, match="too large"):
            Quantity(*arguments)


def test_value_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="5 lies outside 1 to 3"):
        Quantity(5, "kWh", 1, 3)


@pytest.mark.parametrize(
    "act",
    [
        lambda: Quantity(1e200) * Quantity(1e200),
        lambda: Quantity(1e200) / Quantity(1e-200),
        lambda: Quantity(1e270) + Quantity(1e270),
        lambda: Quantity(1e260, "EWh").to("mWh"),  # × 1e21
        lambda: Quantity(1, "kWh") / Quantity(5e-324, "kWh"),
    ],
)
def test_overflow_is_out_of_range(act: Callable[[], Quantity]) -> None:
    with pytest.raises(OutOfRange, match="too large"):
        act()


def test_division_by_a_range_that_contains_zero() -> None:
    with pytest.raises(DivisionByRange) as error:
        Quantity(1, "kWh") / uncertain("x", -1, 2, "h")
    assert str(error.value) == "cannot divide by -1 to 2 h: the range contains zero."
    with pytest.raises(DivisionByRange):
        Quantity(1) / 0


# --- the same figure twice


def test_difference_with_itself_is_zero() -> None:
    result = uncertain("x", 2, 5) - uncertain("x", 2, 5)
    assert (result.low, result.value, result.high) == (0, 0, 0)


def test_ratio_with_itself_is_one() -> None:
    result = uncertain("x", 2, 5) / uncertain("x", 2, 5)
    assert (result.low, result.value, result.high) == (1, 1, 1)


def test_a_difference_with_itself_divides_nothing() -> None:
    x = uncertain("x", 2, 5)
    with pytest.raises(DivisionByRange):
        x / (x - x)


def test_share_of_a_sum() -> None:
    x, y = uncertain("x", 1, 3), uncertain("y", 2, 4)
    # x/(x+y) rises with x and falls with y: 1/(1+4) to 3/(3+2)
    assert ends(x / (x + y)) == pytest.approx((0.2, 0.6))


def test_common_factor_of_a_ratio_cancels() -> None:
    grid = uncertain("g", 300, 600, "g/kWh")
    ratio = (Quantity(850, "MWh") * grid) / (Quantity(500, "MWh") * grid)
    assert ends(ratio) == pytest.approx((1.7, 1.7))  # 850 ÷ 500, whatever the grid


def test_common_factor_of_a_difference() -> None:
    energy = uncertain("e", 10, 20)
    saved = energy * Quantity(1.5) - energy * Quantity(1.1)
    assert ends(saved) == pytest.approx((4, 8))  # 0.4 × 10 to 0.4 × 20


def test_difference_of_ratios_below_one_figure() -> None:
    x, y = uncertain("x", 1, 2), uncertain("y", 4, 5)
    assert ends((x - y) / (x + y)) == pytest.approx((-4 / 6, -2 / 6))  # (1−5)/(1+5) to (2−4)/(2+4)


@pytest.mark.parametrize(
    "act",
    [
        lambda x: x * x,
        lambda x: x * (x + Quantity(1, "kWh")),
        lambda x: x + Quantity(9, "kWh**2") / x,  # least in the middle, at x = 3
        lambda x: Quantity(1) / (x * x),
        lambda x: x / (Quantity(1) / x),
    ],
)
def test_a_square_is_refused_by_name(act: Callable[[Quantity], Quantity]) -> None:
    with pytest.raises(CorrelatedRange, match="figure:x enters it more than once"):
        act(uncertain("x", 2, 5))


def test_a_certain_number_may_be_squared() -> None:
    x = Quantity(3, "m", reference="figure:x")
    assert (x * x).value == 9


def test_too_many_shared_numbers_are_refused() -> None:
    # 13 uncertain figures have 2¹³ corners: more than are tried
    figures = [uncertain(f"f{n}", 1, 2) for n in range(13)]
    with pytest.raises(CorrelatedRange):
        figures[0] / total(figures)
    assert ends(figures[0] / total(figures[:12])) == pytest.approx((1 / 23, 2 / 13))


def test_copies_stay_the_same_number() -> None:
    x = uncertain("x", 2, 5)
    assert ends(x.to("Wh") / x) == pytest.approx((1000, 1000))
    assert ends(x - x.to("MWh")) == pytest.approx((0, 0), abs=1e-12)
    named = (x * Quantity(2)).named("double", "Wh")
    assert ends(named / x) == pytest.approx((2000, 2000))


def test_numbers_without_a_reference_are_each_their_own() -> None:
    x, y = Quantity(3, "kWh", 2, 4), Quantity(3, "kWh", 2, 4)
    assert ends(x - y) == (-2, 2)
    assert ends(x - x) == (0, 0)


def test_a_copy_outlives_its_original_as_itself_alone() -> None:
    # the originals are gone at once, so that their ids are free for the next quantity
    copies = [Quantity(3, "kWh", 2, 4).to("Wh") for _ in range(50)]
    gc.collect()
    assert len(frozenset.union(*(copy.uncertain for copy in copies))) == 50
    assert ends(copies[0] - copies[1]) == (-2000, 2000)


def test_leaves_come_in_the_order_of_the_expression() -> None:
    a, b, c = (uncertain(name, 1, 2) for name in "abc")
    assert [leaf.reference for leaf in (a / (b + c)).leaves()] == ["figure:a", "figure:b", "figure:c"]


# --- the same expression under another figure


def test_replaced_figure_answers_the_same_question() -> None:
    requests, each, home = Quantity(100, "1/day"), uncertain("each", 2, 4, "Wh"), Quantity(50, "Wh/day")
    rate = (requests * each).named("rate", "kWh/day")
    homes = (rate / home).named("homes", "home")
    rival = uncertain("rival", 5000, 7000, "mWh")
    other, double = variants(homes, {"figure:each": (rival, rival * Quantity(2))}) or ()
    assert double.value == pytest.approx(2 * other.value)
    # 100 × 5 to 7 Wh a day ÷ 50 Wh a day
    assert (other.low, other.value, other.high) == pytest.approx((10, 12, 14))
    assert (other.name, other.unit.text, other.parts[0].name, other.parts[0].unit.text) == (
        "homes",
        "home",
        "rate",
        "kWh/day",
    )
    assert [leaf.reference for leaf in other.leaves()] == ["", "figure:rival", ""]
    assert ends(homes) == pytest.approx((4, 8))


def test_there_is_no_variant_where_nothing_is_replaced() -> None:
    share = uncertain("x", 1, 2) / (uncertain("x", 1, 2) + uncertain("y", 1, 2))
    assert variants(share, {}) is None
    assert variants(share, {"figure:z": (Quantity(1),)}) is None


def test_what_is_replaced_together_belongs_together() -> None:
    share = Quantity(6, reference="figure:a") / Quantity(2, reference="figure:b")
    others = {"figure:a": (Quantity(8), Quantity(9)), "figure:b": (Quantity(4), Quantity(3))}
    assert [each.value for each in variants(share, others) or ()] == [2, 3]
    assert share.value == 3


def test_replaced_figures_stay_correlated() -> None:
    share = uncertain("x", 1, 2) / (uncertain("x", 1, 2) + uncertain("y", 1, 2))
    (other,) = variants(share, {"figure:x": (uncertain("z", 3, 9),)}) or ()
    assert ends(other) == pytest.approx((3 / 5, 9 / 10))  # 3/(3+2) to 9/(9+1)


@pytest.mark.parametrize(
    ("act", "value"),
    [(lambda a, b: a + b, 13), (lambda a, b: a - b, 7), (lambda a, b: a * b, 30), (lambda a, b: a / b, 10 / 3)],
)
def test_every_operation_is_replaced(act: Callable[[Quantity, Quantity], Quantity], value: float) -> None:
    result = act(Quantity(8, reference="figure:a"), Quantity(3))
    (other,) = variants(result, {"figure:a": (Quantity(10),)}) or ()
    assert other.value == pytest.approx(value)


def test_unit_may_be_given_as_unit_or_text() -> None:
    assert Quantity(1, parse_unit("kWh")).unit is Quantity(1, "kWh").unit
    assert repr(Quantity(1.0, "kWh")) == "Quantity(1.0, 'kWh', 1.0, 1.0)"
