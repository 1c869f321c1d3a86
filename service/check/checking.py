"""From a text to the report of its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from service.answers.voice import Voice, voice
from service.check.grounding import ground
from service.check.inputs import Checked
from service.check.saying import Saying
from service.check.shapes import ClaimFound, Report
from service.check.weighing import Weighed, weighed
from service.core.answer import Citation, KnowledgeStamp, Language
from service.core.claim import Verdict
from service.reading.text import read
from service.store.queries import Knowledge

_SAMPLE: Final = 600  # characters in which the language of a text shows
_DIGITS: Final = 6
_MOST_SAID: Final = 40  # claims that the text of a report lists


def check(knowledge: Knowledge, asked: Checked) -> Report:
    """Every quantitative claim on AI and energy of a text, each with a verdict, its figures and its sources."""
    claims = list(weighed(knowledge, asked.text))
    language = asked.language or language_of(knowledge, asked.text)
    report = _Reporter(knowledge, voice(knowledge, language), language).report(asked.text, claims)
    if asked.answers is not None:
        report["numbers"] = ground(knowledge, asked.text, asked.answers)
    return report


def language_of(knowledge: Knowledge, text: str) -> Language:
    """The language that a text is written in."""
    found: Language = read(knowledge, text[:_SAMPLE]).language  # type: ignore[assignment]
    return found


class _Reporter:
    """Makes one report."""

    def __init__(self, knowledge: Knowledge, said: Voice, language: Language) -> None:
        self._knowledge = knowledge
        self._voice = said
        self._language = language
        self._saying = Saying(knowledge, said)
        self._numbers: dict[str, int] = {}  # of the figures cited

    def report(self, text: str, claims: Sequence[Weighed]) -> Report:
        found = [self._claim(text, claim) for claim in claims]
        counts: Counter[Verdict] = Counter(claim["verdict"] for claim in found)
        summary = self._saying.summary(counts)
        return Report(
            language=self._language,
            claims=found,
            verdicts=dict(counts.most_common()),
            summary=summary,
            text=self._text(summary, found),
            knowledge=KnowledgeStamp(version=self._knowledge.version, as_of=self._knowledge.as_of),
        )

    def _claim(self, text: str, claim: Weighed) -> ClaimFound:
        mention, judgement = claim.item.mention, claim.judgement
        year = claim.item.reading.year if claim.item.reading else None
        return ClaimFound(
            start=mention.start,
            end=mention.end,
            span=text[mention.start : mention.end],
            subject=claim.subject if claim.subject in self._knowledge.subjects else None,
            quantity=claim.quantity,
            value=mention.value,
            low=mention.low if mention.ranged else None,
            high=mention.high if mention.ranged else None,
            unit=mention.unit,
            as_of=str(year) if year else None,
            verdict=judgement.verdict,
            factor=float(f"{judgement.factor:.{_DIGITS}g}") if judgement.factor is not None else None,
            explanation=self._saying.explanation(claim),
            citations=[self._cited(figure) for figure in judgement.figures],
        )

    def _cited(self, figure: str) -> Citation:
        number = self._numbers.setdefault(figure, len(self._numbers) + 1)
        return self._voice.citation(figure, number)

    def _text(self, summary: str, found: Sequence[ClaimFound]) -> str:
        """The report in Markdown: the result, each claim with why it stands as it does, the sources."""
        shown = found[:_MOST_SAID]
        lines = [f"- {self._saying.line(claim)}" for claim in shown]
        cited = sorted({(each["n"], each["figure"]) for claim in shown for each in claim["citations"]})
        sources = [f"- {self._voice.source(figure, number)}" for number, figure in cited]
        more = [self._saying.more(len(found) - len(shown))] if len(found) > len(shown) else []
        heading = [self._saying.sources] if sources else []
        parts = [summary, "\n".join(lines), *more, *heading, "\n".join(sources)]
        return "\n\n".join(part for part in parts if part)
