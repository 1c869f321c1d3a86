"""Reading an amount as people write it: a number, perhaps with a number word, and a unit.

``500,000 kWh`` · ``0.34 Wh`` · ``850 MWh/day`` · ``2.5 billion kWh per year`` · ``50万度`` · ``0.3-0.5 Wh``

What could be misread is refused: ``0,34`` is neither 0.34 nor 34 until its writer says which.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from service.core.errors import QuantityError, UnknownUnit
from service.core.quantity import Quantity
from service.core.units import Unit, conversion, parse_unit

_MAX_LENGTH: Final = 120
# 1,234,567 and 12,34,567; then 1 234 567, whatever the space, and 1_234_567
_GROUPED: Final = r"[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}|[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f_]\d{3})+"
_NUMBER: Final = rf"(?:(?:{_GROUPED}|\d+)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
_WORDS: Final = "thousand|million|billion|bn|trillion|万亿|萬億|千万|千萬|百万|百萬|十亿|十億|万|萬|亿|億|千(?!瓦)|百"
_BEFORE_UNIT: Final = rf"[~≈+]?\s*(?P<number>{_NUMBER})\s*(?P<word>{_WORDS})?\s*"
_AMOUNT: Final = re.compile(rf"{_BEFORE_UNIT}(?P<unit>[^\s\d.,+-].*)?", re.IGNORECASE)
_SINGLE: Final = re.compile(rf"{_BEFORE_UNIT}(?P<unit>[^\s\d.,+-]\D*)?", re.IGNORECASE)  # no second number behind it
_RANGE: Final = re.compile(r"(?<=\S)\s*(?:(?<!\d[eE])-|–|—|−|~|～|to|至|到)\s*(?=\.?\d)", re.IGNORECASE)
_BETWEEN_DIGITS: Final = re.compile(r"[,_\s]")
_EACH: Final = re.compile(r"(?:^|\s+)(?:a|an|per|each|every)\s+|\s*每\s*", re.IGNORECASE)
_GAS: Final = re.compile(r"\s*(?:\bof\s+)?CO(?:2|₂)(?:[- ]?eq?)?\b", re.IGNORECASE)
_BEGINS: Final = re.compile(r"[-−+.~≈]?\s*\d")
_GAP: Final = re.compile(r"(?<=\w)\s+(?=\w)")
_WATTS: Final = re.compile(r"\b([kmgtp]?)(wh?)\b", re.IGNORECASE)


class NotAnAmount(QuantityError):
    """A text that is not a number with a unit, or a negative one."""

    code = "not-an-amount"

    def __init__(self, text: str) -> None:
        fault = "is negative; write" if text.lstrip()[:1] in ("-", "−") else "is not"
        super().__init__(f"{text[:60]!r} {fault} a number with a unit, such as '850 MWh' or '0.34 Wh'.")


def looks_like_amount(text: str) -> bool:
    """Whether a text is meant as a number: it starts with a digit, a sign or a point."""
    return _BEGINS.match(text.lstrip()) is not None


def parse_amount(text: str, reference: str = "") -> Quantity:
    """The quantity that a text states, a leaf called `reference`.

    A range (``0.3-0.5 Wh``) has its middle as value. Raises `NotAnAmount`, `UnknownUnit`, `OutOfRange`, or
    `DimensionMismatch` where the ends of a range have units of two dimensions.
    """
    if len(text) > _MAX_LENGTH:
        raise NotAnAmount(text)
    single = _SINGLE.fullmatch(text.strip())
    if single:  # as nearly always
        number, word, unit = single.groups()
        return Quantity(_number(number, word), _unit(unit), reference=reference)
    parts = _RANGE.split(text.strip())
    found = [match for match in map(_AMOUNT.fullmatch, parts) if match]
    if len(found) != len(parts) or len(found) not in (1, 2):
        raise NotAnAmount(text)
    low, high = found[0], found[-1]
    # 2–3 billion kWh: what follows the second number belongs to the first one too
    word = low["word"] if low["word"] or low["unit"] else high["word"]
    last = _unit(high["unit"])
    unit = _unit(low["unit"]) if low["unit"] else last
    least = _number(low["number"], word)
    most = _number(high["number"], high["word"]) * conversion(last, unit)
    if most < least:
        raise NotAnAmount(text)
    middle = least if least == most else least / 2 + most / 2
    return Quantity(middle, unit, least, most, reference)


def _number(digits: str, word: str | None) -> float:
    try:
        number = float(digits)  # as most are written
    except ValueError:
        number = float(_BETWEEN_DIGITS.sub("", digits))
    return number * parse_unit(word.lower()).factor if word else number


@lru_cache(maxsize=1024)
def _unit(text: str | None) -> Unit:
    """The unit as written; failing that, with its words joined (kilowatt hours) and its watts in the usual case (kwh)."""
    written = _EACH.sub("/", text or "").strip()
    written = _GAS.sub("", written) or written
    written = f"1{written}" if written.startswith("/") else written
    try:
        return parse_unit(written)
    except UnknownUnit:
        respelled = _WATTS.sub(_usual_case, _GAP.sub("-", written))
        if respelled == written:
            raise
    try:
        return parse_unit(respelled)
    except UnknownUnit as error:
        raise UnknownUnit(text or "") from error


def _usual_case(watts: re.Match[str]) -> str:
    return watts[1].upper().replace("K", "k") + "Wh"[: len(watts[2])]
