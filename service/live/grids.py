"""Asks live sources, keeps what they say for a while, and makes figures of it.

Whatever goes wrong there ends in nothing heard: the caller then gets the yearly figure, and is told so. A source that
fails is left alone for some time, so that its trouble does not become everyone's wait.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from service.answers.words import words
from service.core.inputs import USUAL_REGION
from service.core.live import OF_THE_MOMENT, WISH, Observed, Sight
from service.core.model import Figure, Remark, Source, Text
from service.live.providers import Provider, Reading, Request, Unreadable, configured
from service.settings import Settings
from service.store.queries import Knowledge

if TYPE_CHECKING:
    import httpx

_LOG: Final = logging.getLogger("wattcite")
_MOST: Final = 1_048_576  # bytes of a reply
_REST: Final = 60.0  # seconds in which a source that failed is not asked again
_GRACE: Final = 30.0  # seconds for which what has just been heard may be used beyond its time
_TIME: Final = "%Y-%m-%d %H:%M UTC"
_INTENSITY: Final = "grid-carbon-intensity"
_SHARE: Final = "share-of-generation"
_Key = tuple[str, str | None]


class Grids:
    """The live sources of the settings."""

    def __init__(self, knowledge: Knowledge, settings: Settings) -> None:
        self._knowledge = knowledge
        self._settings = settings
        self._providers = configured(settings)
        self._heard: dict[_Key, tuple[float, Sight | None]] = {}
        self._locks: defaultdict[_Key, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._client: httpx.AsyncClient | None = None

    def __bool__(self) -> bool:
        """Whether any is configured."""
        return bool(self._providers)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    def seen(self, region: str, boundary: str | None) -> Sight | None:
        """What was last heard of a region, where it is fresh; asks nobody."""
        until, sight = self._heard.get((region, boundary), (0.0, None))
        return sight if monotonic() < until + _GRACE else None

    async def listen(self, raw: Mapping[str, Any]) -> None:
        """Ask before a call runs that wants to know, where what was heard is no longer fresh."""
        if not self._providers or raw.get("grid") != WISH or raw.get("as_of") or raw.get("year"):
            return
        named, boundary = raw.get("region") or USUAL_REGION, raw.get("boundary")
        region = self._knowledge.resolve_region(named) if isinstance(named, str) else None
        if region is None or not isinstance(boundary, str | None):
            return  # the call itself says what is wrong with them
        key = (region.id, boundary)
        if any(provider.ask(*key) for provider in self._providers):
            async with self._locks[key]:
                if monotonic() >= self._heard.get(key, (0.0, None))[0]:
                    await self._ask(key)

    async def _ask(self, key: _Key) -> None:
        for provider in self._providers:
            request = provider.ask(*key)
            sight = await self._heard_from(provider, request, key) if request else None
            if sight is not None:
                self._heard[key] = (monotonic() + self._settings.live_max_age, sight)
                return
        self._heard[key] = (monotonic() + _REST, None)

    async def _heard_from(self, provider: Provider, request: Request, key: _Key) -> Sight | None:
        """What a source says; None where it says nothing that can be used. No word of the request is logged: it may hold a key."""
        import httpx  # noqa: PLC0415 - who asks no live source carries no HTTP client

        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self._settings.live_timeout)
        try:
            async with asyncio.timeout(self._settings.live_timeout):
                body = await self._body(request)
            reading = provider.read(json.loads(body), key[1])
        except (TimeoutError, httpx.HTTPError, ValueError, RecursionError) as error:
            _LOG.warning("the live source %s says nothing of use: %s", provider.name, type(error).__name__)
            return None
        return self._sight(provider, reading, key[0])

    async def _body(self, request: Request) -> bytes:
        assert self._client is not None
        async with self._client.stream(
            "GET", request.address, params=dict(request.query), headers=dict(request.headers)
        ) as response:
            response.raise_for_status()
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _MOST:
                    raise Unreadable("too long")
            return body

    def _sight(self, provider: Provider, reading: Reading, region: str) -> Sight:
        source = self._knowledge.source(provider.source)
        at = reading.at.strftime(_TIME)
        parts = [
            Observed(_figure(provider, reading, source, region, at, number), source, value.factor)
            for number, value in enumerate(reading.values)
        ]
        return Sight(provider.name, region, reading.boundary, at, parts)


def _figure(provider: Provider, reading: Reading, source: Source, region: str, at: str, number: int) -> Figure:
    """A number of the moment as a figure. Words of both languages are those of prompts/words, under `live`."""
    value = reading.values[number]
    about = {
        "source": source.publisher,
        "at": at,
        "left_out": round(reading.left_out, 1),
        "estimated": reading.estimated,
    }
    kind = "share" if value.factor else "intensity"
    suffix = f"-{value.factor}" if value.factor else ""

    def say(key: str) -> dict[str, str]:
        said = {short: words(language) for short, language in (("en", "en"), ("zh", "zh-Hans"))}
        filled = {**about, "value": f"{value.value:.4g}"}
        return {short: each.say("live", key, filled) for short, each in said.items()}

    caveats = [Remark(**say("estimated"))] if reading.estimated else []
    return Figure(
        id=f"{OF_THE_MOMENT}{provider.name}-{region.lower()}{suffix}",
        subject=value.factor or region.lower(),
        quantity=_SHARE if value.factor else _INTENSITY,
        value=value.value,
        unit="%" if value.factor else "g/kWh",
        gas=None if value.factor else provider.gas,  # type: ignore[arg-type]
        as_of=_day(reading.at),
        region=region,
        basis="modelled",
        scope=Remark(**say(f"{provider.name}-{kind}-scope")),
        statement=Text(**say(kind)),
        locator=at,
        caveats=caveats,
        checked="primary",
    )


def _day(at: datetime) -> str:
    return at.date().isoformat()
