"""Search and browse: words, facets with counts, order, pages."""

from __future__ import annotations

from typing import Any, Final, cast

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.desk import Asked, get
from service.store.browse import COLUMNS, Browsed, Sort, browse
from service.store.claims import claims
from service.store.search import search
from service.web.claims import claim_rows
from service.web.rows import figure_rows, source_row
from service.web.site import Frame, Site

_PER_PAGE: Final = 20
_MOST_PAGES: Final = 5000
_LONGEST: Final = 200
_FACETS: Final = (*COLUMNS, "year")
_ORDERS: Final = ("wanted", "newest", "oldest")
_BESIDE: Final = 4


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the page."""

    @get("/search")
    def found(request: Asked) -> Response[bytes]:
        """The figures with these words and properties."""
        return site.page(request, _found)

    return [found]


def _found(frame: Frame) -> str:
    words = frame.asked.get("q", "")[:_LONGEST]
    wanted = {name: frame.asked[name] for name in _FACETS if frame.asked.get(name)}
    order = frame.asked.get("sort", "")
    order = order if order in _ORDERS else _ORDERS[0]
    number = _page_number(frame.asked.get("page", ""))
    found = browse(frame.desk.knowledge, words, wanted, cast("Sort", order), _PER_PAGE, (number - 1) * _PER_PAGE)
    kept = {"q": words, **wanted, "sort": order if order != _ORDERS[0] else ""}
    return frame.render(
        "search.html",
        _heading(frame, words, found),
        words=words,
        wanted=wanted,
        order=order,
        orders=frame.said["orders"],
        rows=figure_rows(frame, frame.desk.knowledge.figures(found.ids)),
        all_words=found.all_words,
        facets=_facets(frame, found, wanted, kept),
        clear=frame.link("/search", q=words),
        ask=frame.link("/ask", q=words),
        beside=_beside(frame, words),
        questions=frame.said["questions"].values(),
        meant=_meant(frame, words) if not found.total else [],
        **_paging(frame, found.total, number, kept),
    )


def _page_number(text: str) -> int:
    return min(max(1, int(text)), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _heading(frame: Frame, words: str, found: Browsed) -> str:
    count = f"{found.total:,}"
    if found.total_is_more:
        return frame.say("results_more", count=count, query=words)
    return frame.say("results", count=count, query=words)


def _facets(frame: Frame, found: Browsed, wanted: dict[str, str], kept: dict[str, str]) -> list[dict[str, Any]]:
    """Each facet that divides the result, or that it is narrowed to, with the addresses to change that."""
    made: list[dict[str, Any]] = []
    for name in _FACETS:
        if name in wanted:
            label = _label(frame, name, wanted[name])
            remove = frame.link("/search", **{key: value for key, value in kept.items() if key != name})
            made.append(
                {"name": frame.say(name), "chosen": label, "remove": remove, "say": frame.say("remove", name=label)}
            )
        elif len(found.facets[name]) > 1:
            values = [
                {
                    "label": _label(frame, name, value),
                    "count": f"{count:,}",
                    "href": frame.link("/search", **kept, **{name: value}),
                }
                for value, count in found.facets[name]
            ]
            made.append({"name": frame.say(name), "values": values})
    return made


def _label(frame: Frame, facet: str, value: str) -> str:
    """A value of a facet in words; one that names nothing as it was typed."""
    known, said = frame.desk.knowledge, frame.said
    if facet == "subject" and value in known.subjects:
        return said.local(known.subject(value).name)
    if facet == "quantity" and value in known.quantities:
        return said.local(known.quantity(value).name)
    if facet == "region":
        region = known.resolve_region(value)
        return said.local(region.name) if region else value
    return str(said["badges"].get(value, value))


def _paging(frame: Frame, total: int, number: int, kept: dict[str, str]) -> dict[str, Any]:
    pages = max(1, -(-total // _PER_PAGE))

    def at(page: int) -> str:
        return frame.link("/search", **kept, page=page if page > 1 else "") if 1 <= page <= pages else ""

    return {
        "previous": at(number - 1),
        "next": at(number + 1),
        "place": frame.say("page_of", page=number, pages=pages) if pages > 1 else "",
    }


def _beside(frame: Frame, words: str) -> dict[str, list[Any]]:
    """The subjects and sources that go by these words, and the claims that say them."""
    known = frame.desk.knowledge
    subjects = search(known, words, what="subject", limit=_BESIDE) if words else None
    sources = search(known, words, what="source", limit=_BESIDE) if words else None
    said = search(known, words, what="claim", limit=_BESIDE) if words else None
    return {
        "claims": claim_rows(frame, claims(known, said.ids)) if said and said.all_words else [],
        "subjects": _named(frame, subjects.ids) if subjects and subjects.all_words else [],
        "sources": [source_row(frame, each, 0) for each in known.sources(sources.ids)]
        if sources and sources.all_words
        else [],
    }


def _named(frame: Frame, ids: tuple[str, ...]) -> list[dict[str, str]]:
    subjects = (frame.desk.knowledge.subject(name) for name in ids)
    return [{"href": frame.link(f"/subjects/{each.id}"), "name": frame.said.local(each.name)} for each in subjects]


def _meant(frame: Frame, words: str) -> list[dict[str, str]]:
    """What is written nearly like these words."""
    known, said = frame.desk.knowledge, frame.said
    if not words:
        return []
    subjects = _named(frame, known.suggest_subjects(words))
    quantities = (known.quantity(name) for name in known.suggest_quantities(words))
    return subjects + [
        {"href": frame.link(f"/quantities/{each.id}"), "name": said.local(each.name)} for each in quantities
    ]
