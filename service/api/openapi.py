"""The OpenAPI document, made of what the routes say of themselves and of the pydantic declarations of their shapes.

It is not the framework's own: that loses closedness and patterns on the way, and cannot carry extensions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Final

import yaml
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from service import __version__
from service.api.openapi_older import older
from service.api.operations import FAULTS, Refs, operation, routes
from service.core.problem import Problem
from service.desk import JSON, PROBLEM, Asked, Desk, encode, get
from service.query import Query, read
from service.tools.listing import pasted
from service.tools.registry import Profile

_ABOUT: Final = (
    "Sourced answers about the energy use of AI: deterministic calculators over a curated base of cited figures. "
    "Every number in an answer comes with its source, its derivation and the estimates that compete with it."
)
_TAGS: Final = {
    "questions": "Questions in words, answered or declined.",
    "checks": "Texts, with how each of their claims stands.",
    "calculators": "Questions that are computed; each answer with its sources, its arithmetic and competing estimates.",
    "figures": "The numbers of the knowledge base, each with its source.",
    "sources": "The publications that figures are taken from.",
    "subjects": "What figures are about.",
    "claims": "Statements that go around, each with a verdict and the evidence.",
    "charts": "Figures and answers as pictures, and as the data behind them.",
    "tools": "What a chatbot can call, with the schemas of the inputs.",
    "chat": "Chat completions as OpenAI's interface has them.",
    "health": "Whether the service lives.",
}


def document(app: Litestar, server: str) -> dict[str, Any]:
    """The whole document as plain data, for a service that is reached at the address `server`."""
    refs, schemas = _schemas(app)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes(app):
        paths.setdefault(route.path, {})[route.method] = operation(route, refs)
    used = {route.described.tag for route in routes(app)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wattcite",
            "version": __version__,
            "description": _ABOUT,
            "contact": {"name": "The Wattcite contributors"},
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items() if name in used],
        "paths": paths,
        "components": {"schemas": schemas, "responses": _problems(refs)},
    }


def as_yaml(made: dict[str, Any]) -> str:
    """The document as ``openapi.yaml`` holds it."""
    return yaml.dump(made, sort_keys=False, allow_unicode=True, width=120, Dumper=_Plain)


class Wanted(Query):
    """Query parameters of the document."""

    profile: Annotated[
        Profile,
        Field(description="core: only the few tools that answer most questions; full: everything. Default: full."),
    ] = "full"


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes that serve the document: as it is, and in OpenAPI 3.0."""
    return [
        _served(desk, f"/openapi{version}.{ending}", change)
        for version, change in (("", dict), ("-3.0", older))
        for ending in ("yaml", "json")
    ]


def _served(desk: Desk, path: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> HTTPRouteHandler:
    written, media_type = (as_yaml, "application/yaml") if path.endswith("yaml") else (encode, JSON)

    @cache
    def body(app: Litestar, profile: Profile) -> bytes:
        address = desk.settings.public_url
        made = change(document(app, address) if profile == "full" else pasted("openapi", profile, "en", address))
        text = written(made)
        return text.encode() if isinstance(text, str) else text

    @get(path, path.strip("/"))
    def openapi(request: Asked) -> Response[bytes]:
        profile = read(request, Wanted, desk.knowledge).profile
        return desk.cached(request, body(request.app, profile), media_type)

    return openapi


def _schemas(app: Litestar) -> tuple[Refs, dict[str, Any]]:
    """How each shape is referred to, and the components referred to."""
    shapes: dict[tuple[str, JsonSchemaMode], Any] = {("Problem", "serialization"): Problem}
    for route in routes(app):
        shapes[route.described.answer.__name__, "serialization"] = route.described.answer
        if route.described.error is not None:
            shapes[route.described.error.__name__, "serialization"] = route.described.error
        if route.described.body is not None:
            shapes[route.described.body.__name__, "validation"] = route.described.body
    made, defined = TypeAdapter.json_schemas(
        [(name, mode, TypeAdapter(shape)) for (name, mode), shape in shapes.items()],
        ref_template="#/components/schemas/{model}",
        schema_generator=_Schemas,
    )
    return made, dict(sorted(defined["$defs"].items()))


def _problems(refs: Refs) -> dict[str, Any]:
    content = {PROBLEM: {"schema": refs["Problem", "serialization"]}}
    return {name: {"description": description, "content": content} for name, description in FAULTS.values()}


class _Schemas(GenerateJsonSchema):
    """Schemas without the titles that pydantic makes of names; what is returned is closed like what is taken."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the signature is pydantic's
        return False

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        return {**super().typed_dict_schema(schema), "additionalProperties": False}


class _Plain(yaml.SafeDumper):
    """Writes every value out: importers trip over YAML anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is yaml's
        return True
