"""Drawing values in order: one row each, bars from zero on a linear scale, dots on a logarithmic one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.web.charts import frame
from service.web.charts.frame import PAD, RADIUS
from service.web.charts.marks import BOLD, SMALL, TEXT, Bar, Box, Dot, Drawn, Label, Line, Mark, Picture
from service.web.charts.measure import cut, width, wrapped
from service.web.charts.model import Chart, Point
from service.web.charts.said import Said, Unit
from service.web.charts.scales import Scale, linear, logarithmic

_ROW: Final = 28.0
_TWO_LINES: Final = 38.0
_STACKED: Final = 46.0  # a row whose label stands above its mark
_NARROW: Final = 520.0  # below this width, labels stand above
_NAMES: Final = 0.42  # the most that labels take of the width
_BAR: Final = 14.0
_GAP: Final = 12.0  # between labels and the plot
_LINE: Final = TEXT * 1.25  # from one line of a label to the next
_CAP: Final = 4.0
_LEAST: Final = 0.2  # a bar begins at zero; dots on a linear scale do so too, unless all lie far from it


@dataclass(frozen=True, slots=True)
class Plot:
    """Where rows and values lie."""

    left: float
    right: float
    top: float
    row: float
    scale: Scale
    factor: float
    stacked: bool

    def x(self, value: float) -> float:
        """Where a value in the unit of the chart lies."""
        return self.left + self.scale.at(value * self.factor) * (self.right - self.left)

    def y(self, number: int) -> float:
        """The middle of the marks of a row."""
        begin = self.top + number * self.row
        return begin + self.row - _BAR if self.stacked else begin + self.row / 2


def draw(chart: Chart, said: Said, wide: float) -> Picture:
    """The picture of a ranking, `wide` units wide."""
    unit = Unit(said, chart.unit)
    marks, top = frame.head(chart, unit, said, wide)
    plot = _plot(chart, unit, top + 4, wide)
    bottom = plot.top + plot.row * len(chart.drawn) + 4
    apart = frame.marked(chart.drawn)
    drawn = [_row(point, i, chart, plot, unit, said, wide, apart=apart) for i, point in enumerate(chart.drawn)]
    front, height = frame.foot(chart, said, wide, bottom + SMALL * 2.6)
    back = [*marks, *_axis(plot, unit, bottom)]
    return Picture(wide, height, chart.title, frame.described(chart, unit, said), back, drawn, front)


def scale_of(chart: Chart, factor: float) -> Scale:
    """The scale that covers every value and range of a chart, times a factor; a linear one has zero on it."""
    points = chart.drawn
    low, high = min(point.bottom for point in points) * factor, max(point.top for point in points) * factor
    if chart.scale == "log":
        return logarithmic(min(b * factor for p in points for b in (p.bottom, p.top) if b > 0), high)
    return linear(min(low, 0.0), max(high, 0.0), 5)


def _plot(chart: Chart, unit: Unit, top: float, wide: float) -> Plot:
    points = chart.drawn
    stacked = wide < _NARROW
    weights = [_weight(point, points) for point in points]
    widest = max(width(point.label, TEXT) * weight for point, weight in zip(points, weights, strict=True))
    names = 0.0 if stacked else min(widest + 1 + _GAP, wide * _NAMES)
    lines = [_broken(point.label, names - _GAP, weight) for point, weight in zip(points, weights, strict=True)]
    broken = not stacked and any(len(each) > 1 for each in lines)
    values = 0.0 if stacked else max(width(_value(point, unit), TEXT) for point in points) * BOLD + 14
    return Plot(
        left=PAD + names,
        right=wide - PAD - values,
        top=top,
        row=_STACKED if stacked else _TWO_LINES if broken else _ROW,
        scale=scale_of(chart, unit.factor),
        factor=unit.factor,
        stacked=stacked,
    )


def _value(point: Point, unit: Unit) -> str:
    return unit.value(point.value)


def _axis(plot: Plot, unit: Unit, bottom: float) -> list[Mark]:
    """Grid lines, and the ticks that there is room for."""
    marks: list[Mark] = []
    taken: list[Box] = []
    for tick in sorted(plot.scale.ticks, key=lambda tick: (f"{tick:e}"[0] not in "01", tick)):
        x = plot.x(tick / plot.factor)
        marks.append(Line(x, plot.top, x, bottom, "axis" if tick == 0 else "grid"))
        text = unit.tick(tick)
        half = width(text, SMALL) / 2
        middle = min(max(x, half + 2), plot.right + PAD - half - 2)  # within the picture
        box = Box(middle - half - 4, bottom, middle + half + 4, bottom + 1)
        if not any(box.meets(other) for other in taken):
            marks.append(Label(middle, bottom + SMALL * 1.3, text, "quiet tabular", "middle", size=SMALL))
            taken.append(box)
    return marks


def _row(
    point: Point, number: int, chart: Chart, plot: Plot, unit: Unit, said: Said, wide: float, *, apart: bool
) -> Drawn:
    style = frame.standing(point, outlook=False, apart=apart)
    y, x = plot.y(number), plot.x(point.value)
    marks: list[Mark] = [*_names(point, y, plot, unit, wide, style)]
    if chart.scale == "linear":
        zero = plot.x(0.0)
        marks.append(Bar(min(zero, x), y - _BAR / 2, abs(x - zero), _BAR, f"bar {style}"))
        marks += _range(point, y, plot, "over")
    else:
        marks += [*_range(point, y, plot, style), Dot(x, y, RADIUS + 0.5, f"dot {style}")]
    return Drawn(point.id, frame.in_words(point, unit, said), marks)


def _names(point: Point, y: float, plot: Plot, unit: Unit, wide: float, style: str) -> Sequence[Label]:
    value, used = _value(point, unit), style.startswith("used")
    name, weight = ("name used", BOLD) if used else ("name", 1.0)
    if plot.stacked:
        room = wide - 2 * PAD - width(value, TEXT) * BOLD - 12
        line = y - _BAR / 2 - 7
        return (
            Label(PAD, line, cut(point.label, room / weight, TEXT), name),
            Label(wide - PAD, line, value, "value", "end"),
        )
    base, lines = y + TEXT * 0.35, _broken(point.label, plot.left - PAD - _GAP, weight)
    above = base - (len(lines) - 1) * _LINE / 2
    labels = [Label(plot.left - _GAP, above + i * _LINE, line, name, "end") for i, line in enumerate(lines)]
    return [*labels, Label(wide - PAD, base, value, "value", "end")]


def _weight(point: Point, points: Sequence[Point]) -> float:
    """How much wider the label of a point is for its weight."""
    return BOLD if frame.marked(points) and point.preferred else 1.0


def _broken(label: str, room: float, weight: float) -> list[str]:
    """A label in one line or two, as wide as there is room for."""
    first, *more = wrapped(label, max(room, 1.0) / weight, TEXT)
    return [first, cut(" ".join(more), room / weight, TEXT)] if more else [first]


def _range(point: Point, y: float, plot: Plot, style: str) -> list[Mark]:
    """The error bar of a row; an end beyond the scale has no cap."""
    if not point.ranged:
        return []
    low, high = plot.x(point.bottom), plot.x(point.top)
    marks: list[Mark] = [Line(low, y, high, y, f"range {style}")]
    for bound, x in ((point.bottom, low), (point.top, high)):
        if bound * plot.factor >= plot.scale.low:
            marks.append(Line(x, y - _CAP, x, y + _CAP, f"range {style}"))
    return marks
