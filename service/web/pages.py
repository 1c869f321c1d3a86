"""All pages for people, the interactive reference of the interface, and the files they need; all work offline."""

from __future__ import annotations

from typing import Final

from litestar import Response
from litestar.datastructures import CacheControlHeader
from litestar.handlers import HTTPRouteHandler
from litestar.router import Router
from litestar.static_files import create_static_files_router

from service.desk import Asked, Desk, get
from service.web import (
    asking,
    calculators,
    cards,
    checking,
    claims,
    disagreements,
    downloads,
    feed,
    figures,
    home,
    quantities,
    register,
    searching,
    sources,
    status,
    subjects,
    theme,
)
from service.web.site import STATIC, Site

__all__ = ["STATIC", "handlers"]

# swagger-ui sets style attributes and draws its signs as data: images
_DOCS_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
    "object-src 'none'; frame-ancestors 'none'"
)
_KINDS: Final = (
    home, cards, asking, checking, searching, figures, sources, subjects, quantities, calculators, disagreements, claims, register, downloads, feed, theme, status
)  # fmt: skip


def handlers(desk: Desk) -> list[HTTPRouteHandler | Router]:
    """The routes of the pages and of the files they need."""
    site = Site(desk)

    @get("/docs")
    def docs(request: Asked) -> Response[bytes]:
        """The interactive reference, from files that come with the service."""
        return site.page(request, lambda frame: frame.render("docs.html", frame.say("interface")), _DOCS_POLICY)

    static = create_static_files_router(
        path="/static",
        directories=[STATIC],
        include_in_schema=False,
        cache_control=CacheControlHeader(public=True, max_age=desk.settings.max_age),
    )
    return [docs, *(route for kind in _KINDS for route in kind.handlers(site)), static]
