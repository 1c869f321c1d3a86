"""What comes with a request beside its address: one JSON object, and no query where the inputs belong into that."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from service.api.problems import Malformed
from service.core.errors import BadCall, Fault
from service.desk import Asked, decode

_MISPLACED: Final = "belongs into the body: this route takes no query parameters."


async def json_object(request: Asked, what: str) -> dict[str, Any]:
    """The JSON object in the body, which holds `what`. Raises `Malformed`."""
    try:
        raw = decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(f"The body must be one JSON object with {what}, in UTF-8: {error}.") from error
    if not isinstance(raw, dict):
        raise Malformed(f"The body must be one JSON object with {what}.")
    return raw


def misplaced(request: Asked) -> list[Fault]:
    """A fault for each query parameter of a route that takes none."""
    return [Fault(name, "misplaced", _MISPLACED) for name in sorted(set(request.query_params))]


def refuse_query(request: Asked, tool: str) -> None:
    """Raise `BadCall` of a tool where there are query parameters."""
    faults = misplaced(request)
    if faults:
        raise BadCall(tool, faults)
