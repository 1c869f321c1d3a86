"""The language model behind the gateway: any address that speaks OpenAI's chat completions.

Whatever it does wrong ends as a `ChatError` that says so without its key and without more of its words than help.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from service.chat.deltas import Deltas, Reply, of_completion
from service.chat.events import bounded, events
from service.chat.faults import ChatError, bad_gateway, too_late
from service.settings import Settings

if TYPE_CHECKING:
    import httpx

_MOST: Final = 4_194_304  # bytes of a reply
_MOST_OF_ERROR: Final = 65_536
_SHOWN: Final = 400  # characters of an error
_CONNECT: Final = 10.0  # seconds
_PASSED_ON: Final = frozenset({400, 404, 413, 415, 422})
_KEY_REFUSED: Final = frozenset({401, 403})
_LATE: Final = frozenset({408, 504})
_NO_TOOLS: Final = re.compile(r"\btools?\b|\btool[_ -]?(?:choice|call)|function[_ -]call", re.IGNORECASE)
_WAIT: Final = re.compile(r"[\w ,:.+-]{1,40}")


class NoTools(ChatError):
    """The model does not take tools in the native way."""


class Upstream:
    """The model at the address of the settings."""

    def __init__(self, settings: Settings) -> None:
        import httpx  # noqa: PLC0415 - who has no model behind carries no HTTP client

        self._settings = settings
        self._key = settings.chat_key
        headers = {"authorization": f"Bearer {self._key}"} if self._key else {}
        timeout = httpx.Timeout(settings.chat_timeout, connect=min(_CONNECT, settings.chat_timeout))
        base = settings.chat_url.rstrip("/") + "/"
        self._client = httpx.AsyncClient(base_url=base, headers=headers, timeout=timeout)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def models(self) -> list[str]:
        """The models that it names. Raises `ChatError`."""
        until = self.deadline()
        async with self._sent("GET", "models", None, until) as response:
            made = await self._json(response, until)
        listed = made.get("data")
        named = [each.get("id") for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
        return [each for each in named if isinstance(each, str) and each]

    def deadline(self) -> float:
        """When an answer that is asked for now must be there, by the clock of the running loop."""
        return asyncio.get_running_loop().time() + self._settings.chat_timeout

    async def reply(self, payload: Mapping[str, Any], until: float) -> AsyncIterator[str | Reply]:
        """The words of a reply as they come, then the whole of it. Raises `ChatError`, `NoTools`."""
        async with self._sent("POST", "chat/completions", payload, until) as response:
            if not payload.get("stream"):
                whole = of_completion(await self._json(response, until))
                yield whole.content
                yield whole
                return
            deltas = Deltas()
            async for data in events(self._body(response, until)):
                if data is None:
                    break
                self._refused(data)
                if words := deltas.add(data):
                    yield words
            yield deltas.whole()

    @asynccontextmanager
    async def _sent(
        self, method: str, path: str, payload: Mapping[str, Any] | None, until: float
    ) -> AsyncIterator[httpx.Response]:
        """A response whose status is that of success, its body yet to come."""
        import httpx  # noqa: PLC0415 - who has no model behind carries no HTTP client

        if asyncio.get_running_loop().time() >= until:
            raise too_late(self._settings.chat_timeout)
        request = self._client.build_request(method, path, json=payload)
        try:
            async with asyncio.timeout_at(until):
                response = await self._client.send(request, stream=True)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise too_late(self._settings.chat_timeout) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise bad_gateway("upstream_unreachable", "the model cannot be reached.") from error
        try:
            if not response.is_success:
                raise await self._fault(response, until, tools=bool(payload and payload.get("tools")))
            yield response
        finally:
            await response.aclose()

    async def _body(self, response: httpx.Response, until: float, most: int = _MOST) -> AsyncIterator[bytes]:
        """The bytes of a body, as long as there is time and they are not too many."""
        import httpx  # noqa: PLC0415 - who has no model behind carries no HTTP client

        chunks = bounded(response.aiter_bytes(), most)
        while True:
            try:
                async with asyncio.timeout_at(until):
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except (TimeoutError, httpx.TimeoutException) as error:
                raise too_late(self._settings.chat_timeout) from error
            except httpx.HTTPError as error:
                raise bad_gateway("upstream_cut", "the model's reply broke off.") from error
            yield chunk

    async def _json(self, response: httpx.Response, until: float) -> dict[str, Any]:
        body = b"".join([chunk async for chunk in self._body(response, until)])
        try:
            made = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise bad_gateway("upstream_broken_json", "the model's reply is no JSON.") from error
        if not isinstance(made, dict):
            raise bad_gateway("upstream_broken_json", "the model's reply is no JSON object.")
        self._refused(made)
        return made

    def _refused(self, data: Mapping[str, Any]) -> None:
        """Raise where a reply under status 200 is an error."""
        if data.get("error"):
            raise bad_gateway("upstream_error", f"the model fails: {self._shown(_message(data))}")

    async def _fault(self, response: httpx.Response, until: float, *, tools: bool) -> ChatError:
        """What a status other than success means to the caller."""
        status, wait = response.status_code, response.headers.get("retry-after", "")
        wait = wait if _WAIT.fullmatch(wait) else ""
        said = self._shown(await self._explained(response, until))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return ChatError(status, "rate_limit_exceeded", f"the model has too many requests: {said}", wait=wait)
        if status in _LATE:
            return too_late(self._settings.chat_timeout)
        if status in _KEY_REFUSED:
            return bad_gateway("upstream_unauthorized", "the model refuses the key of this service.")
        refused = f"the model refuses the request ({status}): {said}"
        if tools and status != HTTPStatus.NOT_FOUND and _NO_TOOLS.search(said):
            return NoTools(HTTPStatus.BAD_GATEWAY, "upstream_without_tools", refused)
        passed = status in _PASSED_ON
        return ChatError(status if passed else HTTPStatus.BAD_GATEWAY, "upstream_refused", refused, wait=wait)

    async def _explained(self, response: httpx.Response, until: float) -> str:
        try:
            body = b"".join([chunk async for chunk in self._body(response, until, _MOST_OF_ERROR)])
        except ChatError:
            return ""  # the status says enough
        try:
            return _message(json.loads(body))
        except (ValueError, RecursionError):
            return body.decode(errors="replace")

    def _shown(self, text: str) -> str:
        """A text of the model's side without the key, and no longer than helps."""
        hidden = text.replace(self._key, "…") if self._key else text
        return " ".join(hidden.split())[:_SHOWN]


def _message(data: Any) -> str:
    """The words in an error, whoever's shape it has."""
    if isinstance(data, Mapping):
        error = data.get("error", data)
        if isinstance(error, Mapping):
            error = error.get("message", error.get("detail", ""))
        return error if isinstance(error, str) else ""
    return ""
