"""Reading the knowledge base: figures, sources, subjects, search."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from service.answers.words import words
from service.api.common import InLanguage, Limit, Offset, only, problems, unknown
from service.desk import Desk
from service.api.records import (
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
from service.core.model import Basis, Checked, Kind, SubjectKind
from service.store.cite import MEDIA, citation
from service.store.search import search

Asked = Request[Any, Any, Any]
_ID = "/{record_id:str}"
RecordId = Annotated[str, PathParameter(min_length=1, max_length=120, description="Id of the record.")]
Filter = Annotated[str | None, QueryParameter(min_length=1, max_length=120, description="Only records with this id.")]
Words = Annotated[str, QueryParameter(min_length=1, max_length=200, description="Words to look for, in English or Chinese.")]


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """All routes that read the knowledge base."""
    return [*_figures(desk), *_sources(desk), *_subjects(desk), _search(desk)]


def _figures(desk: Desk) -> list[HTTPRouteHandler]:
    known = desk.knowledge

    @get("/v1/figures", operation_id="list_figures", summary="List figures.", responses=_ok(FigurePage, 400, 422), sync_to_thread=False)
    def list_figures(
        request: Asked,
        subject: Filter = None,
        quantity: Filter = None,
        region: Filter = None,
        source: Filter = None,
        checked: Annotated[Checked | None, QueryParameter(description="How the figure was verified.")] = None,
        basis: Annotated[Basis | None, QueryParameter(description="How the source came by the number.")] = None,
        year: Annotated[int | None, QueryParameter(ge=1900, le=2100, description="Year in which the number held.")] = None,
        limit: Limit = 20,
        offset: Offset = 0,
        language: InLanguage = "en",
    ) -> Response[bytes]:
        """List the figures of the knowledge base, filtered by subject, quantity, region, source, verification or year."""
        only(request, "subject", "quantity", "region", "source", "checked", "basis", "year", "limit", "offset", "language")
        found, total = known.find_figures(
            subject=subject, quantity=quantity, region=region, source=source, checked=checked, basis=basis, year=year,
            limit=limit, offset=offset,
        )  # fmt: skip
        items = [figure_record(known, figure, words(language)) for figure in found]
        return desk.json(request, FigurePage(total=total, more=False, offset=offset, items=items))

    @get("/v1/figures" + _ID, operation_id="get_figure", summary="One figure.", responses=_ok(FigureRecord, 404, 422), sync_to_thread=False)
    def get_figure(request: Asked, record_id: RecordId, language: InLanguage = "en") -> Response[bytes]:
        """One figure with its value, range, unit, scope, caveats, relations, and the source it is taken from."""
        only(request, "language")
        if not known.has_figure(record_id):
            raise unknown("figure", record_id, tuple(known.suggest(record_id, "figure")))
        return desk.json(request, figure_record(known, known.figure(record_id), words(language)))

    return [list_figures, get_figure]


def _sources(desk: Desk) -> list[HTTPRouteHandler]:
    known = desk.knowledge

    @get("/v1/sources", operation_id="list_sources", summary="List sources.", responses=_ok(SourcePage, 400, 422), sync_to_thread=False)
    def list_sources(
        request: Asked,
        kind: Annotated[Kind | None, QueryParameter(description="What sort of publication.")] = None,
        checked: Annotated[Checked | None, QueryParameter(description="How the source was verified.")] = None,
        limit: Limit = 20,
        offset: Offset = 0,
        language: InLanguage = "en",
    ) -> Response[bytes]:
        """List the publications that figures are taken from."""
        only(request, "kind", "checked", "limit", "offset", "language")
        found, total = known.find_sources(kind=kind, checked=checked, limit=limit, offset=offset)
        items = [source_record(known, source, words(language)) for source in found]
        return desk.json(request, SourcePage(total=total, offset=offset, items=items))

    @get("/v1/sources" + _ID, operation_id="get_source", summary="One source.", responses=_source_responses(), sync_to_thread=False)
    def get_source(request: Asked, record_id: RecordId, language: InLanguage = "en") -> Response[bytes]:
        """One publication; with the ending .bib, .ris or .csl.json its bibliographic record in that format."""
        only(request, "language")
        for name, media in MEDIA.items():
            if media.ending and record_id.endswith(media.ending) and name not in ("text", "apa", "gbt7714"):
                source = _known_source(desk, record_id.removesuffix(media.ending))
                body = citation(source, name).encode()
                return desk.cached(request, body, media.type)
        return desk.json(request, source_record(known, _known_source(desk, record_id), words(language)))

    return [list_sources, get_source]


def _known_source(desk: Desk, source_id: str) -> Any:
    try:
        return desk.knowledge.source(source_id)
    except KeyError:
        raise unknown("source", source_id, tuple(desk.knowledge.suggest(source_id, "source"))) from None


def _subjects(desk: Desk) -> list[HTTPRouteHandler]:
    known = desk.knowledge

    @get("/v1/subjects", operation_id="list_subjects", summary="List subjects.", responses=_ok(SubjectPage, 400, 422), sync_to_thread=False)
    def list_subjects(
        request: Asked,
        kind: Annotated[SubjectKind | None, QueryParameter(description="What sort of subject.")] = None,
        limit: Limit = 20,
        offset: Offset = 0,
        language: InLanguage = "en",
    ) -> Response[bytes]:
        """List what figures are about: services, models, companies, facilities, homes, countries and everyday things."""
        only(request, "kind", "limit", "offset", "language")
        found, total = known.find_subjects(kind=kind, limit=limit, offset=offset)
        items = [subject_record(known, subject, words(language)) for subject in found]
        return desk.json(request, SubjectPage(total=total, offset=offset, items=items))

    @get("/v1/subjects" + _ID, operation_id="get_subject", summary="One subject.", responses=_ok(SubjectRecord, 404, 422), sync_to_thread=False)
    def get_subject(request: Asked, record_id: RecordId, language: InLanguage = "en") -> Response[bytes]:
        """One subject with its names and how many figures there are of it."""
        only(request, "language")
        if record_id not in known.subjects:
            raise unknown("subject", record_id, tuple(known.suggest(record_id, "subject")))
        return desk.json(request, subject_record(known, known.subject(record_id), words(language)))

    return [list_subjects, get_subject]


def _search(desk: Desk) -> HTTPRouteHandler:
    @get("/v1/search", operation_id="search_figures", summary="Search the figures.", responses=_ok(FigurePage, 400, 422), sync_to_thread=False)
    def search_figures(
        request: Asked,
        q: Words,
        limit: Limit = 20,
        offset: Offset = 0,
        language: InLanguage = "en",
    ) -> Response[bytes]:
        """Full-text search over all figures, their subjects, quantities and sources, in English or Chinese; best match first."""
        only(request, "q", "limit", "offset", "language")
        page = search(desk.knowledge, q, limit=limit, offset=offset)
        found = desk.knowledge.figures(page.ids)
        items = [figure_record(desk.knowledge, figure, words(language)) for figure in found]
        return desk.json(request, FigurePage(total=page.total, more=page.total_is_more, offset=offset, items=items))

    return search_figures


def _ok(shape: Any, *faults: int) -> dict[int, ResponseSpec]:
    return {200: ResponseSpec(shape, description="Found.", generate_examples=False), **problems(*faults)}


def _source_responses() -> dict[int, ResponseSpec]:
    return _ok(SourceRecord, 404, 422)
