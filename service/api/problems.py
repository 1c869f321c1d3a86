"""Errors as responses: problem details (RFC 9457) for our own errors, the framework's and the unforeseen."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from service.core.errors import WattciteError
from service.core.problem import Problem, of_error, problem

MEDIA_TYPE: Final = "application/problem+json"
_LOG: Final = logging.getLogger("wattcite")


def response(made: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A problem as a response."""
    return Response(msgspec.json.encode(made), status_code=made["status"], media_type=MEDIA_TYPE, headers=headers)


def _own(_: Request[Any, Any, Any], error: WattciteError) -> Response[bytes]:
    return response(of_error(error))


def _http(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    title = HTTPStatus(error.status_code).phrase
    faults = []
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        faults = [
            {"field": str(entry.get("key", "")), "code": "not-allowed", "message": str(entry.get("message", ""))}
            for entry in error.extra
            if isinstance(entry, dict)
        ]
    code = title.lower().replace(" ", "-")
    return response(problem(error.status_code, code, title, error.detail or title, faults=faults), error.headers or None)


def _unforeseen(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    _LOG.error("unforeseen error at %s", request.url.path, exc_info=error)
    title = HTTPStatus.INTERNAL_SERVER_ERROR.phrase
    return response(problem(500, "internal-server-error", title, "This is a fault of the service, not of the call."))


HANDLERS: Final = {WattciteError: _own, HTTPException: _http, Exception: _unforeseen}
