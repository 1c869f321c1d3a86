"""Figures and sources as rows of tables and lists, in the language of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from service.core.model import Figure, Source
from service.core.quantity import Quantity
from service.web.site import Fields, Frame

Row = Fields
_DASH: Final = "–"


def value(frame: Frame, figure: Figure) -> str:
    """The value with its unit, as its source states it."""
    return frame.said.units.stated(figure.value, figure.unit)


def span(frame: Frame, figure: Figure) -> str:
    """The range with its unit; empty where the source gives none."""
    if figure.low is None and figure.high is None:
        return ""
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    said = frame.said.units.span(Quantity(figure.value, figure.unit, low=low, high=high))
    return "" if said == value(frame, figure) else said


def period(as_of: str) -> str:
    """A period as it is printed: 2020–2030."""
    return as_of.replace("/", _DASH)


def figure_row(frame: Frame, figure: Figure) -> Row:
    """A figure with its source and their addresses."""
    known, said = frame.desk.knowledge, frame.said
    source = known.source_of(figure.id)
    return Row(
        {
            "id": figure.id,
            "href": frame.link(f"/figures/{figure.id}"),
            "statement": said.local(figure.statement),
            "value": value(frame, figure),
            "span": span(frame, figure),
            "subject": said.local(known.subject(figure.subject).name),
            "subject_href": frame.link(f"/subjects/{figure.subject}"),
            "quantity": said.local(known.quantity(figure.quantity).name),
            "quantity_href": frame.link(f"/quantities/{figure.quantity}"),
            "as_of": period(figure.as_of),
            "region": said.local(known.region(figure.region).name),
            "scope": said.local(figure.scope),
            "basis": said["badges"][figure.basis],
            "checked": figure.checked,
            "checked_said": said["badges"][figure.checked],
            "kind": said["badges"][source.kind],
            "source": known.label(source.id),
            "source_href": frame.link(f"/sources/{source.id}"),
            "superseded": any(link.type == "superseded-by" for link in figure.relates),
        }
    )


def tongue(frame: Frame, code: str) -> str:
    """What a language is called; its code where that is not known."""
    return str(frame.said["tongues"].get(code, code))


def figure_rows(frame: Frame, figures: Iterable[Figure]) -> list[Row]:
    """Figures in their order."""
    return [figure_row(frame, figure) for figure in figures]


def source_row(frame: Frame, source: Source, count: int) -> Row:
    """A source with its address and the number of its figures."""
    return Row(
        {
            "href": frame.link(f"/sources/{source.id}"),
            "label": frame.desk.knowledge.label(source.id),
            "title": source.title,
            "language": source.language,
            "publisher": source.publisher,
            "issued": source.issued or "",
            "kind": frame.said["badges"][source.kind],
            "checked": source.checked,
            "checked_said": frame.said["badges"][source.checked],
            "count": count,
        }
    )
