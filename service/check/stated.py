"""The numbers of a text that say how much: as they are written, to what place, and what stands around them.

Dates, list numbers, marks of citations and addresses are no quantities, and are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import floor, inf, log10
from typing import Final

from babel.dates import get_month_names

from service.check.known import unit_of
from service.core.units import Unit
from service.reading.found import Found, found
from service.reading.lexicon import lexicon
from service.store.queries import Knowledge

MARK: Final = r"[\[［【](?:\d{1,3})(?:\s*[,，、–-]\s*\d{1,3})*[\]］】]"
_YEAR: Final = r"(?:19|20)\d\d"
_DIGITS: Final = re.compile(r"\d(?:[\d,_\u00a0\u2009\u202f]|[ ](?=\d{3}(?!\d)))*(?:\.\d+)?")
_YEARS: Final = range(1900, 2101)
_HOURS: Final = "device-hour"
_BLOT: Final = "|"
_NEAR: Final = 24  # characters before and behind a number in which it is called a bound


@dataclass(frozen=True, slots=True)
class End:
    """A value as it is written: rounded to a multiple of `place`, with so many digits that count."""

    value: float
    place: float
    digits: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a text, or a range: ``text[start:end]``, in `unit`, counting `counted` where that is not empty."""

    start: int
    end: int
    value: float
    ends: tuple[End, ...]
    unit: Unit
    unit_text: str
    counted: str
    bare: bool  # neither unit nor thing counted
    above: bool  # more than this
    below: bool  # nearly this


def stated(knowledge: Knowledge, text: str) -> list[Stated]:
    """Every number of a text that says how much, in order."""
    read = found(knowledge, _without_names(text))
    made = [_made(each, text) for each in read if each.sort != "year"]
    return [each for each in made if each is not None]


def _without_names(text: str) -> str:
    """The text with what is no quantity blotted out: each place stays where it is."""
    for pattern in _patterns():
        text = pattern.sub(lambda match: _BLOT * len(match.group()), text)
    return text


def _made(each: Found, text: str) -> Stated | None:
    if not each.value < inf or (each.sort == "number" and _is_year(each, text)):
        return None
    hours = each.what == _HOURS
    unit = unit_of("h" if hours else f"1/{each.rate}" if each.sort == "count" and each.rate else each.unit)
    if unit is None:
        return None
    counted = each.what if each.sort == "count" and not hours else ""
    above, below = _bounds(each, text)
    bare = each.sort == "number"
    said = f"{counted or unit.text}/{each.rate}" if counted and each.rate else counted or unit.text
    return Stated(each.start, each.end, each.value, _ends(each, text), unit, said, counted, bare, above, below)


def _is_year(each: Found, text: str) -> bool:
    return each.value in _YEARS and text[each.start : each.end].strip().isdecimal()


def _ends(each: Found, text: str) -> tuple[End, ...]:
    """The one value, or both ends of the range, each with the place to which it is written."""
    values = [each.value] if each.low == each.high else [each.low, each.high]
    written = [match.group() for match in _DIGITS.finditer(text, each.start, each.end)]
    if len(written) < len(values):
        written += [""] * (len(values) - len(written))
    return tuple(_end(value, digits) for value, digits in zip(values, written, strict=False))


def _end(value: float, written: str) -> End:
    """A value and its place: the last decimal that is written, or the last digit before its zeros."""
    whole, _, decimals = re.sub(r"[^\d.]", "", written).partition(".")
    if decimals:
        scale = value / float(f"{whole}.{decimals}") if float(f"{whole}.{decimals}") else 1.0
        digits = f"{whole}{decimals}".lstrip("0")
        return End(value, scale * 10.0 ** -len(decimals), max(1, len(digits)))
    digits = f"{abs(value):.15g}".partition("e")[0].replace(".", "").strip("0") or "0"
    if not value:
        return End(value, 1.0, 1)
    return End(value, 10.0 ** (floor(log10(abs(value)) + 1e-12) - len(digits) + 1), len(digits))


def _bounds(each: Found, text: str) -> tuple[bool, bool]:
    """Whether a number is said to be exceeded, and whether it is said not to be reached."""
    before, behind = text[max(0, each.start - _NEAR) : each.start].lower(), text[each.end : each.end + _NEAR].lower()
    words = _bounding()
    if any(word in text[each.start : each.end] for word in lexicon().overs):
        return True, False  # 2.8万多户
    return tuple(  # type: ignore[return-value]
        bool(words[f"{side} before"].search(before) or words[f"{side} behind"].match(behind))
        for side in ("above", "below")
    )


@cache
def _bounding() -> dict[str, re.Pattern[str]]:
    """How every language says that a number is exceeded, or not reached, before and behind it."""
    made = {}
    for side in ("above", "below"):
        for place, form in (
            ("before", r"(?:^|(?<=[\W\d_])|(?=[^\x00-\x7f]))(?:{})\W{{0,4}}$"),
            ("behind", r"\W{{0,2}}(?:{})"),
        ):
            phrases = [each for said in lexicon().said.values() for each in said["bounds"][side][place]]
            made[f"{side} {place}"] = re.compile(
                form.format("|".join(map(re.escape, sorted(phrases, key=len)[::-1])) or "(?!)")
            )
    return made


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months = "|".join(
        sorted(
            {
                name.rstrip(".")
                for wide in ("wide", "abbreviated")
                for name in get_month_names(wide, locale="en").values()
            }
        )
    )
    year = rf"(?<!\d){_YEAR}(?!\d)"
    return tuple(
        re.compile(pattern, re.MULTILINE)
        for pattern in (
            r"https?://[^\s<>)\]]+|www\.\S+|\b10\.\d{4,}/\S+|(?<=\]\()[^)\s]+",  # addresses
            MARK,
            r"^[ \t>#]*(?:[-*+][ \t]+)?(?:\*\*)?(?:\d{1,3}[.)．](?=\s|\*)|\d{1,3}、|[(（]\d{1,3}[)）]|第\s?\d{1,3}[步条点、])",
            r"(?<![\d.])\d{4}-\d{1,2}(?:-\d{1,2})?(?![\d.])|(?<![\d.])\d{1,4}/\d{1,2}/\d{1,4}(?!\d)|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)",
            rf"{year}\s*[-–—/~～至到]\s*(?:{_YEAR}|\d\d)(?!\d)",
            r"(?:\d{2,4}|[〇零一二三四五六七八九]{4})\s*年(?:\s*[\d一二三四五六七八九十]+\s*月(?:\s*[\d一二三四五六七八九十]+\s*[日号號])?)(?!均)",
            r"(?:19|20)\d\d\s*年|[〇零一二三四五六七八九]{4}年",
            r"(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*[日号號]",
            rf"\b(?:{months})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR})?|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{months})\b(?:,?\s+{_YEAR})?",
            r"\b\d+(?:st|nd|rd|th)\b|\b(?:FY|Q|H)\d{1,4}\b|\b(?:19|20)\d0s\b",
        )
    )
