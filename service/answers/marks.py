"""Marks in place of the numbers of a call, so that what stands around them can be kept.

A sentence that judges a number (says *1 home uses*, but *2 homes use*) is marked as a whole, and said anew for each call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from service.answers.numbers import UnitWords
from service.answers.words import OPENING, Words
from service.core.quantity import Quantity

# noncharacters, which stand in no text: around a mark inside a text, and before a text that is nothing but a mark
_INSIDE: Final = "\ufdd0"
_WHOLE: Final = "\ufdd1"
_SENTENCE: Final = "sentence"
FIELDS: Final = ("value", "low", "high")
IN_TEXT: Final = re.compile(f"{_INSIDE}([a-z]+ [0-9]+){_INSIDE}")
IN_JSON: Final = re.compile(f'{_INSIDE}([a-z]+ [0-9]+){_INSIDE}|"{_WHOLE}([a-z]+ [0-9]+)"'.encode())
_BEGINS: Final = re.compile(f"[a-z]*{_INSIDE}{_SENTENCE}")  # what decides on a capital letter is not known yet


def inside(kind: str, number: int = 0) -> str:
    """A mark inside a text."""
    return f"{_INSIDE}{kind} {number}{_INSIDE}"


def whole(kind: str, number: int = 0) -> str:
    """A mark in place of a JSON value."""
    return f"{_WHOLE}{kind} {number}"


Saying = tuple[str, str, tuple[tuple[str, Any], ...]]


class Marks(UnitWords):
    """Says marks for the quantities of a run, and keeps what each mark stands for.

    `values` are the places of quantities said with their unit; `numbers` are other ways of saying one (a method of
    `UnitWords`), with its place; `sentences` are parts, keys and fillings, which may hold marks. `measured` are the places
    of quantities whose value is a field of the answer, and whether their range is one.
    """

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self._places = {id(quantity): place for place, quantity in enumerate(quantities)}
        self.values: dict[int, int] = {}
        self.numbers: dict[tuple[str, int], int] = {}
        self.sentences: dict[Saying, int] = {}
        self.measured: dict[int, bool] = {}

    def fields(self, quantity: Quantity) -> dict[str, str]:
        """Marks for the fields that give a quantity: its value, and its range where it may have one."""
        place = self._places[id(quantity)]
        self.measured[place] = bool(quantity.uncertain)
        return {name: whole(name, place) for name in (FIELDS if quantity.uncertain else FIELDS[:1])}

    def sentence(self, part: str, key: str, fillings: Mapping[str, Any]) -> str:
        """A mark for a whole sentence."""
        saying = part, key, tuple(fillings.items())
        return inside(_SENTENCE, self.sentences.setdefault(saying, len(self.sentences)))

    def _number(self, way: str, quantity: Quantity) -> str:
        kept = way, self._places[id(quantity)]
        return inside("number", self.numbers.setdefault(kept, len(self.numbers)))

    def __call__(self, quantity: Quantity) -> str:
        """A mark for the value with its unit."""
        return inside("said", self.values.setdefault(self._places[id(quantity)], len(self.values)))

    def count(self, quantity: Quantity) -> str:
        """A mark for the value alone."""
        return self._number("count", quantity)

    def bare(self, quantity: Quantity) -> str:
        """A mark for the value before that of another."""
        return self._number("bare", quantity)

    def span(self, quantity: Quantity) -> str:
        """A mark for the range."""
        return self._number("span", quantity)

    def exactly(self, quantity: Quantity) -> str:
        """A mark for the value with all its digits."""
        return self._number("exactly", quantity)


class MarkedWords(Words):
    """The words of a language with marks for the numbers."""

    def __init__(self, words: Words, marks: Marks) -> None:
        self.__dict__.update(words.__dict__)
        self.units = self._marks = marks

    def say(self, part: str, key: str, about: Mapping[str, Any]) -> str:
        """The sentence filled with marks, or a mark for it."""
        fillings = {name: self.plain(value) for name, value in about.items()}
        judged = self.sentence(part, key).judged
        if any(name in judged and isinstance(text, str) and _INSIDE in text for name, text in fillings.items()):
            return self._marks.sentence(part, key, fillings)
        said = super().say(part, key, fillings)
        return self._marks.sentence(part, key, fillings) if part in OPENING and _BEGINS.match(said) else said
