"""Checking a text over HTTP: its claims with their verdicts, as data, as Markdown, marked in the text, or as reviews."""

from __future__ import annotations

from typing import Final

from litestar import Response
from litestar.concurrency import sync_to_thread
from litestar.datastructures.headers import Accept
from litestar.handlers import HTTPRouteHandler

from service.api.bodies import json_object, refuse_query
from service.check import annotated, claimreview
from service.check.door import check
from service.check.formats import MEDIA, written
from service.check.inputs import MOST_BYTES, TOOL, CheckBody, Format, checked
from service.check.shapes import Report
from service.desk import HTTP, Asked, Described, Desk, Reply, post

_ALSO: Final = {
    "text/markdown": "The report, ready to say, with its sources.",
    "text/html": "The text with its claims marked, why each stands as it does, and the sources.",
    claimreview.MEDIA: "Each claim as a ClaimReview of schema.org.",
}


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The route of checks."""
    described = Described(Report, "checks", body=CheckBody, also=_ALSO, faults=(400, 413, 422), cached=False)

    @post("/v1/check", TOOL, described, request_max_body_size=max(MOST_BYTES, desk.settings.max_body))
    async def answer(request: Asked) -> Response[bytes]:
        """Check a text.

        Every quantitative claim on AI and energy in an article, a post or an answer, in English or Chinese: where it stands, what
        it is a number of, how it stands against what is published, why, and the sources.
        """
        raw = await json_object(request, "the text")
        refuse_query(request, TOOL)
        asked = checked(raw, CheckBody)
        with desk.counted(TOOL, HTTP):
            report = await sync_to_thread(check, desk.knowledge, asked)  # a long one takes a second or two
        return _reply(desk, asked.text, report, asked.format or _accepted(request))

    return [answer]


def _accepted(request: Asked) -> Format:
    """The format that the caller accepts best; JSON where he does not say."""
    wanted = Accept(request.headers.get("accept", "*/*")).best_match(list(MEDIA.values()))
    return next((name for name, media in MEDIA.items() if media == wanted), "json")


def _reply(desk: Desk, text: str, report: Report, format: Format) -> Response[bytes]:  # noqa: A002
    headers = {"cache-control": "no-store", "vary": "accept"}
    if format == "html":
        headers |= {"content-security-policy": annotated.POLICY, "x-content-type-options": "nosniff"}
    body = written(format, text, report, desk.settings.public_url)
    return Reply(body, status_code=200, media_type=MEDIA[format], headers=headers)
