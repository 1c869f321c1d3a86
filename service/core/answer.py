"""The shape of an answer: the contract of every tool that computes.

Typed dictionaries rather than models: an answer is built once, on the hot path, and goes straight to JSON; pydantic
makes the published schema from these very declarations and the tests validate against it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from service.core.model import Basis, Checked, Kind

Language = Literal["en", "zh-Hans", "zh-Hant"]


class InputValue(TypedDict):
    """One input as it was used."""

    value: Annotated[Any, Field(description="The value after resolving names and defaults.")]
    status: Annotated[
        Literal["given", "default", "assumed"],
        Field(description="given by the caller, the documented default, or assumed for want of anything better."),
    ]


class ResultValue(TypedDict):
    """One named result. Full precision; only `text` rounds."""

    name: Annotated[str, Field(description="Stable name of the result.")]
    label: Annotated[str, Field(description="What it is, in the language of the answer.")]
    value: float
    low: Annotated[float | None, Field(description="Lower bound, null where the figures give no range.")]
    high: Annotated[float | None, Field(description="Upper bound, null where the figures give no range.")]
    unit: Annotated[
        str, Field(description="Unit; a counted thing in the singular (home, kettle); empty for a pure number.")
    ]
    text: Annotated[str, Field(description="Rounded value with its unit, in the language of the answer.")]


class Estimate(TypedDict):
    """The headline under one of the competing published figures."""

    figure: Annotated[str, Field(description="Id of the figure or of the derived number.")]
    label: Annotated[
        str, Field(description="Who says so, when, and on what where it is not what the headline's own is on.")
    ]
    as_of: Annotated[str, Field(description="When the figure held.")]
    value: float
    low: float | None
    high: float | None
    unit: str
    preferred: Annotated[bool, Field(description="Whether the headline rests on it.")]
    text: Annotated[str, Field(description="Rounded value with its unit, in the language of the answer.")]


class DerivationStep(TypedDict):
    """One step from figures and inputs to a result."""

    n: int
    label: str
    formula: Annotated[str, Field(description="The operation in words.")]
    substituted: Annotated[str, Field(description="The operation with its numbers and units, and the result.")]
    value: float
    low: float | None
    high: float | None
    unit: str
    uses: Annotated[
        list[str],
        Field(
            description="In order of appearance: figure:<id>, input:<name>, step:<n>, package:<id> for what an installed "
            "package computed that the figure of this id describes, or live:<id> for what a live source was heard to say."
        ),
    ]


class Citation(TypedDict):
    """A figure that the answer rests on or sets beside it, with its source."""

    n: Annotated[int, Field(description="Its number in `text`.")]
    figure: str
    source: str
    label: Annotated[str, Field(description="The figure as a sentence.")]
    value: float
    unit: str
    as_of: str
    region: str
    basis: Basis
    locator: str | None
    title: str
    authors: list[str]
    publisher: str
    issued: str | None
    url: str | None
    doi: str | None
    kind: Kind
    checked: Checked


class Caveat(TypedDict):
    """Something to know before repeating the answer."""

    code: str
    text: str


class KnowledgeStamp(TypedDict):
    """Which knowledge answered."""

    version: Annotated[
        str,
        Field(
            description="Content hash of the knowledge base; after a + each installed package that computed a part of the "
            "answer, with its version, and each live source with the time that its value is of."
        ),
    ]
    as_of: Annotated[str, Field(description="The day whose knowledge was used.")]


Chart = Annotated[
    str | None,
    Field(
        description="A GET path of a picture of this answer, where one shows more than the sentence: estimates that compete, "
        "things compared, a value year by year. With .svg for .png as SVG, with .csv as a table, without ending as data."
    ),
]


class Answer(TypedDict):
    """A sourced answer. `text` alone and the other fields alone each suffice."""

    tool: str
    inputs: dict[str, InputValue]
    language: Annotated[Language, Field(description="Language of the labels and of `text`.")]
    headline: ResultValue
    results: Annotated[list[ResultValue], Field(description="All results, the headline first.")]
    estimates: Annotated[list[Estimate], Field(description="The headline under every competing figure.")]
    derivation: list[DerivationStep]
    citations: list[Citation]
    caveats: list[Caveat]
    text: Annotated[str, Field(description="The answer in Markdown, ready to say, with its sources.")]
    basis: Annotated[str, Field(description="What is compared and within which boundary, in one line.")]
    spread: Annotated[float | None, Field(description="Highest estimate ÷ lowest; null where none compete.")]
    knowledge: KnowledgeStamp
    permalink: Annotated[str, Field(description="A GET path that gives this very answer again.")]
    chart: Chart
