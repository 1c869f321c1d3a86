"""The MCP server at `/mcp`, over streamable HTTP.

There are no sessions and no event streams: every POST is answered with one JSON document, for every protocol revision
that the SDK speaks. The query chooses the profile and the language of what is described.

The SDK takes half a second to import and a third of a worker's memory, so it is loaded by the first call, not before.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast, get_args
from urllib.parse import parse_qsl

from anyio import Lock, create_task_group, sleep_forever, to_thread
from anyio.abc import TaskGroup, TaskStatus
from litestar import Litestar, asgi
from litestar.enums import ScopeType
from litestar.handlers import ASGIRouteHandler
from litestar.types import HTTPScope, Message, Receive, Scope, Send

from service.core.answer import Language
from service.desk import JSON, Desk, encode, tell
from service.tools.mcp_guard import Guard
from service.tools.mcp_splice import expect
from service.tools.registry import Profile

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH: Final = "/mcp"
_PROFILES: Final[tuple[Profile, ...]] = get_args(Profile)
_LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_CHINESE: Final = "zh"  # for short
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"profile": _PROFILES, "language": (*_LANGUAGES, _CHINESE)}
_INVALID: Final = -32600  # JSON-RPC: this is no request that can be served
_EXPOSED: Final = "mcp-session-id, mcp-protocol-version"


class Endpoint:
    """The server at `/mcp`: give its handlers and its lifespan to the application."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._refuses = lru_cache(maxsize=256)(Guard.of(desk.settings).refuses)  # of which there are few
        self._managers: dict[tuple[Profile, Language], StreamableHTTPSessionManager] = {}
        self._tasks: TaskGroup
        self._starting: Lock

    def handlers(self) -> list[ASGIRouteHandler]:
        """The route."""

        @asgi(PATH, is_mount=True, copy_scope=True)
        async def mcp(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == ScopeType.HTTP:
                await self._answer(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1000, "reason": "MCP is spoken here over HTTP alone"})

        return [mcp]

    @asynccontextmanager
    async def lifespan(self, _: Litestar) -> AsyncIterator[None]:
        """While the application runs, servers may be started, and what they do is owned here."""
        async with create_task_group() as tasks:
            self._tasks, self._starting = tasks, Lock()
            yield
            self._managers.clear()
            tasks.cancel_scope.cancel()

    async def _manager(self, profile: Profile, language: Language) -> StreamableHTTPSessionManager:
        """The manager of a server, which the first call for it starts."""
        key = (profile, language)
        if key not in self._managers:
            async with self._starting:
                if key not in self._managers:
                    self._managers[key] = await self._tasks.start(self._run, profile, language)
        return self._managers[key]

    async def _run(
        self, profile: Profile, language: Language, *, task_status: TaskStatus[StreamableHTTPSessionManager]
    ) -> None:
        manager = await to_thread.run_sync(_made, self._desk, profile, language)
        async with manager.run():
            task_status.started(manager)
            await sleep_forever()

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        host, origin = _header(scope, b"host"), _header(scope, b"origin")
        refused = self._refuses(host, origin) or self._fault(scope)
        if refused:
            await _refuse(send, *refused)
        elif scope["method"] == "OPTIONS":
            await tell(_shared(send, origin), 204, _preflight(scope))
        else:
            manager = await self._manager(*_chosen(scope))
            await manager.handle_request(scope, receive, expect(scope, _shared(send, origin)))  # type: ignore[arg-type]

    def _fault(self, scope: HTTPScope) -> tuple[int, str] | None:
        address = self._desk.settings.public_url
        if scope["path"].strip("/"):
            return 404, f"there is nothing here; the MCP server is at {address}{PATH}."
        if scope["method"] not in ("POST", "OPTIONS"):
            return (
                405,
                f"this is an MCP server: it takes POST alone, streams nothing and keeps no sessions. How to register it: {address}/register",
            )
        for name, value in _query(scope).items():
            if value not in _CHOICES.get(name, (value,)):
                return 400, f"{name} must be one of {', '.join(_CHOICES[name])}, not {value[:40]!r}."
        return None


def _made(desk: Desk, profile: Profile, language: Language) -> StreamableHTTPSessionManager:
    from service.tools.mcp_serve import over_http  # noqa: PLC0415 - see above

    return over_http(desk, profile, language)


def _query(scope: HTTPScope) -> dict[str, str]:
    return dict(parse_qsl(scope["query_string"].decode("latin-1")))


def _chosen(scope: HTTPScope) -> tuple[Profile, Language]:
    asked = _query(scope) if scope["query_string"] else {}
    language = asked.get("language", "en")
    spoken = "zh-Hans" if language == _CHINESE else language
    return cast("Profile", asked.get("profile", "full")), cast("Language", spoken)


def _header(scope: HTTPScope, name: bytes) -> str:
    return next((value.decode("latin-1") for each, value in scope["headers"] if each == name), "")


def _shared(send: Send, origin: str) -> Send:
    """Let the page that asks read what it is told."""
    if not origin:
        return send
    more = _encoded(
        [("access-control-allow-origin", origin), ("vary", "origin"), ("access-control-expose-headers", _EXPOSED)]
    )

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *more]
        await send(message)

    return wrapped


def _preflight(scope: HTTPScope) -> dict[str, str]:
    wanted = _header(scope, b"access-control-request-headers") or "content-type"
    return {
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": wanted,
        "access-control-max-age": "86400",
    }


async def _refuse(send: Send, status: int, message: str) -> None:
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": _INVALID, "message": message}}
    headers = {"content-type": JSON, **({"allow": "POST"} if status == 405 else {})}
    await tell(send, status, headers, encode(error))


def _encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
