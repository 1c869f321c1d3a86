"""The first page, and the interactive reference of the interface; both work offline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.router import Router
from litestar.static_files import create_static_files_router

from service.answers.words import LANGUAGES, words
from service.core.answer import Answer
from service.desk import Desk
from service.run import run

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined)
_SAFE: Final = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_SHOWN: Final = {"energy": "chatgpt", "region": "US"}


def handlers(desk: Desk) -> list[HTTPRouteHandler | Router]:
    """The routes of the pages and of the files they need."""

    @cache
    def answer(language: str) -> Answer:
        return run(desk.knowledge, "energy_equivalents", {**_SHOWN, "language": language})

    @get("/", include_in_schema=False, sync_to_thread=False)
    def home(request: Request[Any, Any, Any]) -> Response[bytes]:
        """What this is, in one screen, with one real answer."""
        asked = request.query_params.get("language", "en")
        language = asked if asked in LANGUAGES else "en"
        shown = _TEMPLATES.get_template("home.html").render(
            answer=answer(language),
            steps=next(s["n"] for s in answer(language)["derivation"] if s["value"] == answer(language)["headline"]["value"]),
            page=_said(language, desk.knowledge.stats()),
            languages={code: words(code)["name"] for code in LANGUAGES},
            language=language,
            address=desk.settings.public_url,
        )
        return page(desk, request, shown)

    @get("/docs", include_in_schema=False, sync_to_thread=False)
    def docs(request: Request[Any, Any, Any]) -> Response[bytes]:
        """The interactive reference, from files that come with the service."""
        return page(desk, request, _TEMPLATES.get_template("docs.html").render())

    static = create_static_files_router(path="/static", directories=[_HERE / "static"], include_in_schema=False)
    return [home, docs, static]


def _said(language: str, stats: Mapping[str, Any]) -> dict[str, str]:
    """What the first page says in a language."""
    said = words(language)
    return {key: said.say("home", key, stats) for key in said["home"]}


def page(desk: Desk, request: Request[Any, Any, Any], shown: str) -> Response[bytes]:
    """One HTML page: cacheable, and loading nothing from elsewhere."""
    response = desk.cached(request, shown.encode(), "text/html; charset=utf-8")
    response.headers.update(_SAFE)
    return response
