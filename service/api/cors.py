"""Calls from pages in a browser: which origins may make them. The knowledge is public and no call changes anything.

Told for everything but ``/mcp``, which checks origins by itself.
"""

from __future__ import annotations

from typing import Final

from litestar import HttpMethod
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.desk import tell
from service.settings import Settings

_ITSELF: Final = "/mcp"
_ANY: Final = "*"
_ALLOWED: Final = b"access-control-allow-origin"
_EXPOSE: Final = b"access-control-expose-headers"
_TOLD: Final = frozenset({_ALLOWED, _EXPOSE})
_EXPOSED: Final = (
    b"etag, retry-after, ratelimit, ratelimit-policy, ratelimit-limit, ratelimit-remaining, ratelimit-reset"
)


def shared(app: ASGIApp, settings: Settings) -> ASGIApp:
    """The application, called from pages of the origins of the settings too."""
    origins = frozenset(origin.strip().rstrip("/").lower() for origin in settings.cors_origins.split(","))

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        origin = _header(scope, b"origin")
        if scope.get("path", _ITSELF).startswith(_ITSELF) or not (_ANY in origins or origin.lower() in origins):
            await app(scope, receive, send)
        elif (
            scope["type"] == ScopeType.HTTP
            and scope["method"] == HttpMethod.OPTIONS
            and _header(scope, b"access-control-request-method")
        ):
            await _preflight(scope, origins, send)
        else:
            await app(scope, receive, _told(origin, origins, send))

    return call


def _told(origin: str, origins: frozenset[str], send: Send) -> Send:
    """Where any origin may read it, everybody is told, since a cache hands the same answer to all."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            allowed = _ANY if _ANY in origins else origin
            kept = [
                each for each in message["headers"] if each[0] not in _TOLD
            ]  # a route of its own mind says the same
            message["headers"] = [*kept, (_ALLOWED, allowed.encode("latin-1")), (_EXPOSE, _EXPOSED)]
            if allowed != _ANY:
                MutableScopeHeaders.from_message(message).extend_header_value("vary", "origin")
        await send(message)

    return told


async def _preflight(scope: Scope, origins: frozenset[str], send: Send) -> None:
    headers = {
        "access-control-allow-methods": "GET, HEAD, POST",
        "access-control-allow-headers": _header(scope, b"access-control-request-headers") or "content-type",
        "access-control-max-age": "86400",
    }
    await tell(_told(_header(scope, b"origin"), origins, send), 204, headers)


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope.get("headers", ()):  # the lifespan has none
        if key == name:
            return value.decode("latin-1")
    return ""
