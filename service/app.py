"""The application: the only module that knows every layer."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.exceptions import NotFoundException
from litestar.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from service.api import (
    ask,
    calculators,
    catalogue,
    check,
    claims,
    cors,
    health,
    hosts,
    instructions,
    openapi,
    problems,
    tools,
)
from service.api.express import express
from service.api.observed import Observed
from service.chat.gateway import Gateway
from service.desk import UNCOMPRESSED, Desk, options
from service.live.grids import Grids
from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from service.tools import mcp_discovery
from service.tools.mcp_transport import Endpoint
from service.web import negotiation, pages
from service.web.charts import routes as charts

if TYPE_CHECKING:
    from service.api.limits import Limiter
    from service.meter import Meter

# Objects made between two searches for garbage. What a request makes is freed as it ends, cycles are rare: searching as
# often as by default (700) takes a tenth of the time of a worker.
_BETWEEN: Final = 20_000
_DOORS: Final = (
    ask, calculators, catalogue, check, claims, tools, instructions, hosts, openapi, mcp_discovery, pages, charts
)  # fmt: skip
# a quarter of the time of the highest level, which the framework takes else, for a tenth more bytes
_COMPRESSION: Final = CompressionConfig(
    backend="gzip", gzip_compress_level=3, minimum_size=2048, exclude_opt_key=UNCOMPRESSED
)


@asynccontextmanager
async def _seldom_collected(_: Litestar) -> AsyncIterator[None]:
    """Search for garbage seldom while serving, and not among what was made before and stays."""
    usual = gc.get_threshold()
    gc.unfreeze()  # of an application that this one follows
    gc.freeze()
    gc.set_threshold(_BETWEEN, *usual[1:])
    try:
        yield
    finally:
        gc.unfreeze()
        if usual[0] == _BETWEEN:  # others go on: what was this one's is garbage now
            gc.collect()
            gc.freeze()
        else:
            gc.set_threshold(*usual)


def create_app(settings: Settings | None = None, knowledge: Knowledge | None = None) -> Litestar:
    """The service over some knowledge; else over the file of the settings, built first where it is missing or stale."""
    settings = settings or Settings.load()
    knowledge = knowledge or Knowledge(ready(settings.knowledge))
    live = Grids(knowledge, settings)
    desk = Desk(knowledge, settings, _meter(settings), live)
    mcp, chat = Endpoint(desk), Gateway(desk)
    limiter = _limiter(settings)
    handlers = [
        *(handler for module in _DOORS for handler in module.handlers(desk)),
        *health.handlers(desk, limiter),
        *chat.handlers(),
        *mcp.handlers(),
    ]
    app = Litestar(
        [*options(handlers), *handlers],
        openapi_config=None,  # service.api.openapi makes a better one
        exception_handlers={
            **problems.HANDLERS,
            NotFoundException: negotiation.absent(desk, problems.of_framework),
        },
        compression_config=_COMPRESSION,
        request_max_body_size=settings.max_body,
        lifespan=[mcp.lifespan, chat.lifespan, _seldom_collected],
        on_shutdown=[live.close, knowledge.close],
        logging_config=None,  # how it is logged is for whoever runs the process to say
        debug=False,
    )
    app.asgi_handler = negotiation.negotiated(app.asgi_handler)  # a permalink is a page for people too
    app.asgi_handler = _fronted(express(app.asgi_handler, desk), settings, limiter)
    app.asgi_handler = _watched(app.asgi_handler, desk, handlers)
    return app


def _watched(app: ASGIApp, desk: Desk, handlers: Iterable[object]) -> ASGIApp:
    """The application, with what it does told to those who run it."""
    watched = Observed(app, desk, handlers)
    if not desk.settings.tracing:
        return watched
    from service.api.tracing import traced  # noqa: PLC0415 - an extra

    return traced(watched)


def _meter(settings: Settings) -> Meter | None:
    if not settings.metrics:
        return None
    from service.meter import Meter  # noqa: PLC0415 - a service that is not measured does not carry what measures

    return Meter()


def _limiter(settings: Settings) -> Limiter | None:
    """What counts calls, where the settings ask for keys or limits."""
    if not settings.guarded:
        return None
    from service.api.limits import Limiter  # noqa: PLC0415 - an open service does not carry what it does not use

    return Limiter(settings)


def _fronted(app: ASGIApp, settings: Settings, limiter: Limiter | None) -> ASGIApp:
    """The application behind what looks at every request: who calls, from where, and whether he may."""
    if limiter is not None:
        from service.api.access import Access  # noqa: PLC0415 - as above

        app = Access(app, settings, limiter)
    app = cors.shared(app, settings)  # around the keys: a preflight brings none, and is for no route
    if settings.trusted_proxies:
        app = ProxyHeadersMiddleware(app, trusted_hosts=settings.trusted_proxies)  # type: ignore[assignment,arg-type]
    return app
