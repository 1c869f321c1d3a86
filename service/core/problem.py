"""An error as plain data: problem details (RFC 9457), all faults of a call at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from service.core.errors import BadCall, NothingKnown, WattciteError

_STATUS: Final = {"unknown-tool": HTTPStatus.NOT_FOUND, "unknown-id": HTTPStatus.NOT_FOUND}


class ProblemFault(TypedDict):
    """One thing wrong with one input."""

    field: Annotated[str, Field(description="The input at fault.")]
    code: Annotated[str, Field(description="Stable code of the kind of fault.")]
    message: Annotated[str, Field(description="What is wrong and what would be right.")]
    given: NotRequired[Annotated[Any, Field(description="What was given.")]]
    allowed: NotRequired[Annotated[list[str], Field(description="What is allowed.")]]
    nearest: NotRequired[Annotated[list[str], Field(description="Valid values close to what was given.")]]


class Problem(TypedDict):
    """An error, in the shape of RFC 9457."""

    type: Annotated[str, Field(description="Address that names the kind of problem.")]
    title: Annotated[str, Field(description="The kind of problem in a few words.")]
    status: Annotated[int, Field(description="The HTTP status.")]
    detail: Annotated[str, Field(description="What went wrong this time, and how to repair the call.")]
    code: Annotated[str, Field(description="Stable code of the problem.")]
    faults: NotRequired[Annotated[list[ProblemFault], Field(description="Every fault of the call.")]]
    absence: NotRequired[Annotated[str, Field(description="Why nothing is known.")]]
    nearest: NotRequired[Annotated[list[str], Field(description="What is known that comes close.")]]


def problem(status: int, code: str, title: str, detail: str, **more: Any) -> Problem:
    """One problem; empty members are left out."""
    made = {"type": f"/docs#{code}", "title": title, "status": status, "detail": detail, "code": code}
    return {**made, **{name: value for name, value in more.items() if value}}  # type: ignore[typeddict-item]


def of_error(error: WattciteError) -> Problem:
    """The problem that one of our own errors is."""
    if isinstance(error, BadCall):
        codes = [fault.code for fault in error.faults]
        status = _STATUS.get(codes[0], HTTPStatus.UNPROCESSABLE_ENTITY) if codes else HTTPStatus.UNPROCESSABLE_ENTITY
        return problem(
            status, error.code, "The call does not hold", str(error), faults=[f.as_dict() for f in error.faults]
        )
    if isinstance(error, NothingKnown):
        return problem(
            HTTPStatus.NOT_FOUND,
            error.code,
            "Nothing is known",
            str(error),
            absence=error.absence,
            nearest=list(error.nearest),
        )
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, "The call does not hold", str(error))
