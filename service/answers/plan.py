"""Encoded answers at the speed of their numbers.

All that an answer says but for its numbers follows from the shape of the run: which figures, which operations, which
words. So the first answer of a shape is composed in full, with a mark wherever a number of the call stands; those that
follow are computed anew and put their own numbers between the pieces. The bytes are those of the answer composed in full,
whatever was asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final, TypeVar

from service.answers.compose import Composer, Replayed, Run
from service.answers.estimates import Compared, compared, worded
from service.answers.forms import WHOLE, Choice, Form, encode, marked
from service.answers.marks import FIELDS, IN_JSON, Marks, inside, whole
from service.answers.render import answer as rendered
from service.answers.render import text
from service.answers.shape import Shape, ends_of, numbers_of, shape_of
from service.answers.texts import Texts
from service.answers.voice import Voice
from service.core.answer import InputValue

T = TypeVar("T")
_KEPT: Final = 256  # plans of one voice, by shape and by way
_ADDRESSES: Final = ("permalink", "chart")


def encoded(run: Run, voice: Voice, form: Form = WHOLE) -> bytes:
    """The complete answer of a run as JSON, in a form: what that makes of `render.answer`."""
    if form.brief is not None:
        answer = rendered(run, voice, form.brief)
        return form.encode(answer, lambda: answer)
    comparison = compared(run.trials, voice)
    shape = shape_of(run, comparison)
    plan = _of_shape(run, voice, comparison, shape, form)
    return plan.filled(numbers_of(shape.quantities), comparison, run.inputs, (run.permalink, run.chart or ""))


def encoded_again(again: Replayed, voice: Voice, run: Callable[[], Run], form: Form = WHOLE) -> bytes:
    """The same of a run of which the numbers alone are known; `run` makes it in full where its like was not said yet."""
    comparison = Compared([], again.spread, *worded(again.ends, again.spread, voice))
    key = again.way, comparison.sentence, form

    def made(make: Callable[..., T], *more: Any) -> T:
        whole = run()
        same = compared(whole.trials, voice)
        return make(whole, voice, same, shape_of(whole, same), *more)

    if form.brief is None:
        plan = _kept(voice, key, lambda: made(_of_shape, form))
    else:
        choice = _kept(voice, key, lambda: made(Choice, form.brief)).made(comparison.factor, again.numbers)
        plan = _kept(voice, (*key, choice), lambda: made(Plan, form, choice[0]))
    return plan.filled(again.numbers, comparison, again.inputs, (again.permalink, again.chart or ""))


def _of_shape(run: Run, voice: Voice, comparison: Compared, shape: Shape, form: Form) -> Plan:
    return _kept(voice, (shape.key, form), lambda: Plan(run, voice, comparison, shape, form))


def _kept(voice: Voice, key: Hashable, make: Callable[[], T]) -> T:
    plans = voice.plans
    plan: T | None = plans.get(key)
    if plan is None:
        plan = plans[key] = make()
        if len(plans) > _KEPT:
            plans.popitem(last=False)
    else:
        plans.move_to_end(key)
    return plan


class Plan:
    """An encoded answer of one shape but for what its numbers change, and how that is said.

    `place` is that of the extent of its text, where the form bounds that.
    """

    def __init__(self, run: Run, voice: Voice, comparison: Compared, shape: Shape, form: Form, place: int = 0) -> None:
        marks = Marks(voice.words.units, shape.quantities)
        answer = _marked(marked(run, voice, comparison, marks), marks, form, place)
        made = IN_JSON.split(form.encode(answer, lambda: rendered(run, voice, form.brief)))
        names = [(inside or whole).decode() for inside, whole in zip(made[1::3], made[2::3], strict=True)]
        self._template = b"%b".join([piece.replace(b"%", b"%%") for piece in made[::3]])
        ends = ends_of(shape.quantities)
        self._ranges = [(low + 1, high + 1) for low, high in ends if low != high]  # behind the spread
        self._texts = Texts(voice.words, marks, ends)
        fields = [f"value {place}" for place in range(len(ends))]
        fields += [f"{end} {place}" for place, (low, high) in enumerate(ends) if low != high for end in FIELDS[1:]]
        pool = ["spread 0", *fields, *self._texts.names, *(f"{field} 0" for field in (*_ADDRESSES, "inputs"))]
        places = {name: place for place, name in enumerate(pool)}
        self._pick: Callable[[list[bytes]], tuple[bytes, ...]] = itemgetter(*[places[name] for name in names])
        self._records = shape.records  # the key knows them by their identity, so they must live as long

    def filled(
        self,
        numbers: Sequence[float],
        comparison: Compared,
        inputs: Mapping[str, InputValue],
        addresses: tuple[str, str],
    ) -> bytes:
        """The encoded answer of a run of this shape.

        `numbers` are what `numbers_of` gives, `addresses` the permalink and that of the chart, empty where there is none.
        """
        values: list[float | None] = [comparison.spread, *numbers]
        for low, high in self._ranges:
            if values[low] == values[high]:
                values[low] = values[high] = None
        texts = [*self._texts.said(comparison.factor, numbers), *addresses]
        # encoded at once: no value holds a comma, and in a text a quotation mark is escaped
        pool = [*encode(values)[1:-1].split(b","), *encode(texts)[2:-2].split(b'","'), encode(inputs)]
        return self._template % self._pick(pool)


def _marked(composer: Composer, marks: Marks, form: Form, place: int) -> Mapping[str, Any]:
    """The answer of a run with marks for its numbers."""
    run = composer.run
    addresses = {field: inside(field) for field in _ADDRESSES if getattr(run, field) is not None}
    composer.run = replace(run, permalink=inside("permalink"))  # the text may name it
    made: dict[str, Any] = {**composer.answer(), "text": text(composer, form.brief, place)}
    measured = [
        *zip(made["results"], [result.quantity for result in run.results], strict=True),
        *zip(made["estimates"], [trial.quantity for trial in run.trials], strict=True),
        *zip(made["derivation"], [step.quantity for step in composer.steps], strict=True),
    ]
    for entry, quantity in measured:
        entry.update(marks.fields(quantity))
    # whether there is a chart is a matter of the tool and of whether estimates compete, which runs of one shape have in common
    return {**made, **addresses, "spread": whole("spread"), "inputs": whole("inputs")}
