"""A folded question cut into words, numbers, single Chinese characters and signs, in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

Shape = Literal["word", "number", "han", "sign"]

_HAN: Final = "\u3400-\u9fff〇"
_TOKEN: Final = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 1,287,000
    r"|(?<![\w.-])[1-9]\d{0,2}(?:[ \u00a0_]\d{3})+(?![\d.,])"  # 2 500 000
    r"|\d+(?:\.\d+)?e[+-]?\d{1,3}(?![a-z\d])"
    r"|\d+,\d{1,2}(?![\d,])"  # a decimal comma: thousands come in threes
    r"|\d+(?:\.\d+)?)"
    r"|(?P<sign>(?<=\d)[x×*](?=\s?[a-z])|[$€£¥%])"  # 8xH100
    rf"|(?P<word>[^\W\d_{_HAN}]+)|(?P<han>[{_HAN}])"
)
_LINKS: Final = frozenset(" -–_.'’/&+·\u00a0\n\t")
_MOST_LINKS: Final = 3
_GROUPS: Final = re.compile(r"[ _\u00a0]|,(?=\d{3})")


class Token(NamedTuple):
    """One piece of a question, with where it stands in the folded text and what stands before it."""

    text: str
    start: int
    end: int
    shape: Shape
    gap: str
    key: str  # as it stands in the table of phrases
    value: float
    linked: bool  # whether it can belong to one phrase with the token before


def cut(text: str, root: Callable[[str], str]) -> list[Token]:
    """The tokens of a folded text, in order; `root` takes the ending off a word."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        shape: Shape = match.lastgroup  # type: ignore[assignment]
        word, (start, after) = match.group(), match.span()
        gap, end = text[end:start], after
        value, key = 0.0, word
        if shape == "number":
            value = number_of(word)
            key = "".join([c for c in word if c.isalnum()])
        elif shape == "word":
            key = root(word)
        linked = gap == " " or not gap or (len(gap) <= _MOST_LINKS and _LINKS.issuperset(gap))
        found.append(Token(word, start, end, shape, gap, key, value, linked))
    return found


def number_of(written: str) -> float:
    """The value of digits with separators."""
    plain = _GROUPS.sub("", written)
    value = float(plain.replace(",", "."))
    return value if value < 1e300 else 0.0
