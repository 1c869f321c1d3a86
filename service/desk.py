"""What every HTTP handler works with: the knowledge, the settings, and cacheable responses.

A GET answer is a function of the knowledge, the release and the address, so these make its entity tag.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from litestar import Request, Response

from service import __version__
from service.settings import Settings
from service.store.queries import Knowledge

JSON: Final = "application/json"
encode: Final = msgspec.json.Encoder().encode
decode: Final = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Desk:
    """The knowledge that is served and the settings in force."""

    knowledge: Knowledge
    settings: Settings

    def json(self, request: Request[Any, Any, Any], body: object) -> Response[bytes]:
        """A cacheable JSON response."""
        return self.cached(request, encode(body), JSON)

    def cached(self, request: Request[Any, Any, Any], body: bytes, media_type: str) -> Response[bytes]:
        """A cacheable response, or 304 without a body where the caller holds it."""
        tag = entity_tag(self.knowledge.version, request)
        headers = _headers(tag, self.settings.max_age)
        if fresh(tag, request):
            return Response(b"", status_code=304, headers=headers, media_type=media_type)
        return Response(body, media_type=media_type, headers=headers)


def entity_tag(version: str, request: Request[Any, Any, Any]) -> str:
    """The strong tag of whatever this address answers under a knowledge version."""
    query = request.scope["query_string"].decode("latin-1")
    seed = f"{__version__} {request.scope['path']}?{query}"
    return f'"{version}-{hashlib.sha256(seed.encode()).hexdigest()[:12]}"'


def fresh(tag: str, request: Request[Any, Any, Any]) -> bool:
    """Whether the caller already holds what the tag names."""
    held = request.headers.get("if-none-match", "")
    return held == "*" or tag in {entry.strip().removeprefix("W/") for entry in held.split(",")}


def _headers(tag: str, max_age: int) -> dict[str, str]:
    """The headers of a cacheable answer."""
    return {"etag": tag, "cache-control": f"public, max-age={max_age}, stale-while-revalidate=86400"}
