"""The routes of the chat gateway: `/v1/chat/completions` and `/v1/models`, as OpenAI's clients call them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import msgspec
from anyio import CancelScope
from litestar import Litestar, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from service.chat.events import DONE, MEDIA_TYPE, WAITING, event
from service.chat.faults import ChatError, ChatErrorBody
from service.chat.request import Asked, checked
from service.chat.shapes import MODEL, ChatInputs, Completion, ModelList, ModelRecord
from service.desk import JSON, UNCOMPRESSED, Described, Desk, Reply, decode, encode, get, post
from service.desk import Asked as Request

if TYPE_CHECKING:
    from service.chat.answers import Answer
    from service.chat.model import Model
    from service.chat.upstream import Upstream

_LOG: Final = logging.getLogger("wattcite")
_KEPT: Final = {"cache-control": "no-store"}
_STREAMED: Final = {**_KEPT, "x-accel-buffering": "no"}
_PATIENCE: Final = 1.0  # seconds in which an error still has a status of its own
_SILENCE: Final = 10.0  # seconds after which a stream says that it goes on
_UNFORESEEN: Final = ChatError(500, "internal_error", "this is a fault of the service, not of the request.")


class Gateway:
    """The gateway: give its handlers and its lifespan to the application."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._upstream: Upstream | None = None
        self._model: Model | None = None

    @asynccontextmanager
    async def lifespan(self, _: Litestar) -> AsyncIterator[None]:
        """While the application runs, connections to the model are kept."""
        if self._desk.settings.chat_url:
            from service.chat.model import Model  # noqa: PLC0415 - who asks no model carries no HTTP client
            from service.chat.upstream import Upstream  # noqa: PLC0415

            self._upstream = Upstream(self._desk.settings)
            self._model = Model(self._desk, self._upstream)
        try:
            yield
        finally:
            if self._upstream is not None:
                await self._upstream.close()

    def handlers(self) -> list[HTTPRouteHandler]:
        """The routes."""
        return [self._completions(), self._models()]

    def _completions(self) -> HTTPRouteHandler:
        described = Described(
            Completion, "chat", body=ChatInputs, also={MEDIA_TYPE: "Chunks of the answer, where `stream` is true."},
            faults=(400, 413, 429, 502, 504), cached=False, error=ChatErrorBody,
        )  # fmt: skip
        most = self._desk.settings.chat_max_body

        @post(
            "/v1/chat/completions",
            "create_chat_completion",
            described,
            request_max_body_size=most,
            opt={UNCOMPRESSED: True},
        )
        async def completions(request: Request) -> Response[Any]:
            """Chat with a model that has the tools.

            As OpenAI's interface: any of its clients works with this address. Numbers are compared with the results of the
            tools before they are shown, and sources are listed; without a model behind it, `wattcite-embedded` answers.
            """
            try:
                asked = checked(await _body(request))
                answer = await self._answer(asked)
                return await (_streamed(answer, asked) if asked.stream else _whole(answer, request))
            except ChatError as error:
                return _refused(error)

        return completions

    async def _answer(self, asked: Asked) -> Answer:
        from service.chat.answers import Answer  # noqa: PLC0415 - loaded by the first question
        from service.chat.embedded import Embedded  # noqa: PLC0415
        from service.chat.turn import Turn  # noqa: PLC0415

        if self._model is None or asked.model == MODEL:  # clients name models of their own: the answer says who gave it
            await self._desk.heard({"question": asked.question})
            return Answer(self._desk, Embedded(self._desk, asked), MODEL)
        name = self._desk.settings.chat_model or asked.model
        if not name:
            raise ChatError(400, "missing_model", "model: name one of /v1/models.", "model")
        return Answer(self._desk, Turn(self._desk, self._model, asked), name)

    def _models(self) -> HTTPRouteHandler:
        described = Described(ModelList, "chat", faults=(429, 502, 504), cached=False, error=ChatErrorBody)

        @get("/v1/models", "list_models", described)
        async def models() -> Response[bytes]:
            """List the models that can be named in a chat request."""
            try:
                names = await self._names()
            except ChatError as error:
                return _refused(error)
            data = [ModelRecord(id=each, object="model", created=0, owned_by=_owner(each)) for each in [*names, MODEL]]
            return Reply(encode(ModelList(object="list", data=data)), media_type=JSON, headers=_KEPT)

        return models

    async def _names(self) -> list[str]:
        if self._upstream is None:
            return []
        configured = self._desk.settings.chat_model
        return [configured] if configured else await self._upstream.models()


def _owner(model: str) -> str:
    return "wattcite" if model == MODEL else "upstream"


async def _body(request: Request) -> object:
    try:
        return decode(await request.body())
    except HTTPException as error:
        raise ChatError(error.status_code, "body_too_large", "the body is larger than this service takes.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ChatError(400, "invalid_json", f"the body must be one JSON object, in UTF-8: {error}.") from error


def _refused(error: ChatError) -> Response[bytes]:
    headers = {**_KEPT, **({"retry-after": error.wait} if error.wait else {})}
    return Reply(encode(error.body()), status_code=error.status, media_type=JSON, headers=headers)


async def _whole(answer: Answer, request: Request) -> Response[bytes]:
    """The answer at once; nothing more is asked of the model for a caller who has gone."""

    async def through() -> None:
        async for _ in answer.turn.run():
            pass

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    running, leaving = asyncio.create_task(through()), asyncio.create_task(gone())
    try:
        await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
    finally:
        await _stopped(running, leaving)
    return Reply(encode(answer.completion()), status_code=200, media_type=JSON, headers=_KEPT)


async def _stopped(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they have let go of what they hold, even where the waiting itself is cancelled."""
    for task in tasks:
        task.cancel()
    with CancelScope(shield=True):
        await asyncio.gather(*tasks, return_exceptions=True)


class _Feed:
    """The words of an answer as they come, from a task of their own."""

    def __init__(self, answer: Answer) -> None:
        self._queue: asyncio.Queue[str | ChatError | None] = asyncio.Queue()
        self._producer = asyncio.create_task(self._produce(answer))
        self._getting: asyncio.Task[str | ChatError | None] | None = None

    async def next(self, patience: float) -> str | ChatError | None:
        """The next words, None where there are no more. Raises TimeoutError where none come so soon; ask again."""
        self._getting = self._getting or asyncio.create_task(self._queue.get())
        done, _ = await asyncio.wait({self._getting}, timeout=patience)
        if not done:
            raise TimeoutError
        found, self._getting = self._getting.result(), None
        return found

    async def close(self) -> None:
        """Stop it all; the model too is asked no more."""
        await _stopped(*(task for task in (self._producer, self._getting) if task is not None))

    async def _produce(self, answer: Answer) -> None:
        try:
            async for words in answer.turn.run():
                if words:
                    await self._queue.put(words)
            await self._queue.put(None)
        except ChatError as error:
            await self._queue.put(error)
        except Exception as error:  # noqa: BLE001 - the stream has begun: its reader must be told that it ends
            _LOG.error("unforeseen error in a chat stream", exc_info=error)
            await self._queue.put(_UNFORESEEN)


async def _streamed(answer: Answer, asked: Asked) -> Response[Any]:
    """The answer in pieces. What goes wrong at once is an error by its status, later on one in the stream."""
    feed = _Feed(answer)
    first: list[str | ChatError | None] = []
    with suppress(TimeoutError):
        first.append(await feed.next(_PATIENCE))
    if first and isinstance(first[0], ChatError):
        await feed.close()
        raise first[0]
    return Stream(_events(answer, asked, feed, first), media_type=MEDIA_TYPE, status_code=200, headers=_STREAMED)


async def _events(
    answer: Answer, asked: Asked, feed: _Feed, first: list[str | ChatError | None]
) -> AsyncIterator[bytes]:
    """The events of a stream. Whoever stops reading stops the model too."""
    try:
        yield event(answer.begun())
        while True:
            try:
                item = first.pop() if first else await feed.next(_SILENCE)
            except TimeoutError:
                yield WAITING
                continue
            if isinstance(item, ChatError):
                yield event(item.body())
                return
            if item is None:
                break
            yield event(answer.words(item))
        for chunk in answer.ended(with_usage=asked.with_usage):
            yield event(chunk)
        yield DONE
    finally:
        await feed.close()
