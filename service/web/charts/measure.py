"""How wide text is, without a font at hand: no sans-serif in use is wider, so nothing runs into its neighbour."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from unicodedata import east_asian_width

_NARROW: Final = frozenset("iljtfI.,:;'|!()[] -–·")
_BROAD: Final = frozenset("mwMW@%—÷×")


@lru_cache(maxsize=8192)
def width(text: str, size: float) -> float:
    """The width of a line of text at a font size, in the same unit."""
    return sum(_em(character) for character in text) * size


def cut(text: str, most: float, size: float) -> str:
    """The text, shortened with an ellipsis where it is wider than `most`."""
    if width(text, size) <= most:
        return text
    end = len(text)
    while end > 1 and width(text[:end].rstrip() + "…", size) > most:
        end -= 1
    return text[:end].rstrip() + "…"


def wrapped(text: str, most: float, size: float) -> list[str]:
    """The text in lines no wider than `most`, broken at spaces, and anywhere in Chinese."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and width((lines[-1] + piece).rstrip(), size) > most:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [cut(line.rstrip(), most, size) for line in lines]


def _pieces(text: str) -> list[str]:
    """The text in parts that stay together, each with the space behind it."""
    pieces = [""]
    for character in text:
        wide = east_asian_width(character) in "WF"
        after = bool(pieces[-1]) and (pieces[-1][-1] == " " or east_asian_width(pieces[-1][-1]) in "WF")
        stop = character in "，。；：、）」》"  # begins no line
        if pieces[-1] and not stop and character != " " and (wide or after):
            pieces.append("")
        pieces[-1] += character
    return pieces


def _em(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.94
    return 0.68 if character.isupper() else 0.58
