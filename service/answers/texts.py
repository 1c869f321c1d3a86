"""The texts of an answer that its numbers change, said anew for each call."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Final

from service.answers.marks import IN_TEXT, Marks, Told, undecided
from service.answers.words import Words

_PARTED: Final = "\n"


class Texts:
    """The texts that stand in the place of marks, in the order of `names`: those of the marks."""

    def __init__(self, words: Words, marks: Marks, ends: Sequence[tuple[int, int]]) -> None:
        kept = sorted(marks.sayings.items(), key=lambda each: (each[0][2], each[0][0].whole))
        self.names = ["factor 0", *(f"said {number}" for _, number in kept)]
        self.names += [f"sentence {number}" for number in marks.sentences.values()]
        single = [(saying, place) for (saying, place, ranged), _ in kept if not ranged]
        rounded = [(saying, place) for saying, place in single if not saying.whole]
        self._scaled = [(place, saying.factor) for saying, place in rounded if saying.factor != 1]
        # those that are said in another unit stand behind all numbers
        behind = itertools.count(1 + max((most for _, most in ends), default=-1))
        self._round = _picking([place if saying.factor == 1 else next(behind) for saying, place in rounded])
        self._whole = single[len(rounded) :]
        self._ranged = [(saying.between, *ends[place]) for (saying, place, ranged), _ in kept if ranged]
        self._sentences = [_Sentence(words, told, self.names) for told in marks.sentences]
        self._rounded = words.units.rounded
        self._rounding = _PARTED.join([*(saying.rounding for saying, _ in rounded), ""])

    def said(self, factor: str, numbers: Sequence[float]) -> list[str]:
        """The texts for the numbers of a call."""
        texts = [factor]
        # rounded all at once, in half the time
        rounded = self._rounding % self._round([*numbers, *[numbers[place] * times for place, times in self._scaled]])
        texts += map(self._rounded.__getitem__, rounded.split(_PARTED)[:-1])
        texts += [say(numbers[place]) for say, place in self._whole]
        texts += [between(numbers[low], numbers[high]) for between, low, high in self._ranged]
        for sentence in self._sentences:
            texts.append(sentence.said(texts))
        return texts


def _picking(places: Sequence[int]) -> Callable[[Sequence[Any]], Any]:
    """What fills a template from these places of a sequence."""
    return itemgetter(*places) if places else lambda _: ()


class Filled:
    """A text with marks, filled with the texts that were said before it."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        pieces = IN_TEXT.split(text)
        self._template = "%s".join([piece.replace("%", "%%") for piece in pieces[::2]])
        self._pick = _picking([names.index(name) for name in pieces[1::2]])

    def said(self, texts: Sequence[str]) -> str:
        """It with the texts of a call."""
        return str(self._template % self._pick(texts))


class _Sentence:
    """A sentence that judges what it is filled with: what it is where it tells certain texts apart is kept for each of these."""

    def __init__(self, words: Words, told: Told, names: Sequence[str]) -> None:
        self._words = words
        self._part, self._key = told.part, told.key
        self._names = names
        self._fillings = dict(told.fillings)
        self._open = {name: Filled(text, names) for name, text in told.fillings if isinstance(text, str)}
        self._apart = [(name, self._open[name], texts) for name, texts in told.apart]
        self._kept: dict[tuple[str | None, ...], Filled | None] = {}
        if told.usual is not None:
            self._kept[(None,) * len(self._apart)] = Filled(told.usual, names)

    def said(self, texts: Sequence[str]) -> str:
        told = tuple([text if (text := filling.said(texts)) in apart else None for _, filling, apart in self._apart])
        kept = self._kept.get(told) or self._told(told)
        return kept.said(texts) if kept else self._anew(texts)

    def _told(self, told: tuple[str | None, ...]) -> Filled | None:
        """The sentence with some of the texts that it tells apart; None where it must be said anew for each call."""
        if told not in self._kept and self._kept:
            pinned = {name: text for (name, _, _), text in zip(self._apart, told, strict=True) if text is not None}
            said = self._words.say(self._part, self._key, self._fillings | pinned)
            self._kept[told] = None if undecided(self._part, said) else Filled(said, self._names)
        return self._kept.get(told)

    def _anew(self, texts: Sequence[str]) -> str:
        about = self._fillings | {name: filling.said(texts) for name, filling in self._open.items()}
        return self._words.say(self._part, self._key, about)
