"""A text pasted into a form, checked: marked in place, with how each of its claims stands and why.

Nothing of the text is kept: it comes in the body of a request, goes back in the page or the file, and no cache may hold either.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final, NamedTuple, get_args

from litestar import Response
from litestar.concurrency import sync_to_thread
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from service.answers.words import LANGUAGES, words
from service.check.annotated import marked, places
from service.check.door import check, language_of
from service.check.formats import MEDIA, written
from service.check.inputs import LONGEST, MOST_BYTES, TOOL, Checked, Format
from service.check.shapes import ClaimFound, Report
from service.core.claim import Verdict
from service.desk import HTTP, Asked, Reply, get, post
from service.web.answers import by_source, citation_view
from service.web.claims import badge
from service.web.rows import figure_rows
from service.web.site import Fields, Frame, Site, frame

_PATH: Final = "/check"
_FILES: Final[dict[str, str]] = {"json": "JSON", "markdown": "Markdown", "claimreview": "ClaimReview (JSON-LD)"}
_ENDINGS: Final = {"json": "json", "markdown": "md", "claimreview": "jsonld"}
_DIGITS: Final = 2


class _Sent(NamedTuple):
    """What the form was filled with, and what is wrong with that: the name of a sentence, empty where nothing is."""

    text: str = ""
    format: str = ""
    fault: str = ""
    status: HTTPStatus = HTTPStatus.OK


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the page: the empty form, and what comes of one that was filled in."""

    @get(_PATH)
    def empty(request: Asked) -> Response[bytes]:
        """The form."""
        return site.page(request, lambda frame: _page(frame, _Sent()))

    @post(_PATH, request_max_body_size=max(MOST_BYTES, site.desk.settings.max_body))
    async def checked(request: Asked) -> Response[bytes]:
        """The text of the form with its claims marked, or the report as a file."""
        sent = await _sent(request)
        if sent.fault:
            return site.fleeting(request, lambda frame: _page(frame, sent), sent.status)
        language = frame(site.desk, request).language
        with site.desk.counted(TOOL, HTTP):
            report = await sync_to_thread(check, site.desk.knowledge, Checked(sent.text, language))  # type: ignore[arg-type]
        if sent.format:
            return _file(site, sent, report)
        return site.fleeting(request, lambda frame: _page(frame, sent, report))

    return [empty, checked]


async def _sent(request: Asked) -> _Sent:
    """What a request brings."""
    try:
        form = await request.form()
    except HTTPException as error:
        if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _Sent(fault="large", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return _Sent(fault="malformed", status=HTTPStatus.BAD_REQUEST)
    except (UnicodeDecodeError, LookupError):  # of a part in an encoding that it is not in, or that is none
        return _Sent(fault="malformed", status=HTTPStatus.BAD_REQUEST)
    text, wanted = form.get("text", ""), form.get("format", "")
    if not isinstance(text, str) or wanted not in ("", *_FILES):
        return _Sent(text if isinstance(text, str) else "", fault="malformed", status=HTTPStatus.BAD_REQUEST)
    text = text.replace("\r\n", "\n")  # which forms make of every end of a line
    if not text.strip():
        return _Sent(text, wanted, "missing", HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(text) > LONGEST:
        return _Sent(text, wanted, "long", HTTPStatus.UNPROCESSABLE_ENTITY)
    return _Sent(text, wanted)


def _file(site: Site, sent: _Sent, report: Report) -> Response[bytes]:
    wanted: Format = sent.format  # type: ignore[assignment]
    body = written(wanted, sent.text, report, site.desk.settings.public_url)
    named = f'attachment; filename="wattcite-check.{_ENDINGS[wanted]}"'
    headers = {"cache-control": "no-store", "content-disposition": named}
    return Reply(body, media_type=MEDIA[wanted], status_code=HTTPStatus.OK, headers=headers)


def _page(frame: Frame, sent: _Sent, report: Report | None = None) -> str:
    said = frame.said
    title = frame.say("check")
    numbers = {"given": said.units.stated(len(sent.text), ""), "longest": said.count(LONGEST)}
    fault = said.say("checking", sent.fault, numbers) if sent.fault else ""
    return frame.render(
        "check.html",
        said.say("checking", "failed", {"title": title}) if fault else title,
        said["checking"]["lead"],
        said=said["checking"],
        colon=said["colon"],
        heading=title,
        fault=fault,
        hint=said.say("checking", "hint", numbers),
        text=sent.text,
        found=_found(frame, sent.text, report) if report else None,
        files=_FILES,
        tongues={code: (frame.here(code), words(code)["name"][code]) for code in LANGUAGES if code != frame.language},
    )


def _found(frame: Frame, text: str, report: Report) -> dict[str, Any]:
    """A report as its page shows it."""
    said = frame.said
    marks = {number for number, _ in places(report)}
    cited = {each["n"]: each for claim in report["claims"] for each in claim["citations"]}
    return {
        "summary": report["summary"],
        "text": marked(text, report),
        "language": language_of(frame.desk.knowledge, text),
        "counts": [
            badge(frame, verdict) | {"count": report["verdicts"][verdict], "meaning": said["verdict_meanings"][verdict]}
            for verdict in get_args(Verdict)
            if verdict in report["verdicts"]
        ],
        "claims": [
            _claim(frame, claim) | {"marked": number in marks} for number, claim in enumerate(report["claims"], 1)
        ],
        "sources": by_source(citation_view(frame, cited[number]) for number in sorted(cited)),
    }


def _claim(frame: Frame, claim: ClaimFound) -> dict[str, Any]:
    """A claim with its verdict, and the pages of the catalogue on what it is about and what it rests on."""
    known, said = frame.desk.knowledge, frame.said
    subject, quantity, factor = claim["subject"], claim["quantity"], claim["factor"]
    about = []
    if subject is not None:
        about.append((frame.link(f"/subjects/{subject}"), said.local(known.subject(subject).name)))
    if quantity is not None and quantity in known.quantities:
        about.append((frame.link(f"/quantities/{quantity}"), said.local(known.quantity(quantity).name)))
    return Fields(
        {
            **badge(frame, claim["verdict"]),
            "span": claim["span"],
            "explanation": claim["explanation"],
            "marks": [each["n"] for each in claim["citations"]],
            "factor": said.say("checking", "factor", {"n": said.units.number(factor, _DIGITS)}) if factor else "",
            "about": about,
            "figures": figure_rows(frame, known.figures([each["figure"] for each in claim["citations"]])),
        }
    )
