"""What can be sent to be checked, and how the report can be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.json_schema import SkipJsonSchema

from service.core.answer import Language
from service.core.errors import BadCall
from service.core.markers import no_default
from service.store.resolve import faults_of

TOOL: Final = "check_text"
LONGEST: Final = 100_000  # characters
MOST_BYTES: Final = 2 * 2**20  # of a body: a text of the greatest length, each character written \\uXXXX or in percents
MOST_ANSWERS: Final = 40
Format = Literal["json", "markdown", "html", "claimreview"]


class CheckInputs(BaseModel):
    """Inputs of `check_text`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST,
            description="The text to check, in English or Chinese, at most 100000 characters. Example: ChatGPT uses 500,000 kWh a day.",
            examples=["ChatGPT uses 500,000 kWh a day, as much as 17,000 American homes."],
        ),
    ]
    language: Annotated[
        Language | SkipJsonSchema[None],
        Field(
            description="Language of the report: en, zh-Hans or zh-Hant. Omit for that of the text. Example: en",
            examples=["en"],
            json_schema_extra=no_default,
        ),
    ] = None


class CheckBody(CheckInputs):
    """The body of a check over HTTP."""

    format: Annotated[
        Format | SkipJsonSchema[None],
        Field(
            description="json, markdown, html (the text with its claims marked) or claimreview (schema.org, JSON-LD). Omit to have it "
            "as the Accept header asks.",
            examples=["json"],
            json_schema_extra=no_default,
        ),
    ] = None
    answers: Annotated[
        list[dict[str, Any]] | SkipJsonSchema[None],
        Field(
            max_length=MOST_ANSWERS,
            description="Answers of this service, whole, from which the text was written, at most 40: each number of the text is then "
            "judged against theirs, in `numbers`.",
            examples=[[]],
            json_schema_extra=no_default,
        ),
    ] = None


class Checked(NamedTuple):
    """A text with what was sent beside it."""

    text: str
    language: Language | None
    format: Format | None = None
    answers: Sequence[Mapping[str, Any]] | None = None


def checked(raw: Mapping[str, Any], model: type[CheckInputs] = CheckInputs) -> Checked:
    """A text to check with what was sent beside it. Raises `BadCall` with every fault."""
    raw = {name: value for name, value in raw.items() if value is not None}
    try:
        given = model.model_validate(raw)
    except ValidationError as error:
        raise BadCall(TOOL, faults_of(error, model)) from error
    if isinstance(given, CheckBody):
        return Checked(given.text, given.language, given.format, given.answers)
    return Checked(given.text, given.language)
