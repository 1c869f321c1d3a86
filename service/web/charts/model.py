"""What a chart shows, before anything is drawn: points with their range, date and standing, in one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from service.core.model import Checked, first_day, last_day

ChartKind = Literal["time", "ranking", "outlook"]
Group = Literal["published", "computed", "history", "projection"]

# Highest ÷ lowest from which on the scale is logarithmic: bars from zero show more than dots do.
_LOG_FROM: Final[dict[ChartKind, float]] = {"time": 5.0, "ranking": 20.0, "outlook": inf}


class PointRecord(TypedDict):
    """One value of a chart."""

    id: Annotated[str, Field(description="Id of the figure or derived number, or name of the result.")]
    label: Annotated[str, Field(description="What it is, or who says so, in the language asked for.")]
    value: float
    low: Annotated[float | None, Field(description="Lower bound, null where none is given.")]
    high: Annotated[float | None, Field(description="Upper bound, null where none is given.")]
    unit: str
    as_of: Annotated[str, Field(description="When the value held; empty for one that was computed.")]
    checked: Annotated[Checked | None, Field(description="How it was verified; null for one that was computed.")]
    preferred: Annotated[bool, Field(description="Whether answers rest on it.")]
    group: Annotated[Group, Field(description="published, computed, history or projection.")]
    drawn: Annotated[bool, Field(description="Whether the picture shows it: no other unit converts to its own.")]
    link: Annotated[str | None, Field(description="Path of the figure.")]


class ChartRecord(TypedDict):
    """What a chart shows."""

    id: str
    kind: Annotated[ChartKind, Field(description="Values over time, values in order, or history with projections.")]
    title: str
    unit: Annotated[str, Field(description="Unit of all drawn values.")]
    scale: Annotated[Literal["linear", "log"], Field(description="The scale of the values.")]
    points: Annotated[list[PointRecord], Field(description="The values, in the order of the chart.")]
    knowledge: Annotated[str, Field(description="Version of the knowledge base.")]


@dataclass(frozen=True, slots=True)
class Point:
    """One value; `value`, `low` and `high` are in `unit`, which is that of the chart where it is drawn."""

    id: str
    label: str
    value: float
    low: float | None
    high: float | None
    unit: str
    as_of: str = ""
    checked: Checked | None = None
    preferred: bool = False
    group: Group = "published"
    drawn: bool = True
    link: str | None = None

    @property
    def bottom(self) -> float:
        """The lower bound, or the value."""
        return self.value if self.low is None else self.low

    @property
    def top(self) -> float:
        """The upper bound, or the value."""
        return self.value if self.high is None else self.high

    @property
    def ranged(self) -> bool:
        """Whether it has a range."""
        return self.bottom < self.top

    @property
    def year(self) -> float:
        """When it held, in years: the middle of its date, or of the last date of its period."""
        return decimal_year(self.as_of)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. The order of `points` is that in which they are listed."""

    id: str
    kind: ChartKind
    title: str
    unit: str
    points: Sequence[Point]
    version: str
    of_answer: bool = False

    @property
    def drawn(self) -> list[Point]:
        """The points that the picture shows."""
        return [point for point in self.points if point.drawn]

    @property
    def scale(self) -> Literal["linear", "log"]:
        """Logarithmic where all values are positive and far apart; a bar that reaches down to zero ends at the edge."""
        values = [point.value for point in self.drawn]
        bounds = [bound for point in self.drawn for bound in (point.bottom, point.top) if bound > 0]
        far = min(values) > 0 and max(bounds) / min(bounds) >= _LOG_FROM[self.kind]
        return "log" if far else "linear"

    def record(self) -> ChartRecord:
        """The chart as data."""
        points = [
            PointRecord(
                id=point.id,
                label=point.label,
                value=point.value,
                low=point.low,
                high=point.high,
                unit=point.unit,
                as_of=point.as_of,
                checked=point.checked,
                preferred=point.preferred,
                group=point.group,
                drawn=point.drawn,
                link=point.link,
            )
            for point in self.points
        ]
        return ChartRecord(
            id=self.id,
            kind=self.kind,
            title=self.title,
            unit=self.unit,
            scale=self.scale,
            points=points,
            knowledge=self.version,
        )


@lru_cache(maxsize=4096)
def decimal_year(as_of: str) -> float:
    """A date or period as a number of years: 2024 is 2024.5, the middle of what it can mean."""
    last = as_of.rpartition("/")[2]
    start, end = first_day(last), last_day(last)
    middle = (start.toordinal() + end.toordinal() + 1) / 2
    begin, after = first_day(str(start.year)).toordinal(), last_day(str(start.year)).toordinal() + 1
    return start.year + (middle - begin) / (after - begin)
