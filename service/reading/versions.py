"""Versions whose name is not said again: Llama 3.1 70B vs 8B, GPT-4 or 5."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.reading.findings import Segment
from service.reading.lexicon import Lexicon
from service.reading.meanings import NOTHING, Meanings
from service.reading.tokens import Token

_APART: Final = 2  # segments between the name and the version
_LONGEST: Final = 4  # tokens of a version
_ALONE: Final = frozenset({"unknown", "number"})
_JOINS: Final = ("compare", "and", "more")


def completed(segments: list[Segment], tokens: Sequence[Token], lexicon: Lexicon) -> list[Segment]:
    """The segments, with a version alone read as the name before it with that version."""
    found: list[Segment] = []
    taken = 0
    named = False
    for segment in segments:
        if segment.first < taken:
            continue  # belongs to a version
        named = named or "subject" in segment.meanings.sorts
        if named and (segment.sort in _ALONE or "version" in segment.meanings.sorts):
            meant = _meant(found, segment, tokens, lexicon)
            if meant is not None:
                segment.sort, (segment.meanings, taken) = "words", meant
                segment.after = taken
        found.append(segment)
    return found


def _meant(
    before: Sequence[Segment], segment: Segment, tokens: Sequence[Token], lexicon: Lexicon
) -> tuple[Meanings, int] | None:
    outer = [each for each in before[-2 * _APART :] if not each.inner][-_APART - 1 :]
    for place in range(len(outer) - 1, -1, -1):
        name = outer[place]
        if name.means("subject") and name.after - name.first > 1:
            return _with(name, segment, tokens, lexicon) if _joined(outer[place + 1 :], segment, tokens) else None
    return None


def _joined(between: Sequence[Segment], segment: Segment, tokens: Sequence[Token]) -> bool:
    if not between:
        return tokens[segment.first].gap.strip() in {"/", ",", "、"}
    return any(each.means("concept", join) for each in between for join in _JOINS)


def _with(name: Segment, segment: Segment, tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Meanings, int] | None:
    """The longest known name that has the beginning of one and the version of another, and the token behind it."""
    for kept in range(name.after - 1, name.first, -1):
        beginning = "".join([token.key for token in tokens[name.first : kept]])
        for after in range(min(segment.first + _LONGEST, len(tokens)), segment.after - 1, -1):
            version = tokens[segment.first : after]
            if not all(token.linked for token in version[1:]):
                continue
            key = beginning + "".join([token.key for token in version])
            meanings = lexicon.phrases.get(key, NOTHING).of("subject")
            if meanings:
                return meanings, after
    return None
