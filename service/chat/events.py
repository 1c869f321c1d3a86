"""Server-sent events: read from the model, within bounds, and written to the caller."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, Final

from service.chat.faults import bad_gateway
from service.desk import encode

DONE: Final = b"data: [DONE]\n\n"
MEDIA_TYPE: Final = "text/event-stream"
WAITING: Final = b": working\n\n"  # a comment, which keeps proxies from hanging up while nothing can be said yet
_DATA: Final = b"data:"
_END: Final = b"[DONE]"


def event(data: Any) -> bytes:
    """Plain data as one event."""
    return b"data: " + encode(data) + b"\n\n"


async def bounded(chunks: AsyncIterator[bytes], most: int) -> AsyncIterator[bytes]:
    """The chunks of a body. Raises `ChatError` where they are more than `most` bytes."""
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise bad_gateway("upstream_too_large", f"the model's reply is larger than {most} bytes.")
        yield chunk


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any] | None]:
    """The data of each event, None for the mark that ends them. Raises `ChatError` for what is no JSON object."""
    async for line in _lines(chunks):
        if not line.startswith(_DATA):
            continue  # a comment, the name of an event, or the blank line behind one
        data = line[len(_DATA) :].strip()
        if data == _END:
            yield None
            return
        yield _read(data)


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    held = b""
    async for chunk in chunks:
        *lines, held = (held + chunk).replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            yield line
    if held:
        yield held


def _read(data: bytes) -> dict[str, Any]:
    try:
        made = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise bad_gateway("upstream_broken_json", "the model's stream holds something that is no JSON.") from error
    if not isinstance(made, dict):
        raise bad_gateway("upstream_broken_json", "the model's stream holds something that is no JSON object.")
    return made
