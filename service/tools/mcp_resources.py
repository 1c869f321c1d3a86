"""The records of the knowledge base as MCP resources: `wattcite://figure/{id}` and `wattcite://source/{id}`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, Literal, cast, get_args

from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from service.answers.words import words
from service.core.errors import WattciteError
from service.desk import Desk
from service.tools.mcp_said import said
from service.tools.registry import tool

Kind = Literal["figure", "source"]
Context = ServerRequestContext[Any, Any]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_URI: Final = re.compile(r"wattcite://(figure|source)/([a-z0-9.-]{1,120})")
_PAGE: Final = 200
_TEXT: Final = "text/markdown"
_DATA: Final = "application/json"


class Resources:
    """Lists and reads figures and sources, in one language."""

    def __init__(self, desk: Desk, language: str) -> None:
        self._desk = desk
        self._known = desk.knowledge
        self._language = language

    async def listed(self, _: Context, params: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        """One page: the figures, those most likely wanted first, then the sources."""
        offset = _offset(params.cursor if params else None)
        figures, of_figures = self._known.find_figures(limit=_PAGE, offset=offset)
        rest = offset + len(figures) - of_figures
        sources, of_sources = self._known.find_sources(limit=_PAGE - len(figures), offset=max(0, rest))
        local = words(self._language).local
        page = [_resource("figure", each.id, local(each.statement)) for each in figures]
        page += [_resource("source", each.id, f"{self._known.label(each.id)}: {each.title}") for each in sources]
        after = offset + len(page)
        more = str(after) if page and after < of_figures + of_sources else None
        return types.ListResourcesResult(resources=page, next_cursor=more)

    async def templates(self, _: Context, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
        """The two shapes of address."""
        made = [
            types.ResourceTemplate(
                name=kind,
                uri_template=template(kind),
                title=said(self._language, "resources", kind, "title"),
                description=said(self._language, "resources", kind, "description"),
                mime_type=_TEXT,
            )
            for kind in KINDS
        ]
        return types.ListResourceTemplatesResult(resource_templates=made)

    async def read(self, _: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """One record: first as text with its source, then as data."""
        found = _URI.fullmatch(params.uri)
        if found is None:
            wanted = " or ".join(map(template, KINDS))
            raise MCPError(types.INVALID_PARAMS, f"There is no resource {params.uri[:200]!r}; write {wanted}.")
        text, data = self._record(cast("Kind", found[1]), found[2])
        contents: list[types.TextResourceContents | types.BlobResourceContents] = [
            types.TextResourceContents(uri=params.uri, mime_type=_TEXT, text=text),
            types.TextResourceContents(uri=params.uri, mime_type=_DATA, text=json.dumps(data, ensure_ascii=False)),
        ]
        return types.ReadResourceResult(contents=contents)

    def _record(self, kind: Kind, record: str) -> tuple[str, Mapping[str, Any]]:
        try:
            document = tool("fetch").call(self._desk, {"id": f"{kind}:{record}"})
            if kind == "source":
                return document["text"], tool("cite_source").call(self._desk, {"id": record})["source"]
            figure = tool("get_figure").call(self._desk, {"id": record, "language": self._language})
        except WattciteError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from error
        return figure["text"], figure["figure"]


def template(kind: Kind) -> str:
    """The URI template of a kind of record."""
    return f"wattcite://{kind}/{{id}}"


def _resource(kind: Kind, record: str, title: str) -> types.Resource:
    return types.Resource(uri=f"wattcite://{kind}/{record}", name=record, title=title, mime_type=_TEXT)


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 9:
        raise MCPError(types.INVALID_PARAMS, "This cursor was not given by this server; begin again without one.")
    return int(cursor)
