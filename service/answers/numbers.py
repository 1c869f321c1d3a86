"""Numbers and units as a language says them: 44.7 million, 4470万, 0.34 Wh, 850 MWh a day.

The separators and the words for large numbers come from the Unicode CLDR through babel; which units are said how comes
from words/<language>.yaml. Text rounds to three significant digits; structured fields never do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import log10
from typing import Any, Final

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from service.core.packages import PACKAGE
from service.core.quantity import Quantity
from service.core.units import Unit, conversion, parse_unit

DIGITS: Final = 3
_AS_STATED: Final = 12  # a cited or given number is shown whole; twelve digits hide only the rounding of floats
_MOST: Final = 15  # from 10 to this power on, and below the other, a power of ten is shown
_LEAST: Final = -4
_POWER: Final = re.compile(r"\*\*(-?\d+)")
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class NumberFormat:
    """How one locale writes numbers."""

    def __init__(self, locale: str) -> None:
        self.decimal = get_decimal_symbol(locale)
        self.group = get_group_symbol(locale)
        self.scales = _scales(Locale.parse(locale))
        # a language with a word for ten thousand counts in fours and writes 4470万 without a separator
        self.ungrouped = 4 if any(scale == 4 for scale, _ in self.scales) else 3
        # few numbers are left once they are rounded, so how one is spelled is worth keeping
        self.rounded = lru_cache(maxsize=4096)(self._spelled)

    def __call__(self, value: float, digits: int = DIGITS) -> str:
        """The number in words and digits, rounded to three significant digits."""
        return self.rounded(f"{value:.2e}") if digits == DIGITS else self._spelled(f"{value:.{digits - 1}e}")

    def _spelled(self, scientific: str) -> str:
        """A number in scientific notation as this locale writes it."""
        mantissa, _, power = scientific.partition("e")
        exponent = int(power)
        sign, figures = ("-", mantissa[1:]) if mantissa[0] == "-" else ("", mantissa)
        figures = figures.replace(".", "").rstrip("0")
        if not figures:
            return "0"
        if not _LEAST <= exponent < _MOST:
            return f"{sign}{self._point(figures, 0)} × 10{power_of(exponent)}"
        for scale, word in self.scales:
            if exponent >= scale:
                return sign + self._point(figures, exponent - scale) + word
        return sign + self._point(figures, exponent)

    def _point(self, figures: str, exponent: int) -> str:
        """Digits with the decimal point behind the one that counts 10**exponent, thousands grouped."""
        if exponent < 0:
            return f"0{self.decimal}{'0' * (-exponent - 1)}{figures}"
        whole, part = figures[: exponent + 1].ljust(exponent + 1, "0"), figures[exponent + 1 :]
        if len(whole) > self.ungrouped:
            whole = f"{int(whole):,}".replace(",", self.group)
        return f"{whole}{self.decimal}{part}" if part else whole


def power_of(exponent: int) -> str:
    """An exponent in superscript."""
    return str(exponent).translate(_SUPERSCRIPT)


def _scales(locale: Locale) -> list[tuple[int, str]]:
    """Where the locale says a large number with a word (million, 万), largest first; thousands are written out."""
    formats = locale.compact_decimal_formats
    patterns = formats["long" if "long" in formats else "short"]["other"]
    words: dict[str, float] = {}
    for power, pattern in patterns.items():
        word = pattern.pattern.lstrip("0#,.")
        if word and float(power) >= 10_000:  # below, every language here writes the digits
            words.setdefault(word, float(power) / 10 ** (pattern.pattern.count("0") - 1))
    if "thousand" in "".join(words):
        words = {word: scale for word, scale in words.items() if "thousand" not in word}
    return sorted(((round(log10(scale)), word.replace("'", "")) for word, scale in words.items()), reverse=True)


def _symbols(unit: str) -> str:
    """A unit that no word stands for, as it is printed: m³, not m**3."""
    return _POWER.sub(lambda found: found[1].translate(_SUPERSCRIPT), unit).replace("*", "·")


class UnitWords:
    """How one language says a quantity: number, unit, and what stands below the line."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.number = NumberFormat(words["locale"])
        self._words = words
        self._suffix = lru_cache(maxsize=1024)(self._suffixes)
        self._saying = lru_cache(maxsize=1024)(self._sayings)

    def __call__(self, quantity: Quantity) -> str:
        """The value with its unit: rounded where it was computed, whole where it is a figure or an input."""
        return self.saying(quantity)(quantity.value)

    def saying(self, quantity: Quantity) -> Callable[[float], str]:
        """How to say values of the kind and unit of a quantity."""
        return self._saying(quantity.unit, quantity.operation == "leaf" and not quantity.reference.startswith(PACKAGE))

    def _sayings(self, unit: Unit, stated: bool) -> Callable[[float], str]:
        (factor, one, other), number, rounded = self._suffix(unit), self.number, self.number.rounded

        def say(value: float) -> str:
            text = number(value * factor, _AS_STATED) if stated else rounded(f"{value * factor:.2e}")
            return text + (one if text == "1" else other)  # as printed: 0.9996 homes are said as 1 home

        return say

    def count(self, quantity: Quantity) -> str:
        """The rounded value alone."""
        return self.number(quantity.value)

    def bare(self, quantity: Quantity) -> str:
        """The rounded value without its unit, as it stands before that of another: 17,200 to 1.58 million homes."""
        factor, _, other = self._suffix(quantity.unit)
        text = self.number(quantity.value * factor)
        return text + other if other in self._words["tight"] else text

    def stated(self, value: float, unit: str) -> str:
        """A value as its source states it, not rounded."""
        return self(Quantity(value, unit))

    def span(self, quantity: Quantity) -> str:
        """The range with its unit, or the value where it has none or rounding leaves none."""
        factor, _, other = self._suffix(quantity.unit)
        digits = _AS_STATED if quantity.is_leaf else DIGITS
        low, high = self.number(quantity.low * factor, digits), self.number(quantity.high * factor, digits)
        return self(quantity) if low == high else f"{low}–{high}{other}"

    def exactly(self, quantity: Quantity) -> str:
        """The value, or its range, with all its digits and in its very unit."""
        one, other = self._behind(quantity.unit)
        low, high = self.number(quantity.low, _AS_STATED), self.number(quantity.high, _AS_STATED)
        text = low if low == high else f"{low}–{high}"
        return text + (one if text == "1" else other)

    def _suffixes(self, unit: Unit) -> tuple[float, str, str]:
        """What to multiply by, and what to write behind one and behind any other number."""
        factor = 1.0
        said = "/".join([self._words["said_as"].get(part, part) for part in unit.text.split("/")])
        if said != unit.text:
            wanted = parse_unit(said)
            factor, unit = conversion(unit, wanted), wanted
        return factor, *self._behind(unit)

    def _behind(self, unit: Unit) -> tuple[str, str]:
        above, *below = unit.text.split("/")
        word = self._words["units"].get(above, _symbols(above) if above != "1" else "")
        one, other = (word["one"], word["other"]) if isinstance(word, Mapping) else (word, word)
        rest = "".join(self._words["per"].get(part, f"/{_symbols(part)}") for part in below)
        return self._spaced(one) + rest, self._spaced(other) + rest

    def _spaced(self, word: str) -> str:
        tight = not word or word in self._words["tight"] or not word[0].isascii()
        return word if tight else f" {word}"
