"""What the Chat Completions shape shares between the vendors that speak it: calls in `tool_calls`, results as `tool`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.tools.dialect import Exchange, Message, Outcome, ToolCall, called, entries
from service.tools.schema import Schema, Told


def function(each: Told, parameters: Schema, **more: Any) -> dict[str, Any]:
    """A tool as a function."""
    described = {"name": each.name, "description": each.description, "parameters": parameters}
    return {"type": "function", "function": {**described, **more}}


def plain(tools: Sequence[Told], _: str) -> list[dict[str, Any]]:
    """Tools as functions whose schema is the one schema as it stands."""
    return [function(each, each.inputs) for each in tools]


def read(value: Any) -> Exchange | None:
    """The calls in an item of `tool_calls`, a list of them, a message, or a whole completion."""
    if isinstance(value, dict) and isinstance(value.get("choices"), list) and value["choices"]:
        value = value["choices"][0].get("message")
    if isinstance(value, dict) and isinstance(value.get("message"), dict):  # a choice, or a response of Ollama
        value = value["message"]
    if isinstance(value, dict) and "function" in value:
        return Exchange([_call(value)], whole=False) if isinstance(value["function"], dict) else None
    if isinstance(value, dict) and value.get("role") == "assistant" and not isinstance(value.get("content"), list):
        return Exchange([_call(entry) for entry in entries(value.get("tool_calls")) if _is_call(entry)], whole=True)
    if isinstance(value, list) and value and all(map(_is_call, value)):
        return Exchange([_call(entry) for entry in value], whole=True)
    return None


def reply(outcomes: Sequence[Outcome]) -> list[Message]:
    """One `tool` message for each call."""
    return [{"role": "tool", "tool_call_id": each.call.id or "", "content": each.text} for each in outcomes]


def _is_call(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("function"), dict)


def _call(entry: dict[str, Any]) -> ToolCall:
    function = entry["function"]
    return called(function.get("name"), function.get("arguments"), entry.get("id"))
