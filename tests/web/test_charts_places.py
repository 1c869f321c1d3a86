"""Places in a chart: scales at round numbers, text and dots apart, marks where the values say."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store.queries import Knowledge
from service.web.charts.marks import Bar, Dot, Label, Line, Picture
from service.web.charts.measure import cut, width, wrapped
from service.web.charts.model import Chart, Point, decimal_year
from service.web.charts.places import Wanted, swarm
from service.web.charts.published import quantity_chart
from service.web.charts.scales import MOST, Scale, linear, logarithmic
from service.web.charts.svg import WIDTH, picture

numbers = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False).filter(
    lambda value: value == 0 or abs(value) > 1e-12
)
positive = st.floats(min_value=1e-12, max_value=1e15)


# -- scales -------------------------------------------------------------------------------------------------------


def holds(scale: Scale, low: float, high: float) -> None:
    assert scale.low <= low <= high <= scale.high
    assert list(scale.ticks) == sorted(set(scale.ticks))
    assert scale.low <= scale.ticks[0] <= scale.ticks[-1] <= scale.high
    assert scale.at(scale.low) == 0
    assert scale.at(scale.high) == 1
    assert 0 <= scale.at(low) <= scale.at(high) <= 1


@given(numbers, numbers)
def test_linear_scale(one: float, other: float) -> None:
    low, high = sorted((one, other))
    scale = linear(low, high)
    holds(scale, low, high)
    assert 2 <= len(scale.ticks) <= 9  # six steps wanted, none longer than that asks for, one more at either end
    steps = {Decimal(repr(after)) - Decimal(repr(before)) for before, after in pairwise(scale.ticks)}
    assert len(steps) == 1
    assert "".join(map(str, steps.pop().normalize().as_tuple().digits)) in {"1", "2", "5"}


@given(positive, positive)
def test_logarithmic_scale(one: float, other: float) -> None:
    low, high = sorted((one, other))
    scale = logarithmic(low, high)
    holds(scale, low, high)
    assert 2 <= len(scale.ticks) <= MOST
    for tick in scale.ticks:
        assert "".join(map(str, Decimal(repr(tick)).normalize().as_tuple().digits)) in {"1", "2", "5"}
    assert scale.low > low / 2.6  # 1, 2 and 5: no neighbour is farther than 5 ÷ 2; room for one bound that is both ends
    assert scale.high < high * 5.1


def test_scales_by_hand() -> None:
    assert linear(0, 950).ticks == (0, 200, 400, 600, 800, 1000)  # 950 ÷ 6 = 158, rounded up to 200
    assert linear(3, 3).ticks[0] == 0
    assert linear(0, 0).ticks[-1] == 1
    assert logarithmic(0.3, 2.9).ticks == (0.2, 0.5, 1, 2, 5)
    assert logarithmic(0.002, 140).ticks == (
        0.01,
        0.1,
        1,
        10,
        100,
    )  # from 0.002 to 200: sixteen round numbers, five powers
    assert logarithmic(1, 100).at(10) == pytest.approx(0.5)
    assert logarithmic(1, 100).at(0.001) == 0
    assert linear(0, 10).at(2.5) == pytest.approx(0.25)


# -- text and places ----------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=60), st.floats(40, 400))
def test_text_fits(text: str, room: float) -> None:
    assert width(cut(text, room, 12), 12) <= room or len(cut(text, room, 12)) <= 2
    for line in wrapped(text, room, 12):
        assert width(line, 12) <= room or len(line) <= 2


def test_text_is_broken_at_spaces() -> None:
    assert wrapped("one two three", width("one two", 12), 12) == ["one two", "three"]
    assert wrapped("数据中心的用电量", width("数据中心", 12), 12) == ["数据中心", "的用电量"]
    assert cut("abc", 1000, 12) == "abc"


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=20))
def test_dots_are_moved_apart(places: list[tuple[float, float]]) -> None:
    moved = swarm([Wanted(x, y, y, y) for x, y in places], radius=4, reach=10_000)
    for (i, one), (j, other) in combinations(enumerate(moved), 2):
        assert abs(one - other) >= 8 or abs(places[i][1] - places[j][1]) >= 8


def test_dates_are_places_in_time() -> None:
    assert decimal_year("2024") == 2024.5
    assert decimal_year("2023-01-01") == pytest.approx(2023 + 0.5 / 365)
    assert decimal_year("2020/2030") == 2030.5


# -- marks stand where the values say -----------------------------------------------------------------------------


def number(text: str) -> float:
    return float(text.replace(",", ""))


def axis(made: Picture, across: bool) -> tuple[tuple[float, float], tuple[float, float]]:
    """Two ticks, far apart: what they say and where their grid line lies."""
    lines = [mark for mark in made.back if isinstance(mark, Line) and mark.style in {"grid", "axis"}]
    found = []
    for label in made.back:
        if not (isinstance(label, Label) and label.style == "quiet tabular"):
            continue
        if across and label.anchor == "middle":
            found.append((number(label.text), min((line.x1 for line in lines), key=lambda x: abs(x - label.x))))
        if not across and label.anchor == "end":
            found.append((number(label.text), min((line.y1 for line in lines), key=lambda y: abs(y + 4.2 - label.y))))
    return min(found), max(found)


def test_error_bars_over_time_stand_where_they_should(knowledge: Knowledge) -> None:
    chart = quantity_chart(knowledge, "electricity-per-query", "en")
    assert (chart.kind, chart.scale) == ("time", "log")
    made = picture(chart, "en")
    (first, start), (last, end) = axis(made, across=False)

    def place(value: float) -> float:  # straight between two ticks, by logarithms
        return start + (log10(value) - log10(first)) / (log10(last) - log10(first)) * (end - start)

    points = {point.id: point for point in chart.points}
    bars = 0
    for drawn in made.points:
        point = points[drawn.point]
        dot = next(mark for mark in drawn.marks if isinstance(mark, Dot))
        assert dot.y == pytest.approx(place(point.value))
        for line in drawn.marks:
            if isinstance(line, Line) and line.x1 == line.x2 and point.bottom > 0:
                assert (line.y1, line.y2) == pytest.approx((place(point.top), place(point.bottom)))
                bars += 1
    assert bars == sum(point.ranged for point in chart.points) > 3


def test_bars_in_order_stand_where_they_should() -> None:
    points = [
        Point("a", "A", 30, 10, 40, "Wh"),
        Point("b", "B", 20, None, None, "Wh"),
        Point("c", "C", -5, None, None, "Wh"),
    ]
    made = picture(Chart("x", "ranking", "X", "Wh", points, "0"), "en", WIDTH)
    (first, start), (last, end) = axis(made, across=True)
    each = (end - start) / (last - first)  # places a watt-hour
    zero = start - first * each
    bars = [next(mark for mark in drawn.marks if isinstance(mark, Bar)) for drawn in made.points]
    assert [bar.width for bar in bars] == pytest.approx([30 * each, 20 * each, 5 * each])
    assert [bar.x for bar in bars] == pytest.approx([zero, zero, zero - 5 * each])
    assert [bar.y for bar in bars] == sorted(bar.y for bar in bars)
    over = next(mark for mark in made.points[0].marks if isinstance(mark, Line) and mark.y1 == mark.y2)
    assert (over.x1, over.x2) == pytest.approx((zero + 10 * each, zero + 40 * each))


def test_range_down_to_zero_ends_at_the_edge() -> None:
    points = [Point("a", "A", 30, 0, 40, "Wh"), Point("b", "B", 0.2, None, None, "Wh")]
    made = picture(Chart("x", "ranking", "X", "Wh", points, "0"), "en", WIDTH)
    lines = [mark for mark in made.points[0].marks if isinstance(mark, Line)]
    assert len(lines) == 2  # the bar, and one cap: on a logarithmic scale there is no zero to end at
