"""The OpenAPI document: Litestar's paths, with every schema taken from the pydantic declarations themselves.

Litestar derives schemas of its own and loses closedness and patterns on the way, so they are replaced.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import yaml
from litestar import Litestar, Request, Response, get
from litestar.handlers import HTTPRouteHandler
from pydantic import TypeAdapter

from service.api import records
from service.desk import JSON, Desk, encode
from service.api.health import Health
from service.core.problem import Problem
from service.api.tools import ToolList, ToolRecord
from service.core.answer import Answer
from service.core.calculator import registry

REFERENCE: Final = "#/components/schemas/{model}"
_SHAPES: Final = (
    Answer, Problem, Health, ToolList, ToolRecord, records.FigurePage, records.SourcePage, records.SubjectPage,
)  # fmt: skip


def document(app: Litestar) -> dict[str, Any]:
    """The whole document as plain data."""
    made = app.openapi_schema.to_schema()
    shapes = [(shape.__name__, "serialization", TypeAdapter(shape)) for shape in _SHAPES]
    inputs = [(c.inputs.__name__, "validation", TypeAdapter(c.inputs)) for c in registry.values()]
    _, schemas = TypeAdapter.json_schemas([*shapes, *inputs], ref_template=REFERENCE)
    made["components"]["schemas"] = dict(sorted(schemas["$defs"].items()))
    return made


def as_yaml(made: dict[str, Any]) -> str:
    """The document as ``openapi.yaml`` holds it."""
    return yaml.dump(made, sort_keys=False, allow_unicode=True, width=120, Dumper=_Plain)


class _Plain(yaml.SafeDumper):
    """Writes every value out: importers trip over YAML anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes that serve the document."""

    @cache
    def text(app: Litestar) -> tuple[bytes, bytes]:
        made = document(app)
        return as_yaml(made).encode(), encode(made)

    @get("/openapi.yaml", include_in_schema=False, sync_to_thread=False)
    def openapi_yaml(request: Request[Any, Any, Any]) -> Response[bytes]:
        return desk.cached(request, text(request.app)[0], "application/yaml")

    @get("/openapi.json", include_in_schema=False, sync_to_thread=False)
    def openapi_json(request: Request[Any, Any, Any]) -> Response[bytes]:
        return desk.cached(request, text(request.app)[1], JSON)

    return [openapi_yaml, openapi_json]
