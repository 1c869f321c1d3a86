"""The routes of the tools: described in every dialect, called by inputs and in every dialect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from service.core.answer import Answer
from service.core.calculator import registry
from service.tools.dialect import dialects
from service.tools.listing import ToolList, pasted
from service.tools.registry import profile, tools

CALL = {
    "id": "c1",
    "type": "function",
    "function": {"name": "energy_equivalents", "arguments": '{"energy": "chatgpt"}'},
}


@pytest.fixture(scope="module")
def web(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as opened:
        yield opened


def test_the_list_is_as_before(web: httpx.Client) -> None:
    listed = TypeAdapter(ToolList).validate_json(web.get("/v1/tools").content, strict=True)
    assert [each["name"] for each in listed["tools"]] == list(tools())
    for each in listed["tools"]:
        assert web.get(f"/v1/tools/{each['name']}").json() == each
    core = web.get("/v1/tools", params={"profile": "core", "language": "zh-Hant"}).json()
    assert [each["name"] for each in core["tools"]] == list(profile("core"))


@pytest.mark.parametrize("name", sorted(dialects()))
def test_a_dialect_is_ready_to_paste(web: httpx.Client, name: str) -> None:
    response = web.get("/v1/tools", params={"dialect": name, "profile": "core", "language": "zh"})
    made = pasted(name, "core", "zh-Hans", str(web.base_url))
    assert response.json() == json.loads(json.dumps(made))
    assert response.headers["etag"]


@pytest.mark.parametrize("query", ["dialect=opnai", "profile=tiny", "language=fr", "dialekt=openai", "dialect="])
def test_a_faulty_query_is_told(web: httpx.Client, query: str) -> None:
    response = web.get(f"/v1/tools?{query}")
    assert (response.status_code, response.json()["code"]) == (422, "bad-call")


@pytest.mark.parametrize("name", sorted(registry))
def test_a_calculator_is_called_as_a_tool(web: httpx.Client, name: str) -> None:
    fields = registry[name].inputs.model_fields.items()
    inputs: dict[str, Any] = {key: info.examples[0] for key, info in fields if info.is_required() and info.examples}
    asked = web.post(f"/v1/calculators/{name}", json=inputs)
    called = web.post(f"/v1/tools/{name}", json=inputs)
    assert called.status_code == asked.status_code
    if asked.status_code != 200:
        assert called.json() == asked.json()
        return
    TypeAdapter(Answer).validate_json(called.content, strict=True)
    assert next(iter(called.json())) == "text"
    # its text is shorter, and nothing else differs
    assert {**called.json(), "text": ""} == {**asked.json(), "text": ""}


def test_a_call_as_a_model_wrote_it(web: httpx.Client) -> None:
    message = web.post("/v1/tools/energy_equivalents", json=CALL).json()
    assert (message["role"], message["tool_call_id"]) == ("tool", "c1")
    assert web.post("/v1/tools", json=CALL).json() == message
    assert web.post("/v1/tools", json=[CALL]).json() == [message]


def test_a_call_of_another_tool_is_told(web: httpx.Client) -> None:
    response = web.post("/v1/tools/service_energy", json=CALL)
    assert response.status_code == 422
    assert "energy_equivalents" in str(response.json()["faults"])


def test_errors_keep_their_status(web: httpx.Client) -> None:
    assert web.post("/v1/tools/energy_equivalents", json={"energy": "chatgppt"}).status_code == 422
    assert web.post("/v1/tools/energy_equivalents", json={"energy": "chatgpt", "region": "AQ"}).status_code == 404
    unknown = web.post("/v1/tools/energy_equivalent", json={})
    assert (unknown.status_code, unknown.json()["faults"][0]["nearest"][0]) == (404, "energy_equivalents")
    assert web.get("/v1/tools/energy_equivalent").status_code == 404
    for body in (b"", b"[]", b"7", b"\xff", b'{"a":' * 100_000):
        assert web.post("/v1/tools/energy_equivalents", content=body).status_code in {400, 413}
        assert web.post("/v1/tools", content=body).status_code in {400, 413}
    assert web.post("/v1/tools/energy_equivalents?x=1", json={"energy": "chatgpt"}).status_code == 422
