"""The pages of claims: the myths, the founding article claim by claim, and one page for each claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, get_args

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.claim import Claim, Collection, Telling, Verdict
from service.desk import Asked, get
from service.lookups.claims import sums
from service.store.claims import claim, collection_of, collections, find_claims, has_claim, said_on
from service.tools.registry import tools
from service.tools.schema import told
from service.web.claim_review import reviews
from service.web.rows import figure_rows, source_row, tongue
from service.web.site import Frame, Site

Row = dict[str, Any]
PAGES: Final = {"myths": "myths", "founding-article": "article"}  # each collection with a page: its address
_MOST: Final = 1000


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the pages."""
    known = site.desk.knowledge

    @get("/claims/{claim_id:str}")
    def one(request: Asked, claim_id: FromPath[str]) -> Response[bytes]:
        """One claim: who said it, how it stands, and what that rests on."""
        if not has_claim(known, claim_id):
            close = {each: f"/claims/{each}" for each in known.suggest(claim_id, "claim")}
            return site.missing(request, claim_id, close)
        return site.page(request, lambda frame: _claim(frame, claim(known, claim_id)))

    return [*(_gathered(site, *each) for each in PAGES.items()), one]


def _gathered(site: Site, name: str, page: str) -> HTTPRouteHandler:
    @get(f"/{page}")
    def gathered(request: Asked) -> Response[bytes]:
        """The claims of a collection in their order."""
        collection = next((each for each in collections(site.desk.knowledge) if each.id == name), None)
        if collection is None:
            return site.missing(request, name, {})
        return site.page(request, lambda frame: _collection(frame, collection))

    return gathered


def _collection(frame: Frame, collection: Collection) -> str:
    known, said = frame.desk.knowledge, frame.said
    found, _ = find_claims(known, collection=collection.id, limit=_MOST)
    how_many = Counter(each.verdict for each in found)
    return frame.render(
        "claims.html",
        said.local(collection.title),
        said.local(collection.about),
        claims=[claim_view(frame, each) for each in found],
        legend=[
            badge(frame, verdict) | {"meaning": said["verdict_meanings"][verdict], "count": how_many[verdict]}
            for verdict in get_args(Verdict)
            if how_many[verdict]
        ],
        text=_text(frame, collection.source) if collection.source else None,
        record=f"/v1/claims?collection={collection.id}&limit=100",
        review=reviews(frame, found),
    )


def _text(frame: Frame, source_id: str) -> Row:
    """The text whose claims they are, as its own page tells of it."""
    source = frame.desk.knowledge.source(source_id)
    return source_row(frame, source, 0) | {"written_in": tongue(frame, source.language)}


def _claim(frame: Frame, claim: Claim) -> str:
    known, said = frame.desk.knowledge, frame.said
    name, position = collection_of(known, claim.id)
    collection = next(each for each in collections(known) if each.id == name)
    all_of_it = [each.id for each in find_claims(known, collection=name, limit=_MOST)[0]]
    before, after = all_of_it[: position - 1][-1:], all_of_it[position:][:1]
    return frame.render(
        "claim.html",
        said.local(claim.statement),
        said.local(claim.evidence),
        f"/v1/claims/{claim.id}",
        claim=claim_view(frame, claim),
        text=_text(frame, collection.source) if collection.source else None,
        rows=figure_rows(frame, known.figures(claim.figures)),
        sources=[source_row(frame, each, 0) for each in known.sources(claim.sources)],
        trail={
            "title": said.local(collection.title),
            "href": frame.link(f"/{PAGES[name]}") if name in PAGES else "",
            "place": frame.say("number_of", position=position, count=len(all_of_it)),
        },
        previous=frame.link(f"/claims/{before[0]}") if before else "",
        next=frame.link(f"/claims/{after[0]}") if after else "",
        permalink=frame.absolute(f"/claims/{claim.id}?knowledge={known.version}"),
        review=reviews(frame, [claim]),
    )


def claim_view(frame: Frame, claim: Claim) -> Row:
    """A claim with all that its page or its entry in a list shows."""
    known, said = frame.desk.knowledge, frame.said
    others = said["separator"].join(said["verdicts"][each] for each in claim.acceptable)
    return {
        **claim_row(frame, claim),
        "meaning": said["verdict_meanings"][claim.verdict],
        "evidence": said.local(claim.evidence),
        "sums": sums(claim, said),
        "printed": [number.printed for number in claim.numbers],
        "origin": _telling(frame, claim.origin) if claim.origin else None,
        "repeated": [_telling(frame, each) for each in claim.repeated_by],
        "since": frame.say("since", date=claim.since) if claim.since else "",
        "acceptable": frame.say("acceptable", verdicts=others) if others else "",
        "figures": figure_rows(frame, known.figures(claim.figures)),
        "run": _run(frame, claim),
        "checked": frame.say("checked_on", date=claim.checked),
    }


def claim_row(frame: Frame, claim: Claim) -> Row:
    """A claim with its verdict and address, as other pages list it."""
    return badge(frame, claim.verdict) | {
        "id": claim.id,
        "href": frame.link(f"/claims/{claim.id}"),
        "statement": frame.said.local(claim.statement),
    }


def claim_rows(frame: Frame, claims: Iterable[Claim]) -> list[Row]:
    """Claims in their order."""
    return [claim_row(frame, each) for each in claims]


def badge(frame: Frame, verdict: Verdict) -> Row:
    """A verdict as its badge shows it."""
    return {"verdict": verdict, "verdict_said": frame.said["verdicts"][verdict]}


def _telling(frame: Frame, telling: Telling) -> Row:
    known, said = frame.desk.knowledge, frame.said
    row = source_row(frame, known.source(telling.source), 0)
    return row | {
        "date": said_on(known, telling) or "",
        "after": frame.say("takes_from", who=known.label(telling.takes_from)) if telling.takes_from else "",
        "note": said.local(telling.note) if telling.note else "",
        "figure": figure_rows(frame, known.figures([telling.figure]))[0] if telling.figure else None,
    }


def _run(frame: Frame, claim: Claim) -> tuple[str, str] | None:
    """The calculator that answers it anew, and its address with the inputs filled in."""
    if claim.call is None:
        return None
    inputs: dict[str, str | Sequence[str]] = dict(claim.call.inputs)
    return told(tools()[claim.call.tool], frame.said.language).title, frame.link(
        f"/calculators/{claim.call.tool}", **inputs
    )
