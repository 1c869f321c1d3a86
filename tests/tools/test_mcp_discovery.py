"""How the MCP server is found; the shapes are those of the published schemas, written down here by hand."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest
from mcp import Client

from service import __version__
from service.tools import mcp_discovery

ADDRESS = "https://ai.wattcite.example.org"
NAME = r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+"


def test_card() -> None:
    card = mcp_discovery.card(ADDRESS)
    allowed = {"$schema", "name", "version", "title", "description", "websiteUrl", "remotes"}
    assert set(card) == allowed
    assert (card["name"], card["version"]) == ("org.example.wattcite.ai/wattcite", __version__)
    assert re.fullmatch(NAME, card["name"])
    assert len(card["description"]) <= 100
    assert card["remotes"][0]["url"] == f"{ADDRESS}/mcp"


@pytest.mark.parametrize(
    ("host", "namespace"), [("127.0.0.1:8000", "localhost"), ("[::1]:8000", "localhost"), ("localhost", "localhost")]
)
def test_address_without_a_domain(host: str, namespace: str) -> None:
    assert mcp_discovery.card(f"http://{host}")["name"] == f"{namespace}/wattcite"


def test_catalogue_leads_to_the_card() -> None:
    entry = mcp_discovery.catalogue(ADDRESS, "1.0")["entries"][0]
    assert entry["identifier"] == "urn:air:ai.wattcite.example.org:wattcite"
    assert (entry["type"], entry["url"]) == ("application/mcp-server-card+json", f"{ADDRESS}/mcp/server-card")


def test_registry_entry() -> None:
    entry = mcp_discovery.registry_entry(ADDRESS)
    assert entry["remotes"] == [{"type": "streamable-http", "url": f"{ADDRESS}/mcp"}]
    package = entry["packages"][0]
    assert (package["identifier"], package["transport"], package["version"]) == (
        "wattcite",
        {"type": "stdio"},
        __version__,
    )


def test_client_that_knows_only_the_address_connects(address: str) -> None:
    catalogue = httpx.get(f"{address}/.well-known/ai-catalog.json")
    assert catalogue.headers["content-type"] == "application/ai-catalog+json"
    assert httpx.get(f"{address}/.well-known/mcp/catalog.json").json()["entries"] == catalogue.json()["entries"]
    card = httpx.get(catalogue.json()["entries"][0]["url"], headers={"accept": mcp_discovery.CARD})
    assert card.headers["content-type"] == mcp_discovery.CARD
    assert card.headers["access-control-allow-origin"] == "*"
    assert card.headers["cache-control"] == "public, max-age=3600"
    assert httpx.get(card.url, headers={"if-none-match": card.headers["etag"]}).status_code == 304
    assert httpx.get(f"{address}/.well-known/mcp/server-card.json").json() == card.json()
    assert httpx.get(f"{address}/server.json").json()["name"] == card.json()["name"]

    async def connect() -> None:
        remote = card.json()["remotes"][0]
        async with Client(remote["url"]) as client:
            assert client.protocol_version in remote["supportedProtocolVersions"]
            assert client.server_info
            assert client.server_info.version == card.json()["version"]
            assert client.server_info.description == card.json()["description"]

    asyncio.run(connect())
