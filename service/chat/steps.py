"""Calls of models that know no tools: one JSON object at a time, by a schema, or in their own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from service.chat.said import said
from service.tools.dialect import as_json

Message = dict[str, Any]

ANSWER: Final = "answer"
_WRITTEN: Final = re.compile(
    r"\s*(?:<tool_call>|```(?:json)?|\[TOOL_CALLS\])?\s*([{\[].*[}\]])\s*(?:</tool_call>|```)?\s*", re.DOTALL
)
_LONGEST: Final = 20_000


def chosen_by(tools: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The `response_format` in which the model chooses its next step among tools, or to answer."""
    choices = [_choice(each["function"]["name"], each["function"].get("parameters") or {}) for each in tools]
    none = {"type": "object", "properties": {}, "additionalProperties": False}
    schema = {"type": "object", "anyOf": [*choices, _choice(ANSWER, none)]}
    return {"type": "json_schema", "json_schema": {"name": "step", "schema": schema}}


def _choice(name: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"tool": {"type": "string", "enum": [name]}, "arguments": dict(parameters)},
        "required": ["tool", "arguments"],
        "additionalProperties": False,
    }


def choosing(language: str, tools: Sequence[Mapping[str, Any]]) -> str:
    """What the model is told of its tools."""
    described = [
        {
            "name": each["function"]["name"],
            "description": each["function"].get("description", ""),
            "inputs": as_json(each["function"].get("parameters", {}).get("properties", {})),
        }
        for each in tools
    ]
    return said(language, "choose", tools=described)


def written(text: str, names: Iterable[str]) -> list[Message]:
    """The calls that a text is, where it is nothing else: an object with a tool's name and its arguments, or several."""
    match = _WRITTEN.fullmatch(text[:_LONGEST]) if len(text) <= _LONGEST else None
    try:
        made = json.loads(match[1]) if match else None
    except (ValueError, RecursionError):
        return []
    known, found = set(names), []
    for each in made if isinstance(made, list) else [made]:
        if not isinstance(each, Mapping):
            return []
        name = each.get("tool", each.get("name"))
        arguments = each.get("arguments", each.get("parameters", {}))
        if not isinstance(name, str) or name not in known or not isinstance(arguments, Mapping | str):
            return []
        found.append(_call(name, arguments if isinstance(arguments, str) else as_json(arguments)))
    return found


def _call(name: str, arguments: str) -> Message:
    function = {"name": name, "arguments": arguments}
    return {"id": f"call_{uuid4().hex[:24]}", "type": "function", "function": function}


def flattened(messages: Sequence[Message], language: str) -> list[Message]:
    """A conversation in words alone, for a model that knows neither calls nor results; speakers take turns."""
    named: dict[str, str] = {}
    found: list[Message] = []
    for message in messages:
        made = _in_words(message, named, language)
        last = found[-1] if found else None
        if last is not None and last["role"] == made["role"] and _are_words(last, made):
            found[-1] = {**last, "content": f"{last['content']}\n\n{made['content']}"}
        else:
            found.append(made)
    return found


def _in_words(message: Message, named: dict[str, str], language: str) -> Message:
    calls = message.get("tool_calls")
    if message["role"] == "assistant" and isinstance(calls, list) and calls:
        functions = [
            each["function"]
            for each in calls
            if isinstance(each, Mapping) and isinstance(each.get("function"), Mapping)
        ]
        named |= {
            str(each.get("id")): str(each["function"].get("name"))
            for each in calls
            if isinstance(each, Mapping) and isinstance(each.get("function"), Mapping)
        }
        lines = [
            f'{{"tool":{as_json(each.get("name"))},"arguments":{each.get("arguments") or "{}"}}}' for each in functions
        ]
        return {"role": "assistant", "content": "\n".join(lines)}
    if message["role"] == "tool":
        name = named.get(str(message.get("tool_call_id")), "")
        return {"role": "user", "content": said(language, "result", name=name, text=message.get("content"))}
    return message


def _are_words(*messages: Message) -> bool:
    return all(isinstance(each.get("content"), str) for each in messages)
