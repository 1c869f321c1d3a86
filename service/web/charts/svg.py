"""A picture as SVG, through ``templates/charts/chart.svg.j2``: the same bytes every time, in light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.web.charts import in_order, over_time
from service.web.charts.marks import Picture
from service.web.charts.model import Chart
from service.web.charts.said import said_in

Theme = Literal["auto", "light", "dark"]
WIDTH: Final = 720
NARROWEST: Final = 320
WIDEST: Final = 1600

# name: on light, on dark. All but `line` are read, and stand out from `paper` at 4.5 to 1 or more.
PALETTE: Final = {
    "paper": ("#fdfcfa", "#16181b"),
    "ink": ("#1b1f23", "#e8e6e1"),
    "quiet": ("#57606a", "#a5a29b"),
    "line": ("#dedad2", "#34373c"),
    "used": ("#0b5d4e", "#6fd3bd"),
    "other": ("#5b6b95", "#93a5d6"),
    "projected": ("#a04a12", "#e8a26b"),
}
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates" / "charts"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def picture(chart: Chart, language: str, wide: float = WIDTH) -> Picture:
    """The drawing of a chart in a language."""
    draw = in_order.draw if chart.kind == "ranking" else over_time.draw
    return draw(chart, said_in(language), wide)


def svg(chart: Chart, language: str, wide: float = WIDTH, theme: Theme = "auto") -> bytes:
    """The chart as a document of its own; with the theme `auto` its colours follow the reader's."""
    light, dark = ({name: pair[side] for name, pair in PALETTE.items()} for side in (0, 1))
    text = _TEMPLATES.get_template("chart.svg.j2").render(
        picture=picture(chart, language, wide),
        id=f"{chart.id}-{theme}".replace(".", "-"),
        language=language,
        colours=dark if theme == "dark" else light,
        dark=dark if theme == "auto" else None,
    )
    return text.encode()


def _place(value: float) -> str:
    """A coordinate, to a hundredth."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


_TEMPLATES.filters["place"] = _place
