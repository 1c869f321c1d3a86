"""What is new, as Atom: publications by the day on which they appeared, and choices by the day from which they hold.

These are the dates that the knowledge holds of itself. When a record was taken up is not among them, so the feed does not
say it; and it is the same for the same knowledge, whenever and wherever it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.core.model import first_day
from service.core.parameter import Parameter
from service.desk import Asked, entity_tag, fresh, get
from service.store.browse import named
from service.store.queries import Knowledge
from service.store.standing import standing
from service.web.rows import figure_row
from service.web.site import Frame, Site, frame
from service.web.templating import TEMPLATES

_ATOM: Final = "application/atom+xml"
_ENTRIES: Final = 100
_SHOWN: Final = 12  # figures, and choices, of one entry


@dataclass(frozen=True, slots=True)
class Choice:
    """From a day on, answers use a figure for a purpose, in place of another where there was one."""

    parameter: Parameter
    number: int

    @property
    def figure(self) -> str:
        """The id of the figure or derived number."""
        return self.parameter.choices[self.number].figure

    @property
    def before(self) -> str:
        """The id of that which it replaced; empty for the first one."""
        return self.parameter.choices[self.number - 1].figure if self.number else ""


@dataclass(frozen=True, slots=True)
class Event:
    """What changed on a day, as exact as the day is known, with the figures of one source."""

    day: str
    source: str
    published: bool
    choices: list[Choice] = field(default_factory=list)


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the feed."""
    known = site.desk.knowledge
    newest = cache(lambda: events(known)[:_ENTRIES])

    @get("/feed.atom")
    def feed(request: Asked) -> Response[bytes]:
        """What is new, in the language that is asked for."""
        held = fresh(entity_tag(known.version, request), request)
        body = b"" if held else _written(frame(site.desk, request), newest())
        return site.desk.cached(request, body, _ATOM)

    return [feed]


def events(knowledge: Knowledge) -> list[Event]:
    """Everything that has a date, the newest first."""
    found: dict[tuple[str, str], Event] = {}
    for source in knowledge.sources(named(knowledge, "source")):
        if source.issued:
            found[source.issued, source.id] = Event(source.issued, source.id, published=True)
    for parameter in knowledge.parameters():
        for number, choice in enumerate(parameter.choices):
            key = choice.since, _source(knowledge, choice.figure)
            found.setdefault(key, Event(*key, published=False)).choices.append(Choice(parameter, number))
    return sorted(found.values(), key=lambda event: (first_day(event.day), event.day, event.source), reverse=True)


def _source(knowledge: Knowledge, figure: str) -> str:
    """The source of a figure; of the first that it rests on for a derived number."""
    return knowledge.source_of(_published(knowledge, figure)).id


def _published(knowledge: Knowledge, figure: str) -> str:
    return figure if knowledge.has_figure(figure) else next(iter(standing(knowledge).rests_on(figure)))


def _written(frame: Frame, newest: list[Event]) -> bytes:
    return (
        TEMPLATES.get_template("feed.atom")
        .render(
            frame=frame,
            language=frame.language,
            say=frame.say,
            t=frame.said["pages"],
            colon=frame.said["colon"],
            stop=frame.said["stop"],
            version=frame.desk.knowledge.version,
            updated=frame.desk.knowledge.as_of,
            entries=[_entry(frame, event) for event in newest],
        )
        .encode()
    )


def _entry(frame: Frame, event: Event) -> dict[str, Any]:
    known = frame.desk.knowledge
    source = known.source(event.source)
    figures = known.figures_of_source(source.id) if event.published else []
    return {
        "href": frame.absolute(frame.link(f"/sources/{source.id}")),
        "day": event.day,
        "updated": first_day(event.day).isoformat(),
        "who": known.label(source.id),
        "title": source.title,
        "publisher": source.publisher,
        "published": event.published,
        "figures": [figure_row(frame, each) for each in figures[:_SHOWN]],
        "more": max(0, len(figures) - _SHOWN),
        "choices": list(_choices(frame, event.choices[:_SHOWN])),
        "more_choices": max(0, len(event.choices) - _SHOWN),
    }


def _choices(frame: Frame, choices: list[Choice]) -> Iterator[dict[str, Any]]:
    known, said = frame.desk.knowledge, frame.said
    for each in choices:
        subject, quantity = known.subject(each.parameter.subject), known.quantity(each.parameter.quantity)
        yield {
            "purpose": frame.say("others_text", quantity=said.local(quantity.name), subject=said.local(subject.name)),
            "href": frame.absolute(frame.link(f"/figures/{_published(known, each.figure)}")),
            "value": _value(frame, each.figure),
            "who": _who(frame, each.figure),
            "before": f"{_value(frame, each.before)} {_who(frame, each.before)}" if each.before else "",
            "reason": said.local(each.parameter.choices[each.number].reason),
        }


def _value(frame: Frame, figure: str) -> str:
    return frame.said.units(standing(frame.desk.knowledge).value(figure))


def _who(frame: Frame, figure: str) -> str:
    return frame.voice.who(figure)
