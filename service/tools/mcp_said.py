"""What the MCP server says of itself: `prompts/mcp.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import yaml

from service.answers.words import words
from service.core.model import Text
from service.core.resources import resource

NAME: Final = "wattcite"
TITLE: Final = "Wattcite"


@cache
def manifest() -> Mapping[str, Any]:
    """The whole file."""
    made: dict[str, Any] = yaml.safe_load(resource("prompts/mcp.yaml").read_text(encoding="utf-8"))
    return made


def said(language: str, *path: str) -> str:
    """A text of the file in a language, by where it stands."""
    found: Any = manifest()
    for step in path:
        found = found[step]
    return words(language).local(Text.model_validate(found))
