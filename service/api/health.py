"""Whether the service lives and is ready to answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Final, NotRequired

from litestar import Response
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from pydantic import Field
from typing_extensions import TypedDict

from service import __version__
from service.desk import JSON, Described, Desk, Reply, encode, get

if TYPE_CHECKING:
    from service.api.limits import Limiter

PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"


class Health(TypedDict):
    """The state of the service."""

    status: Annotated[str, Field(description="ok")]
    release: Annotated[str, Field(description="Version of the service.")]
    knowledge: Annotated[str, Field(description="Version of the knowledge base.")]
    limits: NotRequired[Annotated[str, Field(description="How calls are counted: in memory, shared, or unreachable.")]]


def handlers(desk: Desk, limiter: Limiter | None) -> list[HTTPRouteHandler]:
    """The two health routes."""
    described = Described(Health, "health", cached=False)

    @get("/healthz", "healthz", described)
    def healthz() -> Response[bytes]:
        """Tell whether the process is alive.

        Answers as long as the process runs; reads nothing.
        """
        return _state(desk)

    @get("/readyz", "readyz", described)
    async def readyz() -> Response[bytes]:
        """Tell whether the service can answer.

        Reads from the knowledge base, and asks the store of the limits, without which it answers all the same or, by
        the settings, nothing.
        """
        desk.knowledge.check()
        if limiter is None:
            return _state(desk)
        reached = await limiter.ask()
        if reached:
            return _state(desk, limits="shared" if limiter.shared else "in memory")
        status = HTTPStatus.SERVICE_UNAVAILABLE if limiter.closed else HTTPStatus.OK
        return _state(desk, status, limits="unreachable")

    @get("/metrics")
    def metrics() -> Response[bytes]:
        """Tell Prometheus what was counted; no part of the published interface."""
        if desk.meter is None:
            raise NotFoundException
        return Reply(desk.meter.told(), media_type=PROMETHEUS, headers={"cache-control": "no-store"})

    return [healthz, readyz, metrics]


def _state(desk: Desk, status: HTTPStatus = HTTPStatus.OK, **more: str) -> Response[bytes]:
    said = "ok" if status == HTTPStatus.OK else "not ready"
    state = {"status": said, "release": __version__, "knowledge": desk.knowledge.version, **more}
    return Reply(encode(state), status_code=status, media_type=JSON, headers={"cache-control": "no-store"})
