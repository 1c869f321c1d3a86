"""The reference of a source in a citation style or a format of reference managers."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field
from typing_extensions import TypedDict

from service.lookups.fields import SourceId
from service.lookups.lookup import LookupInputs, Place, lookup
from service.lookups.records import CitedSource, cited_source
from service.store.cite import Format, citation

_FORMATS = ", ".join(get_args(Format))


class CiteSourceInputs(LookupInputs):
    """Inputs of `cite_source`."""

    id: SourceId
    format: Annotated[
        Format,
        Field(
            description=f"Citation style or format: {_FORMATS}. text is APA, or GB/T 7714 in Chinese. Default: text.",
            examples=["text"],
        ),
    ] = "text"


class SourceCited(TypedDict):
    """A reference."""

    text: Annotated[str, Field(description="The reference in the format asked for.")]
    source: CitedSource
    url: Annotated[str, Field(description="Address of the source here.")]


@lookup
def cite_source(asked: CiteSourceInputs, at: Place) -> SourceCited:
    """The reference of a source, or of the source of a figure: APA, GB/T 7714, BibTeX, RIS or CSL-JSON.

    search_figures finds what has been published, with the ids of its sources.
    """
    source = at.knowledge.source(asked.id)
    return SourceCited(
        text=citation(source, asked.format, asked.language),
        source=cited_source(at.knowledge, source),
        url=at.page("sources", source.id),
    )
