"""The permalink of an answer, opened by a browser, is a page for people; everyone else gets JSON, as before."""

from __future__ import annotations

from typing import Final

from litestar.datastructures import MutableScopeHeaders
from litestar.datastructures.headers import Accept
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

_PERMALINKS: Final = "/v1/calculators/"
_JSON: Final = "application/json"
_HTML: Final = "text/html"


def negotiated(app: ASGIApp) -> ASGIApp:
    """Let GET of a permalink answer with the calculator's page where HTML is wanted rather than JSON."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not _is_permalink(scope):
            await app(scope, receive, send)
            return
        if _wants_html(scope):
            path = scope["path"].removeprefix("/v1")
            scope["path"], scope["raw_path"] = path, path.encode()
        await app(scope, receive, _varied(send))

    return choose


def _is_permalink(scope: HTTPScope) -> bool:
    return scope["method"] in {"GET", "HEAD"} and scope["path"].startswith(_PERMALINKS)


def _wants_html(scope: HTTPScope) -> bool:
    accepted = next((value for name, value in scope["headers"] if name == b"accept"), b"").decode("latin-1")
    return bool(accepted) and Accept(accepted).best_match([_JSON, _HTML]) == _HTML


def _varied(send: Send) -> Send:
    """Tell caches that the answer depends on what is accepted."""

    async def varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableScopeHeaders.from_message(message).extend_header_value("vary", "accept")
        await send(message)

    return varied
