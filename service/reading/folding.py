"""A question as typed and as it is compared: small letters, compatibility forms, Simplified Chinese, with the way back.

Every place in the folded text knows the place in the question that it came from, so what was understood can be shown
where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import opencc

# 3.8 × 10²⁵ and 3.8x10^25: a power of ten that is written out
_POWER: Final = re.compile(
    r"(?<=\d)\s?[×x*·]\s?10(?:(?:\^|\*\*)([-−+]?\d{1,2})|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))(?![\d⁰¹²³⁴⁵⁶⁷⁸⁹])"
)
_HAN_FROM: Final = "\u3400"
_HAN_TO: Final = "\u9fff"


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return _HAN_FROM <= character <= _HAN_TO or character == "〇"


@cache
def _converter(direction: str) -> opencc.OpenCC:
    import opencc  # noqa: PLC0415 - its dictionaries take megabytes that only Chinese needs

    return opencc.OpenCC(direction)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, the text as typed, and for each character the place that it came from."""

    typed: str
    text: str
    places: list[int] | None  # None where both have the same places
    traditional: bool

    def place(self, position: int) -> int:
        """Where a position of the folded text stands in the text as typed."""
        if self.places is None:
            return position
        return self.places[position] if position < len(self.places) else len(self.typed)

    def end(self, position: int) -> int:
        """Where a stretch that ends before `position` ends in the text as typed."""
        return self.place(position - 1) + 1 if position else 0


def fold(typed: str) -> Folded:
    """A text as it is compared."""
    powers = list(_POWER.finditer(typed)) if "10" in typed else []
    if typed.isascii() and not powers:
        return Folded(typed, typed.lower(), None, traditional=False)
    characters: list[str] = []
    places: list[int] = []
    begin = 0
    for power in [*powers, None]:
        for place in range(begin, power.start() if power else len(typed)):
            for each in _plain(typed[place]):
                characters.append(each)
                places.append(place)
        if power:
            exponent = f"e{unicodedata.normalize('NFKC', power[1] or power[2]).replace('−', '-')}"
            characters += exponent
            places += [power.start()] * (len(exponent) - 1) + [power.end() - 1]
            begin = power.end()
    text = "".join(characters)
    if not any(map(is_han, text)):
        return Folded(typed, text, places, traditional=False)
    simplified = _converter("t2s").convert(text)
    if len(simplified) != len(text):  # a phrase that has another length there is converted sign by sign
        simplified = "".join([_one(character) for character in text])
    return Folded(typed, simplified, places, _traditional(text, simplified))


@cache
def _plain(character: str) -> str:
    """A character in compatibility form, small, without accents; half a character is none."""
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character).lower())
    kept = "".join([part for part in parts if unicodedata.category(part) != "Mn"])
    return unicodedata.normalize("NFC", kept)


@cache
def _one(character: str) -> str:
    converted = _converter("t2s").convert(character)
    return converted if len(converted) == 1 else character


def _traditional(text: str, simplified: str) -> bool:
    """Whether more characters are written in their traditional than in their simplified form."""
    changed = sum(a != b for a, b in zip(text, simplified, strict=True))
    if not changed:
        return False
    back = _converter("s2t").convert(text)
    return bool(changed > sum(a != b for a, b in zip(text, back, strict=False)))
