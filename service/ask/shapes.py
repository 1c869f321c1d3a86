"""The shape of what asking returns: an answer, or what was understood instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from service.core.answer import (
    Caveat,
    Chart,
    Citation,
    DerivationStep,
    Estimate,
    InputValue,
    KnowledgeStamp,
    Language,
    ResultValue,
)
from service.core.live import Live


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what the caller sends beside it."""

    question: str
    language: str | None = None
    region: str | None = None
    as_of: str | None = None
    context: Mapping[str, Any] | None = None
    live: Live | None = None  # what live sources were heard to say, where it asks for the moment


class Span(TypedDict):
    """A stretch of the question and what it was read as."""

    start: Annotated[int, Field(description="Offset of its first character in the question as sent.")]
    end: Annotated[int, Field(description="Offset behind its last character.")]
    text: str
    read_as: Annotated[str, Field(description="An amount, a count, a year, or the id of what it names.")]


class Understood(TypedDict):
    """How the question was read."""

    tool: Annotated[str | None, Field(description="The tool that answers it; null where none does.")]
    inputs: Annotated[dict[str, Any], Field(description="The inputs of that tool.")]
    spans: list[Span]
    claim: Annotated[str | None, Field(description="The id of the claim on record that it asks about.")]


class Call(TypedDict):
    """The call that gives the same without a question."""

    method: str
    path: str
    body: dict[str, Any]


class Answered(TypedDict):
    """An answer to a question, or `answered` false with what was understood and what can be asked."""

    answered: Annotated[bool, Field(description="Whether there is an answer; without one there is no headline.")]
    tool: str | None
    inputs: dict[str, InputValue]
    language: Annotated[Language, Field(description="Language of the labels and of `text`.")]
    headline: ResultValue | None
    results: list[ResultValue]
    estimates: list[Estimate]
    derivation: list[DerivationStep]
    citations: list[Citation]
    caveats: list[Caveat]
    text: Annotated[
        str, Field(description="The answer in Markdown, ready to say, with its sources; or why there is none.")
    ]
    basis: str
    spread: float | None
    knowledge: KnowledgeStamp
    permalink: str | None
    chart: Chart
    understood: Understood
    call: Annotated[Call | None, Field(description="The equivalent call of a tool.")]
    suggestions: Annotated[list[str], Field(description="Questions that can be answered, in the language of this one.")]
