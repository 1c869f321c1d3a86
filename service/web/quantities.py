"""The page of one quantity with all its values, and the list of all quantities."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.model import QuantityKind
from service.desk import Asked, get
from service.store.browse import counts, with_values
from service.web.rows import figure_rows
from service.web.site import Frame, Site

_MOST: Final = 100


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the pages."""
    known = site.desk.knowledge

    @get("/quantities")
    def quantities(request: Asked) -> Response[bytes]:
        """All quantities, those with most values first."""
        return site.page(request, _quantities)

    @get("/quantities/{quantity_id:str}")
    def quantity(request: Asked, quantity_id: FromPath[str]) -> Response[bytes]:
        """What a kind of number means, and its values compared."""
        if quantity_id not in known.quantities:
            close = {each: f"/quantities/{each}" for each in known.suggest_quantities(quantity_id)}
            return site.missing(request, quantity_id, close)
        return site.page(request, lambda frame: _quantity(frame, known.quantity(quantity_id)))

    return [quantities, quantity]


def _quantities(frame: Frame) -> str:
    known, how_many = frame.desk.knowledge, counts(frame.desk.knowledge, "quantity")
    rows: list[dict[str, Any]] = [
        {
            "href": frame.link(f"/quantities/{each.id}"),
            "name": frame.said.local(each.name),
            "definition": frame.said.local(each.definition),
            "unit": _unit(frame, each),
            "count": how_many.get(each.id, 0),
        }
        for each in known.quantities.values()
    ]
    rows.sort(key=lambda each: (-each["count"], each["name"]))
    return frame.render("quantities.html", frame.say("quantities"), frame.say("browse_quantities"), rows=rows)


def _unit(frame: Frame, quantity: QuantityKind) -> str:
    return frame.said.units.stated(0, quantity.unit).removeprefix("0").strip()


def _quantity(frame: Frame, quantity: QuantityKind) -> str:
    known, said = frame.desk.knowledge, frame.said
    found = with_values(known, quantity.id)
    name = said.local(quantity.name)
    return frame.render(
        "quantity.html",
        name,
        said.local(quantity.definition),
        quantity=quantity,
        definition=said.local(quantity.definition),
        unit=_unit(frame, quantity),
        aliases=quantity.aliases.get("zh" if frame.language != "en" else "en", []),
        rows=figure_rows(frame, known.figures(found[:_MOST])),
        total=len(found),
        chart=frame.link(f"/v1/charts/quantity/{quantity.id}.svg") if len(found) > 1 else "",
        chart_said=frame.say("chart", title=name),
        all_href=frame.link("/search", quantity=quantity.id, sort="newest"),
    )
