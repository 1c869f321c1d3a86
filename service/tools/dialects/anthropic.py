"""Anthropic Messages: `input_schema`, calls as `tool_use` blocks, all results of a turn in one user message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from service.tools.dialect import Dialect, Exchange, Message, Outcome, ToolCall, called, entries
from service.tools.schema import Told


def describe(tools: Sequence[Told], _: str) -> list[dict[str, Any]]:
    """The value of `tools` in a request. Not strict: that compiles all tools of a request into one limited grammar."""
    return [{"name": each.name, "description": each.description, "input_schema": each.inputs} for each in tools]


def read(value: Any) -> Exchange | None:
    """The calls in a `tool_use` block, a list of blocks, or a whole message."""
    if _is_call(value):
        return Exchange([_call(value)], whole=False)
    if isinstance(value, dict) and value.get("role") == "assistant" and isinstance(value.get("content"), list):
        return Exchange([_call(block) for block in value["content"] if _is_call(block)], whole=True)
    if any(map(_is_call, entries(value))):
        return Exchange([_call(block) for block in value if _is_call(block)], whole=True)
    return None


def reply(outcomes: Sequence[Outcome]) -> list[Message]:
    """One user message with a result for each call."""
    results = [
        {
            "type": "tool_result",
            "tool_use_id": each.call.id or "",
            "content": [{"type": "text", "text": each.text}],
            "is_error": each.failed,
        }
        for each in outcomes
    ]
    return [{"role": "user", "content": results}] if results else []


def _is_call(block: Any) -> bool:
    return isinstance(block, dict) and block.get("type") == "tool_use"


def _call(block: dict[str, Any]) -> ToolCall:
    return called(block.get("name"), block.get("input"), block.get("id"))


DIALECT: Final = Dialect("anthropic", describe, read, reply)
