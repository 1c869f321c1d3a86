"""How well a folded text matches search terms: BM25 over weighted columns, computed for a bounded set of candidates.

SQLite's own bm25() counts every row that a term matches, so it grows with the knowledge; here the counts are made
once, when the database is built, and only the candidates' texts are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import Final

from service.store.fold import Term

NEXT_NAME: Final = " | "  # between the names of one thing in a text; the index reads over it

_SATURATION: Final = 1.2
_LENGTH_WEIGHT: Final = 0.4
_TYPICAL_LENGTH: Final = 60.0
_ENDINGS: Final = (
    "ational", "ations", "ation", "iness", "ings", "ing", "ies", "ers", "ed", "er", "es", "ly", "s", "y", "e",
)  # fmt: skip
_SHORTEST_ROOT: Final = 3
_WHOLE_NAME: Final = 0.4
_PREFERRED: Final = 1.25
_SUPERSEDED: Final = 0.7
_UNVERIFIED: Final = 0.8


@lru_cache(maxsize=32768)
def root(word: str) -> str:
    """`word` without a common English ending: near enough to the index's stems to count occurrences by prefix."""
    if word.isascii() and word.isalpha():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
                return word.removesuffix(ending)
    return word


def rarity(documents: int, total: int) -> float:
    """The weight of a term that `documents` of `total` texts contain (never negative)."""
    return log(1 + (total - documents + 0.5) / (documents + 0.5))


def boost(*, preferred: bool, superseded: bool, checked: str) -> float:
    """What the score of a figure is multiplied by, whatever is searched for."""
    factor = _PREFERRED if preferred else 1.0
    factor *= _SUPERSEDED if superseded else 1.0
    return factor * (_UNVERIFIED if checked == "memory" else 1.0)


class Scorer:
    """Scores documents, given as their column texts, for `words` in the order asked and the rarity of each."""

    def __init__(self, weights: Sequence[float], words: Sequence[Term], rarities: Mapping[Term, float]) -> None:
        self._weights = weights
        self._rarities = [rarities[term] for term in words]
        self._patterns = [" " + " ".join([*term[:-1], root(term[-1])]) for term in words]
        self._asked = f" {' '.join(part for term in words for part in term)} "
        self._known: dict[str, tuple[list[int], float]] = {}

    def score(self, texts: Sequence[str]) -> float:
        """The BM25 score of one document, and something more for each column in which a whole name was asked for."""
        length = sum(map(len, texts)) / 6  # characters; a word and its space take about six
        damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / _TYPICAL_LENGTH)
        frequencies = [0.0] * len(self._patterns)
        result = 0.0
        for text, weight in zip(texts, self._weights, strict=True):
            counts, bonus = self._match(text)
            result += bonus
            for i, count in enumerate(counts):
                if count:
                    frequencies[i] += weight * count
        pairs = zip(self._rarities, frequencies, strict=True)
        return result + sum(rare * frequency / (frequency + damping) for rare, frequency in pairs)

    def _match(self, text: str) -> tuple[list[int], float]:
        """How often each term occurs in a column, and the bonus for a name in it that was asked for as a whole."""
        known = self._known.get(text)
        if known is None:  # many documents share the names of their subject, quantity and source
            counts = [f" {text}".count(pattern) for pattern in self._patterns]
            names = text.split(NEXT_NAME) if NEXT_NAME in text and any(counts) else ()
            whole = [name for name in names if name and f" {name} " in self._asked]
            known = self._known[text] = counts, _WHOLE_NAME * max(map(self._worth, whole), default=0.0)
        return known

    def _worth(self, name: str) -> float:
        named = f" {name}"
        pairs = zip(self._rarities, self._patterns, strict=True)
        return sum(rare for rare, pattern in pairs if pattern in named)


def vocabulary(texts: Iterable[Collection[str]]) -> dict[str, int]:
    """For each root, how many of the documents (given by their columns) contain it."""
    roots: dict[str, frozenset[str]] = {}  # of a column: many documents share one
    counts: Counter[str] = Counter()
    for columns in texts:
        for column in columns:
            if column not in roots:
                roots[column] = frozenset(root(word) for word in column.split() if word.isalnum())
        counts.update(frozenset[str]().union(*(roots[column] for column in columns)))
    return dict(counts)
