"""Misspelt words: the known word that is one slip away, or two in a long word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from service.reading.lexicon import Lexicon
from service.reading.meanings import Meanings

_SHORTEST: Final = 5
_LONG: Final = 8
_ENDING: Final = "ing"
_LONGEST: Final = 24
_TRIED: Final = 12  # words of one question: what is misspelt from end to end is no question
_SORTS: Final = {"concept", "subject", "region", "quantity", "unit", "rate", "span", "publisher", "filler"}

Book = Mapping[tuple[str, int], list[tuple[str, str]]]  # for a first letter and a length: words, with their keys


class Speller:
    """Finds the known words near unknown ones, for one question."""

    def __init__(self, book: Book, phrases: Mapping[str, Meanings]) -> None:
        self._book = book
        self._phrases = phrases
        self._left = _TRIED

    def nearest(self, word: str, typed: str) -> str | None:
        """The key of the one known word that a word is a slip away from, without its ending or with it.

        None where there is none, or several.
        """
        if not typed.isascii() or not typed.isalpha() or not _SHORTEST <= len(typed) <= _LONGEST or self._left <= 0:
            return None
        self._left -= 1
        best = self._near(word) if len(word) >= _SHORTEST else {}
        best = best or self._near(typed)
        least = min(best.values(), default=9)
        nearest = [known for known, slips in best.items() if slips == least]
        common = [known for known in nearest if self._phrases[known].concepts]
        nearest = common if len(common) == 1 else nearest  # a word of questions is likelier than a name
        same = {self._phrases[known] for known in nearest}  # a name and its usual misspelling may both be near
        return nearest[0] if len(same) == 1 else None

    def _near(self, word: str) -> dict[str, int]:
        """The keys of the words that may be meant, with how many slips away they are."""
        allowed = 2 if len(word) >= _LONG else 1
        best: dict[str, int] = {}
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for known, key in self._book.get((word[0], length), ()):
                slips = slips_between(word, known, allowed)
                short = slips == 1 and len(word) == len(known) == _SHORTEST
                if slips <= allowed and not (short and not _swapped(word, known)):
                    best[key] = min(slips, best.get(key, slips))
        return best


def _swapped(word: str, known: str) -> bool:
    return sorted(word) == sorted(known)


def book(lexicon: Lexicon) -> Book:
    """The words that may be meant, by first letter and length, words of questions with their longest ending too."""
    made: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for key, meanings in lexicon.phrases.items():
        if len(key) < _SHORTEST or not key.isascii() or not key.isalpha():
            continue
        sorts = meanings.sorts
        if sorts & _SORTS:
            made[key[0], len(key)].append((key, key))
        if "concept" in sorts:
            made[key[0], len(key) + len(_ENDING)].append((key + _ENDING, key))
    return made


def slips_between(word: str, known: str, most: int) -> int:
    """How many letters are missing, added, changed or swapped with their neighbour, counted up to `most` + 1."""
    if abs(len(word) - len(known)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(word, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(known, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == known[j - 2] and word[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
