"""OpenAI Responses: flat functions in strict mode, calls and results as items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from service.tools.dialect import Dialect, Exchange, Message, Outcome, called
from service.tools.schema import Told, strict

_CALL: Final = "function_call"


def describe(tools: Sequence[Told], _: str) -> list[dict[str, Any]]:
    """The value of `tools` in a request."""
    return [
        {
            "type": "function",
            "name": each.name,
            "description": each.description,
            "parameters": strict(each.inputs),
            "strict": True,
        }
        for each in tools
    ]


def read(value: Any) -> Exchange | None:
    """The calls in an output item, the list of them, or a whole response."""
    if isinstance(value, dict) and value.get("type") == _CALL:
        return Exchange([called(value.get("name"), value.get("arguments"), value.get("call_id"))], whole=False)
    items = value.get("output") if isinstance(value, dict) and value.get("object") == "response" else value
    if not isinstance(items, list) or not all(isinstance(item, dict) and "type" in item for item in items):
        return None
    calls = [item for item in items if item["type"] == _CALL]
    if not calls and not any(item["type"] in {"message", "reasoning"} for item in items):
        return None
    return Exchange([called(c.get("name"), c.get("arguments"), c.get("call_id")) for c in calls], whole=True)


def reply(outcomes: Sequence[Outcome]) -> list[Message]:
    """One output item for each call."""
    return [{"type": "function_call_output", "call_id": each.call.id or "", "output": each.text} for each in outcomes]


DIALECT: Final = Dialect("openai-responses", describe, read, reply)
