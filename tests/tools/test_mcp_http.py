"""Real clients against a real server, over every transport and protocol revision."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, Literal

import fastmcp
import httpx
import pytest
import yaml
from mcp import Client, StdioServerParameters
from mcp.types.version import HANDSHAKE_PROTOCOL_VERSIONS, KNOWN_PROTOCOL_VERSIONS

from service.answers.words import LANGUAGES
from service.tools.instructions import instructions
from service.tools.registry import CORE, tools
from tests.api.conftest import ROOT
from tests.tools.mcp_checks import HOMES, check_everything, suffices, text_of

HEADERS = {"content-type": "application/json", "accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(("mode", "revision"), [("auto", "2026-07-28"), ("legacy", "2025-11-25")])
def test_official_client(address: str, mode: Literal["auto", "legacy"], revision: str) -> None:
    async def use() -> None:
        async with Client(f"{address}/mcp", mode=mode) as client:
            assert client.protocol_version == revision
            assert client.instructions == instructions("en")
            await check_everything(client)

    asyncio.run(use())


@pytest.mark.parametrize("language", LANGUAGES)
def test_official_client_over_stdio(built: Path, language: str) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "service", "mcp", "--language", language],
        cwd=ROOT,
        env={**os.environ, "WATTCITE_KNOWLEDGE": str(built)},
    )

    async def use() -> None:
        async with Client(started) as client:
            assert client.instructions == instructions(language)
            if language == "en":
                await check_everything(client)
            found = await client.call_tool("energy_equivalents", HOMES)
            suffices(text_of(found.content), found.structured_content)
            assert found.structured_content["language"] == language

    asyncio.run(use())


def test_fastmcp(address: str) -> None:
    async def use() -> None:
        async with fastmcp.Client(f"{address}/mcp") as client:
            assert [tool.name for tool in await client.list_tools()] == list(tools())
            found = await client.call_tool("energy_equivalents", HOMES)
            assert found.data.headline.unit == "home"  # typed, hence the result fits the output schema
            suffices(text_of(found.content), found.structured_content)
            prompt = await client.get_prompt("compare_services", {"services": "chatgpt, gemini"})
            assert "chatgpt, gemini" in prompt.messages[0].content.text

    asyncio.run(use())


def test_every_tool_returns_what_its_schema_says(address: str) -> None:
    """The official client refuses a result that does not fit the schema."""

    async def use() -> None:
        async with Client(f"{address}/mcp") as client:
            await client.list_tools()
            for name in tools():
                found = await client.call_tool(name, typical(name))
                assert not found.is_error, f"{name}: {text_of(found.content)}"
                assert text_of(found.content)

    asyncio.run(use())


@pytest.mark.parametrize("revision", KNOWN_PROTOCOL_VERSIONS)
def test_every_revision_over_bare_http(address: str, revision: str) -> None:
    result = call(address, "energy_equivalents", HOMES, revision)["result"]
    suffices(result["content"][0]["text"], result["structuredContent"])
    linked = {entry["type"] for entry in result["content"][1:]}
    assert linked == ({"resource_link"} if revision >= "2025-06-18" else set())  # older clients know no links


def test_initialize_is_answered_in_the_revision_asked_for(address: str) -> None:
    for revision in HANDSHAKE_PROTOCOL_VERSIONS:
        who = {"protocolVersion": revision, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": who}
        result = httpx.post(f"{address}/mcp", json=body, headers=HEADERS).json()["result"]
        assert result["protocolVersion"] == revision
        assert result["instructions"] == instructions("en")


def test_profile_and_language_by_the_query(address: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    response = httpx.post(f"{address}/mcp?profile=core&language=zh-Hans", json=body, headers=HEADERS)
    listed = {tool["name"]: tool for tool in response.json()["result"]["tools"]}
    assert list(listed) == [name for name in CORE if name in tools()]
    schema = listed["energy_equivalents"]["inputSchema"]["properties"]["language"]
    assert (schema["default"], "zh-Hans" in schema["description"]) == ("zh-Hans", True)
    assert "电" in listed["energy_equivalents"]["description"]
    found = call(address, "energy_equivalents", HOMES, "2025-11-25", "?language=zh-Hans")["result"]
    assert found["structuredContent"]["language"] == "zh-Hans"
    found = call(address, "energy_equivalents", {**HOMES, "language": "en"}, "2025-11-25", "?language=zh-Hans")[
        "result"
    ]
    assert found["structuredContent"]["language"] == "en"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "said"),
    [
        ("GET", "/mcp", {"accept": "text/event-stream"}, 405, "/register"),
        ("DELETE", "/mcp", {}, 405, "POST"),
        ("POST", "/mcp/elsewhere", {}, 404, "/mcp"),
        ("POST", "/mcp?profile=all", {}, 400, "core, full"),
        ("POST", "/mcp?language=fr", {}, 400, "zh-Hans"),
        ("POST", "/mcp", {"host": "rebound.example.org"}, 421, "WATTCITE_ALLOWED_HOSTS"),
        ("POST", "/mcp", {"origin": "https://rebound.example.org"}, 403, "WATTCITE_ALLOWED_ORIGINS"),
    ],
)
def test_refusals_say_what_to_do(
    address: str, method: str, path: str, headers: dict[str, str], status: int, said: str
) -> None:
    response = httpx.request(method, f"{address}{path}", headers=headers)
    assert response.status_code == status
    assert said in response.json()["error"]["message"]
    assert "access-control-allow-origin" not in response.headers
    assert response.headers.get("allow") == ("POST" if status == 405 else None)


def test_pages_of_this_machine_may_call(address: str) -> None:
    origin = {"origin": "http://localhost:6274"}
    wanted = {**origin, "access-control-request-headers": "mcp-protocol-version"}
    preflight = httpx.options(f"{address}/mcp", headers=wanted)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-headers"] == "mcp-protocol-version"
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    answer = httpx.post(f"{address}/mcp", json=body, headers={**HEADERS, **origin})
    assert answer.json()["result"] == {}
    assert answer.headers["access-control-allow-origin"] == "http://localhost:6274"


def test_body_that_is_too_large(address: str) -> None:
    response = httpx.post(f"{address}/mcp", content=b"x" * 70_000, headers=HEADERS)
    assert response.status_code == 413


def typical(name: str) -> dict[str, Any]:
    """A call that holds: the first worked case of a calculator, else the examples of what a tool requires."""
    cases = ROOT / "tests" / "cases" / f"{name}.yaml"
    if cases.is_file():
        inputs: dict[str, Any] = yaml.safe_load(cases.read_text(encoding="utf-8"))[0]["inputs"]
        return inputs
    fields = tools()[name].inputs.model_fields.items()
    return {field: info.examples[0] for field, info in fields if info.is_required() and info.examples}


def call(address: str, name: str, arguments: dict[str, Any], revision: str, query: str = "") -> dict[str, Any]:
    """Call a tool in the form of a protocol revision, without any client library."""
    params: dict[str, Any] = {"name": name, "arguments": arguments}
    headers = {**HEADERS, "mcp-protocol-version": revision}
    if revision not in HANDSHAKE_PROTOCOL_VERSIONS:
        prefix = "io.modelcontextprotocol"
        who = {"name": "test", "version": "1"}
        params["_meta"] = {
            f"{prefix}/protocolVersion": revision,
            f"{prefix}/clientInfo": who,
            f"{prefix}/clientCapabilities": {},
        }
        headers |= {"mcp-method": "tools/call", "mcp-name": name}
    body = {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params}
    response = httpx.post(f"{address}/mcp{query}", content=json.dumps(body), headers=headers, timeout=30)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    assert found["id"] == 7
    return found
