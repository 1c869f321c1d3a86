"""One record in the shape that connectors of chat hosts expect beside `search`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from service.lookups.fields import RecordId
from service.lookups.lookup import Place, lookup
from service.lookups.said import figure_line, source_title, statements
from service.store.cite import citation

_SHOWN = 20  # figures of a source


class FetchInputs(BaseModel):
    """Inputs of `fetch`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: RecordId


class Fetched(TypedDict):
    """One record as a document."""

    id: str
    title: str
    text: Annotated[str, Field(description="The record as Markdown, with its source.")]
    url: Annotated[str, Field(description="Address of the record here.")]
    metadata: Annotated[dict[str, str], Field(description="Kind of record, dates, and address of the publication.")]


@lookup
def fetch(asked: FetchInputs, at: Place) -> Fetched:
    """One figure or source that search found, as a document with its reference and address.

    get_figure tells the same of a figure in separate fields.
    """
    kind, _, record = asked.id.partition(":")
    return _figure(record, at) if kind == "figure" else _source(record, at)


def _figure(record: str, at: Place) -> Fetched:
    figure, source = at.knowledge.figure(record), at.knowledge.source_of(record)
    about = {"kind": "figure", "source": source.id, "as_of": figure.as_of, "unit": figure.unit, "region": figure.region}
    return Fetched(
        id=f"figure:{record}",
        title=at.words.local(figure.statement),
        text="\n\n".join([figure_line(figure, 1, at), *map(at.words.local, figure.caveats)]),
        url=at.page("figures", record),
        metadata=_filled({**about, "basis": figure.basis, "checked": figure.checked, "publication": source.url}),
    )


def _source(record: str, at: Place) -> Fetched:
    source = at.knowledge.source(record)
    figures = statements(at.knowledge.figures_of_source(record)[:_SHOWN], at)
    summary = at.words.local(source.summary) if source.summary else ""
    parts = (citation(source, "text", at.words.language).strip(), summary, figures)
    about = {"kind": "source", "issued": source.issued, "type": source.kind, "checked": source.checked}
    return Fetched(
        id=f"source:{record}",
        title=source_title(source, at),
        text="\n\n".join(filter(None, parts)),
        url=at.page("sources", record),
        metadata=_filled({**about, "publication": source.url, "doi": source.doi}),
    )


def _filled(about: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in about.items() if value}
