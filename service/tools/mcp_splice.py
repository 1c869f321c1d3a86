"""Gets an answer past the SDK in the form in which it goes over the wire.

The SDK copies and checks a result four times before it is sent, which for an answer with its derivation takes longer than
all the rest of the call. So it is handed a stand-in of a few bytes, and the answer, encoded once, takes its place in
the response. What the SDK adds of its own stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from litestar.types import Message, Scope, Send
from litestar.types.asgi_types import HTTPResponseStartEvent

from service.desk import encode

_PLACE: Final = "wattcite.mcp.answer"
_STAND_IN: Final = {"type": "text", "text": "the answer stands here"}
_MARK: Final = re.compile(rb'\[\s*\{[^{}]*"the answer stands here"[^{}]*\}\s*\]')  # in whichever order it is written


def expect(scope: Scope, send: Send) -> Send:
    """Prepare a request for a stand-in; gives the `send` that replaces it."""
    place: list[Mapping[str, Any]] = []
    cast_scope: dict[str, Any] = scope  # type: ignore[assignment]
    cast_scope[_PLACE] = place
    held: list[HTTPResponseStartEvent] = []

    async def replaced(message: Message) -> None:
        if not place:
            await send(message)
        elif message["type"] == "http.response.start":
            held.append(message)  # until the length of the body is known
        elif message["type"] == "http.response.body":
            message["body"] = _filled(message["body"], place[0])
            start = held.pop()
            _set_length(start, len(message["body"]))
            await send(start)
            await send(message)

    return replaced


def _set_length(start: HTTPResponseStartEvent, length: int) -> None:
    others = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    start["headers"] = [*others, (b"content-length", str(length).encode())]


def hand_over(request: Any, result: Mapping[str, Any]) -> Mapping[str, Any]:
    """What to return to the SDK for a result: a stand-in where the request was prepared for one, else the result."""
    place = request.scope.get(_PLACE) if request is not None else None
    if place is None:
        return result
    place.append(result)
    return {**result, "content": [_STAND_IN], "structuredContent": None}


def _filled(body: bytes, result: Mapping[str, Any]) -> bytes:
    """A response with the result in the place of its stand-in."""
    answer = encode(result["content"])
    if "structuredContent" in result:
        answer += b',"structuredContent":' + encode(result["structuredContent"])
    mark = _MARK.search(body)
    if mark is None:
        raise RuntimeError("the stand-in of an answer is not in the response; the SDK writes it in another way now")
    return body[: mark.start()] + answer + body[mark.end() :]
