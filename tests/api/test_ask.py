"""Questions over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from service.ask.shapes import Answered

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.testing import TestClient


def posted(client: TestClient[Litestar], body: Any) -> tuple[int, dict[str, Any]]:
    response = client.post("/v1/ask", json=body)
    return response.status_code, response.json()


def test_a_question_is_answered_in_the_published_shape(client: TestClient[Litestar]) -> None:
    status, found = posted(client, {"question": "ChatGPT 一天耗電50萬度，相當於幾戶美國家庭？"})
    assert status == 200
    TypeAdapter(Answered).validate_python(found)
    assert (found["answered"], found["tool"], found["language"]) == (True, "energy_equivalents", "zh-Hant")
    assert found["headline"]["value"] == pytest.approx(
        500_000 * 365 / 10_791, rel=0.03
    )  # kWh a day over kWh a year and home


def test_its_call_gives_the_same(client: TestClient[Litestar]) -> None:
    _, found = posted(client, {"question": "how much did training BLOOM emit"})
    call = found["call"]
    again = client.request(call["method"], call["path"], json=call["body"]).json()
    assert again["headline"] == found["headline"]
    assert client.get(found["permalink"]).json()["headline"]["value"] == found["headline"]["value"]


def test_what_cannot_be_answered_has_no_headline(client: TestClient[Litestar]) -> None:
    status, found = posted(client, {"question": "What is the weather in Boston?"})
    assert status == 200
    TypeAdapter(Answered).validate_python(found)
    assert (found["answered"], found["headline"], found["results"], found["call"]) == (False, None, [], None)
    assert found["suggestions"]


def test_a_question_may_go_on_from_an_answer(client: TestClient[Litestar]) -> None:
    _, first = posted(client, {"question": "How many homes equal ChatGPT's daily use?"})
    context = {"tool": first["tool"], "inputs": first["inputs"]}
    _, found = posted(client, {"question": "那换成中国家庭呢？", "context": context})
    assert found["inputs"]["region"]["value"] == "CN"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": "x", "language": "fr"}, "language"),
        ({"question": "x", "region": "Narnia"}, "region"),
        ({"question": "x", "as_of": "yesterday"}, "as_of"),
        ({"question": "x", "colour": "red"}, "colour"),
    ],
)
def test_faults(client: TestClient[Litestar], body: dict[str, str], field: str) -> None:
    status, problem = posted(client, body)
    assert status == 422
    assert [fault["field"] for fault in problem["faults"]] == [field]


def test_five_thousand_words_of_noise(client: TestClient[Litestar]) -> None:
    status, found = posted(client, {"question": "noise and more " * 2000})
    assert (status, found["answered"]) == (200, False)
