"""How often a client may call: counted in a window that slides, in this worker's memory or in a Valkey or Redis that all share."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError, StorageError

from service.settings import STORES, BadSettings, Settings

MEMORY: Final = "memory"
_LOG: Final = logging.getLogger("wattcite")
_NETWORK: Final = 64  # bits of an IPv6 address that one household or machine is given
_PATIENCE: Final = 0.5  # seconds for the shared store to answer; a call must not wait for long to be counted
_SHARED_STORE: Final[dict[str, Any]] = {
    "implementation": "redispy",  # one client speaks to both
    "wrap_exceptions": True,
    "key_prefix": "wattcite",
    "socket_timeout": _PATIENCE,
    "socket_connect_timeout": _PATIENCE,
}
_AGAIN: Final = 2.0  # seconds for which a store that did not answer is left alone

parsed: Final = cache(parse)


@dataclass(frozen=True, slots=True)
class Count:
    """How a client stands after a call."""

    allowed: bool
    limit: RateLimitItem
    remaining: int
    reset: int  # seconds until the window is over

    def headers(self) -> dict[str, str]:
        """The standard header fields: the two of the present draft, the three that most clients read, and Retry-After."""
        window = self.limit.get_expiry()
        told = {
            "ratelimit-policy": f'"default";q={self.limit.amount};w={window}',
            "ratelimit": f'"default";r={self.remaining};t={self.reset}',
            "ratelimit-limit": str(self.limit.amount),
            "ratelimit-remaining": str(self.remaining),
            "ratelimit-reset": str(self.reset),
        }
        return told if self.allowed else {**told, "retry-after": str(max(1, self.reset))}


class StoreGone(Exception):
    """The shared store cannot be reached, and by the settings nothing is answered then."""


class Limiter:
    """Counts the calls of clients."""

    def __init__(self, settings: Settings) -> None:
        """Make ready to count. Raises `BadSettings` where the client of the store is missing."""
        self._usual = settings.limit
        self.shared = settings.limit_store != MEMORY
        self._closed = settings.limit_store_gone == "closed"
        store = _store(settings.limit_store)
        self._strategy = SlidingWindowCounterRateLimiter(store)
        self._gone_until = 0.0

    @property
    def reachable(self) -> bool:
        """Whether the store answered when it was last asked."""
        return self._gone_until == 0

    @property
    def closed(self) -> bool:
        """Whether nothing is answered while the store is gone."""
        return self._closed

    async def count(self, client: str, own: str | None) -> Count | None:
        """Count a call of a client; None where it has no limit or the store is gone. Raises `StoreGone`."""
        text = own or self._usual
        if not text:
            return None
        limit = parsed(text)
        if self._gone_until > time.monotonic():
            self._uncounted()
            return None
        try:
            allowed = await self._strategy.hit(limit, client)
            window = await self._strategy.get_window_stats(limit, client)
        except (StorageError, OSError) as error:
            if self.reachable:
                _LOG.warning(
                    "calls are not counted: the store of limits cannot be reached (%s)",
                    type(error.__cause__ or error).__name__,
                )
            self._gone_until = time.monotonic() + _AGAIN
            self._uncounted()
            return None
        self._gone_until = 0.0
        return Count(allowed, limit, window.remaining, max(0, math.ceil(window.reset_time - time.time())))

    async def ask(self) -> bool:
        """Whether the store can be reached now; asked by the readiness route."""
        if not self.shared:
            return True
        try:
            answered = await self._strategy.storage.check()
        except (StorageError, OSError):
            answered = False
        self._gone_until = 0.0 if answered else time.monotonic() + _AGAIN
        return answered

    def _uncounted(self) -> None:
        if self._closed:
            raise StoreGone


def _store(address: str) -> Storage:
    if address == MEMORY:
        return MemoryStorage()
    scheme, _, rest = address.partition("://")
    try:
        return RedisStorage(f"async+{STORES[scheme]}://{rest}", **_SHARED_STORE)
    except ConfigurationError as error:
        raise BadSettings(
            f"WATTCITE_LIMIT_STORE: {scheme} needs its client: install wattcite[valkey] ({error})."
        ) from None


def client_of(host: str) -> str:
    """Whom an address counts for: itself, or its network where that is what one client is given."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> (128 - _NETWORK) << (128 - _NETWORK)))
    return str(address.ipv4_mapped or address) if isinstance(address, IPv6Address) else host
