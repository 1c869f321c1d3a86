"""How exactly a number is meant: about 500, more than 500, half a million, hundreds."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal

from service.check.passages import Passage
from service.reading.findings import Segment
from service.reading.lexicon import lexicon

Hedge = Literal["", "about", "over", "under", "upto"]
_NEAR: Final = 18  # characters before or behind a number among which a hedge is looked for
_DIGITS: Final = re.compile(r"\d[\d,._ \u00a0]*")
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}")
_MOST_SLACK: Final = 0.1  # a number is never meant less exactly than this, however it is written
_WORDED: Final = 0.05  # half a million, five hundred
_LOOSE: Final = 0.5  # more than 500,000 is said of 564,000, but not of five million
_LEAST_DIGITS: Final = 2  # a round number is meant no less exactly than by its first two


def meant(typed: str, segment: Segment, hedge: Hedge) -> tuple[float, float]:
    """Between which values a number is meant."""
    value = segment.value
    if segment.low < segment.high:
        return segment.low, segment.high
    step = _step(typed, abs(value))
    slack = max(step, abs(value) * _MOST_SLACK) if hedge == "about" else step
    low, high = value - slack, value + slack
    if hedge == "over":
        return low, max(high, value * (1 + _LOOSE))
    return (min(low, value * (1 - _LOOSE)), high) if hedge == "under" else (low, high)


def _step(typed: str, value: float) -> float:
    """Half of the last digit that is written; of a round number, of its second digit; never more than a tenth of it."""
    if value == 0:
        return 0.0
    written = _DIGITS.search(typed)
    if written is None:
        return value * _WORDED
    digits = written.group().rstrip(", ._\u00a0")
    digits = digits.replace(",", ".") if _DECIMAL_COMMA.fullmatch(digits) else re.sub(r"[,_ \u00a0]", "", digits)
    whole, point, part = digits.partition(".")
    significant = len((whole + part).lstrip("0")) if point else max(_LEAST_DIGITS, len(whole.rstrip("0")))
    if not point and len(whole) == 1:
        significant = 1
    exponent = math.floor(math.log10(value) + 1e-12)
    return float(min(0.5 * 10.0 ** (exponent - max(significant, 1) + 1), value * _MOST_SLACK))


@cache
def _hedges(side: str) -> Mapping[str, Hedge]:
    """What stands before a number or behind it to say how exactly it is meant; a word that says it loosely before a bound."""
    found: dict[str, Hedge] = {}
    for said in lexicon().said.values():
        for hedge, bound in (("over", "above"), ("under", "below")):
            found |= dict.fromkeys(said["bounds"][bound][side], hedge)
    for said in lexicon().said.values():
        for hedge, sides in said["hedges"].items():
            found |= dict.fromkeys(sides[side], hedge)
    return found


@cache
def _pattern(side: str) -> re.Pattern[str]:
    words = sorted(_hedges(side), key=len, reverse=True)
    parts = [rf"(?<![a-z]){re.escape(word)}" if word[0].isascii() else re.escape(word) for word in words]
    return re.compile("|".join(parts) if side != "before" else rf"(?:{'|'.join(parts)})\Z")


def hedged(passage: Passage, segment: Segment) -> Hedge:
    """The word before or behind a number that says how exactly it is meant."""
    text, tokens = passage.q.folded.text, passage.q.tokens
    start, end = tokens[segment.first].start, tokens[segment.after - 1].end
    before = _pattern("before").search(text[max(0, start - _NEAR) : start].rstrip(" $€£¥"))
    if before is not None:
        return _hedges("before")[before.group()]
    behind = _pattern("behind").match(text[end : end + _NEAR].lstrip())
    if behind is not None:
        return _hedges("behind")[behind.group()]
    return "over" if any(word in text[start:end] for word in lexicon().overs) else ""
