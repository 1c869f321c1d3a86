"""The answer in Markdown, ready to be said: the finished sentence first, then how, what competes, and the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.answers.compose import Composer, Run
from service.answers.estimates import Trial
from service.answers.extent import Brief, Extent, Line, fitting, shrinking
from service.answers.voice import Voice
from service.core.answer import Answer
from service.core.calculator import Result
from service.core.derivation import Step
from service.core.tokens import tokens

_CHECKS: Final = frozenset({"secondary", "memory"})
_CHOICE: Final = "choice"  # why a figure is used although others compete: where there is room
_LEFT_OUT: Final = "figure"  # caveats of single figures: in the fields, and on their pages
_LEAD: Final = 5  # tokens of the words that say what a paragraph is, and of the empty line before it


def answer(run: Run, voice: Voice, brief: Brief | None = None) -> Answer:
    """The complete answer of a run in one language; its text no longer than `brief` where that is given."""
    composer = Composer(run, voice)
    made = composer.answer()
    made["text"] = text(composer, brief)
    return made


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a text may say: what is said in any case, and ever less of what competes and what follows."""

    fixed: Mapping[str, str]
    spread: str
    caveats: Sequence[str]
    extents: Sequence[Extent]
    sources: Mapping[str, str]  # the line of each figure that is cited

    @property
    def lines(self) -> set[str]:
        """Every line that may be said."""
        most = self.extents[0]
        said = [line.text for line in (*most.estimates, *most.also)]
        return {*self._bare, *said, *most.reasons, *most.checks, *self.sources.values()}

    @property
    def _bare(self) -> list[str]:
        return [line for line in (*self.fixed.values(), self.spread, *self.caveats) if line]

    def fitting(self, limit: int, cost: Callable[[str], int] = tokens) -> int:
        """The place of the largest extent whose text takes no more than `limit` tokens, or of the smallest."""
        bare = sum([cost(line) + _LEAD for line in self._bare])
        return fitting(self.extents, self.sources, limit - bare, cost)


def drafted(composer: Composer) -> Draft:
    """All that the text of an answer may say."""
    extents = list(shrinking(_whole(composer)))
    sources = {figure: composer.voice.source(figure, composer.numbers[figure]) for figure in extents[0].cited}
    return Draft(_fixed(composer), _spread(composer), _caveats(composer), extents, sources)


def text(composer: Composer, brief: Brief | None = None, place: int | None = None) -> str:
    """The Markdown of an answer, through ``prompts/answer.md.j2``; `place` is that of its extent where it is known."""
    words, draft = composer.words, drafted(composer)
    if place is None:
        place = 0 if brief is None else draft.fitting(brief.tokens)
    extent, elsewhere = draft.extents[place], ""
    if brief is not None and composer.shown and not extent.estimates:
        address = brief.address.rstrip("/") + composer.run.permalink
        elsewhere = words.say("parts", "elsewhere", {"spread": draft.spread, "address": address})
    rendered = words.answer.render(
        **draft.fixed,
        parts=words["parts"],
        stop=words["stop"],
        colon=words["colon"],
        spread=draft.spread,
        elsewhere=elsewhere,
        estimates=[line.text for line in extent.estimates],
        also=words["join"].join([line.text for line in extent.also]),
        caveats=[*extent.reasons, *draft.caveats, *extent.checks],
        sources=[draft.sources[figure] for figure in extent.cited],
    )
    return rendered.strip() + "\n"


def _fixed(composer: Composer) -> dict[str, str]:
    """What is said in any case."""
    words, headline = composer.words, composer.headline
    about = {**composer.about(headline), "value": composer.said(headline.quantity)}
    lead = composer.run.tool if words.has("also", composer.run.tool) else "other"
    return {
        "headline": _marked(composer, words.say("headlines", headline.key, about), composer.rests_on),
        "arithmetic": _arithmetic(composer),
        "given": _given(composer),
        "also_lead": words.say("also", lead, about),
        "basis": composer.basis,
    }


def _whole(composer: Composer) -> Extent:
    """All that may be said of what competes and what follows."""
    return Extent(
        rests_on=composer.rests_on,
        estimates=[Line(_estimate(composer, each), each.rests_on, used=each.preferred) for each in composer.shown],
        also=[Line(_also(composer, result, own), own) for result, own in composer.also],
        reasons=[caveat["text"] for caveat in composer.caveats if caveat["code"] == _CHOICE],
        checks=[caveat["text"] for caveat in composer.caveats if caveat["code"] in _CHECKS],
    )


def _caveats(composer: Composer) -> list[str]:
    return [caveat["text"] for caveat in composer.caveats if caveat["code"] not in {_LEFT_OUT, _CHOICE, *_CHECKS}]


def _marked(composer: Composer, said: str, figures: Sequence[str]) -> str:
    """What is said, followed by the numbers of the figures that it rests on."""
    if not figures:
        return said
    return composer.words.say("marked", "", {"text": said, "marks": composer.marks(figures)})


def _arithmetic(composer: Composer) -> str:
    """The steps that lead to the headline."""
    lead = _leading(composer.steps, composer.headline)
    return str(composer.words["join"]).join([composer.substituted(step) for step in lead])


def _leading(steps: Sequence[Step], headline: Result) -> Sequence[Step]:
    # steps stand in the order in which results need them, so the headline's own is the last of its own
    end = next((step.number for step in steps if step.quantity.parts is headline.quantity.parts), 0)
    return steps[:end]


def _given(composer: Composer) -> str:
    """The caller's own numbers, each with what it is."""
    named = [f"{composer.called(number)} {composer.said(number)}" for number in composer.given]
    return str(composer.words["join"]).join(named)


def _spread(composer: Composer) -> str:
    if not composer.shown:
        return ""
    low, high = composer.shown[0].quantity, composer.shown[-1].quantity
    about = {"low": composer.words.units.bare(low), "high": composer.said(high), "spread": composer.compared.factor}
    return composer.words.say("parts", composer.compared.sentence, about)


def _estimate(composer: Composer, trial: Trial) -> str:
    about = {
        "value": composer.said(trial.quantity),
        "who": _marked(composer, composer.who(trial), trial.rests_on),
        "used": composer.words["parts"]["used"] if trial.preferred else "",
    }
    return composer.words.say("estimate", "", about)


def _also(composer: Composer, result: Result, own: Sequence[str]) -> str:
    said = composer.said(result.quantity)
    if composer.words.has("shorts", result.key):
        said = composer.words.say("shorts", result.key, {**composer.about(result), "value": said})
    return _marked(composer, said, own)
