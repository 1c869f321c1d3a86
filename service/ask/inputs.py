"""What can be sent beside a question, and checking it before the question is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.json_schema import SkipJsonSchema

from service.ask.shapes import Asked
from service.core.answer import Language
from service.core.errors import BadCall, Fault
from service.core.markers import Day, OptionalText, Place, optional
from service.store.queries import Knowledge
from service.store.resolve import Resolver, faults_of

TOOL: Final = "answer_question"
LONGEST: Final = 2000  # characters of a question
_MOST: Final = 65_536  # characters that are looked at; far shorter ones are declined as too long to be a question


class QuestionInputs(BaseModel):
    """Inputs of `answer_question`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[
        str,
        Field(
            min_length=1,
            max_length=_MOST,
            description="The question as a person puts it, in English or Chinese, at most 65536 characters; beyond 2,000 it is "
            "declined. Example: How many US homes equal ChatGPT's daily electricity use?",
            examples=["How many US homes equal ChatGPT's daily electricity use?"],
        ),
    ]
    language: Annotated[
        Language | SkipJsonSchema[None],
        optional("Language of the text: en, zh-Hans or zh-Hant. Omit for that of the question. Example: en", "en"),
    ] = None
    region: Annotated[
        OptionalText,
        Place(),
        optional(
            "Country or region to use where the question names none: ISO 3166 code or name, at most 120 "
            "characters. Example: US",
            "US",
        ),
    ] = None
    as_of: Annotated[
        OptionalText,
        Day(),
        optional(
            "Answer with what was known on this day, YYYY-MM-DD, at most 120 characters. Omit for the present "
            "knowledge. Example: 2024-06-01",
            "2024-06-01",
        ),
    ] = None


class ContextInputs(BaseModel):
    """The call of an answer that a question goes on from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tool: Annotated[
        str,
        Field(
            min_length=1, max_length=120, description="The `tool` of the answer before.", examples=["service_energy"]
        ),
    ]
    inputs: Annotated[
        dict[str, Any],
        Field(
            description="Its `inputs`, as they stand in the answer or as plain values.",
            examples=[{"service": "chatgpt"}],
        ),
    ] = {}


class AskInputs(QuestionInputs):
    """The body of a question over HTTP."""

    context: Annotated[
        ContextInputs | None,
        optional("The answer before, where the question goes on from it (and in Germany?)."),
    ] = None


def checked(knowledge: Knowledge, raw: Mapping[str, Any], model: type[QuestionInputs] = QuestionInputs) -> Asked:
    """A question with what was sent beside it. Raises `BadCall` with every fault."""
    raw = {name: value for name, value in raw.items() if value is not None}
    faults: list[Fault] = []
    try:
        given: Mapping[str, Any] = model.model_validate(raw).__dict__
    except ValidationError as error:
        given, faults = raw, faults_of(error, model)
    resolver = Resolver(knowledge)
    resolved = resolver.resolve(model, given, skip={fault.field for fault in faults})  # type: ignore[arg-type]
    faults += resolver.faults
    if faults:
        raise BadCall(TOOL, faults)
    context = given.get("context")
    return Asked(
        question=given["question"],
        language=given["language"],
        region=resolved.get("region"),
        as_of=resolved.get("as_of"),
        context=context.__dict__ if context else None,
    )
