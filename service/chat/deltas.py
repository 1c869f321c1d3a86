"""A reply of the model, whole or piece by piece, as one thing: its words, its calls, and why it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast, get_args

from service.chat.faults import bad_gateway
from service.chat.shapes import Finish, Usage
from service.tools.dialect import as_json

_FINISHES: Final = get_args(Finish)
_MOST_CALLS: Final = 128


@dataclass(slots=True)
class Reply:
    """What the model said."""

    content: str = ""
    calls: list[dict[str, Any]] = field(default_factory=list)  # as `tool_calls` has them
    function_call: dict[str, Any] | None = None
    finish: Finish = "stop"
    usage: Usage | None = None


def of_completion(data: Mapping[str, Any]) -> Reply:
    """The reply in a whole completion. Raises `ChatError` where there is none."""
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, Mapping) else None
    if not isinstance(choice, Mapping) or not isinstance(message, Mapping):
        raise bad_gateway("upstream_broken_json", "the model's reply holds no message.")
    calls = message.get("tool_calls")
    function_call = message.get("function_call")
    return Reply(
        content=_text(message.get("content")),
        calls=[_call(each) for each in calls[:_MOST_CALLS] if isinstance(each, Mapping)]
        if isinstance(calls, list)
        else [],
        function_call=dict(function_call) if isinstance(function_call, Mapping) else None,
        finish=_finish(choice.get("finish_reason")),
        usage=usage_of(data),
    )


class Deltas:
    """A reply as it comes."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._calls: list[dict[str, Any]] = []
        self._places: dict[object, int] = {}  # of a call, by the index that the model gives it
        self._finish: Finish | None = None
        self._usage: Usage | None = None

    def add(self, data: Mapping[str, Any]) -> str:
        """Take in a chunk; the words in it."""
        self._usage = usage_of(data) or self._usage
        choices = data.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, Mapping):
            return ""
        if choice.get("finish_reason"):
            self._finish = _finish(choice["finish_reason"])
        delta = choice.get("delta")
        if not isinstance(delta, Mapping):
            return ""
        calls = delta.get("tool_calls")
        for each in calls if isinstance(calls, list) else ():
            if isinstance(each, Mapping):
                self._add(each)
        words = _text(delta.get("content"))
        self._words.append(words)
        return words

    def _add(self, piece: Mapping[str, Any]) -> None:
        """A piece of a call: the first has its name, later ones more of its arguments."""
        made = _call(piece)
        index = piece.get("index")
        at = self._places.get(index) if index is not None else None
        known = self._calls[at] if at is not None else None
        if known is None or (made["id"] and known["id"] and made["id"] != known["id"]):
            if len(self._calls) >= _MOST_CALLS:
                raise bad_gateway("upstream_too_large", f"the model makes more than {_MOST_CALLS} calls at once.")
            self._places[index] = len(self._calls)
            self._calls.append(made)
            return
        known["id"] = known["id"] or made["id"]
        known["function"]["name"] = known["function"]["name"] or made["function"]["name"]
        known["function"]["arguments"] += made["function"]["arguments"]

    def whole(self) -> Reply:
        """All of it. Raises `ChatError` where the stream ended before the reply did."""
        if self._finish is None:
            raise bad_gateway("upstream_cut", "the model's stream broke off before its reply ended.")
        return Reply("".join(self._words), self._calls, None, self._finish, self._usage)


def usage_of(data: Mapping[str, Any]) -> Usage | None:
    """The tokens that a chunk or a completion counts."""
    counted = data.get("usage")
    if not isinstance(counted, Mapping):
        return None
    numbers = [counted.get(name) for name in ("prompt_tokens", "completion_tokens")]
    given, written = (each if isinstance(each, int) and each >= 0 else 0 for each in numbers)
    return Usage(prompt_tokens=given, completion_tokens=written, total_tokens=given + written)


def _call(piece: Mapping[str, Any]) -> dict[str, Any]:
    function = piece.get("function")
    named = function if isinstance(function, Mapping) else {}
    arguments = named.get("arguments")
    identity = piece.get("id")
    return {
        "id": identity if isinstance(identity, str) else "",
        "type": "function",
        "function": {
            "name": named.get("name") if isinstance(named.get("name"), str) else "",
            "arguments": arguments if isinstance(arguments, str) else "" if arguments is None else as_json(arguments),
        },
    }


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(
            [each["text"] for each in content if isinstance(each, Mapping) and isinstance(each.get("text"), str)]
        )
    return ""


def _finish(reason: object) -> Finish:
    return cast("Finish", reason) if reason in _FINISHES else "stop"
