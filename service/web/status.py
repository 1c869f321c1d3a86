"""How the service is: what it knows, since when it runs, what it was built from, what is switched on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from time import monotonic
from typing import Any

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from markupsafe import Markup

from service.core.calculator import registry
from service.desk import Asked, get
from service.settings import Settings
from service.web.built import Build, build
from service.web.site import Frame, Site


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the page."""
    began, built = monotonic(), build()  # of the code that was loaded, whatever becomes of its folder

    @get("/status")
    def status(request: Asked) -> Response[bytes]:
        """The state of this process; the time for which it runs is all that changes by itself."""
        return site.fleeting(request, lambda frame: _status(frame, timedelta(seconds=int(monotonic() - began)), built))

    return [status]


def _status(frame: Frame, uptime: timedelta, built: Build) -> str:
    from babel.dates import format_timedelta  # noqa: PLC0415 - what it knows of a language takes 4 MB, and no other page needs it

    said: Mapping[str, Any] = frame.said["status"]
    time = Markup('<time datetime="PT{}S">{}</time>')
    running = time.format(int(uptime.total_seconds()), format_timedelta(uptime, locale=frame.said["locale"]))
    commit = [(said["commit"], built.commit)] if built.commit else []
    sections = {
        "knowledge": _knowledge(frame),
        "process": [(said["uptime"], running)],
        "build": [
            (said["release"], built.release),
            ("Python", built.python),
            (said["origin"], said[built.origin]),
            *commit,
        ],
        "switches": [(said[name], said["on" if on else "off"]) for name, on in switched(frame.desk.settings).items()],
    }
    return frame.render("status.html", frame.say("status"), said["lead"], said=said, sections=sections)


def _knowledge(frame: Frame) -> list[tuple[str, str]]:
    """The version of the knowledge and how much there is."""
    known, said = frame.desk.knowledge, frame.said
    stats = known.stats()
    counts = {name: stats[name] for name in ("subjects", "quantities", "claims")} | {"calculators": len(registry)}
    return [
        (said["status"]["version"], known.version),
        (frame.say("as_of"), known.as_of),
        (said["status"]["figures"], said.say("home", "counts", stats)),
        *((frame.say(name), str(count)) for name, count in counts.items()),
    ]


def switched(settings: Settings) -> dict[str, bool]:
    """What can be on or off, by the name under which the words say it."""
    return {
        "limit": bool(settings.limit),
        "keys": bool(settings.keys or settings.keys_required),
        "metrics": settings.metrics,
        "tracing": settings.tracing,
        "chat": bool(settings.chat_url),
        "live": bool(settings.live_great_britain or settings.live_electricity_maps_key or settings.live_eia_key),
    }
