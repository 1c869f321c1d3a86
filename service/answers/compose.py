"""From what a calculator yielded and what it read to the structured answer."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from service.answers.estimates import CITED, Compared, Trial, compared, figures_of
from service.answers.voice import Voice
from service.core.amounts import looks_like_amount
from service.core.answer import Answer, Caveat, DerivationStep, Estimate, InputValue, KnowledgeStamp, ResultValue
from service.core.calculator import Result
from service.core.derivation import Step, steps
from service.core.facts import DERIVED, Read
from service.core.quantity import Quantity

_INPUT: Final = "input:"
_STALE: Final = "stale"
_PUBLISHED: Final = "figure"  # the sentence of a figure as it is
_MOST_ALSO: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run of a calculator."""

    tool: str
    inputs: dict[str, InputValue]
    results: Sequence[Result]
    trials: Sequence[Trial]
    reading: Read
    permalink: str
    chart: str | None = None  # whether there is one is a matter of the tool and of whether estimates compete


@dataclass(slots=True)
class Replayed:
    """The numbers of a run that went the way of an earlier one: but for them, runs of one `way` have all in common.

    `numbers` are those of the quantities of its shape, `ends` the first and the last of the estimates that are said.
    """

    way: Hashable
    inputs: dict[str, InputValue]
    numbers: Sequence[float]
    ends: Sequence[Quantity]
    spread: float | None
    permalink: str
    chart: str | None


class Composer:
    """Builds the fields of one answer in one language."""

    def __init__(self, run: Run, voice: Voice, comparison: Compared | None = None) -> None:
        self.run = run
        self.voice = voice
        self.words = voice.words
        self.headline = run.results[0]
        self.rests_on = figures_of(self.headline.quantity)
        self.steps = steps([result.quantity for result in run.results])
        self._labels: dict[str, str] = {}
        self._substituted: dict[int, str] = {}
        self._names: dict[int, Any] = {}
        self._about: dict[str, dict[str, Any]] = {}
        self.said = voice.said
        self.compared = comparison or compared(run.trials, voice)
        self.shown = self.compared.shown
        rests = {trial.figure: trial.rests_on for trial in run.trials}
        rest = [result for result in run.results[1:] if not result.method]
        rest = [result for result in rest if not result.fractional] or rest
        spoken = [result for result in rest if result.spoken] or rest[:_MOST_ALSO]
        self.also = [(result, self._own(result)) for result in spoken]
        # numbered in the order of the text: the headline's figures, the competing ones, those of the other results
        said = [
            *self.rests_on,
            *(f for trial in self.shown for f in rests[trial.figure]),
            *(f for _, own in self.also for f in own),
        ]
        self.cited = list(dict.fromkeys(said))
        others = [*self.cited, *(f for trial in run.trials for f in rests[trial.figure]), *run.reading.used]
        self.numbers = {figure: number for number, figure in enumerate(dict.fromkeys(others), 1)}

    def answer(self) -> Answer:
        """The answer but for its text, which is rendered from it."""
        run, results = self.run, [self.result(result) for result in self.run.results]
        return Answer(
            tool=run.tool,
            inputs=run.inputs,
            language=self.words.language,
            headline=results[0],
            results=results,
            estimates=[self.estimate(trial) for trial in run.trials],
            derivation=[self.step(step) for step in self.steps],
            citations=[self.voice.citation(figure, n) for figure, n in self.numbers.items()],
            caveats=self.caveats,
            text="",
            basis=self.basis,
            spread=self.compared.spread,
            knowledge=KnowledgeStamp(version=run.reading.version, as_of=run.reading.as_of.isoformat()),
            permalink=run.permalink,
            chart=run.chart,
        )

    def _own(self, result: Result) -> list[str]:
        """The figures that a result rests on beyond those of the headline; all of its own where there are none."""
        figures = figures_of(result.quantity)
        return [figure for figure in figures if figure not in self.rests_on] or figures

    def result(self, result: Result) -> ResultValue:
        """One result with its label and its rounded text."""
        quantity = result.quantity
        low, high = _range(quantity)
        return ResultValue(
            name=result.name,
            label=self._labelled(result),
            value=quantity.value,
            low=low,
            high=high,
            unit=quantity.unit.text,
            text=self.said(quantity),
        )

    def _labelled(self, result: Result) -> str:
        label = self._labels.get(result.name)
        if label is None:
            about = tuple(self.about(result).items())
            label = self._labels[result.name] = self.voice.label("labels", result.key, about)
        return label

    def about(self, result: Result) -> dict[str, Any]:
        """What fills the label and the sentences of a result, as plain text, but for its value."""
        made = self._about.get(result.name)
        if made is None:
            made = self._about[result.name] = self._plain(result)
        return made

    def _plain(self, result: Result) -> dict[str, Any]:
        about = {name: self._named(value) for name, value in result.about.items()}
        period = about.get("period", "")
        about["period"] = self.words["periods"][period] if period else ""
        about["during"] = self.voice.label("during", "", (("period", about["period"]),)) if period else ""
        if "use" in about:
            about["what"] = self.voice.label(
                "uses", about["use"], (("energy", about["energy"]), ("period", about["period"]))
            )
        return about

    def _named(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        name = self._names.get(id(value))  # the same subject and region stand in every result of a run
        if name is None:
            name = self._names[id(value)] = self.words.plain(value)
        return name

    def estimate(self, trial: Trial) -> Estimate:
        """The headline under one competing figure."""
        low, high = _range(trial.quantity)
        return Estimate(
            figure=trial.figure,
            label=self.who(trial),
            as_of=self.voice.as_of(trial.figure),
            value=trial.quantity.value,
            low=low,
            high=high,
            unit=trial.quantity.unit.text,
            preferred=trial.preferred,
            text=self.said(trial.quantity),
        )

    def who(self, trial: Trial) -> str:
        """Who states the figure of an estimate; of what, where it is not what the used one is of; or by which method."""
        who = self.voice.who(trial.figure)
        if trial.by:
            return self.words.say("methods", trial.by.key, {**self.about(trial.by), "who": who})
        return self.words.say("who_of", "", {"who": who, "what": trial.of}) if trial.of else who

    def step(self, step: Step) -> DerivationStep:
        """One step of the derivation in words and in numbers."""
        low, high = _range(step.quantity)
        return DerivationStep(
            n=step.number,
            label=self.called(step.quantity),
            formula="".join([t if isinstance(t, str) else self.called(t) for t in step.tokens]),
            substituted=self.substituted(step),
            value=step.quantity.value,
            low=low,
            high=high,
            unit=step.quantity.unit.text,
            uses=list(step.uses),
        )

    def substituted(self, step: Step) -> str:
        """A step with its numbers."""
        text = self._substituted.get(step.number)
        if text is None:
            numbers = "".join([t if isinstance(t, str) else self.said(t) for t in step.tokens])
            text = self._substituted[step.number] = f"{numbers} = {self.said(step.quantity)}"
        return text

    def called(self, operand: Quantity) -> str:
        """What an operand is called: a step, a quantity of the vocabulary, an input, or a plain number."""
        name, reference = operand.name, operand.reference
        if reference.startswith(CITED):
            return self.voice.quantity(reference.partition(":")[2])
        if reference.startswith(_INPUT):
            return str(self.words["inputs"][reference.removeprefix(_INPUT)])
        if name.startswith(DERIVED):
            return self.voice.who(name.removeprefix(DERIVED))
        if name:
            return self._labels.get(name) or str(self.words["steps"][name])
        return self.words.units(operand)

    @cached_property
    def caveats(self) -> list[Caveat]:
        """What the run noted, what was not verified, and what the sources' figures come with."""
        noted = self.run.reading.notes.values()
        found = [
            Caveat(code=n.code, text=self.words.say("caveats", n.code, n.words)) for n in noted if n.code != _STALE
        ]
        due = [self.words.say("parts", "due", note.words) for note in noted if note.code == _STALE]
        if due:  # said at once: an old day may find every choice due
            about = {"figures": self.words["join"].join(due)}
            found.append(Caveat(code=_STALE, text=self.words.say("caveats", _STALE, about)))
        return found + self.voice.caveats(tuple([(figure, self.numbers[figure]) for figure in self.rests_on]))

    @cached_property
    def basis(self) -> str:
        """What is compared, and the boundary of each figure that the headline rests on, or that competes with it."""
        figures = dict.fromkeys(self.rests_on)
        if self.headline.key == _PUBLISHED:  # what is set beside a published figure differs in its boundary
            figures |= dict.fromkeys(figure for trial in self.shown for figure in trial.rests_on)
        return self.voice.basis(self.run.tool, tuple([(figure, self.numbers[figure]) for figure in figures]))

    @property
    def given(self) -> list[Quantity]:
        """The caller's own numbers that the headline rests on; none where it is such a number itself, in another unit."""
        if self.headline.quantity.is_leaf:
            return []
        leaves = {leaf.reference: leaf for leaf in self.headline.quantity.leaves() if leaf.reference.startswith(_INPUT)}
        return [leaf for leaf in leaves.values() if is_given(self.run.inputs, leaf)]

    def marks(self, figures: Iterable[str]) -> str:
        """The bracketed numbers of some figures: [1][2]."""
        return "".join([f"[{self.numbers[figure]}]" for figure in figures])


def is_given(inputs: Mapping[str, InputValue], leaf: Quantity) -> bool:
    """Whether a leaf is the caller's very number, not a length of time that a word or a calendar year stands for."""
    entry = inputs.get(leaf.reference.removeprefix(_INPUT))
    if entry is None or entry["status"] != "given":
        return False
    value = entry["value"]
    return value == leaf.value if isinstance(value, int | float) else looks_like_amount(str(value))


def _range(quantity: Quantity) -> tuple[float | None, float | None]:
    return (None, None) if quantity.low == quantity.high else (quantity.low, quantity.high)
