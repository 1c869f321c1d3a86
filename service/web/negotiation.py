"""What a browser opens is a page for people, the permalink of an answer and an address that is none too; everyone else gets JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from litestar import Response
from litestar.datastructures import MutableScopeHeaders
from litestar.datastructures.headers import Accept
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from service.desk import Asked, Desk
from service.web.site import Site

_READ: Final = frozenset({"GET", "HEAD"})
_PROGRAMS: Final = "/v1/"  # below this, nobody reads pages
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


def absent(
    desk: Desk, otherwise: Callable[[Asked, HTTPException], Response[bytes]]
) -> Callable[[Asked, HTTPException], Response[bytes]]:
    """What tells of an address that is none: a page where HTML is wanted, and elsewhere as `otherwise` does."""
    site = Site(desk)

    def tell(request: Asked, error: HTTPException) -> Response[bytes]:
        path = str(request.scope["path"])
        if request.method in _READ and not path.startswith(_PROGRAMS) and _wants_html(request.scope):
            return site.missing(request, path.strip("/"), {})
        return otherwise(request, error)

    return tell


def _is_permalink(scope: HTTPScope) -> bool:
    return scope["method"] in _READ and scope["path"].startswith(_PERMALINKS)


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
