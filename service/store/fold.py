"""Folding: how texts are made alike before they are indexed, searched or compared, in every language at once.

The same functions serve the index and the query, so whatever they do to one they do to the other. Chinese is folded
to Simplified characters and cut into overlapping pairs, because its words are not separated; letters and digits are
parted (GPT3, GPT-3 and gpt 3 are one), because sources and people write names differently.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import opencc

Term = tuple[str, ...]

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_UNSPACED: Final = _HAN + "\u3040-\u30ff\uac00-\ud7af"
_HAS_HAN: Final = re.compile(f"[{_HAN}]")
_CHUNK: Final = re.compile(rf"([{_UNSPACED}]+)|((?:(?![{_UNSPACED}])[^\W_])+(?:[-.'’_](?:(?![{_UNSPACED}])[^\W_])+)*)")
_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s\b")
_PART: Final = re.compile(r"\d+|[^\W\d_]+")


@cache
def _to_simplified() -> opencc.OpenCC:
    import opencc  # noqa: PLC0415 - its dictionaries take megabytes that only Chinese needs

    return opencc.OpenCC("t2s")


def normalise(text: str) -> str:
    """`text` in compatibility form, lower case, without accents, in Simplified Chinese."""
    plain = unicodedata.normalize("NFKC", text)
    if not plain.isascii():
        if _HAS_HAN.search(plain):
            plain = _to_simplified().convert(plain)
        letters = unicodedata.normalize("NFD", plain.lower())
        plain = unicodedata.normalize("NFC", "".join(c for c in letters if unicodedata.category(c) != "Mn"))
    return plain.lower()


def terms(text: str) -> list[Term]:
    """The search terms of `text` in order: each a word's parts (``gpt-3`` is gpt, 3), or one pair of characters."""
    found: list[Term] = []
    for run, word in _CHUNK.findall(_POSSESSIVE.sub(" ", normalise(text))):
        if word:
            parts = tuple(_PART.findall(word))
            found += [parts] if parts else []
        else:
            found += [(run[i : i + 2],) for i in range(max(1, len(run) - 1))]
    return found


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` as the full-text index holds it: the parts of its terms, joined by spaces."""
    return " ".join(part for term in terms(text) for part in term)


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """`text` as names are compared: letters and digits only, so that case, spaces, hyphens and dots don't matter."""
    return "".join(c for c in normalise(text) if c.isalnum())
