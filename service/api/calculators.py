"""One POST and one GET route for every calculator, made from the registry."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.api.bodies import json_object, misplaced
from service.core.answer import Answer
from service.core.calculator import Calculator, registry
from service.core.errors import BadCall, Fault
from service.core.inputs import list_inputs
from service.desk import HTTP, JSON, Asked, Described, Desk, Reply, get, post
from service.query import values
from service.run import run_encoded


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes of all calculators."""
    return [make(registry[name], desk) for name in sorted(registry) for make in (_get, _post)]


def _get(calculator: Calculator, desk: Desk) -> HTTPRouteHandler:
    described = Described(
        Answer, "calculators", query=calculator.inputs, faults=(404, 422), about=calculator.description
    )

    @get(_path(calculator), f"get_{calculator.name}", described)
    async def call(request: Asked) -> Response[bytes]:
        raw, twice = values(request, list_inputs(calculator.inputs))
        if await desk.heard(raw):
            return desk.fleeting(_answer(desk, calculator.name, raw, twice), JSON)
        return desk.cached(request, _answer(desk, calculator.name, raw, twice), JSON)

    return call


def _post(calculator: Calculator, desk: Desk) -> HTTPRouteHandler:
    described = Described(
        Answer,
        "calculators",
        body=calculator.inputs,
        faults=(400, 404, 413, 422),
        cached=False,
        about=calculator.description,
    )

    @post(_path(calculator), calculator.name, described)
    async def call(request: Asked) -> Response[bytes]:
        raw = await json_object(request, "the inputs")
        await desk.heard(raw)
        answer = _answer(desk, calculator.name, raw, misplaced(request))
        return Reply(answer, status_code=200, media_type=JSON, headers={"cache-control": "no-store"})

    return call


def _answer(desk: Desk, tool: str, raw: dict[str, Any], faults: list[Fault]) -> bytes:
    """The encoded answer of a tool. Raises `BadCall` with the faults found before and all of its inputs."""
    try:
        with desk.counted(tool, HTTP):
            answer = run_encoded(desk.knowledge, tool, raw, desk.live)
    except BadCall as error:
        raise BadCall(tool, [*faults, *error.faults]) from error
    if faults:
        raise BadCall(tool, faults)
    return answer


def _path(calculator: Calculator) -> str:
    return f"/v1/calculators/{calculator.name}"
