"""What a chatbot is told that has the tools, in each language: `prompts/instructions.md.j2`."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, StrictUndefined

from service.answers.words import words
from service.core.model import Text
from service.core.resources import resource

# Markdown: nothing here is HTML, so nothing is escaped
_ENVIRONMENT = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701


@cache
def instructions(language: str) -> str:
    """The instructions in a language of `LANGUAGES`: when to call, how to cite, what not to say."""
    template = _ENVIRONMENT.from_string(resource("prompts/instructions.md.j2").read_text(encoding="utf-8"))
    en, zh = (template.render(language=written).strip() for written in ("en", "zh"))
    return words(language).local(Text(en=en, zh=zh))
