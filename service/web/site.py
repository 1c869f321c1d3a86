"""What all pages share: the language, links that keep it, the frame around the content, and safe, cacheable responses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from markupsafe import Markup

from service.answers.voice import Voice, voice
from service.answers.words import LANGUAGES, Words, words
from service.desk import Asked, Desk, Reply, entity_tag, fresh

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'; "
    "frame-ancestors 'none'"
)
_SAFE: Final = {"referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}
_KEPT: Final = 4 * 2**20  # bytes of pages
_ENGLISH: Final = "en"
_CARDS: Final = ("calculators", "figures")  # what has a picture of its own beside a shared link

Make = Callable[["Frame"], str]


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

    def link(self, path: str, **query: Any) -> str:
        """The address of another page in the same language."""
        pairs = [(name, value) for name, value in query.items() if value not in (None, "")]
        pairs += [("language", self.language)] if self.language != _ENGLISH else []
        return quote(path) + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")

    def here(self, language: str) -> str:
        """The address of this very page in another language."""
        pairs = [(name, value) for name, value in self.query if name != "language"]
        pairs += [("language", language)] if language != _ENGLISH else []
        return quote(self.path) + (f"?{urlencode(pairs)}" if pairs else "")

    def absolute(self, address: str) -> str:
        """An address of this service as others reach it."""
        return self.desk.settings.public_url.rstrip("/") + address

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
        said, knowledge = self.said, self.desk.knowledge
        return TEMPLATES.get_template(template).render(
            frame=self,
            link=self.link,
            t=said["pages"],
            say=self.say,
            badges=said["badges"],
            title=title,
            description=description or said["home"]["tagline"],
            language=self.language,
            languages={code: words(code)["name"][code] for code in LANGUAGES},
            languages_label=said["home"]["languages"],
            card=self.card(shows),
            stamp=self.say("stamp", version=knowledge.version, as_of=knowledge.as_of),
            **about,
        )


class Site:
    """Makes responses of pages; the pages asked for last are kept."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: dict[str, bytes] = {}

    def page(self, request: Asked, make: Make, policy: str = _POLICY) -> Response[bytes]:
        """The page that `make` makes, from what is kept where it was made before."""
        if fresh(entity_tag(self.desk.knowledge.version, request), request):
            return self.desk.cached(request, b"", "text/html")
        address = f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"
        body = self._kept.get(address)
        if body is None:
            body = make(frame(self.desk, request)).encode()
            if sum(map(len, self._kept.values())) + len(body) > _KEPT:
                self._kept.clear()
            self._kept[address] = body
        response = self.desk.cached(request, body, "text/html")
        response.headers.update(headers(policy))
        return response

    def refused(self, request: Asked, make: Make, status: int) -> Response[bytes]:
        """A page under a status that says that something is wrong."""
        body = make(frame(self.desk, request)).encode()
        response = Reply(body, media_type="text/html", status_code=status, headers={"cache-control": "no-store"})
        response.headers.update(headers(_POLICY))
        return response

    def missing(self, request: Asked, name: str, close: Mapping[str, str]) -> Response[bytes]:
        """The page under an address that names nothing; `close` are names with addresses."""

        def make(frame: Frame) -> str:
            return frame.render("missing.html", frame.say("missing"), name=name, close=close)

        return self.refused(request, make, 404)


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
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
