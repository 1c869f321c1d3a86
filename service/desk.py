"""What every HTTP handler works with: the knowledge, the settings, routes that describe themselves, cacheable responses.

A GET answer is a function of the knowledge, the release, the packages that may be asked and the address, so these make its
entity tag. The tag is weak, because the same answer travels compressed or not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from inspect import iscoroutinefunction
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar import HttpMethod, Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from litestar.types import Send
from pydantic import BaseModel

from service import __version__
from service.ask.moment import wish
from service.core.errors import BadCall, WattciteError
from service.core.packages import stamp
from service.core.problem import Problem
from service.settings import Settings
from service.store.queries import Knowledge

if TYPE_CHECKING:
    from service.live.grids import Grids
    from service.meter import Meter

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
HTTP: Final = "http"  # the dialect of who calls our own routes
Asked = Request[Any, Any, Any]
encode: Final = msgspec.json.Encoder().encode
decode: Final = msgspec.json.Decoder().decode

UNCOMPRESSED: Final = "uncompressed"  # in the options of a route: what it sends waits in no compressor
_DESCRIBED: Final = "described"
_UNKNOWN: Final = "unknown-tool"
_MOMENT: Final = 60  # seconds


async def tell(send: Send, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
    """Answer a request before or without the framework."""
    sized = {**headers, "content-length": str(len(body))} if body else headers
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sized.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def tell_problem(send: Send, made: Problem, headers: Mapping[str, str]) -> None:
    """Say what is wrong with a request before or without the framework; no cache keeps it."""
    await tell(send, made["status"], {"content-type": PROBLEM, "cache-control": "no-store", **headers}, encode(made))


@dataclass(frozen=True, slots=True)
class Described:
    """What the OpenAPI document says of a route besides its name and its docstring."""

    answer: Any  # the shape of the body under status 200
    tag: str
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    path: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # name: (what it is, one that exists)
    also: Mapping[str, str] = field(default_factory=dict)  # further media type of the answer: what it is
    faults: tuple[int, ...] = ()
    cached: bool = True
    about: str = ""  # where the docstring of the handler is not it
    error: Any = None  # the shape of its errors, where they are no problem details


def described(handler: HTTPRouteHandler) -> Described | None:
    """What a route says of itself; None for one that is no part of the published interface."""
    found = handler.opt.get(_DESCRIBED)
    return found if isinstance(found, Described) else None


def get(
    path: str, name: str = "", described: Described | None = None
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """Make a function the handler of GET and HEAD; published as the operation `name` where it is described."""

    def make(function: Callable[..., Any]) -> HTTPRouteHandler:
        how = {} if iscoroutinefunction(function) else {"sync_to_thread": False}
        return _route(path, (HttpMethod.GET, HttpMethod.HEAD), name, described, **how)(function)

    return make


def post(
    path: str, name: str = "", described: Described | None = None, **more: Any
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """Make a coroutine function the handler of POST; published as the operation `name` where it is described."""
    return _route(path, (HttpMethod.POST,), name, described, **more)


def _route(
    path: str, methods: tuple[HttpMethod, ...], name: str, described: Described | None, **more: Any
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    opt = {**more.pop("opt", {}), **({_DESCRIBED: described} if described else {})}
    return HTTPRouteHandler(path, http_method=methods, operation_id=name or None, opt=opt, status_code=200, **more)


def options(handlers: Iterable[object]) -> list[HTTPRouteHandler]:
    """Handlers of OPTIONS for the paths that several of these share: the framework's own would know of the first alone."""
    shared: dict[str, list[HTTPRouteHandler]] = {}
    for handler in handlers:
        if isinstance(handler, HTTPRouteHandler):
            for path in handler.paths:
                shared.setdefault(path, []).append(handler)
    return [_options(path, found) for path, found in shared.items() if len(found) > 1]


def _options(path: str, handlers: list[HTTPRouteHandler]) -> HTTPRouteHandler:
    allowed = ", ".join(sorted({"OPTIONS", *(str(method) for each in handlers for method in each.http_methods)}))

    @HTTPRouteHandler(path, http_method=HttpMethod.OPTIONS, status_code=204, sync_to_thread=False)
    def tell() -> Response[None]:
        return Response(None, status_code=204, headers={"allow": allowed})

    return tell


class Reply(Response[bytes]):
    """A response whose body stays behind where the caller only asked for the head."""

    def to_asgi_response(self, app: Any, request: Asked, **more: Any) -> ASGIResponse:
        """Make it of the request that it answers."""
        if request.method == HttpMethod.HEAD:
            text = str(self.media_type).startswith("text/")
            self.headers["content-type"] = f"{self.media_type}; charset=utf-8" if text else str(self.media_type)
            self.content = b""
            more["is_head_response"] = True
        return super().to_asgi_response(app, request, **more)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Desk:
    """The knowledge that is served and the settings in force."""

    knowledge: Knowledge
    settings: Settings
    meter: Meter | None = None
    live: Grids | None = None

    async def heard(self, raw: object) -> bool:
        """Ask live sources before a call runs that wants to know; whether it does, so that what comes of it is not kept."""
        wanted = wish(self.knowledge, raw)
        if wanted is not None and self.live is not None:
            await self.live.listen(wanted)
        return wanted is not None

    @contextmanager
    def counted(self, tool: str, dialect: str) -> Iterator[None]:
        """Count a call of a tool, with how it ends and how long it takes, where the settings ask for metrics."""
        if self.meter is None:
            yield
            return
        outcome, began = "fault", perf_counter()
        try:
            yield
            outcome = "answered"
        except WattciteError as error:
            unknown = isinstance(error, BadCall) and any(fault.code == _UNKNOWN for fault in error.faults)
            tool, outcome = ("", _UNKNOWN) if unknown else (tool, error.code)  # nobody fills the counts with inventions
            raise
        finally:
            self.meter.call(tool, dialect, outcome, perf_counter() - began)

    def json(self, request: Asked, body: object) -> Response[bytes]:
        """A cacheable JSON response."""
        return self.cached(request, encode(body), JSON)

    def fleeting(self, body: bytes, media_type: str) -> Response[bytes]:
        """A response of the moment: it has no tag, and is soon asked for again."""
        headers = {
            "cache-control": f"public, max-age={min(self.settings.max_age, self.settings.live_max_age, _MOMENT)}"
        }
        return Reply(body, media_type=media_type, headers=headers)

    def cached(self, request: Asked, body: bytes, media_type: str) -> Response[bytes]:
        """A cacheable response, or 304 without a body where the caller holds it."""
        tag = entity_tag(self.knowledge.version, request)
        headers = _headers(tag, self.settings.max_age)
        if fresh(tag, request):
            return Reply(b"", status_code=304, headers=headers)
        return Reply(body, media_type=media_type, headers=headers)


def entity_tag(version: str, request: Asked) -> str:
    """The weak tag of whatever this address answers under a knowledge version."""
    query = request.scope["query_string"].decode("latin-1")
    seed = f"{__version__}{stamp()} {request.scope['path']}?{query}".encode(errors="surrogatepass")
    return f'W/"{version}-{hashlib.sha256(seed).hexdigest()[:12]}"'


def fresh(tag: str, request: Asked) -> bool:
    """Whether the caller already holds what the tag names; tags are compared weakly, as RFC 9110 asks here."""
    held = {entry.strip().removeprefix("W/") for entry in request.headers.get("if-none-match", "").split(",")}
    return "*" in held or tag.removeprefix("W/") in held


def _headers(tag: str, max_age: int) -> dict[str, str]:
    """The headers of a cacheable answer."""
    return {"etag": tag, "cache-control": f"public, max-age={max_age}, stale-while-revalidate=86400"}
