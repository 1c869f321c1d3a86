"""What the gateway says to the model and adds to its answers: `prompts/chat.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template

from service.answers.words import words
from service.core.model import Text
from service.core.resources import resource
from service.tools.instructions import instructions

# prompts: nothing here is HTML, so nothing is escaped
_ENVIRONMENT = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701


@cache
def _manifest() -> Mapping[str, Any]:
    made: dict[str, Any] = yaml.safe_load(resource("prompts/chat.yaml").read_text(encoding="utf-8"))
    return made


@cache
def _template(language: str, name: str) -> Template:
    return _ENVIRONMENT.from_string(words(language).local(Text.model_validate(_manifest()[name])))


def said(language: str, name: str, /, **about: Any) -> str:
    """A text of the file in a language, filled."""
    return _template(language, name).render(**about).rstrip("\n")


@cache
def told(language: str) -> str:
    """All that the model is told before a conversation."""
    return f"{instructions(language)}\n\n{said(language, 'instructions')}"
