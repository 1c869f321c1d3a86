"""Calling a calculator: both methods, permalinks, determinism."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.api.calls import EXAMPLES, HOMES, answer, codes, problem
from tests.api.conftest import serving

Client = TestClient[Litestar]
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


def query(inputs: dict[str, Any]) -> httpx.QueryParams:
    return httpx.QueryParams(inputs)  # a list becomes a repeated parameter


@pytest.mark.parametrize(("name", "inputs"), EXAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_get_post_and_permalink_give_the_same_bytes(
    client: Client, name: str, inputs: dict[str, Any], language: str
) -> None:
    asked = {**inputs, "language": language}
    posted = client.post(f"/v1/calculators/{name}", json=asked)
    made = answer(posted)
    assert (made["tool"], made["language"]) == (name, language)
    assert client.get(f"/v1/calculators/{name}", params=query(asked)).content == posted.content
    assert made["permalink"].startswith(f"/v1/calculators/{name}")
    assert client.get(made["permalink"]).content == posted.content


@pytest.mark.parametrize(
    "asked",
    [
        {"energy": "500 MWh/day", "region": "中国", "to": "kettle", "period": "week"},
        {"energy": "1,287 MWh", "region": "GB"},
        {"energy": "chatgpt", "estimate": "latest"},
        {"energy": "chatgpt", "estimate": "highest", "language": "zh-Hant"},
        {"energy": "ChatGPT", "as_of": "2025-12-31"},
    ],
)
def test_permalink_keeps_everything_that_was_asked(client: Client, asked: dict[str, str]) -> None:
    made = client.post(HOMES, json=asked)
    assert client.get(answer(made)["permalink"]).content == made.content


def test_service_energy_keeps_a_number_exactly(client: Client) -> None:
    # 0.1 + 0.2 is 0.30000000000000004 in binary, which a rounded address would lose
    made = client.post("/v1/calculators/service_energy", json={"service": "chatgpt", "requests": 0.1 + 0.2})
    assert "0.30000000000000004" in answer(made)["permalink"]
    assert client.get(answer(made)["permalink"]).content == made.content


def test_processes_agree(web: httpx.Client, built: Path) -> None:
    with (
        serving(built, PYTHONHASHSEED="2") as other,
        httpx.Client(base_url=other, timeout=60, trust_env=False) as second,
    ):
        for name, inputs in EXAMPLES:
            path, params = f"/v1/calculators/{name}", query({**inputs, "language": "zh-Hans"})
            first = web.get(path, params=params)
            assert first.content == second.get(path, params=params).content, name
            assert first.headers.get("etag") == second.get(path, params=params).headers.get("etag")
        for path in ("/v1/figures?limit=100", "/v1/search?q=water&limit=50", "/v1/sources?limit=50", "/v1/tools"):
            assert web.get(path).content == second.get(path).content, path


def test_null_stands_for_an_input_that_is_left_out(client: Client) -> None:
    plain = client.post(HOMES, json={"energy": "chatgpt"})
    with_nulls = {"energy": "chatgpt", "region": None, "to": None, "as_of": None, "estimate": None, "language": None}
    assert client.post(HOMES, json=with_nulls).content == plain.content
    assert codes(problem(client.post(HOMES, json={"energy": None}), 422, "bad-call")) == {"energy": "missing"}


@pytest.mark.parametrize("requests", [2.5e9, 2500000000, "2500000000", "2.5e9"])
def test_number_may_be_written_as_text(client: Client, requests: object) -> None:
    made = answer(client.post("/v1/calculators/service_energy", json={"service": "chatgpt", "requests": requests}))
    assert made["inputs"]["requests"] == {"value": 2.5e9, "status": "given"}


@pytest.mark.parametrize(
    "kind",
    ["application/json", "application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded", ""],
)
def test_body_is_what_it_is_whatever_it_is_called(client: Client, kind: str) -> None:
    made = client.post(HOMES, content='{"energy": "chatgpt"}', headers={"content-type": kind} if kind else {})
    assert made.content == client.post(HOMES, json={"energy": "chatgpt"}).content


def test_answers_of_a_real_server_are_those_of_the_application(web: httpx.Client, client: Client) -> None:
    for name, inputs in EXAMPLES:
        assert (
            web.post(f"/v1/calculators/{name}", json=inputs).content
            == client.post(f"/v1/calculators/{name}", json=inputs).content
        )
