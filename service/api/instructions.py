"""What to tell a model that has the tools."""

from __future__ import annotations

from typing import Annotated

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from pydantic import Field
from typing_extensions import TypedDict

from service.api.filters import Spoken
from service.api.query import read
from service.core.answer import Language
from service.desk import Asked, Described, Desk, get
from service.tools.instructions import instructions


class Instructions(TypedDict):
    """A system prompt."""

    language: Language
    text: Annotated[str, Field(description="Markdown to put into the system prompt of a chatbot.")]


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The route."""
    described = Described(Instructions, "tools", query=Spoken, faults=(422,))

    @get("/v1/instructions", "get_instructions", described)
    def get_instructions(request: Asked) -> Response[bytes]:
        """Get instructions for a chatbot.

        What to tell a model that has the tools: when to call them, how to cite, what not to say.
        """
        asked = read(request, Spoken, desk.knowledge)
        return desk.json(request, Instructions(language=asked.language, text=instructions(asked.language)))

    return [get_instructions]
