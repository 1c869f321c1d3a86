"""The tools as lists: as this service describes them, or as a dialect wants them pasted."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from service.core.answer import Language
from service.core.tokens import tokens
from service.tools.dialect import as_json, dialect
from service.tools.registry import Profile
from service.tools.schema import Told, all_told


class ToolRecord(TypedDict):
    """One tool."""

    name: str
    title: Annotated[str, Field(description="What it is called for people.")]
    description: Annotated[str, Field(description="What it answers, and when another tool serves better.")]
    path: Annotated[str, Field(description="Where it is called, by POST with a JSON body.")]
    input_schema: Annotated[dict[str, Any], Field(description="JSON Schema of its inputs: flat and closed.")]


class ToolList(TypedDict):
    """All tools."""

    tools: list[ToolRecord]


def record(told: Told) -> ToolRecord:
    """A tool as this service describes it."""
    return ToolRecord(
        name=told.name,
        title=told.title,
        description=told.description,
        path=told.tool.path,
        input_schema=told.inputs,
    )


def listed(profile: Profile = "full", language: Language = "en") -> ToolList:
    """The tools of a profile as this service describes them."""
    return ToolList(tools=[record(each) for each in all_told(profile, language)])


def pasted(name: str, profile: Profile, language: Language, address: str) -> Any:
    """The tools of a profile in a dialect, ready to paste. Raises `BadCall` for an unknown dialect."""
    return dialect(name).describe(all_told(profile, language), address)


def cost(made: Any) -> int:
    """About how many tokens a model reads for tools that are described in this way."""
    return tokens(as_json(made))
