"""Charts: whatever is known can be drawn, with nothing outside or on top of anything else; words and colours that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from service.answers.words import LANGUAGES
from service.core.calculator import registry
from service.core.errors import NothingKnown
from service.run import run
from service.store.queries import Knowledge
from service.web.charts.answered import answer_chart
from service.web.charts.marks import Bar, Box, Dot, Label, Line, Mark, Picture
from service.web.charts.model import Chart
from service.web.charts.published import quantity_chart, subject_chart
from service.web.charts.svg import NARROWEST, PALETTE, WIDTH, picture, svg

SVG = "{http://www.w3.org/2000/svg}"
CASES = Path(__file__).parents[1] / "cases"


# -- every chart --------------------------------------------------------------------------------------------------


def box_of(mark: Mark) -> Box:
    match mark:
        case Line():
            return Box(min(mark.x1, mark.x2), min(mark.y1, mark.y2), max(mark.x1, mark.x2), max(mark.y1, mark.y2))
        case Dot():
            return Box(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
        case Bar():
            return Box(mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
        case Label():
            return mark.box
        case _:
            xs, ys = zip(*mark.places, strict=True)
            return Box(min(xs), min(ys), max(xs), max(ys))


def sound(chart: Chart, language: str, wide: float) -> Picture:
    """Draw a chart; nothing stands outside, no two labels overlap, and the points keep their order."""
    made = picture(chart, language, wide)
    paper = Box(0, 0, made.width, made.height)
    for mark in made.marks:
        assert box_of(mark).within(paper), (chart.id, mark)
    labels = [mark for mark in made.marks if isinstance(mark, Label)]
    for one, other in combinations(labels, 2):
        assert not one.box.meets(other.box), (chart.id, one, other)
    assert [drawn.point for drawn in made.points] == [point.id for point in chart.points if point.drawn]
    return made


def well_formed(chart: Chart, language: str) -> ET.Element:
    written = svg(chart, language)
    assert written == svg(chart, language)
    assert b"http" not in written.replace(b"http://www.w3.org/2000/svg", b"")
    root = ET.fromstring(written)  # noqa: S314 - our own
    assert root.get("role") == "img"
    ids = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    told = [ids[name] for name in str(root.get("aria-labelledby")).split()]
    assert told[0] == chart.title
    assert all(told)
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quantity_is_drawn(knowledge: Knowledge, language: str) -> None:
    drawn = 0
    for quantity in knowledge.quantities:
        figures, total = knowledge.find_figures(quantity=quantity, limit=10_000)
        if not total:
            with pytest.raises(NothingKnown):
                quantity_chart(knowledge, quantity, language)
            continue
        chart = quantity_chart(knowledge, quantity, language)
        assert {point.id for point in chart.points} == {figure.id for figure in figures}
        sound(chart, language, WIDTH if language == "en" else NARROWEST)
        well_formed(chart, language)
        drawn += 1
    assert drawn > 200


def answers(knowledge: Knowledge, name: str) -> Iterator[Any]:
    for case in yaml.safe_load((CASES / f"{name}.yaml").read_text()):
        if "error" not in case:
            yield run(knowledge, name, case["inputs"])


@pytest.mark.parametrize("name", sorted(registry))
def test_every_worked_case_is_drawn(knowledge: Knowledge, name: str) -> None:
    for answer in answers(knowledge, name):
        chart = answer_chart(knowledge, answer)
        sound(chart, answer["language"], WIDTH)
        sound(chart, answer["language"], NARROWEST)
        well_formed(chart, answer["language"])
        values = [point.value for point in chart.points]
        if chart.kind == "ranking":
            assert values == sorted(values, reverse=True)
        else:
            assert [point.year for point in chart.points] == sorted(point.year for point in chart.points)
        if len(answer["estimates"]) > 1 and name not in {"compare", "demand_outlook"}:
            assert sorted(values) == sorted(each["value"] for each in answer["estimates"])
            assert [point.value for point in chart.points if point.preferred] == [answer["headline"]["value"]]


def test_comparison_is_a_ranking(knowledge: Knowledge) -> None:
    answer = run(knowledge, "compare", {"subjects": ["google-search", "chatgpt"]})
    chart = answer_chart(knowledge, answer)
    assert [(point.label, point.value) for point in chart.points] == [("ChatGPT", 0.34), ("Google Search", 0.3)]
    assert answer["chart"]
    assert chart.scale == "linear"


def test_outlook_parts_history_from_projections(knowledge: Knowledge) -> None:
    answer = run(knowledge, "demand_outlook", {"year": 2030})
    chart = answer_chart(knowledge, answer)
    used = {point.as_of: point for point in chart.points if point.preferred}
    assert used["2025"].group == "history"  # published in April 2026
    assert used["2030"].group == "projection"
    assert used["2030"].value == answer["headline"]["value"]
    rivals = [point.value for point in chart.points if not point.preferred]
    assert sorted(rivals) == sorted(each["value"] for each in answer["estimates"] if not each["preferred"])


def test_chinese_counts_in_its_own_units(knowledge: Knowledge) -> None:
    chart = subject_chart(knowledge, "data-centre", "electricity-per-year", "zh-Hans")
    texts = [mark.text + mark.strong for mark in picture(chart, "zh-Hans").marks if isinstance(mark, Label)]
    assert any(text.endswith("亿") for text in texts)
    assert any("千瓦时" in text for text in texts)
    assert chart.unit == "TWh/year"  # data keep the unit of the quantity


def test_other_units_are_listed_not_drawn(knowledge: Knowledge) -> None:
    chart = quantity_chart(knowledge, "electricity-price-household", "en")
    aside = [point for point in chart.points if not point.drawn]
    assert aside
    assert all(point.unit.split("/")[0] != chart.unit.split("/")[0] for point in aside)
    assert f"{len(aside)} more in other units" in svg(chart, "en").decode()


# -- colours ------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2: linear light of red, green and blue, weighed."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


@pytest.mark.parametrize("side", [0, 1])
def test_colours_stand_out(side: int) -> None:
    paper = luminance(PALETTE["paper"][side])
    for name, pair in PALETTE.items():
        if name not in {"paper", "line"}:
            darker, lighter = sorted((paper, luminance(pair[side])))
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, name


def test_themes(knowledge: Knowledge) -> None:
    chart = subject_chart(knowledge, "chatgpt", "electricity-per-query", "en")
    light, dark, auto = (svg(chart, "en", WIDTH, theme).decode() for theme in ("light", "dark", "auto"))
    paper = PALETTE["paper"]
    assert ("prefers-color-scheme" in auto, paper[0] in auto, paper[1] in auto) == (True, True, True)
    assert ("prefers-color-scheme" in light, paper[1] in light) == (False, False)
    assert ("prefers-color-scheme" in dark, paper[0] in dark) == (False, False)
