"""Routes as operations of the OpenAPI document, from what each route says of itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from pydantic import BaseModel, RootModel
from pydantic.json_schema import JsonSchemaMode

from service.api.links import links
from service.core.inputs import Inputs
from service.desk import JSON, Described, described
from service.tools.dialects.openapi import fitted

Refs = Mapping[tuple[str, JsonSchemaMode], Any]  # the schema of a shape, by its name and its mode

FAULTS: Final = {
    400: ("MalformedJSON", "The body is not a JSON object."),
    404: ("NothingKnown", "Nothing is known of it; says what is nearest."),
    413: ("BodyTooLarge", "The body is larger than the service takes."),
    422: ("BadCall", "The call does not hold; every fault is listed."),
}
_ELSEWHERE: Final = {  # of a route that asks another service, in the shape of its own errors
    429: "There are too many requests; Retry-After says when to try again.",
    502: "The model behind the service fails.",
    504: "The model behind the service takes too long.",
}
_METHODS: Final[tuple[Literal["GET", "POST"], ...]] = ("GET", "POST")
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
            found = [route.route_handler_map[method][0] for method in _METHODS if method in route.route_handler_map]
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
        made["x-openai-isConsequential"] = False  # nothing is changed by a call, so no host need ask before it
    made["responses"] = _responses(about, refs)
    return made


def summary(doc: str) -> str:
    """The first paragraph of a docstring as one line, without its stop."""
    return fitted(" ".join(doc.split("\n\n", 1)[0].split())).removesuffix(".")


def example(model: type[BaseModel]) -> dict[str, Any]:
    """A call that runs: the first example of every required input; where none is required, of the first input."""
    if issubclass(model, RootModel):
        return dict((model.model_fields["root"].examples or [{}])[0])
    fields = model.model_fields.items()
    own = [(name, info) for name, info in fields if name not in Inputs.model_fields]
    wanted = [(name, info) for name, info in own if info.is_required()] or own[:1]
    return {name: info.examples[0] for name, info in wanted if info.examples}


def _method(handler: HTTPRouteHandler) -> str:
    return "post" if "POST" in handler.http_methods else "get"


def _doc(handler: HTTPRouteHandler, about: Described) -> str:
    return about.about or inspect.getdoc(handler.fn) or ""


def _path(about: Described) -> list[dict[str, Any]]:
    schema = {"type": "string", "minLength": 1, "maxLength": 120}
    return [
        {"name": name, "in": "path", "required": True, "description": description, "schema": schema, "example": one}
        for name, (description, one) in about.path.items()
    ]


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    """The fields of a model as query parameters: the required ones first, those that every tool takes last."""
    schema = model.model_json_schema()
    wanted = set(schema.get("required", ()))
    shown = example(model)  # no more of them: pages that offer to try a call send every example at once
    order = {name: (name not in wanted, name in Inputs.model_fields) for name in model.model_fields}
    fields = sorted(schema.get("properties", {}).items(), key=lambda pair: order[pair[0]])
    return [
        _parameter(name, field, name in wanted) | ({"example": shown[name]} if name in shown else {})
        for name, field in fields
    ]


def _parameter(name: str, field: Mapping[str, Any], required: bool) -> dict[str, Any]:
    schema = {key: value for key, value in field.items() if key not in {"description", "examples", "title"}}
    return {"name": name, "in": "query", "required": required, "description": field["description"], "schema": schema}


def _body(model: type[BaseModel], refs: Refs) -> dict[str, Any]:
    content = {"schema": refs[model.__name__, "validation"], "examples": {"typical": {"value": example(model)}}}
    return {"description": "The inputs.", "required": True, "content": {JSON: content}}


def _type(media: str) -> str:
    """What a body of a media type is read as: those that end in json are objects, all others are text."""
    return "object" if media.endswith("json") else "string"


def _responses(about: Described, refs: Refs) -> dict[str, Any]:
    content: dict[str, Any] = {JSON: {"schema": refs[about.answer.__name__, "serialization"]}}
    content |= {media: {"schema": {"type": _type(media), "description": text}} for media, text in about.also.items()}
    found: dict[str, Any] = {
        "200": {"description": (inspect.getdoc(about.answer) or "").split("\n")[0], "content": content}
    }
    leads = links(about.answer.__name__)
    if leads:
        found["200"]["links"] = leads
    if about.cached:
        found["200"]["headers"] = _CACHED
        found["304"] = {"description": "What the caller holds, as told by If-None-Match, is still good."}
    if about.error is not None:
        failed = {JSON: {"schema": refs[about.error.__name__, "serialization"]}}
        said = _ELSEWHERE | {status: description for status, (_, description) in FAULTS.items()}
        return found | {str(status): {"description": said[status], "content": failed} for status in about.faults}
    return found | {str(status): {"$ref": f"#/components/responses/{FAULTS[status][0]}"} for status in about.faults}
