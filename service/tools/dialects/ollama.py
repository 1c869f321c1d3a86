"""Ollama: the Chat Completions shape with arguments as objects, results by the name of the tool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.tools.dialect import Dialect, Message, Outcome
from service.tools.functions import plain, read


def reply(outcomes: Sequence[Outcome]) -> list[Message]:
    """One `tool` message for each call."""
    return [{"role": "tool", "tool_name": each.call.name, "content": each.text} for each in outcomes]


DIALECT: Final = Dialect("ollama", plain, read, reply)
