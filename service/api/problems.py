"""Errors as responses: problem details (RFC 9457) for our own errors, the framework's and the unforeseen."""

from __future__ import annotations

import logging
import sqlite3
from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from service.api.observed import REQUEST
from service.api.operations import published
from service.core.errors import WattciteError
from service.core.problem import Problem, of_error, problem
from service.desk import PROBLEM, Asked, Reply, encode
from service.store.resolve import nearest

_LOG: Final = logging.getLogger("wattcite")
# status: code and title. Codes are part of the interface; the phrases of http.HTTPStatus change with Python.
_NAMED: Final = {
    400: ("malformed-request", "Malformed request"),
    404: ("no-such-address", "No such address"),
    405: ("method-not-allowed", "Method not allowed"),
    413: ("body-too-large", "Body too large"),
}


class Malformed(Exception):
    """A body that is not what a route takes; the message says what it takes."""


def malformed(detail: str) -> Response[bytes]:
    """The response to a body that is not what the route takes."""
    return response(problem(HTTPStatus.BAD_REQUEST, "malformed-json", "Malformed JSON", detail))


def response(made: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A problem as a response; no cache keeps it."""
    headers = {"cache-control": "no-store", **(headers or {})}
    return Reply(encode(made), status_code=made["status"], media_type=PROBLEM, headers=headers)


def _malformed(_: Asked, error: Malformed) -> Response[bytes]:
    return malformed(str(error))


def _own(_: Asked, error: WattciteError) -> Response[bytes]:
    return response(of_error(error))


def of_framework(request: Asked, error: HTTPException) -> Response[bytes]:
    """The response to an error that the framework found."""
    status = error.status_code
    code, title = _NAMED.get(status, (f"http-{status}", HTTPStatus(status).phrase))
    detail, more = error.detail or title, {}
    if status == HTTPStatus.NOT_FOUND:
        paths = published(request.app)
        detail = "There is nothing at this address; /openapi.yaml lists all there are."
        more = {"nearest": list(nearest(request.url.path, paths))}
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not taken here; allowed: {(error.headers or {}).get('allow', '')}."
    elif status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        detail = "The body is larger than this service takes; the inputs of every tool fit into a few kilobytes."
    return response(problem(status, code, title, detail, **more), error.headers)


def _unreadable(_: Request[Any, Any, Any], error: sqlite3.Error) -> Response[bytes]:
    _LOG.error("the knowledge cannot be read in request %s", REQUEST.get(), exc_info=error)
    detail = "The knowledge file of this service is damaged; a good one is used as soon as it is there."
    made = problem(HTTPStatus.SERVICE_UNAVAILABLE, "knowledge-unreadable", "Knowledge unreadable", detail)
    return response(made, {"retry-after": "10"})


def _unforeseen(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    _LOG.error("unforeseen error in request %s", REQUEST.get(), exc_info=error)
    title = "Internal error"
    return response(problem(500, "internal-error", title, "This is a fault of the service, not of the call."))


HANDLERS: Final[ExceptionHandlersMap] = {
    Malformed: _malformed,
    WattciteError: _own,
    HTTPException: of_framework,
    sqlite3.Error: _unreadable,
    Exception: _unforeseen,
}
