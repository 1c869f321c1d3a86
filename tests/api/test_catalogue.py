"""Everything that is known can be read, with its source; filters, languages, search, bibliographic records."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
import rispy
from litestar import Litestar
from litestar.testing import TestClient
from pybtex.database import parse_string

from service.lookups.records import FigureRecord, SourceRecord, SubjectRecord
from service.store.queries import Knowledge
from tests.api.calls import adapter

Client = TestClient[Litestar]
some = random.Random(2026).sample  # noqa: S311 - which records are tried; the same ones every time


def pages(client: Client, path: str) -> list[dict[str, Any]]:
    """All items of a list."""
    found: list[dict[str, Any]] = []
    while True:
        page = client.get(path, params={"limit": 100, "offset": len(found)}).json()
        found += page["items"]
        if not page["items"]:
            assert page["total"] == len(found)
            return found


@pytest.fixture(scope="module")
def figures(client: Client) -> dict[str, dict[str, Any]]:
    found = pages(client, "/v1/figures")
    return {figure["id"]: figure for figure in found}


def test_every_figure_is_listed_once_with_its_source(figures: dict[str, dict[str, Any]], knowledge: Knowledge) -> None:
    stored = {row["id"]: row for row in knowledge.connection.rows("SELECT * FROM figure")}
    assert figures.keys() == stored.keys()
    for name, row in stored.items():
        record = figures[name]
        adapter(FigureRecord).validate_python(record, strict=True)
        source = knowledge.source(row["source"])
        assert (record["value"], record["unit"], record["locator"], record["checked"]) == (
            row["value"],
            row["unit"],
            row["locator"],
            row["checked"],
        )
        assert (record["source"]["id"], record["source"]["title"], record["source"]["url"]) == (
            source.id,
            source.title,
            source.url,
        )
        assert record["statement"]
        assert record["source"]["publisher"]
        assert record["source"]["checked"] in {"primary", "secondary", "memory"}


def test_figures_by_id_are_those_of_the_list(client: Client, figures: dict[str, dict[str, Any]]) -> None:
    for name in some(sorted(figures), 200):
        response = client.get(f"/v1/figures/{name}")
        assert response.status_code == 200, name
        assert response.json() == figures[name]


def test_every_source_and_subject_is_reached(client: Client, knowledge: Knowledge) -> None:
    counts = knowledge.stats()
    sources, subjects = pages(client, "/v1/sources"), pages(client, "/v1/subjects")
    assert (len(sources), len(subjects)) == (counts["sources"], counts["subjects"])
    assert sum(source["figures"] for source in sources) == counts["figures"]
    assert sum(subject["figures"] for subject in subjects) == counts["figures"]
    for thing, records, shape in (("sources", sources, SourceRecord), ("subjects", subjects, SubjectRecord)):
        for record in records:
            adapter(shape).validate_python(record, strict=True)
        for record in some(records, 20):
            assert client.get(f"/v1/{thing}/{record['id']}").json() == record


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subject", "chatgpt"),
        ("quantity", "electricity-per-query"),
        ("region", "US"),
        ("checked", "primary"),
        ("basis", "measured"),
    ],
)
def test_filter_gives_exactly_what_fits(
    client: Client, figures: dict[str, dict[str, Any]], name: str, value: str
) -> None:
    wanted = {figure["id"] for figure in figures.values() if figure[name] == value}
    page = client.get("/v1/figures", params={name: value, "limit": 100}).json()
    assert page["total"] == len(wanted) > 0
    assert {item["id"] for item in page["items"]} <= wanted


def test_filters_of_the_source_and_of_the_year(client: Client, figures: dict[str, dict[str, Any]]) -> None:
    source = figures["chatgpt-query-electricity-altman-2025"]["source"]
    for name, value in (("source", source["id"]), ("kind", source["kind"])):
        key = "id" if name == "source" else "kind"
        wanted = {figure["id"] for figure in figures.values() if figure["source"][key] == value}
        assert client.get("/v1/figures", params={name: value}).json()["total"] == len(wanted)
    dated = client.get("/v1/figures?year=2025&subject=chatgpt&limit=100").json()["items"]
    assert dated
    assert all("2025" in item["as_of"] or "/" in item["as_of"] for item in dated)


def test_filter_takes_names_in_both_languages(client: Client) -> None:
    by_id = client.get("/v1/figures?region=CN").json()
    for name in ("China", "中国", "中國"):
        assert client.get("/v1/figures", params={"region": name}).json() == by_id
    assert client.get("/v1/figures?subject=ChatGPT").json() == client.get("/v1/figures?subject=chatgpt").json()


def test_pages_join_without_gap(client: Client) -> None:
    whole = client.get("/v1/figures?subject=chatgpt&limit=6").json()["items"]
    parts = [client.get(f"/v1/figures?subject=chatgpt&limit=2&offset={offset}").json()["items"] for offset in (0, 2, 4)]
    assert [item for part in parts for item in part] == whole
    assert client.get("/v1/figures?offset=100000").json()["items"] == []


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_language_of_statements(client: Client, language: str) -> None:
    record = client.get("/v1/figures/chatgpt-query-electricity-altman-2025", params={"language": language}).json()
    other = client.get("/v1/figures/chatgpt-query-electricity-altman-2025?language=en").json()
    differs = {key for key in record if record[key] != other[key]}
    assert ("statement" in differs) == (language != "en")
    assert record["source"] == other["source"]  # titles and names are never translated
    subject = client.get("/v1/subjects/washing-machine", params={"language": language}).json()
    assert subject["name"] == {"en": "Washing machine", "zh-Hans": "洗衣机", "zh-Hant": "洗衣機"}[language]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("ChatGPT energy per query", "chatgpt"),
        ("ChatGPT 每次查询 用电", "chatgpt"),
        ("洗衣机", "washing-machine"),
        ("洗衣機", "washing-machine"),
    ],
)
def test_search_in_english_and_chinese(client: Client, words: str, subject: str) -> None:
    page = client.get("/v1/search", params={"q": words, "limit": 10}).json()
    assert page["items"][0]["subject"] == subject
    assert page["total"] >= len(page["items"])
    narrowed = client.get("/v1/search", params={"q": words, "subject": subject, "checked": "secondary"}).json()["items"]
    assert all((item["subject"], item["checked"]) == (subject, "secondary") for item in narrowed)


def test_search_that_finds_nothing_is_an_empty_page(client: Client) -> None:
    assert client.get("/v1/search?q=qqqqxyzzy").json() == {"total": 0, "more": False, "offset": 0, "items": []}


def test_bibliographic_records_can_be_read_by_others(client: Client, knowledge: Knowledge) -> None:
    for record in some(pages(client, "/v1/sources"), 40):
        name, title = record["id"], record["title"]
        bib, ris, csl = (client.get(f"/v1/sources/{name}{ending}") for ending in (".bib", ".ris", ".csl.json"))
        assert bib.headers["content-type"].startswith("application/x-bibtex")
        assert list(parse_string(bib.text, "bibtex").entries) == [name]
        assert ris.headers["content-type"].startswith("application/x-research-info-systems")
        assert rispy.loads(ris.text)[0].get("title", rispy.loads(ris.text)[0].get("primary_title")) == title
        assert csl.headers["content-type"] == "application/vnd.citationstyles.csl+json"
        assert [item["id"] for item in json.loads(csl.text)] == [name]


def test_tools_are_described_by_the_schemas_that_check_them(client: Client) -> None:
    tools = client.get("/v1/tools").json()["tools"]
    assert "energy_equivalents" in {tool["name"] for tool in tools}
    for tool in tools:
        assert client.get(f"/v1/tools/{tool['name']}").json() == tool
        assert tool["input_schema"]["additionalProperties"] is False
