"""The whole catalogue to take away, and what search engines want to know of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.core.calculator import registry
from service.desk import Asked, Desk, entity_tag, fresh, get
from service.store.browse import named
from service.store.cite import citation
from service.store.claims import collections, find_claims
from service.store.queries import Knowledge
from service.web.claims import PAGES
from service.web.site import Site
from service.web.templating import TEMPLATES

_ALL: Final = 100_000
_COLUMNS: Final = (
    "id", "subject", "quantity", "value", "low", "high", "unit", "gas", "as_of", "region", "basis", "scope", "statement",
    "locator", "checked", "source",
)  # fmt: skip
_CITED: Final = ("title", "publisher", "issued", "url", "doi", "kind")


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the files; what takes long to make is made once."""
    desk = site.desk
    return [
        _file(desk, "/download/knowledge.sqlite", "application/vnd.sqlite3", lambda: _database(desk.knowledge)),
        _file(desk, "/download/knowledge.csv", "text/csv", cache(lambda: _csv(desk.knowledge))),
        _file(desk, "/download/knowledge.json", "application/json", cache(lambda: _json(desk.knowledge))),
        _file(desk, "/download/knowledge.bib", "application/x-bibtex", cache(lambda: _bibtex(desk.knowledge))),
        _file(desk, "/sitemap.xml", "application/xml", cache(lambda: _sitemap(desk))),
        _file(desk, "/robots.txt", "text/plain", lambda: _robots(desk)),
    ]


def _file(desk: Desk, path: str, media_type: str, make: Callable[[], bytes]) -> HTTPRouteHandler:
    @get(path)
    def download(request: Asked) -> Response[bytes]:
        held = fresh(entity_tag(desk.knowledge.version, request), request)
        response = desk.cached(request, b"" if held else make(), media_type)
        if path.startswith("/download/"):
            response.headers["content-disposition"] = f'attachment; filename="{path.rpartition("/")[2]}"'
        return response

    return download


def _database(knowledge: Knowledge) -> bytes:
    row = knowledge.connection.row("PRAGMA database_list")
    assert row is not None
    return Path(row["file"]).read_bytes()


def _csv(knowledge: Knowledge) -> bytes:
    """A row a figure, in English, with its source; UTF-8 with the mark that spreadsheets look for."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([*_COLUMNS, *(f"source_{name}" for name in _CITED)])
    for figure in knowledge.figures(named(knowledge, "figure")):
        source = knowledge.source_of(figure.id)
        own = {**figure.model_dump(), "scope": figure.scope.en, "statement": figure.statement.en, "source": source.id}
        writer.writerow([*(own[name] for name in _COLUMNS), *(getattr(source, name) for name in _CITED)])
    return written.getvalue().encode("utf-8-sig")


def _json(knowledge: Knowledge) -> bytes:
    """Every source with its figures, and every collection with its claims, as they are kept."""
    sources = [
        {
            **source.model_dump(mode="json", exclude={"tables", "figures"}, exclude_none=True),
            "figures": [
                each.model_dump(mode="json", exclude_none=True) for each in knowledge.figures_of_source(source.id)
            ],
        }
        for source in knowledge.sources(named(knowledge, "source"))
    ]
    stamp = {"version": knowledge.version, "as_of": knowledge.as_of}
    gathered = [
        {
            **collection.model_dump(mode="json", exclude_none=True),
            "claims": [
                each.model_dump(mode="json", exclude_none=True)
                for each in find_claims(knowledge, collection=collection.id, limit=_ALL)[0]
            ],
        }
        for collection in collections(knowledge)
    ]
    return json.dumps(
        {"knowledge": stamp, "sources": sources, "claims": gathered}, ensure_ascii=False, indent=1
    ).encode()


def _bibtex(knowledge: Knowledge) -> bytes:
    sources = knowledge.sources(named(knowledge, "source"))
    return "\n".join(citation(each, "bibtex") for each in sources).encode()


def _sitemap(desk: Desk) -> bytes:
    known = desk.knowledge
    paths = [
        "/",
        "/ask",
        "/check",
        "/search",
        "/subjects",
        "/quantities",
        "/sources",
        "/calculators",
        "/disagreements",
        "/register",
        "/docs",
    ]
    paths += [f"/{PAGES[each.id]}" for each in collections(known) if each.id in PAGES]
    paths += [f"/claims/{each.id}" for each in find_claims(known, limit=_ALL)[0]]
    paths += [f"/calculators/{name}" for name in sorted(registry)]
    paths += [f"/subjects/{name}" for name in known.subjects]
    paths += [f"/quantities/{name}" for name in known.quantities]
    paths += [f"/sources/{name}" for name in named(known, "source")]
    paths += [f"/figures/{name}" for name in named(known, "figure")]
    return (
        TEMPLATES.get_template("sitemap.xml").render(paths=paths, address=desk.settings.public_url.rstrip("/")).encode()
    )


def _robots(desk: Desk) -> bytes:
    return TEMPLATES.get_template("robots.txt").render(address=desk.settings.public_url.rstrip("/")).encode()
