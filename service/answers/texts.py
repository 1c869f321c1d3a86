"""The texts of an answer that its numbers change, said anew for each call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.answers.marks import IN_TEXT, Marks, Told
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
        self._scaled = [(place, saying.factor) for saying, place in rounded]
        self._whole = single[len(rounded) :]
        self._ranged = [(saying.between, *ends[place]) for (saying, place, ranged), _ in kept if ranged]
        self._sentences = [_Sentence(words, told, self.names) for told in marks.sentences]
        self._rounded = words.units.rounded
        self._rounding = _PARTED.join([*(saying.rounding for saying, _ in rounded), ""])

    def said(self, factor: str, numbers: Sequence[float]) -> list[str]:
        """The texts for the numbers of a call."""
        texts = [factor]
        # rounded all at once, in half the time
        rounded = self._rounding % tuple([numbers[place] * times for place, times in self._scaled])
        texts += map(self._rounded.__getitem__, rounded.split(_PARTED)[:-1])
        texts += [say(numbers[place]) for say, place in self._whole]
        texts += [between(numbers[low], numbers[high]) for between, low, high in self._ranged]
        for sentence in self._sentences:
            texts.append(sentence.said(texts))
        return texts


class _Filled:
    """A text with marks, filled with the texts that were said before it."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        self._pieces = IN_TEXT.split(text)
        self._places = [names.index(name) for name in self._pieces[1::2]]

    def said(self, texts: Sequence[str]) -> str:
        pieces = self._pieces.copy()
        pieces[1::2] = [texts[place] for place in self._places]
        return "".join(pieces)


class _Sentence:
    """A sentence that judges what it is filled with: the usual one, or said anew where it tells a text apart."""

    def __init__(self, words: Words, told: Told, names: Sequence[str]) -> None:
        self._words = words
        self._part, self._key = told.part, told.key
        self._open = {name: _Filled(text, names) for name, text in told.fillings if isinstance(text, str)}
        self._fixed = {name: value for name, value in told.fillings if name not in self._open}
        self._apart = [(self._open[name], texts) for name, texts in told.apart]
        self._usual = None if told.usual is None else _Filled(told.usual, names)

    def said(self, texts: Sequence[str]) -> str:
        for filling, apart in self._apart:
            if filling.said(texts) in apart:
                break
        else:
            if self._usual is not None:
                return self._usual.said(texts)
        about = self._fixed | {name: filling.said(texts) for name, filling in self._open.items()}
        return self._words.say(self._part, self._key, about)
