"""What `make bench-peers` measured last, as the documents show it: a table, and a picture drawn by the service's own charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from service.web.charts.model import Chart, Point
from service.web.charts.svg import svg

HERE: Final = Path(__file__).parent
MEASURED: Final = HERE / "measured.yaml"
PICTURES: Final = {"en": "peers.svg", "zh-Hans": "peers.zh.svg"}
MEMORY: Final = "MB"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: two measurements in one unit."""

    id: str
    ours: float
    peer: float
    unit: str

    @property
    def ratio(self) -> float:
        """How many times the peer's number ours is."""
        return self.ours / self.peer


def _loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _words(language: str) -> tuple[Mapping[str, Any], str]:
    return _loaded(HERE / "words.yaml"), "zh" if language.startswith("zh") else "en"


def rows() -> list[Row]:
    """What was measured."""
    return [Row(**each) for each in _loaded(MEASURED)["rows"]]


def heads(language: str) -> list[str]:
    """The heads of the table."""
    said, tongue = _words(language)
    return list(said["heads"][tongue])


def cells(language: str) -> Iterator[list[str]]:
    """The rows of the table: what, both numbers, their ratio, what each side does besides."""
    (said, tongue), versions = _words(language), _loaded(MEASURED)["versions"]
    for row in rows():
        about = said[row.id]
        numbers = [f"{row.ours:,.0f} {row.unit}", f"{row.peer:,.0f} {row.unit}", f"{row.ratio:.2f}"]
        yield [about["what"][tongue].format(**versions), *numbers, about["ours"][tongue], about["peer"][tongue]]


def when(language: str) -> str:
    """When and where it was measured."""
    said, tongue = _words(language)
    measured = _loaded(MEASURED)
    return str(said["measured"][tongue].format(date=measured["date"], machine=measured["machine"]))


def title(language: str) -> str:
    """What the picture shows."""
    said, tongue = _words(language)
    return str(said["title"][tongue].format(date=_loaded(MEASURED)["date"]))


def picture(language: str) -> str:
    """The ratios of speed as SVG."""
    said, tongue = _words(language)
    points = [
        Point(row.id, said[row.id]["label"][tongue], row.ratio, None, None, "", group="computed")
        for row in rows()
        if row.unit != MEMORY
    ]
    chart = Chart("peers", "ranking", title(language), "", points, _loaded(MEASURED)["knowledge"])
    return svg(chart, language, theme="auto").decode()
