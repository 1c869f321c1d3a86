"""The folded texts that the full-text index holds of figures, sources and subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from service.core.model import Figure, QuantityKind, Region, Source, Subject
from service.store.fold import fold
from service.store.rank import NEXT_NAME, boost
from service.store.schema import facet
from service.store.tables import figure_order, is_superseded, preferred_figures, years

if TYPE_CHECKING:
    from service.store.load import Library


@dataclass(frozen=True, slots=True)
class Texts:
    """What the index holds of one row: its folded texts by column, its facets, and the factor on its score."""

    columns: Mapping[str, str]
    facets: str
    boost: float = 1.0


_MOST_YEARS: Final = 200


def search_texts(library: Library) -> dict[str, list[Texts]]:
    """For each searched table, its rows' texts in the order of their numbers."""
    return {
        "figure": list(_figures(library)),
        "source": [_source(library, source) for source in library.sources.values()],
        "subject": [_subject(subject) for subject in library.subjects.values()],
    }


def _figures(library: Library) -> Iterator[Texts]:
    # what many figures share is folded once
    subjects = {each.id: listed(names_of(each)) for each in library.subjects.values()}
    owners = {each.id: subjects.get(each.part_of or "", "") for each in library.subjects.values()}
    quantities = {each.id: listed(names_of(each)) for each in library.quantities.values()}
    regions = {each.id: listed((each.id, *names_of(each))) for each in library.regions.values()}
    sources = {each.id: " ".join(map(fold, _publication(each))) for each in library.sources.values()}
    preferred = preferred_figures(library)
    for figure in figure_order(library):
        source = library.sources[library.origin[figure.id]]
        columns = {
            "subject": subjects[figure.subject],
            "quantity": quantities[figure.quantity],
            "region": regions[figure.region],
            "statement": f"{fold(figure.statement.en)} {fold(figure.statement.zh)}",
            "source": sources[source.id],
            "scope": f"{fold(figure.scope.en)} {fold(figure.scope.zh or '')} {owners[figure.subject]}".strip(),
        }
        factor = boost(preferred=figure.id in preferred, superseded=is_superseded(figure), checked=figure.checked)
        yield Texts(columns, " ".join(_figure_facets(figure, source)), factor)


def _figure_facets(figure: Figure, source: Source) -> Iterator[str]:
    for name in ("subject", "quantity", "region", "checked", "basis"):
        yield facet(name, getattr(figure, name))
    yield facet("source", source.id)
    yield facet("kind", source.kind)
    first, last = years(figure.as_of)
    for year in range(first, min(last, first + _MOST_YEARS) + 1):
        yield facet("year", year)


def _source(library: Library, source: Source) -> Texts:
    summary = (source.summary.en, source.summary.zh) if source.summary else ()
    facets = [facet("topic", library.topics[source.id]), facet("kind", source.kind), facet("checked", source.checked)]
    columns = {
        "title": fold(source.title),
        "publisher": fold(source.publisher),
        "authors": " ".join(map(fold, (*source.authors, *source.organisations, source.issued or "", source.id))),
        "summary": " ".join(map(fold, summary)),
    }
    return Texts(columns, " ".join(facets))


def _subject(subject: Subject) -> Texts:
    columns = {
        "name": listed((subject.name.en, subject.name.zh, subject.id)),
        "aliases": listed(_aliases(subject.aliases)),
    }
    return Texts(columns, facet("kind", subject.kind))


def listed(names: Iterable[str]) -> str:
    """Folded names, each told from the next."""
    return NEXT_NAME.join(dict.fromkeys(fold(name) for name in names))


def _publication(source: Source) -> Iterable[str]:
    return (source.title, source.publisher, *source.authors, *source.organisations, source.issued or "")


def names_of(thing: Subject | QuantityKind | Region) -> Iterable[str]:
    """Every name of a record in both languages."""
    return (thing.name.en, thing.name.zh, *_aliases(thing.aliases))


def _aliases(aliases: Mapping[Literal["en", "zh"], list[str]]) -> Iterator[str]:
    for _, each in sorted(aliases.items()):
        yield from each
