"""Numbers with what they measure or count: 0.34 Wh a prompt, $0.12/kWh, 50万度, 8xH100, 20 questions, 2030."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from service.core.errors import QuantityError
from service.core.units import parse_unit
from service.reading.findings import Segment, dimensions
from service.reading.lexicon import Lexicon
from service.reading.meanings import BARE, NOTHING, Meaning, Meanings, meanings_of
from service.reading.numbers import Number, number_at
from service.reading.tokens import Token

if TYPE_CHECKING:
    from service.reading.scanner import Scanner

COUNTABLE: Final = (
    "query", "image", "video", "session", "person", "home", "token", "parameter", "car", "flight", "panel", "reactor",
    "phone-charge", "kettle", "tree", "bottle", "email", "document", "shower", "wash", "rack", "times", "device-hour",
)  # fmt: skip
_EACH: Final = ("query", "image", "video", "session", "person", "home", "email", "document", "token")
_YEARS: Final = range(1990, 2101)
_CENTURY: Final = 100
_YEARS_BEGIN: Final = 2000
_MONEY: Final = frozenset({"USD", "EUR", "GBP", "CNY", "JPY"})
_MEASURING: Final = frozenset({"unit", "small-money", "tenth-money"})
_PASSED: Final = frozenset({"between", "classifier", "region", "subject"})  # between a number and what it counts
_BETWEEN: Final = 4  # words and names between a number and what it counts
_SINGLE: Final = ("kWh", "kW", "kg", "L")  # of what one is said without a digit
_SHORTEST: Final = 2  # letters of its unit
_HUNDREDTH: Final = 0.01
_TENTH: Final = 0.1
_TEN: Final = 10.0


class Amounts:
    """Reads the numbers of one question."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, scanner: Scanner) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._scanner = scanner

    def at(self, at: int) -> Segment | None:
        """The amount, count, year or bare number that begins at a token; None where none does."""
        token = self._tokens[at]
        sign = self._lexicon.signs.get(token.text)
        begin = at + 1 if sign else at
        if token.text + self._text(at + 1) + self._text(at + 2) == "百分之":
            return self._per_hundred(at)
        fraction = self._fraction(at)
        if fraction is not None:
            return fraction
        if begin >= len(self._tokens) or (not sign and not self._may_begin(begin)):
            return None
        number = number_at(self._tokens, begin, self._lexicon)
        if number is None:
            return None
        if self._text(begin) in self._lexicon.scales and self._text(begin - 1) in self._lexicon.asked:
            return self._wanted(begin, number)
        if sign:
            return self._measured(at, number, sign, number.after)
        return self._united(at, number) or self._plain(at)

    def one(self, at: int) -> Segment | None:
        """An amount of one that no digit says: a kWh, one tonne, per kWh, 一度电."""
        text = self._text(at)
        energy = text in self._lexicon.per
        if not energy and self._lexicon.numbers.get(text) != 1:
            return None
        unit = self._unit(at + 1)
        if unit is None or self._numbered(at - 1) or len(self._text(at + 1)) < _SHORTEST <= len(text):
            return None
        single = _SINGLE if text in self._lexicon.articles or not energy else _SINGLE[:1]
        if parse_unit(unit[0]).dimension not in dimensions(single):
            return None
        segment = self._measured(at, Number(1.0, 1.0, 1.0, unit[2]), unit[0], unit[2])
        segment.implied = True
        return segment

    def _numbered(self, at: int) -> bool:
        """Whether a token says a number or a unit, below which something may stand."""
        if at < 0:
            return False
        token = self._tokens[at]
        if token.shape == "number" and at and not token.gap and self._tokens[at - 1].shape == "word":
            return False  # the 2 of CO2
        sorts = self._lexicon.phrases.get(token.key, NOTHING).sorts
        return token.shape in {"number", "sign"} or not sorts.isdisjoint(_MEASURING)

    def composed(self, unit: str, at: int) -> tuple[str, int]:
        """A unit that is named without a number, with what stands below its line: g per kWh; and the token after it."""
        segment = Segment(at, at, "words", unit=unit)
        self._divide(segment)
        below = segment.unit.partition("/")[2]
        timed = not below or parse_unit(below).dimension == parse_unit("h").dimension
        return (unit, at) if timed else (segment.unit, segment.after)

    def _text(self, at: int) -> str:
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _may_begin(self, at: int) -> bool:
        token = self._tokens[at]
        words = self._lexicon
        if token.shape == "word":
            if token.text in words.vague or token.text in words.several:
                return True
            known = token.text in words.numbers or token.text in words.parts or token.text in words.articles
            return known and (token.text not in words.articles or self._text(at + 1) in words.scales)
        apart = token.gap != "" or at == 0 or self._tokens[at - 1].shape != "word"
        before = self._tokens[at - 1] if at else None
        apart = apart or before is None or before.text in words.fiscal or words.is_ratio(before.key)
        return token.shape == "han" or (token.shape == "number" and apart)

    def _wanted(self, at: int, number: Number) -> Segment | None:
        """The unit that is asked for after a scale: 多少万吨."""
        unit = self._unit(number.after)
        return Segment(at, unit[2], "words", meanings_of((Meaning("unit", unit[0]),))) if unit else None

    def _fraction(self, at: int) -> Segment | None:
        """A share in words: a quarter of, two thirds of, 四分之一."""
        number = number_at(self._tokens, at, self._lexicon, ranged=False)
        article = self._tokens[at].text in self._lexicon.articles
        alone = self._tokens[at].text in self._lexicon.parts  # half of, half a percent
        if alone and number is None and self._text(at + 1) in self._lexicon.articles:
            share = self._lexicon.parts[self._tokens[at].text]
            return self._united(at, Number(share, share, share, at + 2)) if self._unit(at + 2) else None
        after = at + 1 if number is None and article else number.after if number else at
        if (after == at and not alone) or after + 1 >= len(self._tokens):
            return None
        part = self._lexicon.fractions.get(self._text(after))
        if part is not None and self._text(after + 1) in self._lexicon.fraction_of:
            share = (number.value if number else 1.0) * part
            return self._measured(at, Number(share * 100, share * 100, share * 100, after + 1), "%", after + 1)
        if number is None or self._text(after) + self._text(after + 1) != "分之" or after + 2 >= len(self._tokens):
            return None
        above = number_at(self._tokens, after + 2, self._lexicon, ranged=False)
        if above is None or not number.value:
            return None
        share = above.value / number.value * 100
        return self._measured(at, Number(share, share, share, above.after), "%", above.after)

    def _per_hundred(self, at: int) -> Segment | None:
        number = number_at(self._tokens, at + 3, self._lexicon, ranged=False) if at + 3 < len(self._tokens) else None
        return self._measured(at, number, "%", number.after) if number else None

    def _united(self, at: int, number: Number) -> Segment | None:
        """The number with the unit behind it, where there is one."""
        unit = self._unit(number.after)
        if unit is None or self._is_year(at, number, unit[0]):
            return None
        name, factor, after = unit
        if self._lexicon.has(self._text(number.after), "classifier") and self._counted(number.after):
            return None  # 256块 are chips where chips follow, and money elsewhere
        scaled = Number(number.value * factor, number.low * factor, number.high * factor, number.after)
        return self._measured(at, scaled, name, after)

    def _unit(self, at: int) -> tuple[str, float, int] | None:
        if at < len(self._tokens) and self._tokens[at].text == "%":
            return "%", 1.0, at + 1
        sign = self._lexicon.signs.get(self._text(at))
        if sign and self._text(at):
            return sign, 1.0, at + 1
        gap = self._tokens[at].gap if at < len(self._tokens) else ""
        if at >= len(self._tokens) or not self._tokens[at].linked or "/" in gap or gap.startswith(". "):
            return None  # 25亿/天 are no days, and a sentence ends no unit
        sorts = (("unit", 1.0), ("small-money", _HUNDREDTH), ("tenth-money", _TENTH), ("tens", _TEN))
        found = [(phrase, factor) for sort, factor in sorts if (phrase := self._scanner.phrase(at, sort))]
        if not found:
            return None
        phrase, factor = max(found, key=lambda pair: pair[0][1])  # a euro cent is no euro
        return phrase[0].each[0].name, factor, phrase[1]

    def _is_year(self, at: int, number: Number, unit: str) -> bool:
        token = self._tokens[at]
        plain = token.shape == "number" and len(token.text) == 4 and number.after == at + 1 and token.text.isdigit()
        return plain and number.value in _YEARS and unit == "year"

    def _is_fiscal(self, at: int, number: Number) -> bool:
        """Whether two digits are a business year: FY24, 24财年."""
        token = self._tokens[at]
        if token.shape != "number" or len(token.text) != len("24") or number.after != at + 1:
            return False
        before = self._text(at - 1) if at else ""
        return before in self._lexicon.fiscal or self._text(at + 1) + self._text(at + 2) in self._lexicon.fiscal

    def _measured(self, at: int, number: Number, unit: str, after: int) -> Segment:
        segment = Segment(at, after, "amount", value=number.value, low=number.low, high=number.high, unit=unit)
        self._divide(segment)
        return segment

    def _divide(self, segment: Segment) -> None:
        """Take in what stands below the line: a day, per kWh, each prompt."""
        at = segment.after
        if at >= len(self._tokens):
            return
        rate = self._scanner.phrase(at)
        if rate and rate[0].each[0].sort == "rate" and self._tokens[at].linked and "/" not in self._tokens[at].gap:
            self._per(segment, rate[0].each[0].name, rate[1])
            return
        if "/" not in self._tokens[at].gap:
            per = self._scanner.phrase(at, "concept")
            if per is None or not any(each.name == "per" for each in per[0]) or not self._tokens[at].linked:
                return
            at = per[1]
        self._below(segment, at)

    def _below(self, segment: Segment, at: int) -> None:
        for sort in ("unit", "span", "concept"):
            phrase = self._scanner.phrase(at, sort)
            for meaning in phrase[0] if phrase else ():
                assert phrase is not None
                if sort == "concept":
                    if meaning.name in _EACH or meaning.name == "each":
                        segment.each, segment.after = meaning.name, phrase[1]
                        return
                else:
                    self._per(segment, meaning.name, phrase[1])
                    return

    def _per(self, segment: Segment, below: str, after: int) -> None:
        try:
            parse_unit(f"{segment.unit}/{below}")
        except QuantityError:
            return
        if parse_unit(segment.unit).dimension in {parse_unit("h").dimension, parse_unit(below).dimension}:
            return  # 400 W w/ PUE 1.1 is with it
        segment.unit, segment.after = f"{segment.unit}/{below}", after
        segment.rate = below

    def _plain(self, at: int) -> Segment | None:
        """A number without a unit: a year, a count, or bare."""
        number = number_at(self._tokens, at, self._lexicon, ranged=False)
        if number is None:
            return None
        segment = Segment(at, number.after, "number", value=number.value, low=number.low, high=number.high)
        what = self._counted(number.after)
        if self._is_year(at, number, "year") and not what:
            segment.sort = "year"
            segment.after += self._text(number.after) == "年"
        elif self._is_fiscal(at, number):
            segment.sort, segment.value = "year", number.value % _CENTURY + _YEARS_BEGIN
        elif what or self._sized(number):
            segment.sort, segment.what = "count", what or "parameter"
        elif self._tokens[at].shape != "number" and number.after - at == 1:
            segment.sort, segment.meanings = "words", BARE  # 一 and one are mere words where they count nothing
        return segment

    def _sized(self, number: Number) -> bool:
        """Whether it is the size of a model: a 70B model."""
        if self._text(number.after - 1) != "b" or number.after >= len(self._tokens):
            return False
        phrase = self._scanner.phrase(number.after, "concept")
        return phrase is not None and "model-noun" in phrase[0].concepts

    def _is_type(self, at: int) -> bool:
        """Whether a letter with a number stands here, as chips are called: H800."""
        if at + 1 >= len(self._tokens) or self._tokens[at].shape != "word":
            return False
        return self._tokens[at + 1].shape == "number" and not self._tokens[at + 1].gap

    def _counted(self, at: int) -> str:
        """What a number counts: the nearest noun behind it that can be counted."""
        if at < len(self._tokens) and self._tokens[at].shape == "sign" and self._tokens[at].text != "%":
            at += 1
        for _ in range(_BETWEEN):
            phrase = self._scanner.phrase(at) if at < len(self._tokens) and self._tokens[at].linked else None
            if phrase is None and self._is_type(at):
                at += 2  # 2.8 million H800 hours
                continue
            if phrase is None:
                return ""
            noun = self._noun(at, phrase[0])
            if noun is not None:
                return self._qualified(*phrase) or noun
            at = phrase[1]
        return ""

    def _qualified(self, meanings: Meanings, after: int) -> str | None:
        """What stands right behind a noun that may also tell which ones are counted: 17,000 American homes are no persons."""
        if "between" not in meanings.sorts or after >= len(self._tokens) or not self._tokens[after].linked:
            return None
        following = self._scanner.phrase(after)
        return self._noun(after, following[0]) if following else None

    def _noun(self, at: int, meanings: Meanings) -> str | None:
        """What is counted, where this phrase is it; empty where nothing is, and None where more words may come before it."""
        if self._tokens[at].shape == "han" and (self._text(at) in self._lexicon.per or "single" in meanings.concepts):
            return ""  # 9每次 is no nine, nor is 9问一次
        if any(meaning.sort == "that" for meaning in meanings):
            return "that"  # ten million of those: of what was spoken of before
        for meaning in meanings:
            if meaning.sort == "concept" and meaning.name in COUNTABLE:
                return meaning.name
            if meaning.sort == "subject" and self._scanner.kind(meaning.name) == "accelerator":
                return f"accelerator:{meaning.name}"
        none = meanings.sorts.isdisjoint(_PASSED) and (meanings.concepts or "filler" not in meanings.sorts)
        return "" if none else None
