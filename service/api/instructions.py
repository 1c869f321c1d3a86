"""What to tell a model that has the tools."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from pydantic import Field
from typing_extensions import TypedDict

from service.core.answer import Language
from service.desk import Asked, Described, Desk, get
from service.query import Query, read
from service.tools.instructions import instructions


class Instructions(TypedDict):
    """A system prompt."""

    language: Language
    text: Annotated[str, Field(description="Markdown to put into the system prompt of a chatbot.")]


class Told(Query):
    """Query parameters of the instructions."""

    language: Annotated[
        Literal["en", "zh", "zh-Hans", "zh-Hant"],
        Field(description="Language: en, zh-Hans (or zh) or zh-Hant. Default: en.", examples=["en"]),
    ] = "en"


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The route."""
    described = Described(Instructions, "tools", query=Told, faults=(422,))

    @get("/v1/instructions", "get_instructions", described)
    def get_instructions(request: Asked) -> Response[bytes]:
        """Get instructions for a chatbot.

        What to tell a model that has the tools: when to call them, how to cite, what not to say.
        """
        asked = read(request, Told, desk.knowledge).language
        language: Language = "zh-Hans" if asked == "zh" else asked
        return desk.json(request, Instructions(language=language, text=instructions(language)))

    return [get_instructions]
