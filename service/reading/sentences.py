"""A text cut into sentences, each a stretch of the text as sent.

A line is never part of two sentences, and within a line the sentences are those of ``sentencex`` (Wikimedia), which
knows the abbreviations of English and the stops of Chinese. What runs on without a stop is cut anyway, so that reading
a text takes time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sentencex import segment

_LINE: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BLANK: Final = re.compile(r"\s")
_HALF: Final = re.compile("[\ud800-\udfff]")
_LONGEST_LINE: Final = 2000
_LONGEST: Final = 800
_PAUSE: Final = re.compile(r".*[\s,;:!?，；：、。！？|]", re.DOTALL)


class Sentence(NamedTuple):
    """Where a sentence stands in the text, and which line it belongs to."""

    start: int
    end: int
    line: int


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order, without what is blank."""
    for number, line in enumerate(_LINE.finditer(text)):
        for start, end in _pieces(text, line.start(), line.end(), _LONGEST_LINE):
            for begin, after in _split(text, start, end):
                if text[begin:after].strip():
                    yield Sentence(begin, after, number)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for piece in segment("en", _plain(text[start:end])):
        yield from _pieces(text, start, start + len(piece), _LONGEST)
        start += len(piece)


def _pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """A stretch, in several where it is too long, cut behind the last pause that fits."""
    while end - start > longest:
        pause = _PAUSE.match(text, start + longest // 2, start + longest)
        cut = pause.end() if pause else start + longest
        yield start, cut
        start = cut
    yield start, end


def _plain(text: str) -> str:
    """The same, as long, without what the splitter fails on: blanks that are no ASCII space, halves of characters."""
    return _HALF.sub("\ufffd", _BLANK.sub(" ", text))
