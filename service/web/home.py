"""The first page: ask, the numbers of the day, how to register, where to browse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.core.calculator import registry
from service.core.errors import NothingKnown
from service.desk import Asked, get
from service.run import run
from service.store.browse import counts
from service.store.claims import counted
from service.web.answers import answer_view
from service.web.claims import PAGES
from service.web.site import Frame, Site

Shown = tuple[str, str, dict[str, Any]]  # what it is called in words, the tool, its inputs

_SHOWN: Final = {"energy": "chatgpt", "region": "US"}
_DAY: Final[tuple[Shown, ...]] = (
    ("day_chatgpt", "energy_equivalents", _SHOWN),
    ("day_prompt", "query_footprint", {"service": "chatgpt"}),
    ("day_training", "training_footprint", {"model": "gpt-3"}),
)


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the page."""

    @get("/")
    def home(request: Asked) -> Response[bytes]:
        """What this is, in one screen, with real answers."""
        return site.page(request, _home)

    return [home]


def _home(frame: Frame) -> str:
    known = frame.desk.knowledge
    said = frame.said
    stats = known.stats()
    answer = run(known, "energy_equivalents", {**_SHOWN, "language": frame.language})
    return frame.render(
        "home.html",
        f"Wattcite — {said['home']['tagline']}",
        said["home"]["lead"],
        page={key: said.say("home", key, stats) for key in said["home"]},
        questions=list(said["questions"].values()),
        numbers=list(_numbers(frame)),
        question=said["home"]["question"],
        answer=answer_view(frame, answer),
        browse=_browse(frame, stats),
        address=frame.absolute(""),
    )


def _numbers(frame: Frame) -> Iterator[dict[str, Any]]:
    """The numbers of the day, each with the page that explains it; one that is not known is left out."""
    known = frame.desk.knowledge
    last_year = int(known.as_of[:4]) - 1
    for key, tool, inputs in [*_DAY, ("day_world", "demand_outlook", {"year": last_year})]:
        try:
            answer = run(known, tool, {**inputs, "language": frame.language})
        except NothingKnown:
            continue
        sources = answer_view(frame, answer)["sources"][0]
        yield {
            "label": frame.say(key, year=last_year),
            "value": answer["headline"]["text"],
            "href": frame.link(f"/calculators/{tool}", **inputs),
            "source": frame.said["separator"].join(each["who"] for each in sources),
        }


def _browse(frame: Frame, stats: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the catalogue, each with how much there is."""
    used = counts(frame.desk.knowledge, "subject")
    parts = {
        "subjects": len(used),
        "quantities": stats["quantities"],
        "sources": stats["sources"],
        "calculators": len(registry),
    }
    gathered = {PAGES[name]: number for name, number in counted(frame.desk.knowledge).items() if name in PAGES}
    return [
        {"href": frame.link(f"/{name}"), "name": frame.say(name), "about": frame.say(f"browse_{name}"), "count": number}
        for name, number in [*parts.items(), ("disagreements", None), *gathered.items(), ("check", None)]
    ]
