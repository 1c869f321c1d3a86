"""The first page, and the interactive reference of the interface; both work offline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import CacheControlHeader
from litestar.handlers import HTTPRouteHandler
from litestar.router import Router
from litestar.static_files import create_static_files_router

from service.answers.words import LANGUAGES, words
from service.core.answer import Answer, Citation, DerivationStep
from service.desk import Asked, Desk, get
from service.run import run

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_SAFE: Final = {
    # swagger-ui sets style attributes and draws its signs as data: images
    "content-security-policy": "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_SHOWN: Final = {"energy": "chatgpt", "region": "US"}


def handlers(desk: Desk) -> list[HTTPRouteHandler | Router]:
    """The routes of the pages and of the files they need."""

    @cache
    def shown(language: str) -> str:
        return _home(desk, language)

    @get("/")
    def home(request: Asked) -> Response[bytes]:
        """What this is, in one screen, with one real answer."""
        asked = request.query_params.get("language", "en")
        return page(desk, request, shown(asked if asked in LANGUAGES else "en"))

    @get("/docs")
    def docs(request: Asked) -> Response[bytes]:
        """The interactive reference, from files that come with the service."""
        return page(desk, request, _TEMPLATES.get_template("docs.html").render())

    static = create_static_files_router(
        path="/static",
        directories=[STATIC],
        include_in_schema=False,
        cache_control=CacheControlHeader(public=True, max_age=desk.settings.max_age),
    )
    return [home, docs, static]


def page(desk: Desk, request: Asked, shown: str) -> Response[bytes]:
    """One HTML page: cacheable, and loading nothing from elsewhere."""
    response = desk.cached(request, shown.encode(), "text/html")
    response.headers.update(_SAFE)
    return response


def _home(desk: Desk, language: str) -> str:
    """The first page in a language."""
    answer = run(desk.knowledge, "energy_equivalents", {**_SHOWN, "language": language})
    steps = _steps(answer)
    return _TEMPLATES.get_template("home.html").render(
        answer=answer,
        steps=steps,
        citations=_cited(answer, steps),
        sources=words(language)["parts"]["sources"],
        page=_said(language, desk.knowledge.stats()),
        languages={code: words(code)["name"][code] for code in LANGUAGES},
        language=language,
        address=desk.settings.public_url,
    )


def _steps(answer: Answer) -> list[DerivationStep]:
    """The steps up to the one that gives the headline."""
    last = next(step["n"] for step in answer["derivation"] if step["value"] == answer["headline"]["value"])
    return answer["derivation"][:last]


def _cited(answer: Answer, steps: list[DerivationStep]) -> list[Citation]:
    """What these steps use, one entry a publication."""
    used = {use.removeprefix("figure:") for step in steps for use in step["uses"]}
    return list({each["source"]: each for each in answer["citations"] if each["figure"] in used}.values())


def _said(language: str, stats: Mapping[str, Any]) -> dict[str, str]:
    """What the first page says in a language."""
    said = words(language)
    return {key: said.say("home", key, stats) for key in said["home"]}
