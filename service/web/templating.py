"""The templates of the pages: as they are written, and with the words of a language in place of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import escape

from service.answers.words import words

FOLDER: Final = Path(__file__).parent / "templates"
_WORD: Final = re.compile(r"""\{\{ t(?:\.(\w+)|\["(\w+)"\]) \}\}""")


class _Spoken(FileSystemLoader):
    """Loads templates with `{{ t.name }}` already written out: half of what a page says is known before it is made."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__(FOLDER)
        self._said = said

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, current = super().get_source(environment, template)
        return _WORD.sub(lambda found: self._written(found[1] or found[2]), source), path, current

    def _written(self, name: str) -> str:
        """A word of the pages as HTML. Raises KeyError where there is none of the name."""
        text = self._said[name]
        if "{" in text:
            raise ValueError(f"the words of {name!r} are a sentence to be filled: say({name!r}, ...)")
        return str(escape(text))


class Templates(Environment):
    """Templates that are looked for once: a page needs half a dozen, and may not spend a third of its time on that."""

    def __init__(self, loader: FileSystemLoader) -> None:
        super().__init__(
            loader=loader, autoescape=True, auto_reload=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )  # fmt: skip
        self._found: dict[str, Template] = {}

    def get_template(self, name: str | Template, *_: Any, **__: Any) -> Template:
        """The template of a name; all have the globals of the environment and no others."""
        if isinstance(name, Template):
            return name
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name)
            found.globals = dict(
                found.globals
            )  # copied for every page, which takes far longer of a chain of dictionaries
        return found


TEMPLATES: Final = Templates(FileSystemLoader(FOLDER))


@cache
def spoken(language: str) -> Templates:
    """The templates of the pages in a language."""
    return Templates(_Spoken(words(language)["pages"]))
