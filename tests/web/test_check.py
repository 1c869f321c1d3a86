"""The page that checks a text: what it says of each claim, what it hands out, and what it says where nothing can be checked."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.answers.words import LANGUAGES, words
from service.check.inputs import LONGEST, MOST_BYTES
from tests.web.html import Page

Client = TestClient[Litestar]
# 2.9 Wh is what de Vries (2023) derived, 0.34 Wh what Altman (2025) wrote: 3 ÷ 0.34 = 8.8
TEXT = "Training GPT-3 took 1,287 MWh.\n<b>A ChatGPT prompt</b> uses about 3 Wh."


def checked(client: Client, text: str = TEXT, language: str = "en", **more: str) -> Page:
    response = client.post(f"/check?language={language}", data={"text": text, **more})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return Page(response.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_are_marked_and_explained(client: Client, language: str) -> None:
    page, said = checked(client, language=language), words(language)
    report = client.post("/v1/check", json={"text": TEXT, "language": language}).json()
    assert [claim["verdict"] for claim in report["claims"]] == ["supported", "outdated"]
    assert page.language == language
    for text in (report["summary"], *(claim["explanation"] for claim in report["claims"])):
        assert " ".join(text.split()) in page.words
    for number, claim in enumerate(report["claims"], 1):
        assert f"{number} {said['verdicts'][claim['verdict']]}" in page.words  # the mark says it in words
        assert {f"claim-{number}", f"why-{number}"} <= page.ids
        assert {f"#claim-{number}", f"#why-{number}"} <= set(page.links)
        assert said["verdict_meanings"][claim["verdict"]] in page.words
    assert {each[1:] for each in page.links if each.startswith("#")} <= page.ids


def test_what_it_rests_on_leads_into_the_catalogue(client: Client) -> None:
    page = checked(client)
    paths = {urlsplit(link).path for link in page.links}
    for path in (
        "/figures/chatgpt-query-electricity-altman-2025",
        "/sources/patterson-2021",
        "/subjects/gpt-3",
        "/quantities/electricity-per-query",
    ):
        assert path in paths
        assert client.get(path).status_code == 200
    assert "claimed ÷ best known = 8.8" in page.words


def test_nothing_of_the_text_becomes_markup(client: Client) -> None:
    hostile = f"</textarea><script>alert(1)</script>\"'><img src=x onerror=a>&amp; {TEXT}"
    response = client.post("/check", data={"text": hostile})
    Page(response.text)  # which takes no attribute that runs and no script but data
    assert "<script>alert" not in response.text
    assert "<img" not in response.text
    policy = response.headers["content-security-policy"]
    assert policy == client.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy


def test_claims_that_share_characters_lead_nowhere_that_is_not_there(client: Client) -> None:
    page = checked(client, "Data centres used 1–1.5% of global electricity, 240-340 TWh, in 2022, or 240 to 340 TWh.")
    assert {each[1:] for each in page.links if each.startswith("#")} <= page.ids


@pytest.mark.parametrize(
    ("wanted", "media"),
    [("json", "application/json"), ("markdown", "text/markdown"), ("claimreview", "application/ld+json")],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_handed_out_as_the_interface_gives_it(
    client: Client,
    language: str,
    wanted: str,
    media: str,
) -> None:
    made = client.post(f"/check?language={language}", data={"text": TEXT.replace("\n", "\r\n"), "format": wanted})
    same = client.post("/v1/check", json={"text": TEXT, "language": language, "format": wanted})
    assert made.content == same.content
    assert made.headers["content-type"].startswith(media)
    assert made.headers["content-disposition"].startswith("attachment; filename=")
    assert made.headers["cache-control"] == "no-store"


def test_text_without_a_claim(client: Client) -> None:
    page = checked(client, "The weather was fine.")
    assert words("en")["checks"]["none"] in page.words


def refused(client: Client, status: int, said: str, **request: object) -> Page:
    """The page that a request is refused with, which says why where people and screen readers look first."""
    response = client.post("/check", **request)  # type: ignore[arg-type]
    assert response.status_code == status
    assert response.headers["cache-control"] == "no-store"
    page = Page(response.text)
    assert said in page.words
    assert page.title.startswith("Not checked")
    assert 'role="alert"' in response.text
    return page


@pytest.mark.parametrize("data", [{}, {"text": ""}, {"text": " \r\n\t"}, {"txt": TEXT}])
def test_no_text(client: Client, data: dict[str, str]) -> None:
    refused(client, 422, "No text came", data=data)


def test_too_long_a_text_is_still_there(client: Client) -> None:
    text = "度" * LONGEST + "!"
    page = refused(client, 422, "100,001 characters, and at most 100,000", data={"text": text})
    assert text in page.words
    checked(client, text[:-1])


def test_too_large_a_body(client: Client) -> None:
    content = b"text=" + b"x" * MOST_BYTES
    kind = {"content-type": "application/x-www-form-urlencoded"}
    refused(client, 413, "larger than this page takes", content=content, headers=kind)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nno part"),
        ("multipart/form-data; boundary=x", b"\xff" * 100),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--x--\r\n',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="text"\r\ncontent-type: text/plain; charset=none\r\n\r\na\r\n--x--\r\n',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="text"; filename="a.txt"\r\n\r\na\r\n--x--\r\n',
        ),
        ("application/x-www-form-urlencoded", b"text=a&format=pdf"),
    ],
)
def test_what_is_no_form_of_this_page(client: Client, kind: str, content: bytes) -> None:
    refused(client, 400, "not what the form of this page sends", content=content, headers={"content-type": kind})


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", "multipart/form-data"])
def test_what_is_no_form_at_all(client: Client, kind: str) -> None:
    response = client.post("/check", content=b'{"text": "a"}', headers={"content-type": kind})
    assert response.status_code in {400, 422}
    assert Page(response.text).title.startswith("Not checked")


@pytest.mark.parametrize(
    "content", [b"text=%ED%A0%80+3+Wh", b"text=%FF%FE", b"text=%00%01", "text=\ufdd1\ufdd0".encode()]
)
def test_odd_characters_are_taken_as_they_are(client: Client, content: bytes) -> None:
    response = client.post("/check", content=content, headers={"content-type": "application/x-www-form-urlencoded"})
    assert response.status_code == 200
    Page(response.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_lead_to_it(client: Client, language: str) -> None:
    suffix = "" if language == "en" else f"?language={language}"
    for path in ("/", "/myths", "/article", "/check"):
        page = Page(client.get(f"{path}?language={language}").text)
        at_most = 1 if path == "/check" else 2  # the menu, and a link of the page's own
        assert page.links.count(f"/check{suffix}") >= at_most, path


def test_nothing_of_the_text_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        checked(client, "A secret of 3 Wh per ChatGPT prompt.")
    assert [each.getMessage() for each in caplog.records if each.name == "wattcite.request"]
    assert "secret" not in caplog.text
