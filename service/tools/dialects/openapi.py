"""OpenAPI 3.1: a document with one operation for each tool, for hosts that take every operation as a tool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from service import __version__
from service.tools.dialect import Dialect
from service.tools.schema import Schema, Told

_MOST: Final = 300  # characters of a description, the least that any host takes
_FAULTS: Final = {
    "404": "Nothing is known that answers this; says what is nearest.",
    "422": "The call does not hold; every fault is listed.",
}


def describe(tools: Sequence[Told], address: str) -> dict[str, Any]:
    """The document, for a service that is reached at `address`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wattcite",
            "version": __version__,
            "description": "Sourced answers about the energy use of AI.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "paths": {f"/v1/tools/{each.name}": {"post": _operation(each)} for each in tools},
    }


def _operation(each: Told) -> dict[str, Any]:
    return {
        "operationId": each.name,
        "summary": each.title,
        "description": fitted(each.description),
        "x-openai-isConsequential": False,  # nothing is changed by a call, so no host need ask before it
        "requestBody": {"required": True, "content": {"application/json": {"schema": each.inputs}}},
        "responses": {
            "200": {"description": "A sourced result.", "content": {"application/json": {"schema": _result(each)}}},
            **{status: _problem(text) for status, text in _FAULTS.items()},
        },
    }


def _result(each: Told) -> Schema:
    """The result by its first level, which is what hosts read."""
    fields = each.output["properties"]
    return {"type": "object", "properties": {name: _shallow(field, each.output) for name, field in fields.items()}}


def _shallow(field: Schema, whole: Schema) -> Schema:
    if "$ref" in field:
        field = {**whole["$defs"][field["$ref"].rsplit("/", 1)[1]], **field}
    told = {"description": field["description"]} if "description" in field else {}
    if field.get("type") == "array":
        kind = "object" if "$ref" in field["items"] else field["items"]["type"]
        return {"type": "array", "items": {"type": kind}, **told}
    kinds = [entry.get("type", "object") for entry in field.get("anyOf", ())]  # what is referred to is an object
    return {"type": kinds or field.get("type", "object"), **told}


def _problem(text: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"detail": {"type": "string"}, "code": {"type": "string"}}}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def fitted(text: str) -> str:
    """As many whole sentences of a text as fit."""
    while len(text) > _MOST:
        cut = max(text.rfind(end, 0, len(text) - 1) for end in (". ", "! ", "? ", "。"))
        text = text[: cut + 1] if cut >= 0 else text[: _MOST - 1] + "…"
    return text


DIALECT: Final = Dialect("openapi", describe)
