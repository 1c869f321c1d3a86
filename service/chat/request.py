"""A chat request, checked: the conversation, what the caller wants, and what goes to the model as it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from service.chat.faults import ChatError, invalid
from service.chat.shapes import ChatFunction, ChatInputs, ChatMessage, ChatTool

Message = dict[str, Any]

_OURS: Final = frozenset({"messages", "model", "stream", "stream_options", "tools", "tool_choice", "n"})
_NAMES: Final = frozenset(
    name for model in (ChatInputs, ChatMessage, ChatTool, ChatFunction) for name in model.model_fields
)
_STRUCTURED: Final = frozenset({"json_object", "json_schema"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the gateway."""

    messages: Sequence[Message]
    model: str
    stream: bool
    with_usage: bool  # whether a stream ends with a chunk of its own that counts tokens
    tools: Sequence[Mapping[str, Any]]  # the caller's own
    choice: Any  # of a tool
    rest: Mapping[str, Any]  # parameters that go to the model as they are

    @property
    def own_names(self) -> frozenset[str]:
        """The names of the caller's tools."""
        return frozenset(str(each["function"]["name"]) for each in self.tools)

    @property
    def forced(self) -> bool:
        """Whether the model must call a tool of the caller's."""
        return self.choice not in (None, "auto", "none")

    @property
    def structured(self) -> bool:
        """Whether the answer must be JSON, to which nothing can be added."""
        wanted = self.rest.get("response_format")
        return isinstance(wanted, Mapping) and wanted.get("type") in _STRUCTURED

    def said(self, *roles: str) -> list[str]:
        """The texts of the messages in these roles, in order."""
        return [text for each in self.messages if each["role"] in roles for text in [text_of(each)] if text]

    @property
    def question(self) -> str:
        """What was asked last."""
        asked = self.said("user")
        return asked[-1] if asked else ""


def text_of(message: Mapping[str, Any]) -> str:
    """The words of a message, whether it is one text or parts."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    return "\n".join(_texts(content)) if isinstance(content, list) else ""


def _texts(parts: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Mapping) and isinstance(part.get("text"), str):
            yield part["text"]


def checked(raw: object) -> Asked:
    """The request of a body. Raises `ChatError` for the first thing that does not hold."""
    if not isinstance(raw, dict):
        raise ChatError(400, "invalid_json", "the body must be one JSON object with messages.")
    try:
        inputs = ChatInputs.model_validate(raw)
    except ValidationError as error:
        raise _fault(error) from error
    options = raw.get("stream_options")
    return Asked(
        messages=raw["messages"],
        model=(inputs.model or "").strip(),
        stream=bool(inputs.stream),
        with_usage=isinstance(options, Mapping) and options.get("include_usage") is True,
        tools=raw.get("tools") or (),
        choice=raw.get("tool_choice"),
        rest={name: value for name, value in raw.items() if name not in _OURS},
    )


def _fault(error: ValidationError) -> ChatError:
    """The first thing that does not hold, with the parameter as OpenAI's interface names it: messages[0].role."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ""
    for part in first["loc"]:
        if isinstance(part, str) and part not in _NAMES:
            break  # one of several types that it might be
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else part
    return invalid(where, f"{first['msg'][0].lower()}{first['msg'][1:]}.")
