"""The yardstick: a server of the official MCP SDK as its guide writes one, with one tool that returns what it is given."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer
from pydantic import BaseModel
from starlette.applications import Starlette


class Echo(BaseModel):
    """What the tool returns."""

    text: str


def create_app() -> Starlette:
    """The server at `/mcp`, without sessions and event streams, as ours is."""
    server = MCPServer("bare", log_level="WARNING")

    @server.tool()
    def echo(text: str) -> Echo:
        """Returns the text."""
        return Echo(text=text)

    return server.streamable_http_app(stateless_http=True, json_response=True)
