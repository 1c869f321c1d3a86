"""What every request gets and leaves: an id, a few headers, a line in the log, a count. Nothing that a caller wrote is kept by default."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Generator, Iterable
from contextvars import ContextVar
from functools import partial
from http import HTTPStatus
from types import coroutine
from typing import Any, Final

from litestar import HttpMethod
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.core.problem import problem
from service.desk import Desk, tell_problem

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")  # so that a logged error names its request
_LOG: Final = logging.getLogger("wattcite.request")
_ID: Final = re.compile(rb"[\w.-]{1,64}")
_GIVEN: Final = b"x-request-id"
_RANDOM: Final = 16  # bytes of an id of ours
_HEADERS: Final = ((b"x-content-type-options", b"nosniff"),)
_SECURE: Final = ((b"strict-transport-security", b"max-age=31536000"),)
_UNMATCHED: Final = (
    "unmatched"  # one name for every address that is none, so that nobody fills the counts with inventions
)
_LONG: Final = frozenset({"/v1/chat/completions"})
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Observed:
    """An application, seen from outside."""

    def __init__(self, app: ASGIApp, desk: Desk, handlers: Iterable[object]) -> None:
        """Watch an application; the paths of these handlers may stand in logs and counts as they are."""
        settings = desk.settings
        self._app = app
        self._meter = desk.meter
        paths = (path for each in handlers if isinstance(each, BaseRouteHandler) for path in each.paths)
        self._known = frozenset(path for path in paths if "{" not in path)
        self._words = settings.log_queries
        self._seconds = settings.max_seconds
        self._added = [*_HEADERS, *(_SECURE if settings.public_url.startswith("https://") else ())]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and note how it went."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        name = _named(scope)
        added = [*self._added, (_GIVEN, name)]
        path = scope["path"]  # as it came: a mounted application sees the rest of it
        status, began, began_to_answer = 500, time.perf_counter(), False

        async def watched(message: Message) -> None:
            nonlocal status, began_to_answer
            if message["type"] == "http.response.start":
                status, began_to_answer = message["status"], True
                headers = list(message.get("headers", ()))
                sent = {header for header, _ in headers}
                message["headers"] = headers + [each for each in added if each[0] not in sent]
            await send(message)

        mark = REQUEST.set(name.decode())
        try:
            if scope["method"] != HttpMethod.POST or path in _LONG:
                await self._app(scope, receive, watched)  # nothing is waited for
            elif not await self._in_time(scope, receive, watched) and not began_to_answer:
                await _late(watched)
        finally:
            REQUEST.reset(mark)
            if self._meter is not None or _LOG.isEnabledFor(logging.INFO):
                self._note(scope, path, name.decode(), status, time.perf_counter() - began)

    async def _in_time(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether the application was done with a request, whose body may come slowly or never, before its time was over."""
        answering = self._app(scope, receive, send).__await__()
        try:
            waited_for = next(answering)
        except StopIteration:
            return True  # as nearly always: it waited for nothing, and setting a clock takes as long as a small answer
        limit = asyncio.timeout(self._seconds)
        try:
            async with limit:
                await _resumed(answering, waited_for)
        except TimeoutError:
            if limit.expired():
                return False
            raise
        return True

    def _note(self, scope: Scope, path: str, name: str, status: int, seconds: float) -> None:
        template = str(scope.get("path_template") or "")
        route = path if path in self._known else template or _UNMATCHED
        method = str(scope["method"]) if scope["method"] in _METHODS else "other"  # type: ignore[typeddict-item]
        if self._meter is not None:
            self._meter.request(route, method, status, seconds)
        noted = {"request": name, "method": method, "route": route, "status": status, "ms": round(seconds * 1000, 2)}
        if self._words:
            noted |= {"path": path, "query": scope["query_string"].decode("latin-1")}
        _LOG.info("%s %s %d in %.1f ms", method, route, status, noted["ms"], extra=noted)


@coroutine
def _resumed(answering: Generator[Any, Any, None], waited_for: Any) -> Generator[Any, Any, None]:
    """Go on with what stands where it waits for something; await it in the task in which it began."""
    while True:
        try:
            came = yield waited_for
        except BaseException as error:  # noqa: BLE001 - it is for what waits to say what comes of it
            went_on = partial(answering.throw, error)
        else:
            went_on = partial(answering.send, came)
        try:
            waited_for = went_on()
        except StopIteration:
            return


async def _late(send: Send) -> None:
    """Say that a request was given up; what is left of it cannot be told from the next one, so the connection ends."""
    detail = (
        "The request did not arrive whole, or could not be answered, within the time that it has here; send it again."
    )
    made = problem(HTTPStatus.REQUEST_TIMEOUT, "request-timeout", "Request timeout", detail)
    await tell_problem(send, made, {"connection": "close"})


def _named(scope: Scope) -> bytes:
    """The id that the caller gave the request, where it is one; else a new one."""
    for header, value in scope["headers"]:
        if header == _GIVEN and _ID.fullmatch(value):
            return value
    return os.urandom(_RANDOM).hex().encode()
