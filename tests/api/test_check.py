"""Checking texts over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from service.check.inputs import LONGEST
from service.check.shapes import Report

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.testing import TestClient

TEXT = "Training GPT-3 took 1,287 MWh of electricity."  # Patterson et al. (2021)


def test_a_text_is_checked_in_the_published_shape(client: TestClient[Litestar]) -> None:
    response = client.post("/v1/check", json={"text": TEXT})
    assert response.status_code == 200
    found = TypeAdapter(Report).validate_python(response.json())
    (claim,) = found["claims"]
    assert TEXT[claim["start"] : claim["end"]] == claim["span"] == "1,287 MWh"
    assert (claim["subject"], claim["value"], claim["unit"], claim["verdict"]) == ("gpt-3", 1287, "MWh", "supported")
    assert [each["source"] for each in claim["citations"]] == ["patterson-2021"]
    assert response.headers["cache-control"] == "no-store"


def test_language_is_that_of_the_text_or_as_asked(client: TestClient[Litestar]) -> None:
    text = "訓練GPT-3消耗了1,287兆瓦時的電力。"
    assert client.post("/v1/check", json={"text": text}).json()["language"] == "zh-Hant"
    found = client.post("/v1/check", json={"text": text, "language": "en"}).json()
    assert found["language"] == "en"
    assert found["claims"][0]["explanation"].isascii()


def test_numbers_are_held_against_the_answers_sent_with_the_text(client: TestClient[Litestar]) -> None:
    answer = client.post("/v1/calculators/energy_equivalents", json={"energy": "500 MWh/day", "region": "US"}).json()
    # 500,000 kWh a day ÷ (10,791 kWh a year ÷ 365 days) = 16,912 homes
    text = "500 MWh a day is what 16,900 American homes use, or 90,000 homes, each of 10,791 kWh a year."
    found = client.post("/v1/check", json={"text": text, "answers": [answer]})
    assert found.status_code == 200
    numbers = TypeAdapter(Report).validate_python(found.json())["numbers"]
    assert {text[each["start"] : each["end"]]: each["verdict"] == "grounded" for each in numbers} == {
        "500 MWh a day": True,
        "16,900": True,
        "90,000": False,
        "10,791 kWh a year": True,
    }
    assert "numbers" not in client.post("/v1/check", json={"text": text}).json()


@pytest.mark.parametrize(
    "answers", [[{}], [{"results": 5, "citations": [None], "text": []}], [{"headline": {"value": "x"}}]]
)
def test_answers_that_are_none_ground_nothing(client: TestClient[Litestar], answers: list[Any]) -> None:
    found = client.post("/v1/check", json={"text": TEXT, "answers": answers})
    assert found.status_code == 200
    assert "grounded" not in {each["verdict"] for each in found.json()["numbers"]}


@pytest.mark.parametrize(
    ("format", "media", "start"),
    [
        ("json", "application/json", '{"language":'),
        ("markdown", "text/markdown", ""),
        ("html", "text/html", "<!doctype html>"),
        ("claimreview", "application/ld+json", '{"@context":'),
    ],
)
def test_formats(client: TestClient[Litestar], format: str, media: str, start: str) -> None:  # noqa: A002
    asked = client.post("/v1/check", json={"text": TEXT, "format": format})
    accepted = client.post("/v1/check", json={"text": TEXT}, headers={"accept": media})
    for response in (asked, accepted):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(media)
        assert response.text.startswith(start)
        assert "1,287" in response.text
    assert asked.text == accepted.text


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["text"]),
        ({"text": ""}, ["text"]),
        ({"text": 5, "language": "fr", "format": "pdf"}, ["format", "language", "text"]),
        ({"text": "x" * (LONGEST + 1)}, ["text"]),
        ({"text": TEXT, "txt": TEXT}, ["txt"]),
    ],
)
def test_all_faults_at_once(client: TestClient[Litestar], body: dict[str, Any], fields: list[str]) -> None:
    response = client.post("/v1/check", json=body)
    assert response.status_code == 422
    assert sorted(fault["field"] for fault in response.json()["faults"]) == fields


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000])
def test_what_is_no_object_is_refused(client: TestClient[Litestar], content: bytes) -> None:
    response = client.post("/v1/check", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/problem+json")


def test_too_large_a_body_is_refused(client: TestClient[Litestar]) -> None:
    assert client.post("/v1/check", content=b" " * (3 * 2**20)).status_code == 413


def test_the_longest_text_in_escapes(client: TestClient[Litestar]) -> None:
    content = b'{"text": "' + b"\\u5ea6" * LONGEST + b'"}'
    response = client.post("/v1/check", content=content, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["claims"]) == (200, [])


def test_half_a_character_is_taken_as_it_is(client: TestClient[Litestar]) -> None:
    content = b'{"text": "\\ud800 ' + TEXT.encode() + b'"}'
    for format in ("json", "markdown", "html", "claimreview"):  # noqa: A001
        body = content[:-1] + f', "format": "{format}"}}'.encode()
        response = client.post("/v1/check", content=body, headers={"content-type": "application/json"})
        assert response.status_code < 500, format
