"""Cards: the pictures beside shared links, with the number large, what it is, and whose it is.

The card of a page has the path of what the page shows, below /cards: /cards/figures/{id}.png for /v1/figures/{id}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import floor
from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.answer import Answer
from service.core.claim import Claim
from service.core.inputs import list_inputs
from service.core.model import Figure
from service.desk import Asked, entity_tag, fresh, get
from service.run import find, run
from service.store.claims import claim, has_claim
from service.web.answers import spoken
from service.web.charts.measure import cut, width, wrapped
from service.web.charts.svg import PALETTE
from service.web.pictures import PNG, png
from service.web.rows import period, value
from service.web.site import Frame, Site, frame
from service.web.templating import TEMPLATES

WIDTH: Final = 1200
HEIGHT: Final = 630
_ENDING: Final = ".png"
_LEFT: Final = 72
_TOP: Final = 70
_BOTTOM: Final = 104  # of the strip with the name
_BOLD: Final = 1.15  # how much wider bold type is
_LARGEST: Final = 132.0
_SMALLEST: Final = 64.0
_TEXT: Final = 38.0
_SMALL: Final = 28.0
_CITED: Final = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: the number, what it is, what else is to be known of it, in one line each."""

    number: str
    text: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a card."""

    text: str
    size: float
    y: float
    bold: bool = False
    quiet: bool = False


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the cards."""
    known = site.desk.knowledge

    @get("/cards/home.png")
    def home(request: Asked) -> Response[bytes]:
        """The card of every page that has none of its own."""
        return _reply(site, request, _home)

    @get("/cards/figures/{figure_file:str}")
    def figure(request: Asked, figure_file: FromPath[str]) -> Response[bytes]:
        """The card of a figure."""
        name = figure_file.removesuffix(_ENDING)
        if not known.has_figure(name):
            return site.missing(request, name, {})
        return _reply(site, request, lambda frame: figure_card(frame, known.figure(name)))

    @get("/cards/claims/{claim_file:str}")
    def claimed(request: Asked, claim_file: FromPath[str]) -> Response[bytes]:
        """The card of a claim."""
        name = claim_file.removesuffix(_ENDING)
        if not has_claim(known, name):
            return site.missing(request, name, {})
        return _reply(site, request, lambda frame: claim_card(frame, claim(known, name)))

    @get("/cards/calculators/{calculator_file:str}")
    async def answer(request: Asked, calculator_file: FromPath[str]) -> Response[bytes]:
        """The card of an answer, with the inputs in the address."""
        name = calculator_file.removesuffix(_ENDING)
        raw = _inputs(request, name)
        lasting = not await site.desk.heard(raw)
        made = run(known, name, raw, live=site.desk.live)
        return _reply(site, request, lambda frame: answer_card(frame, made), lasting=lasting)

    return [home, figure, claimed, answer]


def _inputs(request: Asked, name: str) -> dict[str, Any]:
    lists = list_inputs(find(name).inputs)
    raw: dict[str, Any] = {}
    for key, given in request.query_params.multi_items():
        raw[key] = [*raw.get(key, ()), given] if key in lists else given
    return raw


def _reply(site: Site, request: Asked, make: Callable[[Frame], Card], *, lasting: bool = True) -> Response[bytes]:
    desk = site.desk
    asked = frame(desk, request)
    if not lasting:
        return desk.fleeting(png(svg(make(asked), asked)), PNG)
    if fresh(entity_tag(desk.knowledge.version, request), request):
        return desk.cached(request, b"", PNG)
    return desk.cached(request, png(svg(make(asked), asked)), PNG)


def _home(frame: Frame) -> Card:
    said, stats = frame.said, frame.desk.knowledge.stats()
    tagline = said["home"]["tagline"]
    return Card(tagline[:1].upper() + tagline[1:], said.say("home", "counts", stats))


def figure_card(frame: Frame, figure: Figure) -> Card:
    """The card of a figure: the number, what it states, whose it is."""
    said, known = frame.said, frame.desk.knowledge
    who = f"{known.label(known.source_of(figure.id).id)} · {period(figure.as_of)} · {said['badges'][figure.checked]}"
    return Card(value(frame, figure), said.local(figure.statement), (who,))


def claim_card(frame: Frame, claim: Claim) -> Card:
    """The card of a claim: its verdict, what is claimed, who said it first, whose figures speak for or against it."""
    said, known = frame.said, frame.desk.knowledge
    verdict = said["verdicts"][claim.verdict]
    first = frame.say("card_first", who=known.label(claim.origin.source)) if claim.origin else ""
    sources = [*(known.source_of(each).id for each in claim.figures), *claim.sources]
    who = said["join"].join(dict.fromkeys(map(known.label, sources)))
    rests = frame.say("card_rests", who=who) if who else ""
    return Card(verdict[:1].upper() + verdict[1:], said.local(claim.statement), tuple(filter(None, (first, rests))))


def answer_card(frame: Frame, answer: Answer) -> Card:
    """The card of an answer: the headline, its sentence, how far estimates go, whose figures it rests on."""
    cited = set(map(int, _CITED.findall(answer["text"].split("\n\n", 1)[0])))
    who = dict.fromkeys(
        frame.desk.knowledge.label(each["source"]) for each in answer["citations"] if each["n"] in cited
    )
    more = []
    if answer["spread"]:
        ordered = sorted(answer["estimates"], key=lambda each: each["value"])
        more.append(frame.say("card_range", low=ordered[0]["text"], high=ordered[-1]["text"]))
    return Card(answer["headline"]["text"], spoken(answer), (*more, frame.said["join"].join(who)))


def svg(card: Card, frame: Frame) -> bytes:
    """A card as SVG."""
    stamp = frame.say("stamp_short", version=frame.desk.knowledge.version)
    colours = {name: light for name, (light, _) in PALETTE.items()}
    made = TEMPLATES.get_template("cards/card.svg.j2").render(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        colours=colours,
        lines=list(lines_of(card)),
        stamp=stamp,
        language=frame.language,
    )
    return made.encode()


def lines_of(card: Card) -> Iterator[Line]:
    """The lines of a card, from the top; the text between number and bottom takes what room there is."""
    room, y = float(WIDTH - 2 * _LEFT), float(_TOP)
    size = floor(max(_SMALLEST, min(_LARGEST, _LARGEST * room / (width(card.number, _LARGEST) * _BOLD))))
    for text in wrapped(card.number, room / _BOLD, size)[:2]:
        y += size * 1.1
        yield Line(text, size, y - size * 0.1, bold=True)
    y += _TEXT * 0.8
    below = HEIGHT - _BOTTOM - _SMALL * 1.5 * len(card.more) - _TEXT * 0.5
    lines = wrapped(card.text, room, _TEXT)
    most = min(len(lines), max(1, int((below - y) / (_TEXT * 1.35))))
    shown = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), room, _TEXT)]
    for text in shown:
        y += _TEXT * 1.35
        yield Line(text, _TEXT, y - _TEXT * 0.35)
    for number, text in enumerate(reversed([each for each in card.more if each])):
        yield Line(cut(text, room, _SMALL), _SMALL, HEIGHT - _BOTTOM - _SMALL * (0.9 + 1.5 * number), quiet=True)
