"""Whether the service lives and is ready to answer."""

from __future__ import annotations

from typing import Annotated

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from pydantic import Field
from typing_extensions import TypedDict

from service import __version__
from service.desk import JSON, Described, Desk, Reply, encode, get


class Health(TypedDict):
    """The state of the service."""

    status: Annotated[str, Field(description="ok")]
    release: Annotated[str, Field(description="Version of the service.")]
    knowledge: Annotated[str, Field(description="Version of the knowledge base.")]


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The two health routes."""
    described = Described(Health, "health", cached=False)

    @get("/healthz", "healthz", described)
    def healthz() -> Response[bytes]:
        """Tell whether the process is alive.

        Answers as long as the process runs; reads nothing.
        """
        return _state(desk)

    @get("/readyz", "readyz", described)
    def readyz() -> Response[bytes]:
        """Tell whether the service can answer.

        Reads from the knowledge base, and answers if that can be read.
        """
        desk.knowledge.check()
        return _state(desk)

    return [healthz, readyz]


def _state(desk: Desk) -> Response[bytes]:
    state = Health(status="ok", release=__version__, knowledge=desk.knowledge.version)
    return Reply(encode(state), media_type=JSON, headers={"cache-control": "no-store"})
