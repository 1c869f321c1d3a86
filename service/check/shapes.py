"""The shape of a report: the contract of every door through which texts are checked."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from service.check.grounded import GroundedNumber
from service.core.answer import Citation, KnowledgeStamp, Language
from service.core.claim import Verdict


class ClaimFound(TypedDict):
    """One quantitative claim of the text, and how it stands."""

    start: Annotated[int, Field(description="Offset of its first character in the text as sent.")]
    end: Annotated[int, Field(description="Offset behind its last character.")]
    span: Annotated[str, Field(description="text[start:end].")]
    subject: Annotated[
        str | None, Field(description="Id of whom or what it is said of; null where that is not known here.")
    ]
    quantity: Annotated[str | None, Field(description="Id of the kind of number.")]
    value: float
    low: Annotated[float | None, Field(description="Least that is meant, where the text gives a range.")]
    high: Annotated[float | None, Field(description="Most that is meant, where the text gives a range.")]
    unit: Annotated[str, Field(description="Unit of `value`; empty for a ratio or a count.")]
    as_of: Annotated[str | None, Field(description="The year that the text says it of.")]
    verdict: Verdict
    factor: Annotated[float | None, Field(description="Claimed value ÷ best known value.")]
    explanation: Annotated[str, Field(description="Why, in one sentence of the report's language.")]
    citations: Annotated[list[Citation], Field(description="The figures that the verdict rests on.")]


class Report(TypedDict):
    """The quantitative claims on AI and energy of a text, each with a verdict."""

    language: Annotated[Language, Field(description="Language of the explanations.")]
    claims: Annotated[list[ClaimFound], Field(description="In the order of the text.")]
    verdicts: Annotated[dict[str, int], Field(description="How many claims have each verdict.")]
    summary: Annotated[str, Field(description="The result in a sentence.")]
    text: Annotated[str, Field(description="The report in Markdown, ready to say, with its sources.")]
    knowledge: KnowledgeStamp
    numbers: NotRequired[
        Annotated[list[GroundedNumber], Field(description="Each number of the text against the answers sent with it.")]
    ]
