"""Reading the knowledge base: figures, sources, subjects, search."""

from __future__ import annotations

from typing import Annotated, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from pydantic import Field

from service.answers.words import words
from service.api.filters import FigureFilters, SourceFilters, Spoken, SubjectFilters
from service.desk import Asked, Described, Desk, get
from service.lookups.records import (
    FigurePage,
    FigureRecord,
    SourcePage,
    SourceRecord,
    SubjectPage,
    SubjectRecord,
    figure_record,
    source_record,
    subject_record,
)
from service.query import has_source, read, unknown
from service.store.cite import MEDIA, Format, citation
from service.store.search import search

_EXPORTS: Final[tuple[Format, ...]] = ("bibtex", "ris", "csl")
_FIGURE: Final = {"figure_id": ("Id of the figure, at most 120 characters.", "chatgpt-query-electricity-altman-2025")}
_SOURCE: Final = {
    "source_id": (
        "Id of the source, at most 120 characters; with the ending .bib, .ris or .csl.json for its bibliographic record.",
        "altman-2025",
    )
}
_SUBJECT: Final = {"subject_id": ("Id of the subject, at most 120 characters.", "chatgpt")}


class Search(FigureFilters):
    """Query parameters of the search."""

    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="Words to look for, in English or Chinese, at most 200 characters. Example: electricity per query",
            examples=["electricity per query"],
        ),
    ]


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """All routes that read the knowledge base."""
    return [_list_figures(desk), _get_figure(desk), *_sources(desk), *_subjects(desk), _search(desk)]


def _list_figures(desk: Desk) -> HTTPRouteHandler:
    known = desk.knowledge

    @get("/v1/figures", "list_figures", Described(FigurePage, "figures", query=FigureFilters, faults=(422,)))
    def list_figures(request: Asked) -> Response[bytes]:
        """List figures.

        Those of a subject, quantity, region, source, year …, each with its value, range, unit, scope, caveats and
        source; those most likely wanted come first. Without filters, all.
        """
        asked = read(request, FigureFilters, known)
        found, total = known.find_figures(**asked.filters(), limit=asked.limit, offset=asked.offset)
        items = [figure_record(known, figure, words(asked.language)) for figure in found]
        return desk.json(request, FigurePage(total=total, more=False, offset=asked.offset, items=items))

    return list_figures


def _get_figure(desk: Desk) -> HTTPRouteHandler:
    known = desk.knowledge
    described = Described(FigureRecord, "figures", query=Spoken, path=_FIGURE, faults=(404, 422))

    @get("/v1/figures/{figure_id:str}", "get_figure", described)
    def get_figure(request: Asked, figure_id: FromPath[str]) -> Response[bytes]:
        """Get one figure.

        Its value, range, unit, date, region, scope, caveats, relations to other figures, how it was verified, and the
        source it is taken from.
        """
        asked = read(request, Spoken, known, unknown(known, "figure", figure_id, known=known.has_figure(figure_id)))
        return desk.json(request, figure_record(known, known.figure(figure_id), words(asked.language)))

    return get_figure


def _sources(desk: Desk) -> list[HTTPRouteHandler]:
    known = desk.knowledge

    @get("/v1/sources", "list_sources", Described(SourcePage, "sources", query=SourceFilters, faults=(422,)))
    def list_sources(request: Asked) -> Response[bytes]:
        """List sources.

        The publications that figures are taken from, by id: who, what, when, where, and how each was verified.
        """
        asked = read(request, SourceFilters, known)
        found, total = known.find_sources(**asked.filters(), limit=asked.limit, offset=asked.offset)
        items = [source_record(known, source, words(asked.language)) for source in found]
        return desk.json(request, SourcePage(total=total, offset=asked.offset, items=items))

    exports = {
        MEDIA[name].type: f"Bibliographic record, where the id ends in {MEDIA[name].ending}." for name in _EXPORTS
    }
    described = Described(SourceRecord, "sources", query=Spoken, path=_SOURCE, also=exports, faults=(404, 422))

    @get("/v1/sources/{source_id:str}", "get_source", described)
    def get_source(request: Asked, source_id: FromPath[str]) -> Response[bytes]:
        """Get one source.

        One publication; with the ending .bib, .ris or .csl.json behind its id, its bibliographic record in that format.
        """
        endings = {MEDIA[name].ending: name for name in _EXPORTS if source_id.endswith(MEDIA[name].ending)}
        ending = next(iter(endings), "")
        name = source_id.removesuffix(ending)
        asked = read(request, Spoken, known, unknown(known, "source", name, known=has_source(known, name)))
        source = known.source(name)
        if ending:
            export = endings[ending]
            return desk.cached(request, citation(source, export).encode(), MEDIA[export].type)
        return desk.json(request, source_record(known, source, words(asked.language)))

    return [list_sources, get_source]


def _subjects(desk: Desk) -> list[HTTPRouteHandler]:
    known = desk.knowledge

    @get("/v1/subjects", "list_subjects", Described(SubjectPage, "subjects", query=SubjectFilters, faults=(422,)))
    def list_subjects(request: Asked) -> Response[bytes]:
        """List subjects.

        What figures are about, by id: services, models, companies, facilities, homes, countries and everyday things.
        """
        asked = read(request, SubjectFilters, known)
        found, total = known.find_subjects(**asked.filters(), limit=asked.limit, offset=asked.offset)
        items = [subject_record(known, subject, words(asked.language)) for subject in found]
        return desk.json(request, SubjectPage(total=total, offset=asked.offset, items=items))

    described = Described(SubjectRecord, "subjects", query=Spoken, path=_SUBJECT, faults=(404, 422))

    @get("/v1/subjects/{subject_id:str}", "get_subject", described)
    def get_subject(request: Asked, subject_id: FromPath[str]) -> Response[bytes]:
        """Get one subject.

        Its names, what it is part of, and how many figures there are of it.
        """
        asked = read(request, Spoken, known, unknown(known, "subject", subject_id, known=subject_id in known.subjects))
        return desk.json(request, subject_record(known, known.subject(subject_id), words(asked.language)))

    return [list_subjects, get_subject]


def _search(desk: Desk) -> HTTPRouteHandler:
    known = desk.knowledge

    @get("/v1/search", "search_figures", Described(FigurePage, "figures", query=Search, faults=(422,)))
    def search_figures(request: Asked) -> Response[bytes]:
        """Search the figures.

        Full-text search over figures, their subjects, quantities and sources, in English or Chinese; best match first.
        """
        asked = read(request, Search, known)
        found = search(known, asked.q, **asked.filters(), limit=asked.limit, offset=asked.offset)
        items = [figure_record(known, figure, words(asked.language)) for figure in known.figures(found.ids)]
        page = FigurePage(total=found.total, more=found.total_is_more, offset=asked.offset, items=items)
        return desk.json(request, page)

    return search_figures
