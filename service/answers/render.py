"""The answer in Markdown, ready to be said: the finished sentence first, then how, what competes, and the sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.answers.compose import Composer, Run, Trial, figures_of
from service.answers.voice import Voice
from service.core.answer import Answer
from service.core.calculator import Result
from service.core.derivation import Step

_MOST_ESTIMATES: Final = 4
_MOST_ALSO: Final = 3
_LEFT_OUT: Final = "figure"  # caveats of single figures: in the fields, and on their pages


def answer(run: Run, voice: Voice) -> Answer:
    """The complete answer of a run in one language."""
    composer = Composer(run, voice)
    made = composer.answer()
    made["text"] = text(composer)
    return made


def text(composer: Composer) -> str:
    """The Markdown of an answer, through ``prompts/answer.md.j2``."""
    words, headline = composer.words, composer.headline
    shown = _extremes(composer.run.trials)
    also = [(result, figures_of(result.quantity)[-1:]) for result in composer.run.results[1 : 1 + _MOST_ALSO]]
    cited = [*composer.rests_on, *(f for trial in shown for f in trial.rests_on), *(f for _, own in also for f in own)]
    about = {**composer.about(headline), "value": composer.said(headline.quantity)}
    rendered = words.answer.render(
        parts=words["parts"],
        stop=words["stop"],
        headline=words.say("headlines", headline.name, about),
        marks=" " + composer.marks(composer.rests_on) if composer.rests_on else "",
        arithmetic=_arithmetic(composer),
        spread=_spread(composer, shown),
        estimates=[_estimate(composer, trial) for trial in shown],
        also=words["join"].join([_also(composer, result, own) for result, own in also]),
        basis=composer.basis,
        caveats=[caveat["text"] for caveat in composer.caveats if caveat["code"] != _LEFT_OUT],
        sources=[composer.voice.source(f, composer.numbers[f]) for f in sorted(set(cited), key=composer.numbers.__getitem__)],
    )
    return rendered.strip() + "\n"


def _arithmetic(composer: Composer) -> str:
    """The steps that lead to the headline."""
    lead = _leading(composer.steps, composer.headline)
    return str(composer.words["join"]).join([composer.substituted(step) for step in lead])


def _leading(steps: Sequence[Step], headline: Result) -> Sequence[Step]:
    # steps stand in the order in which results need them, so the headline's own is the last of its own
    end = next((step.number for step in steps if step.quantity.parts is headline.quantity.parts), 0)
    return steps[:end]


def _extremes(trials: Sequence[Trial]) -> list[Trial]:
    """The estimates worth saying: the preferred one, the lowest, the highest, then others as they come."""
    if len(trials) < 2:
        return []
    ordered = sorted(trials, key=lambda trial: trial.quantity.value)
    chosen = [trials[0], ordered[0], ordered[-1], *trials]
    unique = list({trial.figure: trial for trial in chosen}.values())[:_MOST_ESTIMATES]
    return sorted(unique, key=lambda trial: trial.quantity.value)


def _spread(composer: Composer, shown: Sequence[Trial]) -> str:
    if not shown:
        return ""
    spread = composer.words.units.number(composer.spread) if composer.spread else "∞"
    about = {"low": composer.said(shown[0].quantity), "high": composer.said(shown[-1].quantity), "spread": spread}
    return composer.words.say("parts", "estimates", about)


def _estimate(composer: Composer, trial: Trial) -> dict[str, str]:
    return {
        "text": composer.said(trial.quantity),
        "label": composer.voice.who(trial.figure),
        "marks": " " + composer.marks(trial.rests_on),
    }


def _also(composer: Composer, result: Result, own: Sequence[str]) -> str:
    said = composer.said(result.quantity)
    if composer.words.has("shorts", result.name):
        said = composer.words.say("shorts", result.name, {**composer.about(result), "value": said})
    return f"{said} {composer.marks(own)}".rstrip()
