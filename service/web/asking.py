"""A question typed into the ask box, with its answer."""

from __future__ import annotations

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.ask.door import ask
from service.ask.inputs import LONGEST
from service.ask.shapes import Asked as Question
from service.desk import Asked, get
from service.web.answers import answer_view, spoken
from service.web.markdown import inline
from service.web.site import Frame, Site, frame


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the page."""

    @get("/ask")
    async def answered(request: Asked) -> Response[bytes]:
        """The answer to `q`."""
        lasting = not await site.desk.heard({"question": frame(site.desk, request).asked.get("q")})
        return site.page(request, _answered) if lasting else site.fleeting(request, _answered)

    return [answered]


def _answered(frame: Frame) -> str:
    question = frame.asked.get("q", "")
    asked = Question(question[: LONGEST + 1], frame.language, live=frame.desk.live)
    found = ask(frame.desk.knowledge, asked) if question else None
    answered = found is not None and found["answered"]
    paragraphs = found["text"].split("\n\n")[:1] if found else []
    return frame.render(
        "ask.html",
        question or frame.say("ask"),
        spoken(found) if found and answered else "",
        (found["permalink"] or "") if found else "",
        question=question,
        questions=list(frame.said["questions"].values()),
        answer=answer_view(frame, found) if found and answered else None,
        refusal=[inline(each) for each in paragraphs] if not answered else [],
        suggestions=found["suggestions"] if found else [],
        longest=LONGEST,
    )
