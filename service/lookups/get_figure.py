"""One figure with everything that is known of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from service.lookups.fields import FigureId
from service.lookups.lookup import LookupInputs, Place, lookup
from service.lookups.records import FigureRecord, figure_record
from service.lookups.said import figure_line


class GetFigureInputs(LookupInputs):
    """Inputs of `get_figure`."""

    id: FigureId


class FigureFound(TypedDict):
    """One figure."""

    text: Annotated[str, Field(description="The figure as Markdown, ready to say, with its source.")]
    figure: FigureRecord
    url: Annotated[str, Field(description="Address of the figure here.")]


@lookup
def get_figure(asked: GetFigureInputs, at: Place) -> FigureFound:
    """One published figure by its id: value, range, unit, date, boundary, caveats, rivals, and its source.

    search_figures finds ids; cite_source gives the reference in a citation style.
    """
    figure = at.knowledge.figure(asked.id)
    return FigureFound(
        text=figure_line(figure, 1, at),
        figure=figure_record(at.knowledge, figure, at.words),
        url=at.page("figures", figure.id),
    )
