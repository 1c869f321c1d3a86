"""Asking in words: a question in English or Chinese, answered with sources or declined with what can be asked."""

from __future__ import annotations

from dataclasses import replace

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.api.bodies import json_object, refuse_query
from service.ask.door import ask
from service.ask.inputs import TOOL, AskInputs, checked
from service.ask.shapes import Answered
from service.desk import HTTP, JSON, Asked, Described, Desk, Reply, encode, post


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The route of questions."""
    described = Described(Answered, "questions", body=AskInputs, faults=(400, 413, 422), cached=False)

    @post("/v1/ask", "ask", described)
    async def answer(request: Asked) -> Response[bytes]:
        """Answer a question.

        A question in English or Chinese, answered with its sources, its arithmetic and the estimates that disagree. What cannot
        be answered comes back with `answered` false, without a headline, with what was understood and what can be asked.
        """
        raw = await json_object(request, "the question")
        refuse_query(request, TOOL)
        with desk.counted(TOOL, HTTP):
            asked = checked(desk.knowledge, raw, AskInputs)
            await desk.heard(raw)
            found = ask(desk.knowledge, replace(asked, live=desk.live))
        return Reply(encode(found), status_code=200, media_type=JSON, headers={"cache-control": "no-store"})

    return [answer]
