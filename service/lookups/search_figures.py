"""Figures that match words, each with its source."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from service.lookups.fields import InRegion, Limit, Quantity, Query, Subject
from service.lookups.lookup import LookupInputs, Place, lookup
from service.lookups.records import FigureRecord, figure_record
from service.lookups.said import figure_lines
from service.store.search import search


class SearchFiguresInputs(LookupInputs):
    """Inputs of `search_figures`."""

    query: Query
    subject: Subject = None
    quantity: Quantity = None
    region: InRegion = None
    limit: Limit = 5


class FiguresFound(TypedDict):
    """Figures that were found, the best match first."""

    text: Annotated[str, Field(description="The figures as Markdown, ready to say, each with its source.")]
    total: Annotated[int, Field(description="How many match in all, at most 1000.")]
    all_words: Annotated[bool, Field(description="False where nothing matches every word, and some do instead.")]
    figures: list[FigureRecord]


@lookup
def search_figures(asked: SearchFiguresInputs, at: Place) -> FiguresFound:
    """Published figures on the energy use, emissions and water of AI, by words: value, range, date, boundary, source.

    For what someone has published; to compute with it, use a calculator. get_figure tells all of one figure, cite_source
    gives its reference.
    """
    found = search(
        at.knowledge,
        asked.query,
        subject=asked.subject,
        quantity=asked.quantity,
        region=asked.region,
        limit=asked.limit,
    )
    figures = at.knowledge.figures(found.ids)
    return FiguresFound(
        text=figure_lines(figures, at) or at.words.say("lookups", "none", {"query": asked.query}),
        total=found.total,
        all_words=found.all_words,
        figures=[figure_record(at.knowledge, figure, at.words) for figure in figures],
    )
