"""What is served: the application over the present knowledge, replaced at once and without a failed request when its file is.

Everything that an application keeps between requests depends on its knowledge, so a new file makes a new application;
the old one answers what it was asked before, and goes.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import Receive, Scope, Send

from service.app import create_app
from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge

_LOG: Final = logging.getLogger("wattcite")
_ANSWERED: Final = frozenset({ScopeType.HTTP, ScopeType.WEBSOCKET})
_Stamp = tuple[int, int, int]


class Generation:
    """One application, from its start to its last answer."""

    def __init__(self, app: Litestar) -> None:
        """Make it ready to be started."""
        self._app = app
        self._calls = 0  # that it is answering
        self._leaving = False
        self._started = asyncio.Event()
        self._ended = asyncio.Event()
        self._task = asyncio.create_task(self._live())

    async def started(self) -> None:
        """Wait until it can answer. Raises what its start raises."""
        waiting = asyncio.create_task(self._started.wait())
        await asyncio.wait({waiting, self._task}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            self._task.result()

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        self._calls += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._calls -= 1
            if self._leaving and not self._calls:
                self._ended.set()

    async def end(self) -> None:
        """Let it answer what it was asked, then stop it."""
        self._leaving = True
        if not self._calls:
            self._ended.set()
        await self._task

    async def _live(self) -> None:
        async with self._app.lifespan():  # entered and left by one task, as its task groups want it
            self._started.set()
            await self._ended.wait()


class Serving:
    """An ASGI application that keeps up with its knowledge file."""

    def __init__(self, settings: Settings) -> None:
        """Build the application over the knowledge of the settings. Raises what that raises."""
        self._settings = settings
        self._path = ready(settings.knowledge)
        self._stamp = _stamp(self._path)
        self._first = create_app(settings, Knowledge(self._path))
        self._now: Generation
        self._leaving: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the present application."""
        if scope["type"] in _ANSWERED:
            await self._now.answer(scope, receive, send)
        else:
            await self._live(receive, send)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        self._now = Generation(self._first)
        try:
            await self._now.started()
        except Exception as error:  # noqa: BLE001 - whatever it is, the server is told that there is no start
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        watching = asyncio.create_task(self._watch())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await asyncio.gather(self._now.end(), *self._leaving)
        await send({"type": "lifespan.shutdown.complete"})

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._settings.knowledge_poll)
            stamp = _stamp(self._path)
            if stamp is not None and stamp != self._stamp:
                self._stamp = stamp
                await self._renew()

    async def _renew(self) -> None:
        try:
            app = await asyncio.to_thread(self._renewed)
        except (OSError, sqlite3.Error, KeyError, ValueError) as error:
            _LOG.error("the knowledge stays as it was, since the new file cannot be used: %s", error)
            return
        following, before = Generation(app), self._now
        await following.started()
        self._now = following
        leaving = asyncio.create_task(before.end())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        _LOG.info("the knowledge file was replaced and is in use")

    def _renewed(self) -> Litestar:
        knowledge = Knowledge(self._path)
        try:
            knowledge.verify()
            return create_app(self._settings, knowledge)
        except BaseException:
            knowledge.close()
            raise


def _stamp(path: Path) -> _Stamp | None:
    """What tells a file from its successor; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def served() -> Serving:
    """The application of the settings in force, for a server to run."""
    return Serving(Settings.load())
