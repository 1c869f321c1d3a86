"""What all pages share: the language, links that keep it, the frame around the content, and safe, cacheable responses."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

from litestar import Response
from markupsafe import Markup, escape

from service.answers.voice import Voice, voice
from service.answers.words import LANGUAGES, Words, words
from service.desk import Asked, Desk, Reply, encode, entity_tag, fresh
from service.web.shell import SEAM, Shell, marks
from service.web.templating import spoken

STATIC: Final = Path(__file__).parent / "static"
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'; "
    "frame-ancestors 'none'"
)
_SAFE: Final = {"referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}
_KEPT: Final = 4 * 2**20  # bytes of pages
_ENGLISH: Final = "en"
_NAME: Final = "Wattcite"
_DESCRIBED: Final = 300  # characters of a description
_CARDS: Final = ("calculators", "claims", "figures")  # what has a picture of its own beside a shared link

Make = Callable[["Frame"], str]
Kept = TypeVar("Kept")
_SHARED: Final[WeakKeyDictionary[Desk, dict[str, dict[Hashable, Any]]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Frame:
    """One page in the making: in which language, at which address."""

    desk: Desk
    language: str
    path: str
    query: Sequence[tuple[str, str]]

    @property
    def said(self) -> Words:
        """The words of its language."""
        return words(self.language)

    @property
    def voice(self) -> Voice:
        """What is said of the knowledge in its language."""
        return voice(self.desk.knowledge, self.language)

    @cached_property
    def asked(self) -> dict[str, str]:
        """The parameters of its address, the last of each name, without surrounding space."""
        return {name: value.strip() for name, value in self.query}

    def say(self, key: str, **about: Any) -> str:
        """A sentence of the pages."""
        return self.said.say("pages", key, about)

    def kept(self, about: Hashable, make: Callable[[], Kept]) -> Kept:
        """What pages in its language share, made once for a desk; `about` tells it from everything else."""
        found: Kept | None = self._shared.get(about)
        if found is None:
            found = self._shared[about] = make()
        return found

    @cached_property
    def _shared(self) -> dict[Hashable, Any]:
        return _SHARED.setdefault(self.desk, {}).setdefault(self.language, {})

    def link(self, path: str, **query: Any) -> str:
        """The address of another page in the same language."""
        if not query:
            return _bare(path, self.language)
        pairs = [(name, value) for name, value in query.items() if value not in (None, "")]
        return _quoted(path) + _query(pairs, self.language)

    def here(self, language: str) -> str:
        """The address of this very page in another language."""
        if not self._asked_here:
            return _bare(self.path, language)
        tongue = f"&language={language}" if language != _ENGLISH else ""
        return f"{_quoted(self.path)}?{self._asked_here}{tongue}"

    @cached_property
    def _asked_here(self) -> str:
        return urlencode([pair for pair in self.query if pair[0] != "language"])

    def absolute(self, address: str) -> str:
        """An address of this service as others reach it."""
        return self._root + address

    @cached_property
    def _root(self) -> str:
        return self.desk.settings.public_url.rstrip("/")

    def macro(self, name: str, *about: Any) -> Markup:
        """What a macro of ``parts.html`` makes."""
        made = getattr(spoken(self.language).get_template("parts.html").module, name)(*about)
        return Markup(made)  # noqa: S704 - a template's own

    def card(self, permalink: str) -> str:
        """The address of the card of an answer or a figure; of the first page where there is none."""
        path, mark, query = permalink.partition("?")
        kind, _, name = path.removeprefix("/v1/").partition("/")
        if kind not in _CARDS:
            return self.absolute(self.link("/cards/home.png"))
        return self.absolute(
            f"/cards/{kind}/{name}.png{mark}{query}" if query else self.link(f"/cards/{kind}/{name}.png")
        )

    def render(self, template: str, title: str, description: str = "", shows: str = "", **about: Any) -> str:
        """A page: what the frame around it needs, and `about`; `shows` is the permalink of the answer or figure it shows."""
        said = self.said
        content = (
            spoken(self.language)
            .get_template(template)
            .render(
                frame=self,
                link=self.link,
                t=self.kept("pages", lambda: Fields(said["pages"])),
                say=self.say,
                badges=said["badges"],
                title=title,
                description=description,
                language=self.language,
                seam=SEAM,
                **about,
            )
        )
        more_head, body_class, element, main = content.split(SEAM, 3)
        values = {
            "title": title if _NAME in title else f"{title} — {_NAME}",
            "heading": title,
            "description": _shortened(description or said["home"]["tagline"]),
            "card": self.card(shows),
            **{f"here_{code}": self.here(code) for code in LANGUAGES},
        }
        escaped = {name: str(escape(value)) for name, value in values.items()}
        own = {"more_head": more_head, "body_class": body_class, "element": element, "main": main}
        return self._shell.around(escaped | {name: part.strip() for name, part in own.items()})

    @property
    def _shell(self) -> Shell:
        """What stands around the page, with the entry of the menu that it is."""
        here = self.path if self.path.count("/") == 1 else ""
        return self.kept(("shell", here), lambda: Shell(self._marked(here)))

    def _marked(self, here: str) -> str:
        own = ("title", "heading", "description", "card", "more_head", "body_class", "element", "main")
        page = marks((*own, *(f"here_{code}" for code in LANGUAGES)))
        known, said = self.desk.knowledge, self.said["pages"]
        return (
            spoken(self.language)
            .get_template("shell.html")
            .render(
                page={name: Markup(mark) for name, mark in page.items()},  # noqa: S704 - our own marks
                here=here,
                link=self.link,
                t=said,
                language=self.language,
                languages={code: words(code)["name"][code] for code in LANGUAGES},
                address=self.absolute(""),
                stamp=self.say("stamp", version=known.version, as_of=known.as_of),
            )
        )


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return quote(path)


@lru_cache(maxsize=8192)
def _bare(path: str, language: str) -> str:
    """The address of a path in a language: a page may hold a hundred."""
    return _quoted(path) + _query((), language)


def _query(pairs: Sequence[tuple[str, Any]], language: str) -> str:
    """The query of an address that keeps the language; none is needed for English."""
    tongue = f"language={language}" if language != _ENGLISH else ""
    if not pairs:
        return f"?{tongue}" if tongue else ""
    return "?" + urlencode(pairs, doseq=True) + (f"&{tongue}" if tongue else "")


def _shortened(text: str) -> str:
    return text if len(text) <= _DESCRIBED else text[: _DESCRIBED - 1].rstrip() + "…"


class Fields(dict[str, Any]):
    """A dictionary for templates, whose keys are attributes too: Jinja looks for these first, and fails expensively."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.__dict__.update(fields)


class Site:
    """Makes responses of pages; the pages asked for last are kept."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: dict[str, bytes] = {}
        self._size = 0

    def page(self, request: Asked, make: Make, policy: str = _POLICY) -> Response[bytes]:
        """The page that `make` makes, from what is kept where it was made before."""
        if fresh(entity_tag(self.desk.knowledge.version, request), request):
            return self.desk.cached(request, b"", "text/html")
        address = f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"
        body = self._kept.get(address)
        if body is None:
            body = make(frame(self.desk, request)).encode()
            self._keep(address, body)
        response = self.desk.cached(request, body, "text/html")
        response.headers.update(headers(policy))
        return response

    def _keep(self, address: str, body: bytes) -> None:
        if self._size + len(body) > _KEPT:
            self._kept.clear()
            self._size = 0
        self._kept[address] = body
        self._size += len(body)

    def fleeting(self, request: Asked, make: Make, status: int = 200) -> Response[bytes]:
        """A page of the moment, which nobody keeps: how things are now, or, under another status, what is wrong."""
        body = make(frame(self.desk, request)).encode()
        response = Reply(body, media_type="text/html", status_code=status, headers={"cache-control": "no-store"})
        response.headers.update(headers(_POLICY))
        return response

    def missing(self, request: Asked, name: str, close: Mapping[str, str]) -> Response[bytes]:
        """The page under an address that names nothing; `close` are names with addresses."""

        def make(frame: Frame) -> str:
            return frame.render("missing.html", frame.say("missing"), name=name, close=close)

        return self.fleeting(request, make, 404)


def frame(desk: Desk, request: Asked) -> Frame:
    """The frame of a request; an unknown language is English."""
    language = request.query_params.get("language", _ENGLISH)
    query = list(request.query_params.multi_items())
    return Frame(desk, language if language in LANGUAGES else _ENGLISH, str(request.scope["path"]), query)


def headers(policy: str) -> dict[str, str]:
    """The headers under which a page can do no harm and load nothing from elsewhere."""
    return {"content-security-policy": policy, **_SAFE}


def data_block(data: object) -> Markup:
    """JSON for a `script` element that holds data: nothing in it can end the element."""
    text = encode(data).decode()
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
