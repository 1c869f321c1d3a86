"""The MCP server on its two transports."""

from __future__ import annotations

import logging
from typing import Final

from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from service.core.answer import Language
from service.desk import Desk
from service.tools.mcp import build
from service.tools.registry import Profile

_UNGUARDED: Final = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # `Guard` does it, and says more

logging.getLogger("mcp").setLevel(logging.WARNING)  # it tells of every request that a session ends


def over_http(desk: Desk, profile: Profile, language: Language) -> StreamableHTTPSessionManager:
    """What answers HTTP requests, each on its own; it must be run, once, before it is called."""
    return StreamableHTTPSessionManager(
        build(desk, profile, language),
        json_response=True,
        stateless=True,
        security_settings=_UNGUARDED,
        max_request_body_size=desk.settings.max_body,
    )


async def over_stdio(desk: Desk, profile: Profile, language: Language) -> None:
    """Serve one client over standard input and output until it closes them."""
    server = build(desk, profile, language)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
