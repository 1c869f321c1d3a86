"""What is returned where there is no answer: why, what was understood, and questions that can be answered."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from service.answers.words import words
from service.ask.case import Case
from service.ask.proposals import Proposal, written
from service.ask.shapes import Answered, Asked, Understood
from service.ask.showing import spans
from service.core.answer import KnowledgeStamp
from service.core.model import Text
from service.reading.lexicon import lexicon
from service.store.queries import Knowledge

_TRIED: Final = 8
_MOST: Final = 3
_QUESTIONS: Final = (
    ("service_energy", ("electricity-per-day", "requests-per-day")),
    ("query_footprint", ("electricity-per-query",)),
    ("query_water", ("water-per-query",)),
    ("training_footprint", ("training-electricity",)),
    ("training_emissions", ("training-emissions",)),
    ("yearly", ("electricity-per-year", "data-centre-electricity-per-year")),
    ("pue", ("pue",)),
    ("rated_power", ("rated-power",)),
    ("energy_equivalents", ("requests-per-day",)),
)
_PRICE: Final = "electricity-price-household"
_ABOUT_TRAINING: Final = ("training_footprint", "training_emissions")


@dataclass(frozen=True, slots=True)
class Decline:
    """Why there is no answer: a key of `declined` in the lexicon with what fills it, and the call that was understood."""

    why: str
    about: Mapping[str, str] = field(default_factory=dict)
    proposal: Proposal | None = None


def declined(
    knowledge: Knowledge,
    case: Case | None,
    asked: Asked,
    decline: Decline,
    answerable: Callable[[str], bool] | None = None,
) -> Answered:
    """An answer that is none, in the language of the question; only questions that are `answerable` are suggested."""
    language = asked.language or (case.q.language if case else "en")
    said = _said(language)
    suggestions = _suggestions(knowledge, case, language, answerable) if answerable and case else []
    reason = said["declined"][decline.why].format(**decline.about)
    text = reason
    if suggestions:
        text += "\n\n" + said["declined"]["try"] + "\n\n" + "\n".join(f"- {question}" for question in suggestions)
    proposal = decline.proposal
    understood = Understood(
        tool=proposal.tool if proposal else None,
        inputs=dict(proposal.inputs) if proposal else {},
        spans=spans(case, None) if case else [],
        claim=None,
    )
    return Answered(
        answered=False, tool=None, inputs={}, language=language, headline=None, results=[], estimates=[], derivation=[], citations=[],  # type: ignore[typeddict-item]
        caveats=[{"code": decline.why.replace("_", "-"), "text": reason}], text=text + "\n", basis="", spread=None,
        knowledge=KnowledgeStamp(version=knowledge.version, as_of=asked.as_of or knowledge.as_of), permalink=None, chart=None,
        understood=understood, call=None, suggestions=suggestions,
    )  # fmt: skip


@cache
def _said(language: str) -> Mapping[str, Any]:
    """The sentences of a language; Traditional Chinese is converted."""
    said = lexicon().said["zh" if language.startswith("zh") else "en"]
    local = words(language).local
    return {
        part: {name: local(Text(en=text, zh=text)) for name, text in said[part].items()}
        for part in ("suggestions", "declined")
    }


def _suggestions(knowledge: Knowledge, case: Case, language: str, answerable: Callable[[str], bool]) -> list[str]:
    """Up to three questions near this one, each of which is answered."""
    candidates = itertools.islice(dict.fromkeys(_candidates(knowledge, case, language)), _TRIED)
    return list(itertools.islice(filter(answerable, candidates), _MOST))


def _of_places(knowledge: Knowledge, case: Case, language: str) -> Iterator[str]:
    """Prices of every place named where prices are asked for; else of the first whatever is told of places."""
    said, local = _said(language)["suggestions"], words(language)
    for _, code in case.places if case.asks("cost") else ():
        if knowledge.parameter(code.lower(), _PRICE, code):
            yield said["price_in"].format(region=local.plain(knowledge.region(code)))
    for _, code in case.places[:1]:
        place = local.plain(knowledge.region(code))
        for key in ("homes_in", "grid", "outlook_in", "share_in"):
            yield said[key].format(region=place)


def _candidates(knowledge: Knowledge, case: Case, language: str) -> Iterator[str]:
    said, local = _said(language)["suggestions"], words(language)
    training = case.q.has("training")
    for _, subject in case.subjects("service", "model", "company", "accelerator", "sector", "task"):
        name = local.plain(subject)
        order = sorted(_QUESTIONS, key=lambda pair: (pair[0] in _ABOUT_TRAINING) != training)
        for key, quantities in order:
            if case.knows(subject.id, *quantities):
                yield said[key].format(subject=name)
    yield from _of_places(knowledge, case, language)
    energies = [s for s in case.q.amounts("kWh") if not s.each]
    for segment in energies[:1]:
        yield said["amount_homes"].format(amount=written(segment))
        yield said["amount_emissions"].format(amount=written(segment))
    for segment in case.q.amounts("t")[:1]:
        yield said["emissions_cars"].format(amount=written(segment))
    if training:
        yield said["training_footprint"].format(subject="GPT-3")
    yield from (said["usual"], said["outlook"], said["query_footprint"].format(subject="ChatGPT"))
