"""The pages: in every language, with nothing loaded from elsewhere, within their own policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.answers.words import LANGUAGES
from service.store.queries import Knowledge
from service.web import pages

Client = TestClient[Litestar]


class Page(HTMLParser):
    """What a page loads, links to, and runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.open: list[str] = []
        self.language = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.open += [] if tag in {"meta", "link", "br", "input", "img"} else [tag]
        self.language = given["lang"] if tag == "html" else self.language
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        self.inline += ["script"] if tag == "script" and "src" not in given else []
        self.loads += [given["src"]] if "src" in given else []
        self.loads += [given["href"]] if tag == "link" and given["rel"] != "alternate" else []
        self.links += [given["href"]] if tag == "a" else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_page_in_every_language(client: Client, knowledge: Knowledge, language: str) -> None:
    response = client.get("/", params={"language": language})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(response.text)
    assert (page.language, page.open) == (language, [])
    answer = client.get(f"/v1/calculators/energy_equivalents?energy=chatgpt&language={language}").json()
    assert answer["headline"]["text"] in response.text
    assert all(estimate["text"] in response.text for estimate in answer["estimates"])
    assert str(knowledge.figure_count) in response.text
    assert ("电" in response.text, "電" in response.text) == (language == "zh-Hans", language == "zh-Hant")


def test_unknown_language_is_english(client: Client) -> None:
    assert client.get("/?language=xx").text == client.get("/").text == client.get("/?language=en").text


@pytest.mark.parametrize("path", ["/", "/?language=zh-Hant", "/docs", "/register"])
def test_all_that_a_page_loads_is_served_here(client: Client, path: str) -> None:
    response = client.get(path)
    page = Page(response.text)
    assert page.inline == []
    for each in page.loads:
        assert each.startswith("/static/") or each == "/theme.css"
        assert client.get(each).status_code == 200, each
    for each in page.links:
        if not urlsplit(each).netloc:
            assert client.get(each).status_code == 200, each


def test_what_the_files_load_is_served_here_too(client: Client) -> None:
    for path in pages.STATIC.rglob("*"):
        if path.suffix in {".css", ".js", ".svg"}:
            response = client.get(f"/static/{path.relative_to(pages.STATIC)}")
            assert response.status_code == 200
            assert response.content == path.read_bytes()
    for path in pages.STATIC.rglob("*.css"):
        outside = [
            found
            for found in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')]*)", path.read_text())
            if not found.startswith("data:")
        ]
        assert outside == [], path
    script = (pages.STATIC / "docs.js").read_text()
    assert re.findall(r'"(/[^"]*)"', script) == ["/openapi.json"]
    assert client.get("/openapi.json").status_code == 200


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_policy_allows_nothing_from_elsewhere(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "script-src" not in policy
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_vendored_files_carry_their_licence(client: Client) -> None:
    folder = pages.STATIC / "swagger-ui"
    assert "Apache License" in (folder / "LICENSE").read_text()
    assert (folder / "NOTICE").read_text().startswith("swagger-ui")


def test_nothing_outside_the_folder_is_served(client: Client) -> None:
    for path in ("/static/../pages.py", "/static/%2e%2e/pages.py", "/static/..%2fpages.py", "/static/"):
        assert client.get(path).status_code == 404, path
