"""What can go wrong with a chat request, in the shape in which OpenAI's interface says it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final

from pydantic import Field
from typing_extensions import TypedDict

_TYPES: Final = {
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
    HTTPStatus.BAD_GATEWAY: "upstream_error",
    HTTPStatus.GATEWAY_TIMEOUT: "timeout_error",
    HTTPStatus.INTERNAL_SERVER_ERROR: "server_error",
}


class ErrorRecord(TypedDict):
    """One error."""

    message: Annotated[str, Field(description="What went wrong, and what would be right.")]
    type: str
    param: Annotated[str | None, Field(description="The parameter at fault; null where it is none.")]
    code: Annotated[str | None, Field(description="Stable code of the error.")]


class ChatErrorBody(TypedDict):
    """An error in the shape of OpenAI's interface."""

    error: ErrorRecord


class ChatError(Exception):
    """Something that ends a chat request; `wait` is when it may be tried again, as Retry-After says it."""

    def __init__(self, status: int, code: str, message: str, param: str | None = None, wait: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.param = param
        self.wait = wait

    def body(self) -> dict[str, Any]:
        """The error as the interface returns it."""
        kind = _TYPES.get(HTTPStatus(self.status), "invalid_request_error")
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": self.code}}


def invalid(param: str, message: str) -> ChatError:
    """A parameter that does not hold."""
    return ChatError(HTTPStatus.BAD_REQUEST, "invalid_value", f"{param}: {message}", param)


def bad_gateway(code: str, message: str) -> ChatError:
    """The model behind this service does not answer as it should."""
    return ChatError(HTTPStatus.BAD_GATEWAY, code, message)


def too_late(seconds: int) -> ChatError:
    """The model behind this service takes too long."""
    message = f"the model gave no answer within {seconds} seconds."
    return ChatError(HTTPStatus.GATEWAY_TIMEOUT, "upstream_timeout", message)
