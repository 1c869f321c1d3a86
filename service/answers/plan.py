"""Encoded answers at the speed of their numbers.

All that an answer says but for its numbers follows from the shape of the run: which figures, which operations, which
words. So the first answer of a shape is composed in full, with a mark wherever a number of the call stands; those that
follow are computed anew and put their own numbers between the pieces. The bytes are those of the answer composed in full,
whatever was asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final

import msgspec

from service.answers.compose import Compared, Composer, Run, compared
from service.answers.marks import FIELDS, IN_JSON, IN_TEXT, MarkedWords, Marks, Saying, inside, whole
from service.answers.render import text
from service.answers.shape import Shape, shape_of
from service.answers.voice import Voice
from service.answers.words import Words
from service.core.quantity import Quantity

encode: Final = msgspec.json.Encoder().encode
_KEPT: Final = 128  # plans of one voice


def encoded(run: Run, voice: Voice) -> bytes:
    """The complete answer of a run as JSON: what `encode` makes of `render.answer`."""
    plans = voice.plans
    comparison = compared(run.trials, voice)
    shape = shape_of(run, comparison)
    plan: Plan | None = plans.get(shape.key)
    if plan is None:
        plan = plans[shape.key] = Plan(run, voice, comparison, shape)
        if len(plans) > _KEPT:
            plans.popitem(last=False)
    else:
        plans.move_to_end(shape.key)
    return plan.filled(run, comparison, shape.quantities)


class Plan:
    """The pieces of an encoded answer of one shape, and what comes between them."""

    def __init__(self, run: Run, voice: Voice, comparison: Compared, shape: Shape) -> None:
        marks = Marks(shape.quantities)
        made = IN_JSON.split(encode(_marked(run, voice, comparison, marks)))
        names = [(inside or whole).decode() for inside, whole in zip(made[1::3], made[2::3], strict=True)]
        self._pieces = [piece for text in made[::3] for piece in (text, b"")][:-1]
        self._known = [place for place, ranged in marks.measured.items() if not ranged]
        self._ranged = [place for place, ranged in marks.measured.items() if ranged]
        units, quantities = voice.words.units, shape.quantities
        self._values = [(units.saying(quantities[place]), place) for place in marks.values]
        self._numbers = [(getattr(units, way), place) for way, place in marks.numbers]
        said = {"said": len(marks.values), "number": len(marks.numbers), "sentence": len(marks.sentences)}
        texts = ["factor 0", *(f"{kind} {number}" for kind, count in said.items() for number in range(count))]
        self._sentences = [_Sentence(voice.words, saying, texts) for saying in marks.sentences]
        fields = [f"value {place}" for place in self._known]
        fields += [f"{field} {place}" for place in self._ranged for field in FIELDS]
        pool = ["spread 0", *fields, *texts, "inputs 0", "permalink 0", "chart 0"]
        places = {name: place for place, name in enumerate(pool)}
        self._pick: Callable[[list[bytes]], Sequence[bytes]] = itemgetter(*[places[name] for name in names])
        self._records = shape.records  # the key knows them by their identity, so they must live as long

    def filled(self, run: Run, comparison: Compared, quantities: Sequence[Quantity]) -> bytes:
        """The encoded answer of a run of this shape."""
        values: list[float | None] = [comparison.spread]
        values += [quantities[place].value for place in self._known]
        for place in self._ranged:
            quantity = quantities[place]
            low, high = quantity.low, quantity.high
            values += (quantity.value, None, None) if low == high else (quantity.value, low, high)
        texts = [comparison.factor]
        texts += [say(quantities[place].value) for say, place in self._values]
        texts += [say(quantities[place]) for say, place in self._numbers]
        for sentence in self._sentences:
            texts.append(sentence.said(texts))
        # encoded at once: no value holds a comma, and in a text a quotation mark is escaped
        pool = encode(values)[1:-1].split(b",") + encode(texts)[2:-2].split(b'","')
        pool += (encode(run.inputs), encode(run.permalink), encode(run.chart))
        pieces = self._pieces.copy()
        pieces[1::2] = self._pick(pool)
        return b"".join(pieces)


class _Sentence:
    """A sentence that is said anew for each call, filled with texts that were said before it."""

    def __init__(self, words: Words, saying: Saying, texts: Sequence[str]) -> None:
        self._words = words
        self._part, self._key, fillings = saying
        self._fixed = dict(fillings)
        split = {name: IN_TEXT.split(value) for name, value in fillings if isinstance(value, str)}
        self._open = [
            (name, [texts.index(piece) if place % 2 else piece for place, piece in enumerate(pieces)])
            for name, pieces in split.items()
            if len(pieces) > 1
        ]

    def said(self, texts: Sequence[str]) -> str:
        about = self._fixed.copy()
        for name, pieces in self._open:
            about[name] = "".join([piece if isinstance(piece, str) else texts[piece] for piece in pieces])
        return self._words.say(self._part, self._key, about)


def _marked(run: Run, voice: Voice, comparison: Compared, marks: Marks) -> Mapping[str, Any]:
    """The answer of a run with marks for its numbers."""
    words = MarkedWords(voice.words, marks)
    composer = Composer(run, voice.through(words), replace(comparison, factor=inside("factor")))
    made: dict[str, Any] = {**composer.answer(), "text": text(composer)}
    measured = [
        *zip(made["results"], [result.quantity for result in run.results], strict=True),
        *zip(made["estimates"], [trial.quantity for trial in run.trials], strict=True),
        *zip(made["derivation"], [step.quantity for step in composer.steps], strict=True),
    ]
    for entry, quantity in measured:
        entry.update(marks.fields(quantity))
    own = ("spread", "inputs", "permalink", "chart")
    return {**made, **{field: whole(field) for field in own}}
