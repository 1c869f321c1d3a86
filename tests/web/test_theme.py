"""Light, dark or as the system has it: a form without any script, a cookie, and a style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.app import create_app
from service.settings import Settings
from service.web.theme import THEMES

Client = TestClient[Litestar]
SCHEMES = {"system": "light dark", "light": "light", "dark": "dark"}


@pytest.fixture(autouse=True)
def forgetful(client: Client) -> Iterator[None]:
    """Leave no cookie behind."""
    client.cookies.clear()
    yield
    client.cookies.clear()


def scheme(client: Client, cookie: str = "") -> str:
    """The colour scheme of the style sheet."""
    response = client.get("/theme.css", headers={"cookie": cookie})
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert (response.headers["cache-control"], response.headers["vary"].lower()) == ("private, no-cache", "cookie")
    return response.text.partition("color-scheme: ")[2].partition(";")[0]


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_chosen_is_kept(client: Client, theme: str) -> None:
    back = "/figures/chatgpt-query-electricity-altman-2025?language=zh-Hans"
    response = client.post("/theme", data={"theme": theme, "back": back}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, back)
    cookie = response.headers["set-cookie"].lower()
    assert all(each in cookie for each in ("max-age=", "path=/", "httponly", "samesite=lax"))
    assert "secure" not in cookie
    assert scheme(client, response.headers["set-cookie"].partition(";")[0]) == SCHEMES[theme]


@pytest.mark.parametrize("cookie", ["", "theme=", "theme=blue", "theme=%00", 'theme="dark'])
def test_without_a_choice_the_system_decides(client: Client, cookie: str) -> None:
    assert scheme(client, cookie) == "light dark"


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "", "/a\r\nx: y", "/ä"]
)
def test_no_way_leads_elsewhere(client: Client, back: str) -> None:
    response = client.post("/theme", data={"theme": "dark", "back": back}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/")


@pytest.mark.parametrize("data", [{}, {"theme": "blue"}, {"back": "/"}])
def test_what_is_no_theme_is_refused(client: Client, data: dict[str, str]) -> None:
    response = client.post("/theme", data=data, follow_redirects=False)
    assert response.status_code == 422
    assert response.json()["faults"][0]["allowed"] == list(THEMES)
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/json", b'{"theme": "blue"'),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"\xff=%zz&&&theme"),
        ("text/plain", b""),
    ],
)
def test_no_body_is_a_fault_of_the_service(client: Client, media_type: str, body: bytes) -> None:
    response = client.post("/theme", content=body, headers={"content-type": media_type}, follow_redirects=False)
    assert response.status_code in {400, 422}


def test_pages_are_the_same_whatever_is_chosen(client: Client) -> None:
    plain = client.get("/sources/patterson-2021")
    dark = client.get("/sources/patterson-2021", headers={"cookie": "theme=dark"})
    assert (plain.content, plain.headers["etag"]) == (dark.content, dark.headers["etag"])


def test_cookie_travels_safely_where_the_service_does(built: Path) -> None:
    with TestClient(create_app(Settings(knowledge=built, public_url="https://wattcite.example.org"))) as client:
        response = client.post("/theme", data={"theme": "dark"}, follow_redirects=False)
    assert "secure" in response.headers["set-cookie"].lower()
