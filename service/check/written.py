"""How a number is written, where that tells what it can be."""

from __future__ import annotations

from functools import cache
from typing import Final

from service.check.context import cues
from service.check.mentions import Mention
from service.reading.lexicon import lexicon

_PERCENT: Final = "%"
_LEAST_RATIO, _MOST_RATIO = 0.5, 4.0


def is_fraction(mention: Mention) -> bool:
    """Whether a share is written as a fraction: a third of, 三分之一."""
    return _PERCENT not in mention.text and not any(word in mention.passage.q.folded.text for word in _percents())


@cache
def _percents() -> frozenset[str]:
    """How every language writes parts of a hundred in words."""
    said = lexicon().said.values()
    return frozenset(word for each in said for sort in ("units", "tens") for word in each[sort].get(_PERCENT, ()))


def follows(mention: Mention, cue: str) -> bool:
    """Whether the next word is one of these."""
    q = mention.passage.q
    behind = q.folded.text[q.tokens[mention.after - 1].end :].lstrip()
    while lexicon().has(behind[:1], "classifier"):
        behind = behind[1:].lstrip()
    return cues()[cue].match(behind) is not None


def is_ratio(mention: Mention) -> bool:
    """Whether a bare number is written as a power usage effectiveness is: with a decimal part, and not large."""
    return _LEAST_RATIO <= mention.value < _MOST_RATIO and "." in mention.text
