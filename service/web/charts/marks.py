"""What a picture is made of: lines, dots, bars and text at places, in the order of drawing. No style, no colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot
from typing import Final, Literal

from service.web.charts.measure import width

TEXT: Final = 13.0  # font sizes, as the style of the template has them
SMALL: Final = 12.0
TITLE: Final = 17.0
BOLD: Final = 1.18  # how much wider bold type is
_ABOVE: Final = 0.9  # of the font size: from the base line up, and down
_BELOW: Final = 0.3
_PART: Final = 8.0
_BOLD_STYLES: Final = frozenset({"title", "value", "name used"})  # as the style sheet of the template has it

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap; to touch is not to overlap."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, other: Box) -> bool:
        """Whether it lies inside the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: str
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Trace:
    """Straight lines from place to place."""

    places: tuple[tuple[float, float], ...]
    style: str
    kind: Literal["trace"] = "trace"

    @property
    def boxes(self) -> Iterator[Box]:
        """Small boxes that together cover it."""
        for (x1, y1), (x2, y2) in pairwise(self.places):
            parts = max(1, ceil(hypot(x2 - x1, y2 - y1) / _PART))
            stops = [(x1 + (x2 - x1) * i / parts, y1 + (y2 - y1) * i / parts) for i in range(parts + 1)]
            for (a, b), (c, d) in pairwise(stops):
                yield Box(min(a, c) - 1, min(b, d) - 1, max(a, c) + 1, max(b, d) + 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    x: float
    y: float
    radius: float
    style: str
    kind: Literal["dot"] = "dot"


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    style: str
    kind: Literal["bar"] = "bar"


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text on a base line; `strong` follows it in bold."""

    x: float
    y: float
    text: str
    style: str
    anchor: Anchor = "start"
    strong: str = ""
    size: float = TEXT
    kind: Literal["label"] = "label"

    @property
    def box(self) -> Box:
        """What it covers."""
        wide = wide_of(self.text, self.strong, self.size) * (BOLD if self.style in _BOLD_STYLES else 1)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - self.size * _ABOVE, left + wide, self.y + self.size * _BELOW)


Mark = Line | Trace | Dot | Bar | Label


@dataclass(frozen=True, slots=True)
class Drawn:
    """The marks of one point, and what it is in words."""

    point: str
    words: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole drawing."""

    width: float
    height: float
    title: str
    described: str
    back: Sequence[Mark]
    points: Sequence[Drawn]
    front: Sequence[Mark]

    @property
    def marks(self) -> Iterable[Mark]:
        """All marks in the order of drawing."""
        return (*self.back, *(mark for drawn in self.points for mark in drawn.marks), *self.front)


def wide_of(text: str, strong: str, size: float) -> float:
    """The width of a text and of the bold part behind it."""
    return width(text, size) + (width(f" {strong}", size) * BOLD if strong else 0.0)
