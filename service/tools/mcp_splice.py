"""Gets an answer past the SDK in the form in which it goes over the wire.

The SDK copies and checks a result four times before it is sent, which for an answer with its derivation takes longer than
all the rest of the call. So it is handed a stand-in of a few bytes, and the answer, encoded once, takes its place in
the response. What the SDK adds of its own stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from litestar.types import HTTPScope, Message, Send
from litestar.types.asgi_types import HTTPResponseStartEvent

from service.desk import encode

_PLACE: Final = "wattcite.mcp.answer"
_WORDS: Final = "the answer stands here"
_STAND_IN: Final = {"type": "text", "text": _WORDS}
_MARK: Final = re.compile(rb'\[\s*\{[^{}]*"' + _WORDS.encode() + rb'"[^{}]*\}\s*\]')  # in whichever order it is written


@dataclass(frozen=True, slots=True)
class Encoded:
    """A result as it goes over the wire: what belongs between `"content":` and the next member."""

    body: bytes
    failed: bool

    @classmethod
    def of(cls, result: Mapping[str, Any]) -> Encoded:
        """The wire form of a result."""
        body = encode(result["content"])
        if "structuredContent" in result:
            body += b',"structuredContent":' + encode(result["structuredContent"])
        return cls(body, bool(result["isError"]))


def expect(scope: HTTPScope, send: Send) -> Send:
    """Prepare a request for a stand-in; gives the `send` that replaces it."""
    place: list[Encoded] = []
    cast("dict[str, Any]", scope)[_PLACE] = place
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


def expected(request: Any) -> bool:
    """Whether a request was prepared for a stand-in; only one over HTTP can be."""
    return request is not None and _PLACE in request.scope


def hand_over(request: Any, answer: Encoded) -> dict[str, Any]:
    """What to return to the SDK in place of an answer."""
    request.scope[_PLACE].append(answer)
    return {"content": [_STAND_IN], "isError": answer.failed, "resultType": "complete"}


def _filled(body: bytes, answer: Encoded) -> bytes:
    """A response with the answer in the place of its stand-in; one without a stand-in as it is."""
    mark = _MARK.search(body)
    if mark is not None:
        return body[: mark.start()] + answer.body + body[mark.end() :]
    if _WORDS.encode() in body:
        raise RuntimeError("the SDK writes the stand-in of an answer in another way now")
    return body


def _set_length(start: HTTPResponseStartEvent, length: int) -> None:
    others = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    start["headers"] = [*others, (b"content-length", str(length).encode())]
