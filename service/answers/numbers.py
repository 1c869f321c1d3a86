"""Numbers and units as a language says them: 44.7 million, 4470万, 0.34 Wh, 850 MWh a day.

The separators and the words for large numbers, as the Unicode CLDR has them, and which units are said how come from
words/<language>.yaml. Text rounds to three significant digits; structured fields never do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from service.core.packages import PACKAGE
from service.core.quantity import Quantity
from service.core.units import Unit, conversion, parse_unit

DIGITS: Final = 3
_KEPT: Final = 8192
# a cited or given number is shown whole; twelve digits hide only the rounding of floats
_STATED: Final = "%.11e"
_CLOSE: Final = "%.6e"
_SHORTEST: Final = "%.12g"
_MOST: Final = 15  # from 10 to this power on, and below the other, a power of ten is shown
_LEAST: Final = -6
_PYTHON: Final = 1e-4  # from here on Python writes digits itself
_PARTED: Final = "\0"
_POWER: Final = re.compile(r"\*\*(-?\d+)")
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class NumberFormat:
    """How one locale writes numbers: what the part `numbers` of its words says.

    `scales` are the powers of ten from which a large number is said with a word, and these; below, the digits are written.
    """

    def __init__(self, numbers: Mapping[str, Any]) -> None:
        self.decimal: str = numbers["decimal"]
        self.group: str = numbers["group"]
        self.scales: list[tuple[int, str]] = sorted(numbers["scales"].items(), reverse=True)
        # a language with a word for ten thousand counts in fours and writes 4470万 without a separator
        self.ungrouped = 4 if any(scale == 4 for scale, _ in self.scales) else 3
        self._plain = 10**self.ungrouped - 1  # up to here neither a word nor a separator is needed
        self.rounded = Kept(self._spelled)  # few numbers are left once they are rounded

    def __call__(self, value: float, digits: int = DIGITS) -> str:
        """The number in words and digits, rounded to three significant digits."""
        return self.rounded[f"{value:.{digits - 1}e}"]

    def whole(self, value: float) -> str:
        """The number as it is stated: with all its digits."""
        if _PYTHON <= value < self._plain:  # as most are: Python writes it alike
            text = _SHORTEST % value
            return text if self.decimal == "." else text.replace(".", self.decimal)
        return self._spelled(_STATED % value)

    def close(self, value: float) -> str:
        """A conversion: whole where it comes out even, else with as many digits as anybody reads."""
        return self.whole(value if value.is_integer() else float(_CLOSE % value))

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


class Kept(dict[str, str]):
    """What is made of some text, kept until there is too much of it."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        made = self[text] = self._make(text)
        return made


def power_of(exponent: int) -> str:
    """An exponent in superscript."""
    return str(exponent).translate(_SUPERSCRIPT)


def _symbols(unit: str) -> str:
    """A unit that no word stands for, as it is printed: m³, not m**3."""
    return _POWER.sub(lambda found: found[1].translate(_SUPERSCRIPT), unit).replace("*", "·")


@dataclass(frozen=True, slots=True)
class Saying:
    """How values of one kind and unit are said: times `factor`, rounded or whole, and what is written behind them."""

    number: NumberFormat
    whole: bool
    factor: float = 1.0
    one: str = ""  # behind one
    other: str = ""  # behind any other number
    close: bool = False  # of a conversion
    _write: Callable[[float], str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        written = self.number.whole if self.whole else self.number.__call__
        object.__setattr__(self, "_write", self.number.close if self.close else written)

    def __call__(self, value: float) -> str:
        """A value with what is behind it."""
        text = self._write(value * self.factor)
        return text + (self.one if text == "1" else self.other)

    def between(self, low: float, high: float) -> str:
        """A range, or the value where rounding leaves none."""
        if low == high or (least := self._write(low * self.factor)) == (most := self._write(high * self.factor)):
            return self(low)
        return f"{least}–{most}{self.other}"

    @property
    def rounding(self) -> str:
        """The %-format that makes of a value, times the factor, what `UnitWords.rounded` knows."""
        behind = f"{_PARTED}{self.one}{_PARTED}{self.other}".replace("%", "%%")
        return f"%.{DIGITS - 1}e{behind}"

    def behind(self, text: str) -> str:
        """A number that is written out, with what is behind it: 0.9996 homes are printed as 1, and so are said as 1 home."""
        return text + (self.one if text == "1" else self.other)


class UnitWords:
    """How one language says a quantity: number, unit, and what stands below the line."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.number = NumberFormat(words["numbers"])
        self.rounded = Kept(self._rounded)
        self._words = words
        self._saying = lru_cache(maxsize=1024)(self._sayings)
        self._bare = lru_cache(maxsize=1024)(self._without_unit)
        self._exactly = lru_cache(maxsize=1024)(self._in_its_unit)

    def __call__(self, quantity: Quantity) -> str:
        """The value with its unit: rounded where it was computed, whole where it is a figure or an input."""
        return self._said(quantity, self._usual(quantity))

    def bare(self, quantity: Quantity) -> str:
        """The rounded value without its unit, as it stands before that of another: 17,200 to 1.58 million homes."""
        return self._said(quantity, self._bare(quantity.unit))

    def stated(self, value: float, unit: str) -> str:
        """A value as its source states it, not rounded."""
        return self(Quantity(value, unit))

    def span(self, quantity: Quantity) -> str:
        """The range with its unit, or the value where it has none or rounding leaves none."""
        return self._between(quantity, self._usual(quantity))

    def exactly(self, quantity: Quantity) -> str:
        """The value, or its range, in its very unit: whole, or with seven digits where it does not come out even."""
        return self._between(quantity, self._exactly(quantity.unit))

    def _rounded(self, text: str) -> str:
        scientific, one, other = text.split(_PARTED)
        return Saying(self.number, False, 1.0, one, other).behind(self.number.rounded[scientific])

    def _usual(self, quantity: Quantity) -> Saying:
        stated = quantity.operation == "leaf" and not quantity.reference.startswith(PACKAGE)
        return self._saying(quantity.unit, stated)

    def _said(self, quantity: Quantity, saying: Saying) -> str:
        return saying(quantity.value)

    def _between(self, quantity: Quantity, saying: Saying) -> str:
        return saying.between(quantity.low, quantity.high)

    def _sayings(self, unit: Unit, whole: bool) -> Saying:
        return Saying(self.number, whole, *self._suffixes(unit))

    def _without_unit(self, unit: Unit) -> Saying:
        factor, _, other = self._suffixes(unit)
        tail = other if other in self._words["tight"] else ""
        return Saying(self.number, False, factor, tail, tail)

    def _in_its_unit(self, unit: Unit) -> Saying:
        return Saying(self.number, True, 1.0, *self._behind(unit), close=True)

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
