"""OpenAPI 3.0 made from 3.1, for importers that take nothing newer: what 3.1 says in another way, or 3.0 cannot say.

3.0 has `nullable` instead of the type null, one type instead of several, `enum` of one instead of `const`, one `example`
instead of `examples`, and nothing beside a reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_VERSION: Final = "3.0.3"
_NULL: Final = {"type": "null"}


def older(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document in OpenAPI 3.0."""
    made = {**document, "openapi": _VERSION, "info": {**document["info"]}}
    made["info"]["license"] = {"name": document["info"]["license"]["name"]}
    made["paths"] = {path: _walk(item) for path, item in document["paths"].items()}
    if "components" in document:
        components = document["components"]
        schemas = {name: _schema(schema) for name, schema in components.get("schemas", {}).items()}
        made["components"] = {**_walk({**components, "schemas": {}}), "schemas": schemas}
    return made


def _walk(value: Any) -> Any:
    """Anything outside of a schema; whatever stands under `schema` is one."""
    if isinstance(value, list):
        return [_walk(entry) for entry in value]
    if not isinstance(value, Mapping):
        return value
    return {key: _schema(entry) if key == "schema" else _kept(key, entry) for key, entry in value.items()}


def _kept(key: str, entry: Any) -> Any:
    return entry if key in {"example", "examples"} else _walk(entry)


def _schema(schema: Any) -> Any:
    if not isinstance(schema, Mapping):  # true: anything
        return {}
    made: dict[str, Any] = {}
    for key, value in schema.items():
        made |= _keyword(key, value)
    if "$ref" in made:
        reference = made.pop("$ref")
        return {"allOf": [{"$ref": reference}], **made} if made else {"$ref": reference}
    return _nullable(made)


def _keyword(key: str, value: Any) -> dict[str, Any]:
    match key:
        case "const":
            return {"enum": [value]}
        case "examples":
            return {"example": value[0]} if value else {}
        case "required" if not value:
            return {}
        case "properties":
            return {key: {name: _schema(field) for name, field in value.items()}}
        case "items":
            return {key: _schema(value)}
        case "additionalProperties":
            return {key: value if isinstance(value, bool) else _schema(value)}
        case "anyOf" | "oneOf" | "allOf":
            return {key: [entry if entry == _NULL else _schema(entry) for entry in value]}
        case _:
            return {key: value}


def _nullable(made: dict[str, Any]) -> dict[str, Any]:
    """Null as 3.0 has it, and several types as alternatives."""
    if isinstance(made.get("type"), list):
        types = [kind for kind in made["type"] if kind != "null"]
        made = {**made, "nullable": True} if "null" in made["type"] else made
        if len(types) == 1:
            return {**made, "type": types[0]}
        return {
            **{key: value for key, value in made.items() if key != "type"},
            "anyOf": [{"type": kind} for kind in types],
        }
    alternatives = made.get("anyOf")
    if not alternatives or _NULL not in alternatives:
        return made
    others = [entry for entry in alternatives if entry != _NULL]
    about = {key: value for key, value in made.items() if key != "anyOf"}
    if len(others) > 1:
        return {**about, "anyOf": others, "nullable": True}
    alone = {"allOf": others} if "$ref" in others[0] else others[0]
    return {**alone, **about, "nullable": True}
