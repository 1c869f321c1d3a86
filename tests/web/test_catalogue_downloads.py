"""The catalogue as files, its feed, and what search engines read."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pybtex.database
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.store.queries import Knowledge

Client = TestClient[Litestar]
ATOM = "{http://www.w3.org/2005/Atom}"
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


def test_feed_has_the_newest_first(client: Client) -> None:
    response = client.get("/feed.atom")
    assert response.headers["content-type"] == "application/atom+xml"
    feed = ET.fromstring(response.text)  # noqa: S314 - our own
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert len(updated) > 10
    assert updated == sorted(updated, reverse=True)
    for entry in list(feed.iter(f"{ATOM}entry"))[:5]:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert client.get(urlsplit(link.attrib["href"]).path).status_code == 200


def test_sitemap_names_every_page(client: Client, knowledge: Knowledge) -> None:
    found = ET.fromstring(client.get("/sitemap.xml").text)  # noqa: S314 - our own
    paths = [urlsplit(each.text or "").path for each in found.iter(f"{SITEMAP}loc")]
    assert len(paths) == len(set(paths)) > knowledge.figure_count
    for path in paths[:: len(paths) // 60]:
        assert client.get(path).status_code == 200, path


def test_robots_find_the_sitemap(client: Client) -> None:
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").text
