"""The routes of the charts: one chart as a picture, a table and data, cached, with faults told like everywhere else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.api import problems
from service.api.openapi import document
from service.core.calculator import registry
from service.desk import PROBLEM, Desk
from service.settings import Settings
from service.store.queries import Knowledge
from service.web.charts.answered import answer_chart
from service.web.charts.routes import _MEDIA, handlers
from service.web.charts.svg import svg
from tests.web.test_charts import answers

Client = TestClient[Litestar]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def charts(built: Path) -> Iterator[Client]:
    """The routes of the charts, with the errors of the service."""
    known = Knowledge(built)
    app = Litestar(
        handlers(Desk(known, Settings(knowledge=built))), exception_handlers=problems.HANDLERS, openapi_config=None
    )
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
    known.close()


# -- routes -------------------------------------------------------------------------------------------------------

PATHS = (
    "/v1/charts/quantity/electricity-per-query",
    "/v1/charts/subject/chatgpt/electricity-per-query",
    "/v1/charts/calculators/energy_equivalents?energy=chatgpt&region=US",
    "/v1/charts/calculators/compare?subjects=chatgpt&subjects=google-search",
    "/v1/charts/calculators/demand_outlook",
)


def at(path: str, ending: str) -> str:
    before, mark, query = path.partition("?")
    return before + ending + mark + query


@pytest.mark.parametrize("path", PATHS)
def test_table_equals_data_equals_picture(charts: Client, path: str) -> None:
    data = charts.get(path).json()
    table = charts.get(at(path, ".csv"))
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert len(rows) == len(data["points"])
    for row, point in zip(rows, data["points"], strict=True):
        assert set(row) == set(point)
        for name, value in point.items():
            if isinstance(value, float):
                assert float(row[name]) == value
            else:
                assert row[name] == (value if isinstance(value, str) else json.dumps(value).replace("null", ""))
    picture = charts.get(at(path, ".svg"))
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "script" not in picture.headers["content-security-policy"]
    root = ET.fromstring(picture.content)  # noqa: S314 - our own
    shown = [each.get("data-point") for each in root.iter(f"{SVG}g") if each.get("data-point")]
    assert shown == [point["id"] for point in data["points"] if point["drawn"]]


def test_data_are_the_figures(charts: Client, knowledge: Knowledge) -> None:
    for point in charts.get(PATHS[1]).json()["points"]:
        figure = knowledge.figure(point["id"])
        assert figure.unit == "Wh"
        assert (point["value"], point["low"], point["high"]) == (figure.value, figure.low, figure.high)
        assert (point["as_of"], point["checked"]) == (figure.as_of, figure.checked)
        assert point["link"] == f"/v1/figures/{figure.id}"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("ending", ["", ".svg", ".png", ".csv"])
def test_cached_until_the_knowledge_changes(charts: Client, knowledge: Knowledge, path: str, ending: str) -> None:
    first = charts.get(at(path, ending))
    assert first.status_code == 200
    tag = first.headers["etag"]
    assert knowledge.version in tag
    again = charts.get(at(path, ending), headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    head = charts.head(at(path, ending))
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)


def test_language_theme_and_width_are_asked_for(charts: Client) -> None:
    drawn = charts.get(f"{PATHS[1]}.svg?language=zh-Hant&theme=dark&width=400").text
    assert 'width="400"' in drawn
    assert "電" in drawn
    assert "prefers-color-scheme" not in drawn
    answer = charts.get(at(PATHS[2], ".svg") + "&language=zh-Hans&width=400").text
    assert 'lang="zh-Hans"' in answer


@pytest.mark.parametrize(
    ("path", "status", "fields"),
    [
        ("/v1/charts/quantity/electricity-per-qery.svg", 404, ["quantity"]),
        ("/v1/charts/subject/chatgtp/electricity-per-query.svg", 404, ["subject"]),
        ("/v1/charts/quantity/electricity-per-query.svg?width=9&theme=blue&x=1", 422, ["width", "theme", "x"]),
        ("/v1/charts/quantity/electricity-per-query.svg?theme=dark&theme=light", 422, ["theme"]),
        ("/v1/charts/calculators/energy_equivalent.svg", 404, ["tool"]),
        (
            "/v1/charts/calculators/energy_equivalents.svg?region=Atlantis&width=9&energy=chatgpt",
            422,
            ["width", "region"],
        ),
        ("/v1/charts/calculators/compare.csv?subjects=chatgpt&subjects=bloom&quantity=water-per-query", 404, []),
        ("/v1/charts/subject/bloom/water-per-query", 404, []),
    ],
)
def test_faults_are_problems(charts: Client, path: str, status: int, fields: list[str]) -> None:
    response = charts.get(path)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    assert sorted(fault["field"] for fault in response.json().get("faults", ())) == sorted(fields)


def test_misspelt_names_are_told_what_is_near(charts: Client) -> None:
    told = charts.get("/v1/charts/quantity/electricity-per-qery.svg").json()["faults"][0]
    assert "electricity-per-query" in told["nearest"]
    told = charts.get("/v1/charts/subject/bloom/water-per-query").json()
    assert "training-emissions" in told["nearest"]


def test_routes_are_described(charts: Client) -> None:
    made = document(charts.app, "http://localhost")
    names = {operation["get"]["operationId"] for operation in made["paths"].values()}
    assert names == {"get_quantity_chart", "get_subject_chart", "get_answer_chart"}
    for path, operation in made["paths"].items():
        assert set(operation["get"]["responses"]["200"]["content"]) == {"application/json", *_MEDIA.values()}
        filled = path.format_map({each["name"]: each.get("example") for each in operation["get"]["parameters"]})
        answered = charts.get(filled)
        assert answered.status_code == 200, answered.text


@pytest.mark.parametrize("name", sorted(registry))
def test_address_of_the_chart_of_an_answer(charts: Client, knowledge: Knowledge, name: str) -> None:
    for answer in answers(knowledge, name):
        assert bool(answer["chart"]) == (len(answer["estimates"]) > 1 or name in {"compare", "demand_outlook"})
        if answer["chart"] is None:
            continue
        response = charts.get(answer["chart"].replace(".png", ".svg", 1))
        assert response.status_code == 200, response.text
        assert response.content == svg(answer_chart(knowledge, answer), answer["language"])
