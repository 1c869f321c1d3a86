"""Search in the shape that connectors of chat hosts expect beside `fetch`."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from service.lookups.fields import Query
from service.lookups.lookup import Place, lookup
from service.lookups.said import source_title
from service.store.search import search as matches

_FIGURES: Final = 7
_SOURCES: Final = 3


class SearchInputs(BaseModel):
    """Inputs of `search`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: Query


class Hit(TypedDict):
    """One thing that was found."""

    id: Annotated[str, Field(description="What fetch takes.")]
    title: Annotated[str, Field(description="A figure as a sentence, or a source by who, when and title.")]
    url: Annotated[str, Field(description="Address of the record here.")]


class Hits(TypedDict):
    """What was found, figures before sources, the best match first."""

    results: list[Hit]


@lookup
def search(asked: SearchInputs, at: Place) -> Hits:
    """Figures and sources on the energy use of AI that match words; fetch reads one of them.

    The pair that research connectors expect. search_figures narrows by subject, quantity and region.
    """
    known = at.knowledge
    figures = known.figures(matches(known, asked.query, what="figure", limit=_FIGURES).ids)
    sources = known.sources(matches(known, asked.query, what="source", limit=_SOURCES).ids)
    hits = [Hit(id=f"figure:{f.id}", title=at.words.local(f.statement), url=at.page("figures", f.id)) for f in figures]
    hits += [Hit(id=f"source:{s.id}", title=source_title(s, at), url=at.page("sources", s.id)) for s in sources]
    return Hits(results=hits)
