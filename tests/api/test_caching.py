"""Entity tags, revalidation, HEAD and OPTIONS."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service import __version__, desk
from service.app import create_app
from service.settings import Settings
from service.store.queries import Knowledge
from tests.api.calls import HOMES

Client = TestClient[Litestar]
CACHED = (
    f"{HOMES}?energy=chatgpt",
    "/v1/figures",
    "/v1/sources/altman-2025.bib",
    "/v1/tools",
    "/openapi.yaml",
    "/openapi.json",
    "/",
    "/docs",
)


@pytest.mark.parametrize("path", CACHED)
def test_copy_that_is_held_is_not_sent_again(web: httpx.Client, path: str) -> None:
    first = web.get(path)
    tag = first.headers["etag"]
    assert first.status_code == 200
    assert first.headers["cache-control"] == "public, max-age=300, stale-while-revalidate=86400"
    bare = tag.removeprefix("W/")
    for held in (tag, bare, f"W/{bare}", f'"other", {tag}', f'{bare} ,W/"other"', "*"):
        again = web.get(path, headers={"if-none-match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), held
        assert "content-length" not in again.headers
        assert again.headers["cache-control"] == first.headers["cache-control"]
    for held in ("", '"other"', 'W/"other"', bare[:-2] + '"', bare.strip('"')):
        assert web.get(path, headers={"if-none-match": held}).content == first.content, held


def test_tag_differs_by_address(client: Client) -> None:
    paths = [
        f"{HOMES}?energy=chatgpt",
        f"{HOMES}?energy=chatgpt&language=zh-Hans",
        f"{HOMES}?energy=gemini",
        "/v1/figures",
        "/v1/sources",
    ]
    assert len({client.get(path).headers.get("etag") for path in paths if client.get(path).status_code == 200}) == len(
        [path for path in paths if client.get(path).status_code == 200]
    )


def test_tag_changes_with_the_release(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get("/v1/tools").headers["etag"]
    monkeypatch.setattr(desk, "__version__", "99.0")
    assert client.get("/v1/tools").headers["etag"] != before
    assert client.get("/v1/tools", headers={"if-none-match": before}).status_code == 200


def test_tag_changes_with_the_knowledge(
    built: Path, knowledge: Knowledge, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get("/v1/tools").headers["etag"]
    assert knowledge.version in before
    with TestClient(create_app(Settings(knowledge=built))) as other:
        assert other.get("/v1/tools").headers["etag"] == before
        other_knowledge = property(lambda _: "000000000000")
        monkeypatch.setattr(Knowledge, "version", other_knowledge)
        after = other.get("/v1/tools", headers={"if-none-match": before})
    assert after.status_code == 200
    assert after.headers["etag"] != before


def test_age_is_a_setting(built: Path) -> None:
    with TestClient(create_app(Settings(knowledge=built, max_age=7))) as other:
        assert "max-age=7," in other.get("/v1/tools").headers["cache-control"]


@pytest.mark.parametrize("path", [*CACHED, "/healthz", "/readyz"])
def test_head_tells_what_get_would(web: httpx.Client, path: str) -> None:
    got, head = web.get(path), web.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "cache-control", "content-type"):
        assert head.headers.get(name) == got.headers.get(name)


def test_head_of_what_is_not_there(web: httpx.Client) -> None:
    head = web.head("/nothing")
    assert (head.status_code, head.content) == (404, b"")
    assert web.head(f"{HOMES}?energy=antropic").status_code == 422


@pytest.mark.parametrize(
    ("path", "allowed"), [("/v1/figures", "GET, HEAD, OPTIONS"), (HOMES, "GET, HEAD, OPTIONS, POST")]
)
def test_options_tell_what_is_taken(web: httpx.Client, path: str, allowed: str) -> None:
    response = web.options(path)
    assert (response.status_code, response.content) == (204, b"")
    assert sorted(response.headers["allow"].split(", ")) == allowed.split(", ")


def test_health_is_never_cached(client: Client, knowledge: Knowledge) -> None:
    for path in ("/healthz", "/readyz"):
        response = client.get(path)
        assert response.json() == {"status": "ok", "release": __version__, "knowledge": knowledge.version}
        assert response.headers["cache-control"] == "no-store"


def test_long_answers_travel_compressed(web: httpx.Client) -> None:
    plain = web.get("/v1/tools", headers={"accept-encoding": "identity"})
    packed = web.get("/v1/tools", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert plain.content == packed.content


@pytest.mark.parametrize(
    "path",
    ["/", "/docs", "/static/style.css", "/v1/sources/altman-2025.bib", "/v1/sources/altman-2025.ris", "/openapi.yaml"],
)
def test_content_type_says_its_charset_once(web: httpx.Client, path: str) -> None:
    for response in (web.get(path), web.head(path)):
        assert response.headers.get("content-type", "").count("charset") <= 1
