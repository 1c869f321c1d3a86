"""Marks in place of the numbers of a call, so that what stands around them can be kept.

A sentence that judges a number (says *1 home uses*, but *2 homes use*) is marked as a whole, and kept with the numbers for
which it is another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from service.answers.numbers import Saying, UnitWords
from service.answers.words import OPENING, Words
from service.core.quantity import Quantity

# noncharacters, which stand in no text: around a mark inside a text, and before a text that is nothing but a mark
_INSIDE: Final = "\ufdd0"
_WHOLE: Final = "\ufdd1"
FIELDS: Final = ("value", "low", "high")
IN_TEXT: Final = re.compile(f"{_INSIDE}([a-z]+ [0-9]+){_INSIDE}")
IN_JSON: Final = re.compile(f'{_INSIDE}([a-z]+ [0-9]+){_INSIDE}|"{_WHOLE}([a-z]+ [0-9]+)"'.encode())
_BEGINS: Final = re.compile(f"[a-z]*{_INSIDE}sentence")  # what decides on a capital letter is not known yet


def inside(kind: str, number: int = 0) -> str:
    """A mark inside a text."""
    return f"{_INSIDE}{kind} {number}{_INSIDE}"


def whole(kind: str, number: int = 0) -> str:
    """A mark in place of a JSON value."""
    return f"{_WHOLE}{kind} {number}"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that judges marks: what fills it, and the text that it is as long as none of them is one it tells apart.

    `usual` is None where it must be said anew for each call.
    """

    part: str
    key: str
    fillings: tuple[tuple[str, Any], ...]
    usual: str | None
    apart: tuple[tuple[str, frozenset[str]], ...]  # the filling and the texts of it that make another sentence


class Marks(UnitWords):
    """Says marks for the quantities of a run, and keeps what each mark stands for.

    `sayings` are how a quantity is said, its place, and whether by its range; `sentences` are filled with such texts. What is
    none of these quantities is no number of the call, and said as it is.
    """

    def __init__(self, units: UnitWords, quantities: Sequence[Quantity]) -> None:
        self.__dict__.update(units.__dict__)
        self._places = {id(quantity): place for place, quantity in enumerate(quantities)}
        self.sayings: dict[tuple[Saying, int, bool], int] = {}
        self.sentences: dict[Told, int] = {}

    def place(self, quantity: Quantity) -> int | None:
        """Where the number of a quantity stands among those of the run; None for one that is no number of the call."""
        return self._places.get(id(quantity))

    def fields(self, quantity: Quantity) -> dict[str, str]:
        """Marks for the fields that give a quantity: its value, and its range where it may have one."""
        place = self._places.get(id(quantity))
        if place is None:
            return {}
        return {name: whole(name, place) for name in (FIELDS if quantity.uncertain else FIELDS[:1])}

    def sentence(self, told: Told) -> str:
        """A mark for a whole sentence."""
        return inside("sentence", self.sentences.setdefault(told, len(self.sentences)))

    def _said(self, quantity: Quantity, saying: Saying) -> str:
        return self._mark(saying, quantity, ranged=False) or super()._said(quantity, saying)

    def _between(self, quantity: Quantity, saying: Saying) -> str:
        return self._mark(saying, quantity, ranged=True) or super()._between(quantity, saying)

    def _mark(self, saying: Saying, quantity: Quantity, *, ranged: bool) -> str:
        place = self._places.get(id(quantity))
        if place is None:
            return ""
        return inside("said", self.sayings.setdefault((saying, place, ranged), len(self.sayings)))


class MarkedWords(Words):
    """The words of a language with marks for the numbers."""

    def __init__(self, words: Words, marks: Marks) -> None:
        self.__dict__.update(words.__dict__)
        self.units = self._marks = marks

    def say(self, part: str, key: str, about: Mapping[str, Any]) -> str:
        """The sentence filled with marks, or a mark for it."""
        fillings = {name: self.plain(value) for name, value in about.items()}
        judged = self.sentence(part, key).judged
        marked = {name: judged[name] for name, text in fillings.items() if name in judged and _is_marked(text)}
        if None in marked.values():  # it asks more of a text than whether it is a certain one
            return self._told(part, key, fillings, None, {})
        said = super().say(part, key, fillings)
        if undecided(part, said):
            return self._told(part, key, fillings, None, {})
        return self._told(part, key, fillings, said, marked) if marked else said

    def _told(
        self, part: str, key: str, fillings: Mapping[str, Any], usual: str | None, apart: Mapping[str, Any]
    ) -> str:
        return self._marks.sentence(Told(part, key, tuple(fillings.items()), usual, tuple(apart.items())))


def undecided(part: str, said: str) -> bool:
    """Whether it is for what fills the marks of a sentence to say if that begins with a capital letter."""
    return part in OPENING and _BEGINS.match(said) is not None


def _is_marked(text: Any) -> bool:
    return isinstance(text, str) and _INSIDE in text
