"""What stands around every plot: title, what the axis counts, legend, stamp; and what the picture says in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.web.charts.marks import BOLD, SMALL, TEXT, TITLE, Dot, Label, Line, Mark
from service.web.charts.measure import cut, width, wrapped
from service.web.charts.model import Chart, Group, Point
from service.web.charts.said import Said, Unit

PAD: Final = 16.0
RADIUS: Final = 4.5
_LISTED: Final = 30  # values that the alternative text names one by one
_SIGN: Final = 22.0  # room of a sign in the legend
_BETWEEN: Final = 18.0
_IN_TIME: Final[dict[Group, str]] = {
    "history": "used",
    "projection": "projected",
    "computed": "computed",
    "published": "other",
}
_UNREAD: Final = frozenset({"secondary", "memory"})


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: how it is drawn, and what it means."""

    style: str
    text: str


def standing(point: Point, *, outlook: bool, apart: bool) -> str:
    """The style of a point: whether answers rest on it, and whether its source was read."""
    if outlook:
        name = _IN_TIME[point.group] if point.preferred else "rival"
    else:
        name = "used" if apart and point.preferred else "other"
    return f"{name} hollow" if point.checked in _UNREAD else name


def marked(points: Sequence[Point]) -> bool:
    """Whether to be preferred sets some points apart from others."""
    return len({point.preferred for point in points}) > 1


def head(chart: Chart, unit: Unit, said: Said, wide: float) -> tuple[list[Mark], float]:
    """The title and what the axis counts; and where the space below them begins."""
    marks: list[Mark] = []
    y = PAD + TITLE
    for line in wrapped(chart.title, (wide - 2 * PAD) / BOLD, TITLE):
        marks.append(Label(PAD, y, line, "title", size=TITLE))
        y += TITLE * 1.3
    marks.append(Label(PAD, y, cut(said(chart.scale, unit=unit.name), wide - 2 * PAD, TEXT), "quiet"))
    return marks, y + TEXT * 0.8


def legend(chart: Chart, said: Said) -> list[Key]:
    """What the signs mean, of those that occur."""
    points = chart.drawn
    unread = any(point.checked in _UNREAD for point in points)
    keys: list[Key] = []
    if chart.kind == "outlook":
        found = {point.group for point in points if point.preferred}
        keys = [Key(style, said(group)) for group, style in _IN_TIME.items() if group in found]
        keys += [Key("rival", said("other"))] if marked(points) else []
    elif marked(points):
        computed = any(point.group == "computed" for point in points)
        own = "answer" if chart.of_answer else "used"
        keys = [Key("used", said(own)), Key("other", said("result" if computed else "other"))]
    keys += [Key("other hollow", said("unread"))] if unread else []
    keys += [Key("range", said("range"))] if any(point.ranged for point in points) else []
    return keys


def foot(chart: Chart, said: Said, wide: float, y: float) -> tuple[list[Mark], float]:
    """The legend and the stamp below a plot; and how high the picture is in all."""
    marks: list[Mark] = []
    x, y = PAD, y + SMALL
    for key in legend(chart, said):
        text = cut(key.text, wide - 2 * PAD - _SIGN, SMALL)
        needs = _SIGN + width(text, SMALL)
        if x > PAD and x + needs > wide - PAD:
            x, y = PAD, y + SMALL * 1.6
        marks += _sign(key.style, x, y)
        marks.append(Label(x + _SIGN, y, text, "quiet", size=SMALL))
        x += needs + _BETWEEN
    aside = len(chart.points) - len(chart.drawn)
    if aside:
        y += SMALL * 1.6
        marks.append(Label(PAD, y, cut(said("aside", count=str(aside)), wide - 2 * PAD, SMALL), "quiet", size=SMALL))
    y += SMALL * 1.7
    marks.append(Label(wide - PAD, y, said("stamp", version=chart.version), "stamp", "end", size=SMALL))
    return marks, y + PAD * 0.75


def _sign(style: str, x: float, y: float) -> list[Mark]:
    middle = y - SMALL * 0.35
    if style == "range":
        return [
            Line(x, middle, x + 14, middle, "range"),
            Line(x, middle - 4, x, middle + 4, "range"),
            Line(x + 14, middle - 4, x + 14, middle + 4, "range"),
        ]
    return [Dot(x + 7, middle, RADIUS, f"dot {style}")]


def in_words(point: Point, unit: Unit, said: Said) -> str:
    """A point as a phrase."""
    return said("point", label=point.label, value=unit.value(point.value), range=unit.span(point), as_of=point.as_of)


def described(chart: Chart, unit: Unit, said: Said) -> str:
    """The picture in words: what is counted, and the values in order."""
    points = chart.drawn
    listed = [in_words(point, unit, said) for point in points[:_LISTED]]
    if len(points) > _LISTED:
        listed.append(said("more", count=str(len(points) - _LISTED)))
    return said("values", axis=said(chart.scale, unit=unit.name), list=said("between").join(listed))
