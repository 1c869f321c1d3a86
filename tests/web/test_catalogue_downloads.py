"""The catalogue as files, and what search engines read."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pybtex.database
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.core.calculator import registry
from service.store.browse import named
from service.store.queries import Knowledge

Client = TestClient[Litestar]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_database_opens(client: Client, knowledge: Knowledge, tmp_path: Path) -> None:
    response = client.get("/download/knowledge.sqlite")
    assert response.headers["content-type"] == "application/vnd.sqlite3"
    assert response.headers["content-disposition"] == 'attachment; filename="knowledge.sqlite"'
    path = tmp_path / "taken.sqlite"
    path.write_bytes(response.content)
    with sqlite3.connect(path) as taken:
        (count,) = taken.execute("SELECT count(*) FROM figure").fetchone()
    taken.close()
    assert count == knowledge.figure_count


def test_table_has_a_row_a_figure(client: Client, knowledge: Knowledge) -> None:
    text = client.get("/download/knowledge.csv").content.decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(rows) == knowledge.figure_count
    row = rows["chatgpt-query-electricity-altman-2025"]
    assert (row["value"], row["unit"], row["low"], row["source"], row["source_title"]) == (
        "0.34", "Wh", "", "altman-2025", "The Gentle Singularity",
    )  # fmt: skip


def test_data_has_every_source_with_its_figures(client: Client, knowledge: Knowledge) -> None:
    data = client.get("/download/knowledge.json").json()
    assert data["knowledge"]["version"] == knowledge.version
    assert len(data["sources"]) == knowledge.stats()["sources"]
    assert sum(len(source["figures"]) for source in data["sources"]) == knowledge.figure_count


def test_references_are_read_by_reference_managers(client: Client, knowledge: Knowledge) -> None:
    read = pybtex.database.parse_string(client.get("/download/knowledge.bib").text, "bibtex")
    assert len(read.entries) == knowledge.stats()["sources"]


@pytest.mark.parametrize("ending", ["sqlite", "csv", "json", "bib"])
def test_downloads_are_not_sent_twice(client: Client, ending: str) -> None:
    tag = client.head(f"/download/knowledge.{ending}").headers["etag"]
    assert client.get(f"/download/knowledge.{ending}", headers={"if-none-match": tag}).status_code == 304


def test_sitemap_names_every_page(client: Client, knowledge: Knowledge) -> None:
    found = ET.fromstring(client.get("/sitemap.xml").text)  # noqa: S314 - our own
    paths = [urlsplit(each.text or "").path for each in found.iter(f"{SITEMAP}loc")]
    assert len(paths) == len(set(paths))
    for kind, ids in {
        "figures": named(knowledge, "figure"),
        "sources": named(knowledge, "source"),
        "subjects": knowledge.subjects,
        "quantities": knowledge.quantities,
        "calculators": registry,
    }.items():
        assert {f"/{kind}/{name}" for name in ids} == {path for path in paths if path.startswith(f"/{kind}/")}
    for path in paths[:: len(paths) // 60]:
        assert client.get(path).status_code == 200, path


def test_sitemap_has_what_the_menu_leads_to(client: Client) -> None:
    paths = {urlsplit(path).path for path in re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").text)}
    menu = client.get("/").text.partition('<nav class="menu"')[2].partition("</nav>")[0]
    assert set(re.findall(r'href="([^"]*)"', menu)) < paths
    assert {"/", "/ask", "/search"} < paths


def test_robots_find_the_sitemap(client: Client) -> None:
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").text
