"""In which form an encoded answer is given, and what of it, by its numbers, where its text is bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from service.answers.compose import Composer, Run
from service.answers.estimates import Compared
from service.answers.extent import Brief
from service.answers.marks import IN_TEXT, MarkedWords, Marks, inside
from service.answers.render import drafted
from service.answers.shape import Shape, ends_of
from service.answers.texts import Filled, Texts
from service.answers.voice import Voice
from service.core.tokens import tokens

encode: Final = msgspec.json.Encoder().encode
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What becomes of an answer on its way out.

    `encode` is given an answer that may have marks in the place of its numbers, and what makes one with numbers. Of the
    numbers, what it leaves out may depend only on which steps have the value of the headline.
    """

    encode: Callable[[Plain, Callable[[], Plain]], bytes]
    brief: Brief | None = None


WHOLE: Final = Form(lambda answer, _: encode(answer))


def marked(run: Run, voice: Voice, comparison: Compared, marks: Marks) -> Composer:
    """A composer of the answer of a run that says marks for its numbers."""
    words = MarkedWords(voice.words, marks)
    return Composer(run, voice.through(words), replace(comparison, factor=inside("factor")))


class Choice:
    """What of an answer a form with a bounded text gives, for each run of one shape."""

    def __init__(self, run: Run, voice: Voice, comparison: Compared, shape: Shape, brief: Brief) -> None:
        marks = Marks(voice.words.units, shape.quantities)
        composer = marked(run, voice, comparison, marks)
        self._draft, self._limit = drafted(composer), brief.tokens
        self._texts = Texts(voice.words, marks, ends_of(shape.quantities))
        lines = self._draft.lines
        self._filled = {line: Filled(line, self._texts.names) for line in lines if IN_TEXT.search(line)}
        self._costs = {line: tokens(line) for line in lines - self._filled.keys()}
        headline = run.results[0].quantity
        same = [step.quantity for step in composer.steps if step.quantity.unit.text == headline.unit.text]
        self._headline, *self._steps = [(marks.place(each), each.value) for each in (headline, *same)]

    def made(self, factor: str, numbers: Sequence[float]) -> tuple[int, int]:
        """The place of the extent that fits, and which step is the headline's."""
        texts = self._texts.said(factor, numbers)
        costs = self._costs | {line: tokens(filled.said(texts)) for line, filled in self._filled.items()}
        value, *steps = [fixed if place is None else numbers[place] for place, fixed in (self._headline, *self._steps)]
        return self._draft.fitting(self._limit, costs.__getitem__), steps.index(value) if value in steps else -1
