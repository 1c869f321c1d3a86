"""Which callers `/mcp` answers: the check of Host and Origin that keeps other web sites from reaching it through a browser.

A site can point its own name at this machine and call the service from its visitors' browsers (DNS rebinding). The
browser then sends the site's name, so names must be known; an IP address in its place cannot be rebound and is let in.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from service.settings import Settings

ANY: Final = "*"
_LOCAL: Final = "localhost"


class Refused(NamedTuple):
    """An HTTP status and what to do about it."""

    status: int
    message: str


@dataclass(frozen=True, slots=True)
class Guard:
    """The names and origins that are let in, beside loopback and IP addresses."""

    hosts: frozenset[str]
    origins: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> Guard:
        """The guard that the settings ask for; the service's own public address is always let in."""
        public = urlsplit(settings.public_url)
        hosts = {(public.hostname or ""), *_listed(settings.allowed_hosts)}
        origins = {f"{public.scheme}://{public.netloc}".lower(), *_listed(settings.allowed_origins)}
        return cls(frozenset(hosts - {""}), frozenset(origins))

    def refuses(self, host: str, origin: str) -> Refused | None:
        """Why a request with these headers, empty where missing, is refused; None where it is not."""
        if not self.knows(_name(host)):
            return Refused(
                421, f"{host[:100]!r} is not a name of this service; add it to WATTCITE_ALLOWED_HOSTS if it should be."
            )
        if origin and not self.welcomes(origin, host):
            return Refused(
                403, f"pages of {origin[:100]!r} may not call this; add it to WATTCITE_ALLOWED_ORIGINS if they should."
            )
        return None

    def knows(self, name: str) -> bool:
        """Whether a host goes by a name of this service."""
        return ANY in self.hosts or name in self.hosts or _cannot_be_rebound(name)

    def welcomes(self, origin: str, host: str) -> bool:
        """Whether pages of an origin may call: listed ones, those of this machine, and those of the called host itself."""
        if ANY in self.origins or origin.lower() in self.origins:
            return True
        netloc = urlsplit(origin).netloc.lower()
        return bool(netloc) and (netloc == host.lower() or _is_local(_name(netloc)))


def _listed(names: str) -> set[str]:
    return {name.strip().lower().rstrip("/") for name in names.split(",") if name.strip()}


def _name(host: str) -> str:
    """The name or address in a Host header, without its port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_local(name: str) -> bool:
    if name == _LOCAL or name.endswith(f".{_LOCAL}"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _cannot_be_rebound(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return _is_local(name)
    return True
