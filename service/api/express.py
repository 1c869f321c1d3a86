"""The straight way to a calculator: a plain POST is answered before the framework looks at it.

Routing, request and response objects take longer than the calculation itself. Whatever is out of the ordinary (a fault, a
query, a compressed answer, a long body) goes on to the framework's own route of the same path, as if nothing had read it.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from litestar.types import ASGIApp, Receive, ReceiveMessage, Scope, Send

from service.core.calculator import registry
from service.core.live import WISH
from service.desk import HTTP, Desk, decode
from service.run import run_encoded

if TYPE_CHECKING:
    from service.meter import Meter

_BEFORE: Final = "/v1/calculators/"
_HEADERS: Final = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]


def express(app: ASGIApp, desk: Desk) -> ASGIApp:
    """The application, with the plain calls of calculators answered without it."""
    tools = {f"{_BEFORE}{name}": name for name in registry}

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        tool = tools.get(scope.get("path", ""))
        if tool is None or not _plain(scope):
            await app(scope, receive, send)
            return
        message = await receive()
        answer = _answer(desk, tool, message)
        if answer is None:
            await app(scope, _again(message, receive), send)
            return
        headers = [*_HEADERS, (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer, "more_body": False})

    return call


def _plain(scope: Scope) -> bool:
    if scope.get("method") != "POST" or scope["query_string"]:
        return False
    return not any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _answer(desk: Desk, tool: str, message: ReceiveMessage) -> bytes | None:
    """The encoded answer to a whole body; None where there is anything to say about it that is no answer."""
    if message["type"] != "http.request" or message["more_body"] or len(message["body"]) > desk.settings.max_body:
        return None
    try:
        raw: Any = decode(message["body"])
        if not isinstance(raw, dict) or raw.get("grid") == WISH:
            return None
        if desk.meter is None:
            return run_encoded(desk.knowledge, tool, raw)
        return _counted(desk, desk.meter, tool, raw)
    except Exception:  # noqa: BLE001 - the framework's route meets it again, tells the caller and logs what is no fault of his
        return None


def _again(message: ReceiveMessage, receive: Receive) -> Receive:
    """What is received once more, from the beginning."""
    first = [message]

    async def again() -> ReceiveMessage:
        return first.pop() if first else await receive()

    return again


def _counted(desk: Desk, meter: Meter, tool: str, raw: dict[str, Any]) -> bytes:
    """The answer, counted; a fault is counted where it is met again."""
    began = perf_counter()
    answer = run_encoded(desk.knowledge, tool, raw)
    meter.call(tool, HTTP, "answered", perf_counter() - began)
    return answer
