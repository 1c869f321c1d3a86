"""The records of the knowledge base as the interface returns them, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from service.answers.words import Words
from service.core.model import Basis, Checked, Figure, Kind, Relation, Source, Subject, SubjectKind
from service.store.queries import Knowledge


class CitedSource(TypedDict):
    """A publication as it is cited."""

    id: str
    citation: Annotated[str, Field(description="A short label: who and when.")]
    title: Annotated[str, Field(description="As published; in [brackets] where the title itself was not seen.")]
    authors: Annotated[list[str], Field(description="People as `Family, Given`, or the bodies that sign as author.")]
    publisher: str
    issued: Annotated[str | None, Field(description="Date of publication, as exact as known.")]
    url: str | None
    archived: Annotated[str | None, Field(description="Address of a copy that was read.")]
    doi: str | None
    kind: Kind
    checked: Annotated[Checked, Field(description="How it was verified that the source says what is cited.")]


class SourceRecord(CitedSource):
    """One publication."""

    language: Annotated[str, Field(description="Language of the publication.")]
    licence: str | None
    summary: str | None
    notes: list[str]
    figures: Annotated[
        int, Field(description="How many figures are taken from it; list_figures with `source` has them.")
    ]


class RelationRecord(TypedDict):
    """How a figure stands to another one."""

    type: Relation
    figure: str


class FigureRecord(TypedDict):
    """One number that one source states of one subject."""

    id: str
    statement: Annotated[str, Field(description="The figure as a sentence.")]
    subject: str
    subject_name: str
    quantity: str
    quantity_name: str
    value: float
    low: float | None
    high: float | None
    unit: str
    gas: str | None
    as_of: Annotated[str, Field(description="When the number held.")]
    region: str
    region_name: str
    basis: Basis
    scope: Annotated[str, Field(description="The boundary: what is counted and what is not.")]
    locator: Annotated[str | None, Field(description="Where in the source.")]
    caveats: list[str]
    relates: list[RelationRecord]
    checked: Annotated[
        Checked,
        Field(
            description="primary: a copy of the source was read; secondary: a document reporting it; memory: not verified."
        ),
    ]
    used_by: Annotated[list[str], Field(description="Parameters that point at it.")]
    source: CitedSource


class SubjectRecord(TypedDict):
    """What figures are about."""

    id: str
    kind: SubjectKind
    name: str
    aliases: list[str]
    region: str | None
    part_of: str | None
    figures: Annotated[int, Field(description="How many figures there are of it.")]


class FigurePage(TypedDict):
    """One page of figures."""

    total: Annotated[int, Field(description="How many there are in all, or at least, where `more` says so.")]
    more: Annotated[bool, Field(description="Whether there are more than `total`.")]
    offset: int
    items: list[FigureRecord]


class SourcePage(TypedDict):
    """One page of sources."""

    total: int
    offset: int
    items: list[SourceRecord]


class SubjectPage(TypedDict):
    """One page of subjects."""

    total: int
    offset: int
    items: list[SubjectRecord]


def cited_source(knowledge: Knowledge, source: Source) -> CitedSource:
    """A source as it is cited; titles and names are never translated."""
    return CitedSource(
        id=source.id,
        citation=knowledge.label(source.id),
        title=source.title,
        authors=source.authors or source.organisations,
        publisher=source.publisher,
        issued=source.issued,
        url=source.url,
        archived=source.archived,
        doi=source.doi,
        kind=source.kind,
        checked=source.checked,
    )


def source_record(knowledge: Knowledge, source: Source, words: Words) -> SourceRecord:
    """A source in one language."""
    return SourceRecord(
        **cited_source(knowledge, source),
        language=source.language,
        licence=source.licence,
        summary=words.local(source.summary) if source.summary else None,
        notes=[words.local(note) for note in source.notes],
        figures=knowledge.find_figures(source=source.id, limit=0)[1],
    )


def figure_record(knowledge: Knowledge, figure: Figure, words: Words) -> FigureRecord:
    """A figure with its source in one language."""
    return FigureRecord(
        id=figure.id,
        statement=words.local(figure.statement),
        subject=figure.subject,
        subject_name=words.local(knowledge.subject(figure.subject).name),
        quantity=figure.quantity,
        quantity_name=words.local(knowledge.quantity(figure.quantity).name),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        gas=figure.gas,
        as_of=figure.as_of,
        region=figure.region,
        region_name=words.local(knowledge.region(figure.region).name),
        basis=figure.basis,
        scope=words.local(figure.scope),
        locator=figure.locator,
        caveats=[words.local(caveat) for caveat in figure.caveats],
        relates=[RelationRecord(type=link.type, figure=link.figure) for link in figure.relates],
        checked=figure.checked,
        used_by=[parameter.id for parameter in knowledge.used_by(figure.id)],
        source=cited_source(knowledge, knowledge.source_of(figure.id)),
    )


def subject_record(knowledge: Knowledge, subject: Subject, words: Words) -> SubjectRecord:
    """A subject in one language."""
    return SubjectRecord(
        id=subject.id,
        kind=subject.kind,
        name=words.local(subject.name),
        aliases=_aliases(subject.aliases.values()),
        region=subject.region,
        part_of=subject.part_of,
        figures=knowledge.find_figures(subject=subject.id, limit=0)[1],
    )


def _aliases(of_languages: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(alias for aliases in of_languages for alias in aliases))
