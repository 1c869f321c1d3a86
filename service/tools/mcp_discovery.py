"""How the MCP server is found without being told of it: its card, the catalogues of this address, the registry entry.

All are made from the public address, so a service behind a proxy names the address that its clients use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service import __version__
from service.desk import JSON, Asked, Desk, encode, get
from service.tools.mcp_said import NAME, TITLE, said
from service.tools.mcp_transport import PATH

CARD: Final = "application/mcp-server-card+json"
CATALOGUE: Final = "application/ai-catalog+json"
_SCHEMAS: Final = "https://static.modelcontextprotocol.io/schemas"
_CARD_SCHEMA: Final = f"{_SCHEMAS}/v1/server-card.schema.json"
_REGISTRY_SCHEMA: Final = f"{_SCHEMAS}/2025-12-11/server.schema.json"
_ANYONE: Final = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET",
    "access-control-allow-headers": "content-type",
    "cache-control": "public, max-age=3600",
}


def card(address: str) -> dict[str, Any]:
    """The server card: who this is and where it is reached; never which tools there are."""
    from mcp.types.version import KNOWN_PROTOCOL_VERSIONS  # noqa: PLC0415 - takes its time, and few ask

    remote = {**_remote(address), "supportedProtocolVersions": list(KNOWN_PROTOCOL_VERSIONS)}
    return {"$schema": _CARD_SCHEMA, **_identity(address), "remotes": [remote]}


def catalogue(address: str, version: str) -> dict[str, Any]:
    """The catalogue of this address; `version` is that of the catalogue format."""
    entry = {
        "identifier": f"urn:air:{_publisher(address)}:{NAME}",
        "displayName": TITLE,
        "type": CARD,
        "url": f"{address}{PATH}/server-card",
        "description": said("en", "description"),
    }
    return {"specVersion": version, "entries": [entry]}


def registry_entry(address: str) -> dict[str, Any]:
    """The `server.json` that a registry of MCP servers takes: this address, and the command that a client can install."""
    package = {
        "registryType": "pypi",
        "identifier": NAME,
        "version": __version__,
        "runtimeHint": "uvx",
        "transport": {"type": "stdio"},
        "packageArguments": [{"type": "positional", "value": "mcp"}],
    }
    return {"$schema": _REGISTRY_SCHEMA, **_identity(address), "packages": [package], "remotes": [_remote(address)]}


def _identity(address: str) -> dict[str, str]:
    return {
        "name": f"{_reversed(address)}/{NAME}",
        "version": __version__,
        "title": TITLE,
        "description": said("en", "description"),
        "websiteUrl": address,
    }


def _remote(address: str) -> dict[str, Any]:
    return {"type": "streamable-http", "url": f"{address}{PATH}"}


def _publisher(address: str) -> str:
    return urlsplit(address).hostname or "localhost"


def _reversed(address: str) -> str:
    """The host as a namespace, its largest part first; an IP address, which has no such parts, as localhost."""
    host = _publisher(address)
    try:
        ip_address(host)
    except ValueError:
        return ".".join(reversed(host.split(".")))
    return "localhost"


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes of the documents."""
    address = desk.settings.public_url.rstrip("/")
    documents: Mapping[str, tuple[str, Callable[[], dict[str, Any]]]] = {
        f"{PATH}/server-card": (CARD, lambda: card(address)),
        "/.well-known/mcp/server-card.json": (CARD, lambda: card(address)),
        "/.well-known/ai-catalog.json": (CATALOGUE, lambda: catalogue(address, "1.0")),
        "/.well-known/mcp/catalog.json": (JSON, lambda: catalogue(address, "draft")),
        "/server.json": (JSON, lambda: registry_entry(address)),
    }
    return [_route(desk, path, media_type, make) for path, (media_type, make) in documents.items()]


def _route(desk: Desk, path: str, media_type: str, make: Callable[[], dict[str, Any]]) -> HTTPRouteHandler:
    body = cache(lambda: encode(make()))

    @get(path)
    def document(request: Asked) -> Response[bytes]:
        response = desk.cached(request, body(), media_type)
        response.headers.update(_ANYONE)
        return response

    return document
