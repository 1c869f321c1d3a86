"""Where sources differ most about the same quantity of the same subject."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from service.core.model import Figure
from service.core.parameter import Parameter
from service.core.quantity import Quantity
from service.desk import Asked, get
from service.store.queries import Knowledge
from service.web.rows import Row, figure_row
from service.web.site import Frame, Site

_SHOWN: Final = 40
_LEAST: Final = 1.5


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the page."""
    widest = lru_cache(maxsize=1)(lambda: spreads(site.desk.knowledge)[:_SHOWN])

    @get("/disagreements")
    def disagreements(request: Asked) -> Response[bytes]:
        """The widest spreads between published figures."""
        return site.page(request, lambda frame: _disagreements(frame, widest()))

    return [disagreements]


Spread = tuple[float, Parameter, list[Figure]]


def spreads(knowledge: Knowledge) -> list[Spread]:
    """For each purpose with competing figures: highest ÷ lowest, and the figures in order of value; the widest first."""
    found: dict[frozenset[str], Spread] = {}
    for parameter in knowledge.parameters():
        ids = [each for each in parameter.candidates() if knowledge.has_figure(each)]
        current = [each for each in knowledge.figures(ids) if not _superseded(each)] if len(ids) > 1 else []
        for spread in _spread(parameter, current) if len(current) > 1 else []:
            found.setdefault(
                frozenset(each.id for each in spread[2]), spread
            )  # the same figures may serve two purposes
    return sorted(found.values(), key=lambda each: (-each[0], each[1].id))


def _superseded(figure: Figure) -> bool:
    """Whether a newer one replaces it: that is a change, not a disagreement."""
    return any(link.type == "superseded-by" for link in figure.relates)


def _spread(parameter: Parameter, figures: list[Figure]) -> list[Spread]:
    """The spread of those figures that measure the same dimension as the first; none where it is small."""
    first = Quantity(1, figures[0].unit).unit
    pairs = [(Quantity(each.value, each.unit), each) for each in figures]
    alike = [(value.to(first).value, each) for value, each in pairs if value.unit.dimension == first.dimension]
    positive = sorted(((value, each) for value, each in alike if value > 0), key=lambda pair: pair[0])
    if len(positive) < 2:
        return []
    ratio = positive[-1][0] / positive[0][0]
    return [(ratio, parameter, [each for _, each in positive])] if ratio >= _LEAST else []


def _disagreements(frame: Frame, widest: list[Spread]) -> str:
    entries = [_entry(frame, *each) for each in widest]
    return frame.render(
        "disagreements.html", frame.say("disagreements"), frame.say("disagreements_text"), entries=entries
    )


def _entry(frame: Frame, ratio: float, parameter: Parameter, figures: list[Figure]) -> dict[str, Any]:
    known, said = frame.desk.knowledge, frame.said
    subject, quantity = known.subject(parameter.subject), known.quantity(parameter.quantity)
    rows: list[Row] = [figure_row(frame, each) for each in figures]
    chosen = parameter.choices[-1]
    return {
        "title": frame.say("others_text", quantity=said.local(quantity.name), subject=said.local(subject.name)),
        "href": frame.link(f"/quantities/{quantity.id}"),
        "spread": frame.say("spread", factor=said.count(ratio)),
        "low": rows[0],
        "high": rows[-1],
        "between": rows[1:-1],
        "reason": said.local(chosen.reason),
        "chosen": chosen.figure,
    }
