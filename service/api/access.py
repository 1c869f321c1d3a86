"""Who is let in: keys and limits, in front of every route but those of health. Knows no route and no body."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Final

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.api.keys import Key, Keys
from service.api.limits import Limiter, StoreGone, client_of
from service.core.problem import problem
from service.desk import tell_problem
from service.settings import BadSettings, Settings

_UNCOUNTED: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_BEHIND_KEYS: Final = ("/v1/", "/mcp")
_BEARER: Final = "bearer "
_PUBLIC: Final = "public"


class Access:
    """The keys and limits of the settings, before an application."""

    def __init__(self, app: ASGIApp, settings: Settings, limiter: Limiter) -> None:
        """Read the keys. Raises `BadSettings`."""
        self._app = app
        self._keys = Keys(Path(settings.keys).expanduser()) if settings.keys else None
        self._required = settings.keys_required
        self._limiter = limiter
        if self._required and not self._keys:
            raise BadSettings("WATTCITE_KEYS_REQUIRED: a key is asked for, but WATTCITE_KEYS names no file of keys.")

    @classmethod
    def check(cls, settings: Settings) -> None:
        """Raise `BadSettings` where the keys or the limits of the settings do not hold."""

        async def nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
            """No application: nothing is called."""

        cls(nothing, settings, Limiter(settings))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != ScopeType.HTTP or scope["path"] in _UNCOUNTED:
            await self._app(scope, receive, send)
            return
        given = _given(scope)
        key = self._keys.find(given) if given and self._keys else None
        if key is None and self._wanted(scope["path"], given):
            await _refuse(
                send, HTTPStatus.UNAUTHORIZED, "no-such-key" if given else "key-needed", {"www-authenticate": "Bearer"}
            )
            return
        try:
            count = await self._limiter.count(_client(scope, key), key.limit if key else None)
        except StoreGone:
            await _refuse(send, HTTPStatus.SERVICE_UNAVAILABLE, "limits-unreachable", {"retry-after": "5"})
            return
        if count is None:
            await self._app(scope, receive, self._telling(scope, send, {}))
        elif count.allowed:
            await self._app(scope, receive, self._telling(scope, send, count.headers()))
        else:
            await _refuse(send, HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", count.headers())

    def _telling(self, scope: Scope, send: Send, told: dict[str, str]) -> Send:
        """Add how the client stands, but not to what a cache hands to others; of what asks for a key no shared cache may."""
        closed = self._required and scope["path"].startswith(_BEHIND_KEYS)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                kept = headers.get("cache-control", "")
                if closed and _PUBLIC in kept:
                    headers["cache-control"] = kept.replace(_PUBLIC, "private")
                if closed or _PUBLIC not in kept:
                    headers.update(told)
            await send(message)

        return tell

    def _wanted(self, path: str, given: str) -> bool:
        """Whether a call without a key that is known is refused: where one is asked for, or a wrong one is given."""
        behind = path.startswith(_BEHIND_KEYS)
        return behind and (self._required or bool(given and self._keys))


def _given(scope: Scope) -> str:
    """The key that a request brings, in either header."""
    for name, value in scope["headers"]:
        text = value.decode("latin-1").strip()
        if name == b"x-api-key":
            return text
        if name == b"authorization" and text[: len(_BEARER)].lower() == _BEARER:
            return text[len(_BEARER) :].strip()
    return ""


def _client(scope: Scope, key: Key | None) -> str:
    if key is not None:
        return f"key:{key.name}"
    host = (scope.get("client") or ("unknown", 0))[0]
    return f"address:{client_of(host)}"


_SAID: Final = {
    "key-needed": (
        "A key is needed",
        "Send one as Authorization: Bearer … or as X-API-Key: …; whoever runs this service gives them out.",
    ),
    "no-such-key": (
        "No such key",
        "The key that was sent is not known here, or no longer; send another, or none where none is needed.",
    ),
    "too-many-requests": (
        "Too many requests",
        "The limit for this client is used up; call again after the seconds of Retry-After.",
    ),
    "limits-unreachable": (
        "Calls cannot be counted",
        "The store that counts calls does not answer, and this service waits for it; call again soon.",
    ),
}


async def _refuse(send: Send, status: HTTPStatus, code: str, headers: dict[str, str]) -> None:
    await tell_problem(send, problem(status, code, *_SAID[code]), headers)
