"""The page of one source, and the list of all."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.model import Source
from service.desk import Asked, get
from service.store.browse import counts, named
from service.store.claims import find_claims
from service.web.claims import claim_rows
from service.web.figures import cite_block
from service.web.rows import figure_rows, source_row, tongue
from service.web.site import Frame, Site

_MOST: Final = 100


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the pages."""
    known = site.desk.knowledge

    @get("/sources")
    def sources(request: Asked) -> Response[bytes]:
        """All sources, the newest first."""
        return site.page(request, _sources)

    @get("/sources/{source_id:str}")
    def source(request: Asked, source_id: FromPath[str]) -> Response[bytes]:
        """One publication: who, what, when, how it was checked, and its figures."""
        if not known.has_source(source_id):
            close = {each: f"/sources/{each}" for each in known.suggest(source_id, "source")}
            return site.missing(request, source_id, close)
        return site.page(request, lambda frame: _source(frame, known.source(source_id)))

    return [sources, source]


def _sources(frame: Frame) -> str:
    known, how_many = frame.desk.knowledge, counts(frame.desk.knowledge, "source")
    found = sorted(known.sources(named(known, "source")), key=lambda each: (each.issued or "", each.id), reverse=True)
    groups = [
        (year or "–", [source_row(frame, each, how_many.get(each.id, 0)) for each in group])
        for year, group in groupby(found, key=lambda each: (each.issued or "")[:4])
    ]
    return frame.render(
        "sources.html", frame.say("sources"), frame.say("browse_sources"), groups=groups, count=len(found)
    )


def _source(frame: Frame, source: Source) -> str:
    known, said = frame.desk.knowledge, frame.said
    return frame.render(
        "source.html",
        f"{source.title} — {known.label(source.id)}",
        said.local(source.summary) if source.summary else source.title,
        source=source,
        label=known.label(source.id),
        kind=said["badges"][source.kind],
        kind_href=frame.link("/search", kind=source.kind),
        checked_said=said["badges"][source.checked],
        written_in=tongue(frame, source.language),
        summary=said.local(source.summary) if source.summary else "",
        notes=[said.local(each) for each in source.notes],
        rows=figure_rows(frame, known.figures_of_source(source.id)),
        claims=claim_rows(frame, find_claims(known, source=source.id, limit=_MOST)[0]),
        cites=cite_block(frame, source),
    )
