"""Published figures as an answer: one is the headline, its rivals are the estimates, the others follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.answers.compose import Run
from service.answers.estimates import Trial, worth_saying
from service.answers.extent import Brief
from service.answers.render import answer as rendered
from service.answers.voice import Voice
from service.core.answer import Answer, InputValue
from service.core.calculator import Result
from service.core.facts import Facts, Noted
from service.core.model import QuantityKind, Subject
from service.core.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure or derived number that is shown: its value, the figures that it rests on, whose number of which kind it is."""

    id: str
    value: Quantity
    rests_on: Sequence[str]
    subject: Subject
    kind: QuantityKind


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look-up read."""

    knowledge: Facts
    as_of: date
    used: Mapping[str, None]
    notes: Mapping[str, Noted] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version of the knowledge."""
        return self.knowledge.version


def figures_answer(
    tool: str,
    inputs: dict[str, InputValue],
    shown: Sequence[Shown],
    rivals: Sequence[Shown],
    voice: Voice,
    *,
    as_of: date,
    every: bool,
    permalink: str,
    brief: Brief | None = None,
) -> Answer:
    """The answer whose headline is the first figure of `shown`, with its `rivals` as estimates; with `every`, all are said.

    Rivals of another dimension than the headline become further results.
    """
    first = shown[0]
    alike = [each for each in rivals if each.value.unit.dimension == first.value.unit.dimension]
    trials = [Trial(first.id, True, first.value, first.rests_on)]
    trials += [Trial(each.id, False, _same(each.value, first.value), each.rests_on) for each in alike]
    trials = trials if len(trials) > 1 else []
    said = {trial.figure for trial in worth_saying(trials)}
    more = [
        *shown[1:],
        *(each for each in rivals if each not in alike),
        *((each for each in alike if each.id not in said) if every else ()),
    ]
    results = [_result(voice, first)]
    results += [
        _result(voice, each, spoken=every) for each in {each.id: each for each in more}.values() if each.id != first.id
    ]
    used = dict.fromkeys(figure for each in (*shown, *rivals) for figure in each.rests_on)
    chart = _chart(first, voice) if trials else None
    run = Run(tool, inputs, results, trials, Looked(voice.facts, as_of, used), permalink, chart)
    return rendered(run, voice, brief)


def _chart(first: Shown, voice: Voice) -> str | None:
    """The picture of all that is published beside a figure; a number that was derived stands in none."""
    if voice.facts.derived(first.id):
        return None
    return f"/v1/charts/subject/{first.subject.id}/{first.kind.id}.png?language={voice.words.language}"


def _same(value: Quantity, first: Quantity) -> Quantity:
    """A value in the unit of the headline, no longer said as its source states it where that is another one."""
    return value if value.unit.text == first.unit.text else (value * 1).named("same_unit", first.unit)


def _result(voice: Voice, each: Shown, *, spoken: bool = False) -> Result:
    facts, figure_id = voice.facts, each.rests_on[0]
    figure = facts.figure(figure_id)
    derived = facts.derived(each.id)
    said = voice.words.local(derived.label if derived else figure.statement).rstrip(voice.words["stop"])
    about: dict[str, Any] = {
        "statement": said,
        "computed": "computed" if derived else "",  # a label says no number, a statement does
        "who": voice.who(each.id),
        "what": each.kind,
        "subject": each.subject,
    }
    return Result(each.id, each.value, about, "figure", spoken=spoken)
