"""One POST and one GET route for every calculator, made from the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import Operation

from service.api.describe import get_operation, post_operation, responses
from service.desk import JSON, Desk, decode, encode
from service.api.problems import response
from service.core.problem import problem
from service.core.calculator import Calculator, registry
from service.core.errors import BadCall, Fault
from service.run import run




def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes of all calculators."""
    return [make(calculator, desk) for calculator in registry.values() for make in (_post, _get)]


def summary(calculator: Calculator) -> str:
    """The first sentence of what a calculator says of itself."""
    return calculator.description.split("\n\n", 1)[0].replace("\n", " ")


def _described(calculator: Calculator, operation: type[Operation], prefix: str) -> dict[str, Any]:
    return {
        "path": f"/v1/calculators/{calculator.name}",
        "operation_id": prefix + calculator.name,
        "summary": summary(calculator),
        "description": " ".join(calculator.description.split()),
        "tags": ["calculators"],
        "responses": responses(),
        "operation_class": operation,
    }


def _post(calculator: Calculator, desk: Desk) -> HTTPRouteHandler:
    async def call(request: Request[Any, Any, Any]) -> Response[bytes]:
        raw = _body(await request.body())
        if not isinstance(raw, dict):
            return response(problem(400, "malformed-json", "Malformed JSON", "The body must be one JSON object with the inputs."))
        return Response(encode(run(desk.knowledge, calculator.name, raw)), status_code=200, media_type=JSON)

    return post(status_code=200, **_described(calculator, post_operation(calculator), ""))(call)


def _body(body: bytes) -> object:
    try:
        return decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _get(calculator: Calculator, desk: Desk) -> HTTPRouteHandler:
    async def call(request: Request[Any, Any, Any]) -> Response[bytes]:
        return desk.json(request, run(desk.knowledge, calculator.name, _query(calculator.name, request)))

    return get(**_described(calculator, get_operation(calculator), "get_"))(call)


def _query(tool: str, request: Request[Any, Any, Any]) -> Mapping[str, str]:
    pairs = list(request.query_params.multi_items())
    values = dict(pairs)
    if len(values) != len(pairs):
        twice = sorted({name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1})
        raise BadCall(tool, [Fault(name, "given-twice", "was given more than once.") for name in twice])
    return values
