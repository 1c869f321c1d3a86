"""Google Gemini: function declarations, calls and responses as parts of a content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from service.tools.dialect import Dialect, Exchange, Message, Outcome, ToolCall, called
from service.tools.schema import Told


def describe(tools: Sequence[Told], _: str) -> list[dict[str, Any]]:
    """The value of `tools` in a request; the schema goes into the field that takes all of JSON Schema."""
    declared = [
        {"name": each.name, "description": each.description, "parametersJsonSchema": each.inputs} for each in tools
    ]
    return [{"functionDeclarations": declared}]


def read(value: Any) -> Exchange | None:
    """The calls in a part, a bare function call, a content, or a whole response; in camel or snake case."""
    if isinstance(value, dict) and isinstance(value.get("candidates"), list) and value["candidates"]:
        value = value["candidates"][0].get("content")
    if isinstance(value, dict) and isinstance(value.get("parts"), list):
        found = [_found(part) for part in value["parts"]]
        return Exchange([call for call in found if call is not None], whole=True)
    call = _found(value)
    return Exchange([call], whole=False) if call else None


def reply(outcomes: Sequence[Outcome]) -> list[Message]:
    """One user content with a response for each call."""
    return [{"role": "user", "parts": [_response(each) for each in outcomes]}] if outcomes else []


def _response(each: Outcome) -> dict[str, Any]:
    result = {"error": each.text} if each.failed else dict(each.result)
    made: dict[str, Any] = {"name": each.call.name, "response": result}
    return {"functionResponse": {**made, "id": each.call.id} if each.call.id else made}


def _found(part: Any) -> ToolCall | None:
    if not isinstance(part, dict):
        return None
    call = part.get("functionCall") or part.get("function_call") or part
    if not isinstance(call, dict) or "name" not in call or "args" not in call:
        return None
    return called(call["name"], call["args"], call.get("id"))


DIALECT: Final = Dialect("gemini", describe, read, reply)
