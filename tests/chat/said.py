"""What a model says, in the shapes of OpenAI's interface."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, Final

import httpx

# the call that answers the question of these tests: 2.5e9 prompts × 0.34 Wh = 850 MWh a day, ÷ (10,791 kWh ÷ 365) = 28,750.8 homes
NAME: Final = "energy_equivalents"
WRITTEN: Final = '{"energy": "chatgpt", "region": "US"}'
USAGE: Final = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}


def call(name: str = NAME, arguments: str = WRITTEN, identity: str = "call_1") -> dict[str, Any]:
    """One call as a model writes it."""
    return {"id": identity, "type": "function", "function": {"name": name, "arguments": arguments}}


def calls(*made: dict[str, Any], content: str | None = None) -> dict[str, Any]:
    """A message that calls tools."""
    return {"role": "assistant", "content": content, "tool_calls": list(made or (call(),))}


def words(content: str) -> dict[str, Any]:
    """A message in words."""
    return {"role": "assistant", "content": content}


def finish(message: dict[str, Any]) -> str:
    return "tool_calls" if message.get("tool_calls") else "stop"


def completion(message: dict[str, Any]) -> dict[str, Any]:
    choice = {"index": 0, "message": message, "finish_reason": finish(message)}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": USAGE}


def answered(message: dict[str, Any]) -> httpx.Response:
    """A whole completion."""
    return httpx.Response(200, json=completion(message))


def chunks(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A message as it is streamed: words of a few letters, calls with their arguments in two parts."""
    yield _chunk({"role": "assistant", "content": ""})
    content = message.get("content") or ""
    yield from (_chunk({"content": content[at : at + 7]}) for at in range(0, len(content), 7))
    for index, each in enumerate(message.get("tool_calls", ())):
        function = each["function"]
        half = len(function["arguments"]) // 2
        first = {
            "index": index,
            "id": each["id"],
            "type": "function",
            "function": {"name": function["name"], "arguments": function["arguments"][:half]},
        }
        yield _chunk({"tool_calls": [first]})
        yield _chunk({"tool_calls": [{"index": index, "function": {"arguments": function["arguments"][half:]}}]})
    yield _chunk({}, finish(message))


def _chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def lines(made: Iterable[dict[str, Any]], *, done: bool = True) -> bytes:
    """Chunks as server-sent events."""
    text = "".join(f"data: {json.dumps(each, ensure_ascii=False)}\n\n" for each in made)
    return (text + ("data: [DONE]\n\n" if done else "")).encode()


def streamed(message: dict[str, Any]) -> httpx.Response:
    """A message as a stream."""
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=lines(chunks(message)))


class Broken(httpx.AsyncByteStream):
    """A body that breaks off."""

    def __init__(self, *parts: bytes, error: Exception | None = None) -> None:
        self._parts = parts
        self._error = error or httpx.ReadError("connection reset")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part
        raise self._error


def read(stream: str) -> list[dict[str, Any]]:
    """The events of a stream of ours; the last must be the mark that ends it."""
    data = [line.removeprefix("data: ") for line in stream.splitlines() if line.startswith("data: ")]
    assert data[-1] == "[DONE]", data[-1]
    return [json.loads(each) for each in data[:-1]]


def text_of(events: list[dict[str, Any]]) -> str:
    """The words of a stream."""
    return "".join([each["choices"][0]["delta"].get("content") or "" for each in events if each["choices"]])
