"""Numbers in every habit: 2.5bn, half a million, twenty, 25亿, 一千二百, 2 to 3 million."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from service.reading.lexicon import Lexicon
from service.reading.tokens import Token

_LARGE: Final = 1e4  # Chinese counts on in ten thousands
_AND_A_HALF: Final = ("and", "a", "half")
_TEN: Final = 10
_FEWEST: Final = 2.0  # several: this many
_MOST: Final = 9.99
_DASHES: Final = frozenset({"-", "–", "~", "—", " - ", " – ", "～"})


class Number(NamedTuple):
    """A number, perhaps a range, and the token after it."""

    value: float
    low: float
    high: float
    after: int


def number_at(tokens: Sequence[Token], at: int, lexicon: Lexicon, *, ranged: bool = True) -> Number | None:
    """The number that begins at a token, with its scale words; None where none does."""
    vague = _vague(tokens, at, lexicon)
    if vague is not None:
        return vague
    first = _single(tokens, at, lexicon)
    if first is None:
        return None
    value, after = first
    second = _second(tokens, at, after, lexicon) if ranged else None
    if second is not None:
        upper, end, scale = second
        lower = (
            value * scale
            if value * scale <= upper and value < upper / scale + 1 and not _scaled(tokens, at, after, lexicon)
            else value
        )
        if lower < upper:
            return Number(lower / 2 + upper / 2, lower, upper, end)
    if after < len(tokens) and tokens[after].text in lexicon.overs and not tokens[after].gap:
        after += 1  # 五百多吨
    return Number(value, value, value, after)


def _vague(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Number | None:
    """Hundreds, tens of thousands, several hundred, 数百, 几十万: from two to nearly ten of it."""
    token = tokens[at]
    known = lexicon.vague.get(token.text)
    if known is not None:
        scale, after = _scale_of(tokens, at + 1, lexicon)
        return Number(sum(known) / 2 * scale, known[0] * scale, known[1] * scale, after)
    if token.text not in lexicon.several:
        return None
    begin = at + 1
    scale, after = 1.0, begin
    while after < len(tokens) and tokens[after].linked:
        found = _scale(tokens[after], lexicon)
        if found is None or (tokens[after].shape == "han" and not _counts(tokens, after, lexicon)):
            break
        scale, after = scale * found, after + 1
    if after == begin or (after == begin + 1 and scale >= _LARGE and token.text in lexicon.asked):
        return None  # 几万度 asks, 几百度 and 几十万度 say
    return Number(scale * (_FEWEST + _MOST) / 2, scale * _FEWEST, scale * _MOST, after)


def _scale_of(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int]:
    """The scale behind `of`: hundreds of millions."""
    if at + 1 < len(tokens) and tokens[at].text == "of":
        scale = _scale(tokens[at + 1], lexicon)
        plural = lexicon.vague.get(tokens[at + 1].text)
        if scale is not None or plural is not None:
            return scale or (plural[0] / _FEWEST if plural else 1.0), at + 2
    return 1.0, at


def _second(tokens: Sequence[Token], first: int, at: int, lexicon: Lexicon) -> tuple[float, int, float] | None:
    """The upper end of a range after its lower end, and the scale that its words give to both."""
    if at >= len(tokens):
        return None
    begin = at
    if tokens[at].text in lexicon.ranges and at + 1 < len(tokens) and tokens[at].linked and tokens[at + 1].linked:
        behind = lexicon.range_after.get(tokens[at].text)
        if behind is not None and (first == 0 or tokens[first - 1].text not in behind):
            return None
        begin = at + 1
    elif tokens[at].gap not in _DASHES:
        return None
    if tokens[begin].shape != "number":
        return None
    found = _single(tokens, begin, lexicon)
    if found is None:
        return None
    value, after = found
    return value, after, value / tokens[begin].value if tokens[begin].value else 1.0


def _scaled(tokens: Sequence[Token], begin: int, end: int, lexicon: Lexicon) -> bool:
    return end - begin > 1 and any(_scale(token, lexicon) is not None for token in tokens[begin + 1 : end])


def _single(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    token = tokens[at]
    if token.shape == "number":
        return _scales(tokens, at + 1, token.value, lexicon)
    if token.shape == "han":
        return _chinese(tokens, at, lexicon)
    if token.shape == "word":
        return _worded(tokens, at, lexicon)
    return None


def _scale(token: Token, lexicon: Lexicon) -> float | None:
    found = lexicon.scales.get(token.text)
    return lexicon.scales.get(token.key) if found is None and token.shape == "word" else found


def _scales(tokens: Sequence[Token], at: int, value: float, lexicon: Lexicon) -> tuple[float, int]:
    """A number with the scale words that follow it: 2.5 billion, 2.5bn, 50万, 1.2千万."""
    while at < len(tokens):
        token = tokens[at]
        if not token.gap and token.shape == "word" and token.text in lexicon.attached and not _glued(tokens, at + 1):
            value, at = value * lexicon.attached[token.text], at + 1
            continue
        if (
            token.text in lexicon.overs
            and not token.gap
            and at + 1 < len(tokens)
            and tokens[at + 1].text in lexicon.scales
        ):
            at += 1  # 50多万
            continue
        scale = _scale(token, lexicon) if token.gap.strip() in {"", "-"} else None
        if scale is None or (token.shape == "han" and not _counts(tokens, at, lexicon)):
            break
        value, at = value * scale, at + 1
    return value, at


def _glued(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and not tokens[at].gap and tokens[at].shape in {"word", "number"}


def _counts(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a Chinese scale sign counts rather than belongs to a unit (千 in 千瓦 does)."""
    after = tokens[at].text + (tokens[at + 1].text if at + 1 < len(tokens) else "")
    return not lexicon.has(after, "unit")


def _worded(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """Twenty, two hundred and fifty thousand, half a million, a thousand."""
    total, current, begin = 0.0, 0.0, at
    while at < len(tokens) and tokens[at].shape == "word":
        token = tokens[at]
        word, scale = lexicon.numbers.get(token.text), _scale(token, lexicon)
        if token.text in lexicon.parts and at == begin:
            return _part(tokens, at, lexicon)
        more = _and_part(tokens, at, lexicon) if at > begin else None
        if more is not None:
            current, at = current + more, at + len(_AND_A_HALF)
            continue
        if token.text in lexicon.articles and at == begin and _next_scale(tokens, at, lexicon):
            current = 1.0
        elif word is not None:
            current += word
        elif scale is not None and at > begin:
            total, current = (total + current * scale, 0.0) if scale > 100 else (total, current * scale)
        elif not (
            at > begin
            and token.text in lexicon.number_joins
            and _scaled(tokens, begin, at, lexicon)
            and _numeral(tokens, at + 1, lexicon)
        ):
            break
        at += 1
    return (total + current, at) if at > begin else None


def _part(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    value, after = lexicon.parts[tokens[at].text], at + 1
    if after < len(tokens) and tokens[after].text in lexicon.articles:
        after += 1
    scale = _scale(tokens[after], lexicon) if after < len(tokens) else None
    if scale is not None:
        return value * scale, after + 1
    united = after < len(tokens) and lexicon.has(tokens[after].key, "unit")
    return (value, after) if united else None  # half a litre


def _and_part(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> float | None:
    """What is added by: and a half."""
    joined, article, part = [*(token.text for token in tokens[at : at + len(_AND_A_HALF)]), "", "", ""][:3]
    known = joined in lexicon.number_joins and article in lexicon.articles
    return lexicon.parts.get(part) if known else None


def _next_scale(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].shape == "word" and _scale(tokens[at + 1], lexicon) is not None


def _numeral(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return at < len(tokens) and tokens[at].text in lexicon.numbers


def _chinese(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """一千二百万, 二十五亿, 百万."""
    if tokens[at].text in lexicon.parts:
        return _part(tokens, at, lexicon)
    total, section, digit, begin, largest = 0.0, 0.0, -1.0, at, 0.0
    while at < len(tokens) and tokens[at].shape == "han" and not (at > begin and tokens[at].gap):
        text = tokens[at].text
        if text in lexicon.numbers:
            value = lexicon.numbers[text]
            digit = value if digit < 0 else digit * _TEN + value
        elif text in lexicon.scales and _counts(tokens, at, lexicon):
            scale = lexicon.scales[text]
            section += (
                (max(digit, 0.0) if digit >= 0 or section or total else 1.0) * scale
                if scale < _LARGE
                else max(digit, 0.0)
            )
            if scale >= _LARGE:
                if total and scale < largest:
                    total += section * scale  # 三亿一千万
                else:
                    total = (total + (section or (0.0 if total else 1.0))) * scale  # 一万亿
                section, largest = 0.0, max(largest, scale)
            digit = -1.0
        else:
            break
        at += 1
    return (total + section + max(digit, 0.0), at) if at > begin else None
