"""The values of a chart as CSV: what the picture shows, and what it has no room or unit for."""

from __future__ import annotations

import csv
import io
from typing import Final

from service.web.charts.model import Chart, PointRecord

COLUMNS: Final = tuple(PointRecord.__annotations__)


def table(chart: Chart) -> bytes:
    """One row a value, in the order of the chart, with full precision; UTF-8, lines ended as RFC 4180 has it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for point in chart.record()["points"]:
        writer.writerow({name: _cell(value) for name, value in point.items()})
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)
