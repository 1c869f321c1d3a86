"""What stands on a chart in a language, from ``prompts/charts.yaml``, and values with their unit as that language says them."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import yaml
from pydantic import TypeAdapter

from service.answers.words import Sentence, Words, words
from service.core.model import Text
from service.core.quantity import Quantity
from service.core.resources import resource
from service.web.charts.model import Point

_WHOLE: Final = 12  # digits of a tick: all that it has


class Said:
    """The sentences of charts in one language."""

    def __init__(self, language: str) -> None:
        loaded = yaml.safe_load(resource("prompts/charts.yaml").read_text(encoding="utf-8"))
        texts = TypeAdapter(dict[str, Text]).validate_python(loaded)
        self.words: Words = words(language)
        self._sentences = {key: Sentence(self.words.local(text)) for key, text in texts.items()}

    def __call__(self, key: str, **about: Any) -> str:
        """The sentence `key`, filled."""
        return self._sentences[key].fill(about, self.words.plain)


class Unit:
    """Values of one unit as a language says them: TWh become 亿千瓦时 in Chinese."""

    def __init__(self, said: Said, unit: str) -> None:
        units = said.words.units
        self._number = units.number
        spoken = "/".join(said.words["said_as"].get(part, part) for part in unit.split("/"))
        self.factor = Quantity(1.0, unit).to(spoken).value if spoken != unit else 1.0
        self._one = units.exactly(Quantity(1.0, spoken)).removeprefix(units.number(1.0))
        self._other = units.exactly(Quantity(2.0, spoken)).removeprefix(units.number(2.0))
        self.name = self._other.strip() or said("number")

    def tick(self, value: float) -> str:
        """A bare number of the spoken unit."""
        return self._number(value, _WHOLE)

    def value(self, value: float) -> str:
        """A value with its unit, rounded to three digits."""
        text = self._number(value * self.factor)
        return text + (self._one if text == "1" else self._other)

    def span(self, point: Point) -> str:
        """The range of a point with its unit; empty where it has none."""
        if not point.ranged:
            return ""
        return f"{self._number(point.bottom * self.factor)}–{self._number(point.top * self.factor)}{self._other}"


@cache
def said_in(language: str) -> Said:
    """What charts say in a language, loaded once."""
    return Said(language)
