"""Parameters and errors that the routes of the interface share."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter

from service.api.problems import MEDIA_TYPE
from service.core.problem import Problem
from service.core.answer import Language
from service.core.errors import BadCall, Fault
from service.store.resolve import nearest

InLanguage = Annotated[Language, QueryParameter(description="Language of labels and statements. Default: en.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Most records to return, 1 to 100. Default: 20.")]
Offset = Annotated[int, QueryParameter(ge=0, le=100_000, description="Records to skip, 0 to 100000. Default: 0.")]


def unknown(thing: str, given: str, close: tuple[str, ...]) -> BadCall:
    """The error for an id that names nothing."""
    return BadCall(thing, [Fault("id", "unknown-id", f"there is no {thing} of this id.", given, (), close)])


def only(request: Request[Any, Any, Any], *allowed: str) -> None:
    """Refuse query parameters that a route does not take: a misspelt filter must not be ignored."""
    extra = sorted(set(request.query_params) - set(allowed))
    if extra:
        faults = [Fault(name, "unknown-input", "there is no such parameter.", None, allowed, nearest(name, allowed)) for name in extra]
        raise BadCall("query", faults)


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The error responses of a route, for the OpenAPI document."""
    described = {
        400: "A parameter has the wrong form.",
        404: "Nothing of this name is known.",
        413: "The body is larger than the service takes.",
        422: "The call does not hold; every fault is listed.",
    }
    return {
        status: ResponseSpec(Problem, description=described[status], media_type=MEDIA_TYPE, generate_examples=False)  # type: ignore[arg-type]
        for status in statuses
    }
