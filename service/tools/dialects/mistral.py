"""Mistral: the Chat Completions shape, whose results also carry the name of the tool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.tools.dialect import Dialect, Message, Outcome
from service.tools.functions import plain, read
from service.tools.functions import reply as unnamed


def reply(outcomes: Sequence[Outcome]) -> list[Message]:
    """One `tool` message for each call."""
    return [{**message, "name": each.call.name} for message, each in zip(unnamed(outcomes), outcomes, strict=True)]


DIALECT: Final = Dialect("mistral", plain, read, reply)
