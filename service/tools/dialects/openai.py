"""OpenAI Chat Completions: functions in strict mode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from service.tools.dialect import Dialect
from service.tools.functions import function, read, reply
from service.tools.schema import Told, strict


def describe(tools: Sequence[Told], _: str) -> list[dict[str, Any]]:
    """The value of `tools` in a request."""
    return [function(each, strict(each.inputs), strict=True) for each in tools]


DIALECT: Final = Dialect("openai", describe, read, reply)
