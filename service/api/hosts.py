"""Documents by which hosts and crawlers find out what this is: ``/llms.txt`` and the manifest of plugins."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.core.resources import resource
from service.desk import JSON, Asked, Desk, encode, get
from service.tools.dialect import dialects
from service.tools.instructions import instructions
from service.tools.mcp_said import said
from service.tools.schema import all_told

_MARKDOWN: Final = "text/markdown; charset=utf-8"
# Markdown: nothing here is HTML, so nothing is escaped
_ENVIRONMENT: Final = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes of the documents."""
    address = desk.settings.public_url.rstrip("/")

    @cache
    def text() -> bytes:
        return llms(desk, address).encode()

    @get("/llms.txt")
    def llms_txt(request: Asked) -> Response[bytes]:
        return desk.cached(request, text(), _MARKDOWN)

    @get("/.well-known/ai-plugin.json")
    def ai_plugin(request: Asked) -> Response[bytes]:
        return desk.cached(request, encode(plugin(address)), JSON)

    return [llms_txt, ai_plugin]


def llms(desk: Desk, address: str) -> str:
    """The service for a language model that reads, in Markdown."""
    template = _ENVIRONMENT.from_string(resource("prompts/llms.txt.j2").read_text(encoding="utf-8"))
    count = desk.knowledge.stats()
    return template.render(
        address=address,
        description=said("en", "description"),
        figures=count["figures"],
        sources=count["sources"],
        dialects=", ".join(dialects()),
        tools=all_told(),
    )


def plugin(address: str) -> dict[str, Any]:
    """The manifest that plugin hosts read; its document is the one for hosts that take every operation as a tool."""
    return {
        "schema_version": "v1",
        "name_for_human": "Wattcite",
        "name_for_model": "wattcite",
        "description_for_human": said("en", "description"),
        "description_for_model": instructions("en"),
        "auth": {"type": "none"},
        "api": {"type": "openapi", "url": f"{address}/openapi.yaml?profile=core"},
        "logo_url": f"{address}/static/icon.svg",
        "legal_info_url": f"{address}/docs",
    }
