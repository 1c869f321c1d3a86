"""Asking in words: a question in English or Chinese, answered with sources or declined with what can be asked."""

from __future__ import annotations

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.api.problems import malformed
from service.ask.asking import ask
from service.ask.inputs import TOOL, AskInputs, checked
from service.ask.shapes import Answered
from service.core.errors import BadCall, Fault
from service.desk import HTTP, JSON, Asked, Described, Desk, Reply, decode, encode, post


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The route of questions."""
    described = Described(Answered, "questions", body=AskInputs, faults=(400, 413, 422), cached=False)

    @post("/v1/ask", "ask", described)
    async def answer(request: Asked) -> Response[bytes]:
        """Answer a question.

        A question in English or Chinese, answered with its sources, its arithmetic and the estimates that disagree. What cannot
        be answered comes back with `answered` false, without a headline, with what was understood and what can be asked.
        """
        try:
            raw = decode(await request.body())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return malformed(f"The body must be one JSON object with the question, in UTF-8: {error}.")
        if not isinstance(raw, dict):
            return malformed("The body must be one JSON object with the question.")
        if request.query_params:
            misplaced = "belongs into the body: this route takes no query parameters."
            raise BadCall(TOOL, [Fault(name, "misplaced", misplaced) for name in sorted(set(request.query_params))])
        with desk.counted(TOOL, HTTP):
            found = ask(desk.knowledge, checked(desk.knowledge, raw, AskInputs))
        return Reply(encode(found), status_code=200, media_type=JSON, headers={"cache-control": "no-store"})

    return [answer]
