"""Whether the service lives and is ready to answer."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from pydantic import Field
from typing_extensions import TypedDict

from service import __version__
from service.desk import Desk, encode


class Health(TypedDict):
    """The state of the service."""

    status: Annotated[str, Field(description="ok")]
    release: Annotated[str, Field(description="Version of the service.")]
    knowledge: Annotated[str, Field(description="Version of the knowledge base.")]


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The two health routes."""
    found = {200: ResponseSpec(Health, description="It does.", generate_examples=False)}

    @get("/healthz", operation_id="healthz", summary="Is the process alive?", responses=found, tags=["health"], sync_to_thread=False)
    def healthz(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Answers as long as the process runs; reads nothing."""
        return _state(desk)

    @get("/readyz", operation_id="readyz", summary="Can it answer?", responses=found, tags=["health"], sync_to_thread=False)
    def readyz(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Answers once the knowledge base can be read; reads from it."""
        desk.knowledge.check()
        return _state(desk)

    return [healthz, readyz]


def _state(desk: Desk) -> Response[bytes]:
    state = Health(status="ok", release=__version__, knowledge=desk.knowledge.version)
    return Response(encode(state), media_type="application/json", headers={"cache-control": "no-store"})
