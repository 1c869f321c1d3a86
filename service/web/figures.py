"""The page of one figure."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from markupsafe import Markup

from service.core.calculator import EVERY, registry
from service.core.model import Figure, Source
from service.core.parameter import Parameter
from service.desk import Asked, get
from service.store.browse import pointing_at, with_values
from service.store.cite import Format, citation
from service.store.claims import claims_on
from service.tools.registry import tools
from service.tools.schema import told
from service.web.claim import claim
from service.web.claims import claim_rows
from service.web.rows import Row, figure_row
from service.web.site import Frame, Site

_OTHERS: Final = 16
_FORMATS: Final[tuple[tuple[Format, str], ...]] = (
    ("apa", "APA"),
    ("gbt7714", "GB/T 7714"),
    ("bibtex", "BibTeX"),
    ("ris", "RIS"),
    ("csl", "CSL-JSON"),
)


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the page."""
    known = site.desk.knowledge

    @get("/figures/{figure_id:str}")
    def figure(request: Asked, figure_id: FromPath[str]) -> Response[bytes]:
        """One number: its value, where it comes from, how it stands to others, how to cite it."""
        if not known.has_figure(figure_id):
            close = {each: f"/figures/{each}" for each in known.suggest(figure_id, "figure")}
            return site.missing(request, figure_id, close)
        return site.page(request, lambda frame: _figure(frame, known.figure(figure_id)))

    return [figure]


def _figure(frame: Frame, figure: Figure) -> str:
    known, said = frame.desk.knowledge, frame.said
    source, row = known.source_of(figure.id), figure_row(frame, figure)
    others = others_of(frame, figure, row)
    return frame.render(
        "figure.html",
        f"{row['quantity']}, {row['subject']}: {row['value']} — {row['source']}",
        row["statement"],
        f"/v1/figures/{figure.id}",
        row=row,
        figure=figure,
        source=source,
        source_address=source.url or (f"https://doi.org/{source.doi}" if source.doi else ""),
        region_href=frame.kept(("in", figure.region), lambda: frame.link("/search", region=figure.region)),
        caveats=[said.local(each) for each in figure.caveats],
        relations=relations(frame, figure),
        users=users(frame, figure),
        claims=claim_rows(frame, claims_on(known, figure.id)),
        others=others,
        others_said=frame.say("others_text", quantity=row["quantity"], subject=row["subject"]),
        chart=frame.link(f"/v1/charts/subject/{figure.subject}/{figure.quantity}.svg") if len(others) > 1 else "",
        cites=frame.kept(("cite", source.id), lambda: cite_block(frame, source)),
        permalink=frame.absolute(f"/figures/{figure.id}?knowledge={known.version}"),
        version=_version(frame),
        report=_report(frame, figure),
        claim=claim(frame, figure, source),
    )


def cite_block(frame: Frame, source: Source) -> Markup:
    """A source in every format in which it is cited, ready to copy."""
    cites = [(label, citation(source, name).strip()) for name, label in _FORMATS]
    return frame.macro("cite_block", cites, frame.said["pages"])


def relations(frame: Frame, figure: Figure) -> list[tuple[str, list[Row]]]:
    """How it stands to others, and others to it: under each relation the figures, each once."""
    known, said = frame.desk.knowledge, frame.said
    own = {(link.type, link.figure) for link in figure.relates}
    found: dict[str, dict[str, None]] = {}
    for link in figure.relates:
        found.setdefault(said["relations"][link.type], {})[link.figure] = None
    for kind, other in pointing_at(known, figure.id):
        if (kind, other) not in own:  # two that dispute each other are told of once
            found.setdefault(said["relations_back"][kind], {})[other] = None
    return [
        (label, [figure_row(frame, each) for each in known.figures(list(others))]) for label, others in found.items()
    ]


def users(frame: Frame, figure: Figure) -> list[dict[str, Any]]:
    """The purposes for which it is chosen or competes, each with the calculators that read such a number."""
    return [_user(frame, figure, parameter) for parameter in frame.desk.knowledge.used_by(figure.id)]


def _user(frame: Frame, figure: Figure, parameter: Parameter) -> dict[str, Any]:
    said = frame.said
    purpose = frame.kept(("purpose", parameter.quantity, parameter.subject), lambda: purpose_of(frame, parameter))
    last = parameter.choices[-1]
    derived = parameter.derived_by_id(last.figure)
    chosen = last.figure == figure.id or (derived is not None and figure.id in derived.uses.values())
    return {
        "said": frame.say("used_choice" if chosen else "used_rival", purpose=purpose),
        "chosen": chosen,
        "reason": said.local(last.reason) if chosen else "",
        "since": last.since if chosen else "",
        "calculators": frame.kept(("readers", parameter.quantity), lambda: readers(frame, parameter.quantity)),
    }


def purpose_of(frame: Frame, parameter: Parameter) -> str:
    """What a number is chosen for, in words."""
    known = frame.desk.knowledge
    quantity, subject = known.quantity(parameter.quantity), known.subject(parameter.subject)
    return frame.say("others_text", quantity=quantity, subject=subject)


def readers(frame: Frame, quantity: str) -> Markup:
    """The calculators that read a quantity, as a list that unfolds: half of the pages of figures hold several of them."""
    found = [
        (told(tools()[each.name], frame.language).title, frame.link(f"/calculators/{each.name}"))
        for each in registry.values()
        if quantity in each.reads or EVERY in each.reads
    ]
    return frame.macro("readers", found, frame.said["pages"])


def others_of(frame: Frame, figure: Figure, row: Row) -> list[Row]:
    """All that is said of the same quantity of the same subject, the newest first; the figure among them as its `row`."""
    found = with_values(frame.desk.knowledge, figure.quantity, figure.subject)
    shown = found[:_OTHERS] if figure.id in found[:_OTHERS] else [*found[: _OTHERS - 1], figure.id]
    figures = frame.desk.knowledge.figures(shown)
    return [row if each.id == figure.id else figure_row(frame, each) for each in figures]


def _version(frame: Frame) -> str:
    """What to say where the address names another version of the knowledge than the one that is shown."""
    cited, shown = frame.asked.get("knowledge", ""), frame.desk.knowledge.version
    return frame.say("other_version", cited=cited, shown=shown) if cited not in {"", shown} else ""


def _report(frame: Frame, figure: Figure) -> str:
    """Where an error in it is reported; empty where the service has no such place."""
    address = frame.desk.settings.report_url
    if not address:
        return ""
    prefilled = urlencode({"title": figure.id, "body": frame.absolute(f"/figures/{figure.id}")})
    return f"{address}{'&' if '?' in address else '?'}{prefilled}"
