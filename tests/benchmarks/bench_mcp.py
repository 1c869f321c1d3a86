"""MCP tool calls per second of one worker against a server of the official SDK whose one tool returns what it is given."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mcp.types import CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY, PROTOCOL_VERSION_META_KEY
from mcp.types.version import LATEST_HANDSHAKE_VERSION, LATEST_MODERN_VERSION

from tests.benchmarks.load import rates, server
from tests.benchmarks.table import Measured, compared

_OURS = "service.app:create_app"
_BARE = "tests.benchmarks.bare_mcp:create_app"
_AMOUNTS = ("850 MWh", "1287 MWh", "3.2 TWh", "75 kWh", "0.34 Wh", "500 GJ", "12 MWh", "50 BTU")
_TO = ("kWh", "MWh", "GJ", "Wh", "TWh")
_MORE_THAN_ARE_KEPT = 1000
_META = {
    PROTOCOL_VERSION_META_KEY: LATEST_MODERN_VERSION,
    CLIENT_INFO_META_KEY: {"name": "benchmark", "version": "1"},
    CLIENT_CAPABILITIES_META_KEY: {},
}


def measure() -> list[Measured]:
    """Calls that were made before, as popular questions are, and calls that never were: the latest answers are kept."""
    popular = [("convert_units", {"amount": amount, "to": unit}) for amount in _AMOUNTS for unit in _TO]
    new = [("convert_units", {"amount": f"{number}.5 MWh", "to": "GJ"}) for number in range(_MORE_THAN_ARE_KEPT)]
    bare = [("echo", {"text": amount}) for amount in _AMOUNTS]
    measured = []
    with server(_OURS) as ours, server(_BARE) as bare_server:
        for version in (LATEST_MODERN_VERSION, LATEST_HANDSHAKE_VERSION):
            for which, calls, least in (("asked before", popular, 0.8), ("new", new, 0.8)):
                found = rates((ours, wired(version, calls)), (bare_server, wired(version, bare)))
                name = f"MCP {version}, calls {which}, against a one-tool server of the SDK"
                measured.append(compared(name, "calls/s", *found, least=least))
    return measured


def wired(version: str, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[bytes]:
    """Calls of tools as they go over the wire."""
    return [_call(version, number, name, arguments) for number, (name, arguments) in enumerate(calls)]


def _call(version: str, number: int, name: str, arguments: Mapping[str, Any]) -> bytes:
    """A call as it goes over the wire, in the form of a protocol revision."""
    modern = version == LATEST_MODERN_VERSION
    params = {"name": name, "arguments": arguments, **({"_meta": _META} if modern else {})}
    body = json.dumps({"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}).encode()
    head = [
        "POST /mcp HTTP/1.1",
        "host: localhost:8000",
        "content-type: application/json",
        "accept: application/json, text/event-stream",
        f"content-length: {len(body)}",
        f"mcp-protocol-version: {version}",
        *(["mcp-method: tools/call", f"mcp-name: {name}"] if modern else []),
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
