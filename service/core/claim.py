"""A statement that goes around, with a verdict and the evidence: what a file under ``knowledge/claims/`` may say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from service.core.model import PartialDate, Record, Slug, Text

Verdict = Literal[
    "supported",
    "supported-with-caveat",
    "outdated",
    "disputed",
    "contradicted",
    "arithmetic-wrong",
    "no-source-known",
]


class ClaimedNumber(Record):
    """A number that a claim states, as it is printed and as it is meant."""

    printed: Annotated[str, Field(min_length=1, description="As it stands in the text.")]
    subject: Annotated[Slug | None, Field(description="The id of the subject that it is said of.")] = None
    quantity: Annotated[Slug | None, Field(description="The id of the quantity that it is a value of.")] = None
    value: Annotated[float | None, Field(description="In `unit`; none where only a range is meant.")] = None
    low: Annotated[float | None, Field(description="Least that is meant; equal to `value` in `more than …`.")] = None
    high: Annotated[float | None, Field(description="Most that is meant; equal to `value` in `up to …`.")] = None
    unit: Annotated[str, Field(description="A unit of units.txt, or empty for a pure number.")]
    gas: Annotated[Literal["CO2", "CO2e"] | None, Field(description="For emissions: which gases are meant.")] = None
    of: Annotated[Text | None, Field(description="What it counts, where the unit does not say.")] = None

    @model_validator(mode="after")
    def _ordered(self) -> ClaimedNumber:
        if self.value is None and (self.low is None or self.high is None):
            raise ValueError("either `value`, or `low` and `high`")
        stated = [number for number in (self.low, self.value, self.high) if number is not None]
        if stated != sorted(stated):
            raise ValueError("low, value and high in this order of size")
        return self


class Telling(Record):
    """One publication that says it."""

    source: Annotated[Slug, Field(description="The id of the source that says it.")]
    date: Annotated[
        PartialDate | None, Field(description="When it said so, where that is not when it was issued: a preprint.")
    ] = None
    figure: Annotated[Slug | None, Field(description="The figure of that source which states it.")] = None
    takes_from: Annotated[
        Slug | None, Field(description="The source that it names for it, among those given here.")
    ] = None
    note: Annotated[Text | None, Field(description="How it puts it, or what it changed on the way.")] = None


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


InputText = Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]


class Call(Record):
    """A call of a calculator that answers the matter anew."""

    tool: Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$", description="The name of the calculator.")]
    inputs: Annotated[dict[str, InputText], Field(description="Its inputs, each as text or as a list of texts.")]


class Claim(Record):
    """A statement that goes around: who said it first, who repeated it, and how it stands today."""

    id: Slug
    statement: Annotated[Text, Field(description="The claim as it is usually put, in our own words.")]
    paraphrases: Annotated[list[Text], Field(description="Other ways to put it, shorter or as people ask.")] = Field(
        default_factory=list
    )
    origin: Annotated[Telling | None, Field(description="The publication that said it first, where it is known.")] = (
        None
    )
    repeated_by: Annotated[list[Telling], Field(description="Publications that repeat it, in order of date.")] = Field(
        default_factory=list
    )
    numbers: Annotated[list[ClaimedNumber], Field(description="The numbers that it states.")] = Field(
        default_factory=list
    )
    verdict: Annotated[Verdict, Field(description="How it stands today.")]
    acceptable: Annotated[list[Verdict], Field(description="Other verdicts that a careful reader could defend.")] = (
        Field(default_factory=list)
    )
    evidence: Annotated[Text, Field(description="Why, in our own words.")]
    arithmetic: Annotated[
        list[str], Field(description="Sums that are computed again: `500 [MWh/day] / 29 [kWh/day] = 17241`.")
    ] = Field(default_factory=list)
    figures: Annotated[list[Slug], Field(description="The figures that the verdict rests on or that it speaks of.")] = (
        Field(default_factory=list)
    )
    sources: Annotated[list[Slug], Field(description="Sources that the verdict rests on without a figure.")] = Field(
        default_factory=list
    )
    call: Annotated[Call | None, Field(description="The calculator call that answers it anew.")] = None
    since: Annotated[PartialDate | None, Field(description="Since when it goes around, where no origin tells.")] = None
    checked: Annotated[PartialDate, Field(description="When the verdict was last looked at.")]

    @property
    def put(self) -> list[Text]:
        """All ways to put it."""
        return [self.statement, *self.paraphrases]


class Collection(Record):
    """Claims that belong together, in order: those of one text, or those of one kind."""

    id: Annotated[Slug, Field(description="The name of the file.")]
    title: Text
    about: Annotated[Text, Field(description="What is gathered here, in a sentence or two.")]
    source: Annotated[Slug | None, Field(description="The text whose claims they are, where they are of one.")] = None
    claims: Annotated[list[Claim], Field(description="The claims, in order.")] = Field(default_factory=list)
