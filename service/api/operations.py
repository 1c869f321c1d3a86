"""Routes as operations of the OpenAPI document, from what each route says of itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPMethod
from typing import Any, Final

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from pydantic import BaseModel, RootModel

from service.desk import JSON, Described, described

Refs = Mapping[tuple[str, str], Any]  # the schema of a shape, by its name and its mode

MOST: Final = 300  # characters of a summary or a description, the least that any host of tools takes
FAULTS: Final = {
    400: ("MalformedJSON", "The body is not a JSON object."),
    404: ("NothingKnown", "Nothing is known of it; says what is nearest."),
    413: ("BodyTooLarge", "The body is larger than the service takes."),
    422: ("BadCall", "The call does not hold; every fault is listed."),
}
_CACHED: Final = {
    "ETag": {"description": "Changes with the release and the knowledge base alone.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "For how long it may be used.", "schema": {"type": "string"}},
}


@dataclass(frozen=True, slots=True)
class Route:
    """One published route."""

    path: str
    method: str
    name: str
    doc: str
    described: Described


def routes(app: Litestar) -> Iterator[Route]:
    """All published routes, GET before POST."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            found = [route.route_handler_map[method][0] for method in HTTPMethod if method in route.route_handler_map]
            for handler in dict.fromkeys(found):
                about = described(handler)
                if about is not None:
                    yield Route(
                        route.path_format, _method(handler), str(handler.operation_id), _doc(handler, about), about
                    )


def published(app: Litestar) -> list[str]:
    """The paths of all published routes."""
    return list(dict.fromkeys(route.path for route in routes(app)))


def operation(route: Route, refs: Refs) -> dict[str, Any]:
    """A route as an operation."""
    about = route.described
    made: dict[str, Any] = {
        "tags": [about.tag],
        "summary": summary(route.doc),
        "description": fitted(" ".join(route.doc.split())),
        "operationId": route.name,
    }
    parameters = [*_path(about), *(_query(about.query) if about.query else ())]
    if parameters:
        made["parameters"] = parameters
    if about.body is not None:
        made["requestBody"] = _body(about.body, refs)
        made["x-openapi-isConsequential"] = False  # nothing is changed by a call, so no host need ask before it
    made["responses"] = _responses(about, refs)
    return made


def summary(doc: str) -> str:
    """The first paragraph of a docstring as one line, without its stop."""
    return fitted(" ".join(doc.split("\n\n", 1)[0].split())).removesuffix(".")


def fitted(text: str) -> str:
    """As many whole sentences of a text as fit."""
    while len(text) > MOST:
        shorter = re.sub(r"(?<=[.!?]) [^.!?]+(?:[.!?](?! )[^.!?]*)*[.!?]?$", "", text)
        text = shorter if len(shorter) < len(text) else text[: MOST - 1] + "…"
    return text


def example(model: type[BaseModel]) -> dict[str, Any]:
    """A call that runs: the first example of every required input."""
    if issubclass(model, RootModel):
        return dict((model.model_fields["root"].examples or [{}])[0])
    fields = model.model_fields.items()
    return {name: info.examples[0] for name, info in fields if info.is_required() and info.examples}


def _method(handler: HTTPRouteHandler) -> str:
    return "post" if HTTPMethod.POST in handler.http_methods else "get"


def _doc(handler: HTTPRouteHandler, about: Described) -> str:
    return about.about or inspect.getdoc(handler.fn) or ""


def _path(about: Described) -> list[dict[str, Any]]:
    schema = {"type": "string", "minLength": 1, "maxLength": 120}
    return [
        {"name": name, "in": "path", "required": True, "description": description, "schema": schema, "example": one}
        for name, (description, one) in about.path.items()
    ]


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    """The fields of a model as query parameters, the required ones first."""
    schema = model.model_json_schema()
    wanted = set(schema.get("required", ()))
    fields = sorted(schema.get("properties", {}).items(), key=lambda pair: pair[0] not in wanted)
    return [_parameter(name, field, name in wanted) for name, field in fields]


def _parameter(name: str, field: Mapping[str, Any], required: bool) -> dict[str, Any]:
    schema = {key: value for key, value in field.items() if key not in {"description", "examples", "title"}}
    made = {"name": name, "in": "query", "required": required, "description": field["description"], "schema": schema}
    # an optional one is not prefilled: pages that offer to try a call would send every example at once
    return {**made, "example": field["examples"][0]} if required and field.get("examples") else made


def _body(model: type[BaseModel], refs: Refs) -> dict[str, Any]:
    content = {"schema": refs[model.__name__, "validation"], "examples": {"typical": {"value": example(model)}}}
    return {"description": "The inputs.", "required": True, "content": {JSON: content}}


def _responses(about: Described, refs: Refs) -> dict[str, Any]:
    content: dict[str, Any] = {JSON: {"schema": refs[about.answer.__name__, "serialization"]}}
    content |= {media: {"schema": {"type": "string", "description": text}} for media, text in about.also.items()}
    found: dict[str, Any] = {
        "200": {"description": (inspect.getdoc(about.answer) or "").split("\n")[0], "content": content}
    }
    if about.cached:
        found["200"]["headers"] = _CACHED
        found["304"] = {"description": "What the caller holds, as told by If-None-Match, is still good."}
    return found | {str(status): {"$ref": f"#/components/responses/{FAULTS[status][0]}"} for status in about.faults}
