"""Drawing values over time: dots with their range, and for an outlook the line that the answer follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from service.web.charts import frame
from service.web.charts.frame import PAD
from service.web.charts.marks import SMALL, Box, Dot, Drawn, Label, Line, Mark, Picture, Trace
from service.web.charts.measure import cut, width
from service.web.charts.model import Chart, Point
from service.web.charts.places import Wanted, beside, swarm
from service.web.charts.said import Said, Unit
from service.web.charts.scales import Scale, linear, logarithmic

_MANY: Final = 60  # dots, from which on they are drawn small
_HEIGHT: Final = 300.0
_TALL: Final = 400.0
_NAMED: Final = 40  # labels that are tried
_AROUND: Final = 10.0  # above and right of the plot, where labels may reach
_SHORT: Final = 70.0  # the least that a label is cut to where its point matters
_CAP: Final = 3.0  # half the width of the end of an error bar
_ROOM: Final = 0.15  # of the width, for labels behind the last year
_FEW: Final = 6  # points that answers rest on, up to which they are named before all others
_FROM_ZERO: Final = 0.4  # a linear scale begins at zero where its lowest value is below this part of the highest


@dataclass(frozen=True, slots=True)
class Plot:
    """The area that points are drawn in."""

    area: Box
    end: float  # where the years end; behind it labels of the newest have room
    scale: Scale
    years: tuple[int, int]  # the first, and the one after the last
    factor: float

    def x(self, year: float) -> float:
        """Where a year lies."""
        first, after = self.years
        return self.area.left + (year - first) / (after - first) * (self.end - self.area.left)

    def y(self, value: float) -> float:
        """Where a value in the unit of the chart lies."""
        return self.area.bottom - self.scale.at(value * self.factor) * (self.area.bottom - self.area.top)


def draw(chart: Chart, said: Said, wide: float) -> Picture:
    """The picture of a chart over time, `wide` units wide."""
    unit, points = Unit(said, chart.unit), chart.drawn
    marks, top = frame.head(chart, unit, said, wide)
    plot = _plot(chart, unit, top, wide)
    places = _places(points, plot)
    lines = _lines(points, places) if chart.kind == "outlook" else []
    names = _names(points, places, plot, unit, wide, [box for line in lines for box in line.boxes])
    drawn = _points(chart, places, plot, unit, said, names)
    front, height = frame.foot(chart, said, wide, plot.area.bottom + SMALL * 2.6)
    back = [*marks, *_axes(plot, unit)]
    back += lines
    return Picture(wide, height, chart.title, frame.described(chart, unit, said), back, drawn, front)


def scale_of(chart: Chart, factor: float) -> Scale:
    """The scale that covers every value and range of a chart, times a factor."""
    points = chart.drawn
    low, high = min(point.bottom for point in points) * factor, max(point.top for point in points) * factor
    if chart.scale == "log":
        positive = [bound * factor for point in points for bound in (point.bottom, point.top) if bound > 0]
        return logarithmic(min(positive), high)
    if chart.kind == "outlook" or (low > 0 and low < _FROM_ZERO * high):
        low = min(low, 0.0)
    return linear(low, high)


def _plot(chart: Chart, unit: Unit, top: float, wide: float) -> Plot:
    points = chart.drawn
    scale = scale_of(chart, unit.factor)
    left = PAD + max(width(unit.tick(tick), SMALL) for tick in scale.ticks) + 8
    height = _TALL if len(points) > _MANY / 2 else _HEIGHT
    years = floor(min(point.year for point in points)), floor(max(point.year for point in points)) + 1
    area = Box(left, top + 8, wide - PAD, top + 8 + height)
    return Plot(area, area.right - wide * _ROOM, scale, years, unit.factor)


def _radius(points: Sequence[Point]) -> float:
    return frame.RADIUS if len(points) <= _MANY else 3.0


def _places(points: Sequence[Point], plot: Plot) -> list[tuple[float, float]]:
    """Where the dots go: in order of standing, so that those that answers rest on keep their places."""
    radius = _radius(points)
    reach = max((plot.x(1) - plot.x(0)) / 2 - radius, 2 * radius + 0.5)
    order = sorted(range(len(points)), key=lambda i: (not points[i].preferred, i))
    moved = dict(zip(order, swarm([_wanted(points[i], plot) for i in order], radius, reach), strict=True))
    kept = plot.area.left + radius, plot.area.right - radius
    return [(min(max(moved[i], kept[0]), kept[1]), plot.y(point.value)) for i, point in enumerate(points)]


def _wanted(point: Point, plot: Plot) -> Wanted:
    return Wanted(plot.x(point.year), plot.y(point.value), plot.y(point.top), plot.y(point.bottom))


def _axes(plot: Plot, unit: Unit) -> list[Mark]:
    area, marks = plot.area, list[Mark]()
    for tick in plot.scale.ticks:
        y = plot.y(tick / plot.factor)
        marks.append(Line(area.left, y, area.right, y, "axis" if tick == 0 else "grid"))
        marks.append(Label(area.left - 8, y + SMALL * 0.35, unit.tick(tick), "quiet tabular", "end", size=SMALL))
    return [*marks, *_years(plot)]


def _years(plot: Plot) -> list[Mark]:
    """The years below the plot, each in the middle of its place, as many as there is room for."""
    first, after = plot.years
    one = plot.x(1) - plot.x(0)
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if step * one >= width("0000", SMALL) + 10)
    y, marks = plot.area.bottom, list[Mark]()
    marks.append(Line(plot.area.left, y, plot.area.right, y, "axis"))
    for year in range(first, after):
        if year % every == 0:
            x = plot.x(year + 0.5)
            marks.append(Line(x, y, x, y + 4, "axis"))
            kept = min(x, plot.area.right + PAD - width("0000", SMALL) / 2 - 2)  # within the picture
            marks.append(Label(kept, y + SMALL * 1.6, str(year), "quiet tabular", "middle", size=SMALL))
    return marks


def _lines(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[Trace]:
    """The line through what the answer uses: whole through history, broken from its end on."""
    used = [(point, place) for point, place in zip(points, places, strict=True) if point.preferred]
    past = [place for point, place in used if point.group == "history"]
    ahead = [*past[-1:], *(place for point, place in used if point.group == "projection")]
    marks = [Trace(tuple(past), "past")] if len(past) > 1 else []
    return [*marks, Trace(tuple(sorted(ahead)), "ahead")] if len(ahead) > 1 else marks


def _points(
    chart: Chart,
    places: Sequence[tuple[float, float]],
    plot: Plot,
    unit: Unit,
    said: Said,
    names: Mapping[int, Label],
) -> list[Drawn]:
    points, radius = chart.drawn, _radius(chart.drawn)
    apart, outlook = frame.marked(points), chart.kind == "outlook"
    drawn = []
    for i, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        style = frame.standing(point, outlook=outlook, apart=apart)
        marks: list[Mark] = [*_bar(point, x, plot, style), Dot(x, y, radius, f"dot {style}")]
        marks += [names[i]] if i in names else []
        drawn.append(Drawn(point.id, frame.in_words(point, unit, said), marks))
    return drawn


def _bar(point: Point, x: float, plot: Plot, style: str) -> list[Mark]:
    """The error bar of a point; an end beyond the scale has no cap."""
    if not point.ranged:
        return []
    low, high = plot.y(point.bottom), plot.y(point.top)
    marks: list[Mark] = [Line(x, high, x, low, f"range {style}")]
    for bound, y in ((point.bottom, low), (point.top, high)):
        if bound * plot.factor >= plot.scale.low:
            marks.append(Line(x - _CAP, y, x + _CAP, y, f"range {style}"))
    return marks


def _names(
    points: Sequence[Point],
    places: Sequence[tuple[float, float]],
    plot: Plot,
    unit: Unit,
    wide: float,
    taken: list[Box],
) -> dict[int, Label]:
    """Labels of the points that matter most, as far as there is room: what is used, the ends, the newest."""
    radius = _radius(points)
    taken = taken + [Box(x - radius, y - radius, x + radius, y + radius) for x, y in places]
    for point, (x, _) in zip(points, places, strict=True):
        if point.ranged:
            taken.append(Box(x - _CAP, plot.y(point.top), x + _CAP, plot.y(point.bottom)))
    ends = {
        max(range(len(points)), key=lambda i: points[i].value),
        min(range(len(points)), key=lambda i: points[i].value),
    }
    apart = frame.marked(points)
    first = {i for i, point in enumerate(points) if apart and point.preferred}
    if len(first) > _FEW:
        first, ends = ends, first
    rank = sorted(range(len(points)), key=lambda i: (i not in first, i not in ends, -points[i].year, i))
    area = plot.area
    inside = Box(area.left, area.top - _AROUND, area.right + _AROUND, area.bottom)  # there is nothing else
    names: dict[int, Label] = {}
    for i in rank[:_NAMED]:
        strong = unit.tick(float(f"{points[i].value * unit.factor:.3g}"))
        rooms = (min(wide * 0.4, 300), _SHORT) if i in first else (min(wide * 0.4, 300),)
        texts = (cut(points[i].label, room, SMALL) for room in rooms)
        label = next(filter(None, (beside(*places[i], radius, text, strong, taken, inside) for text in texts)), None)
        if label:
            names[i] = label
            taken.append(label.box)
    return names
