"""The knowledge as rows of the tables in schema.py, in a fixed order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from service.core.model import Figure, Remark, Source, Text, first_day
from service.core.units import vocabulary
from service.store.fold import squeeze

if TYPE_CHECKING:
    from service.store.load import Library

Row = dict[str, Any]


def tables(library: Library) -> dict[str, list[Row]]:
    """Every table but ``meta``, ``word`` and those of the full-text index."""
    numbered = figure_order(library)
    preferred = preferred_figures(library)
    return {
        "region": [_named(each) | {"part_of": each.part_of} for each in library.regions.values()],
        "region_alias": list(_aliases("region", library.regions)),
        "subject": [
            _named(each) | {"number": i, "kind": each.kind, "region": each.region, "part_of": each.part_of}
            for i, each in enumerate(library.subjects.values(), start=1)
        ],
        "subject_alias": list(_aliases("subject", library.subjects)),
        "region_name": _name_keys("region", library.regions),
        "subject_name": _name_keys("subject", library.subjects),
        "quantity": [
            _named(each) | both("definition", each.definition) | both("statement", each.statement) | {"unit": each.unit}
            for each in library.quantities.values()
        ],
        "quantity_alias": list(_aliases("quantity", library.quantities)),
        "quantity_unit": [
            {"quantity": each.id, "position": i, "unit": unit}
            for each in library.quantities.values()
            for i, unit in enumerate(each.also)
        ],
        **_sources(library),
        "figure": [
            _figure(figure, number, library.origin[figure.id], figure.id in preferred)
            for number, figure in enumerate(numbered, start=1)
        ],
        "caveat": [row for figure in numbered for row in _remarks("figure", figure.id, figure.caveats)],
        "relation": [
            {"figure": figure.id, "position": i, "type": link.type, "other": link.figure}
            for figure in numbered
            for i, link in enumerate(figure.relates)
        ],
        **_parameters(library),
        "unit": _units(),
    }


def _units() -> list[Row]:
    return [
        {"name": name, "factor": factor, "dimension": " ".join(f"{base}^{power:g}" for base, power in dimension)}
        for name, (factor, dimension) in sorted(vocabulary().items())
    ]


def figure_order(library: Library) -> list[Figure]:
    """All figures, those most likely wanted first: preferred, in force, verified, written by hand, newest."""
    preferred = preferred_figures(library)
    by_hand = {figure.id for source in library.sources.values() for figure in source.figures}

    def rank(figure: Figure) -> tuple[bool, bool, bool, bool, int, str]:
        return (
            figure.id not in preferred,
            is_superseded(figure),
            figure.checked == "memory",
            figure.id not in by_hand,
            -years(figure.as_of)[1],
            figure.id,
        )

    return sorted(library.figures.values(), key=rank)


def preferred_figures(library: Library) -> set[str]:
    """The figures that the latest choice of a parameter points at, itself or through a derived number."""
    chosen = {parameter.choices[-1].figure for parameter in library.parameters.values()}
    through = {used for name in chosen if name in library.derived for used in library.derived[name].uses.values()}
    return {name for name in chosen if name in library.figures} | through


def is_superseded(figure: Figure) -> bool:
    """Whether another figure has taken its place."""
    return any(link.type == "superseded-by" for link in figure.relates)


def years(as_of: str) -> tuple[int, int]:
    """The first and the last year of a date or period.

    >>> years("2020-06/2030"), years("2024")
    ((2020, 2030), (2024, 2024))
    """
    start, _, end = as_of.partition("/")
    return first_day(start).year, first_day(end or start).year


def both(name: str, text: Text | Remark | None) -> Row:
    """The two columns of a text in two languages."""
    return {f"{name}_en": text.en if text else None, f"{name}_zh": text.zh if text else None}


def _named(thing: Any) -> Row:
    return {"id": thing.id} | both("name", thing.name)


def _aliases(owner: str, things: Mapping[str, Any]) -> Iterator[Row]:
    for thing in things.values():
        for language, aliases in sorted(thing.aliases.items()):
            for i, alias in enumerate(aliases):
                yield {owner: thing.id, "language": language, "position": i, "alias": alias}


def _name_keys(owner: str, things: Mapping[str, Any]) -> list[Row]:
    """Every way to name a thing, as names are compared."""
    keys = {
        (squeeze(name), thing.id)
        for thing in things.values()
        for name in (thing.id, thing.name.en, thing.name.zh, *itertools.chain(*thing.aliases.values()))
    }
    return [{"key": key, owner: name} for key, name in sorted(keys) if key]


def _remarks(owner: str, name: str, remarks: Iterable[Remark]) -> Iterator[Row]:
    for i, remark in enumerate(remarks):
        yield {owner: name, "position": i} | both("text", remark)


def _sources(library: Library) -> dict[str, list[Row]]:
    sources = library.sources.values()
    plain = ("id", "title", "publisher", "issued", "url", "archived", "doi", "language", "kind", "checked", "licence")
    return {
        "source": [
            {"number": i, "topic": library.topics[source.id]}
            | {name: getattr(source, name) for name in plain}
            | both("summary", source.summary)
            for i, source in enumerate(sources, start=1)
        ],
        "author": [row for source in sources for row in _authors(source)],
        "note": [row for source in sources for row in _remarks("source", source.id, source.notes)],
        "source_table": [
            {"source": source.id, "position": i}
            | {name: getattr(table, name) for name in ("quantity", "unit", "gas", "basis", "locator")}
            | both("scope", table.scope)
            for source in sources
            for i, table in enumerate(source.tables)
        ],
    }


def _authors(source: Source) -> Iterator[Row]:
    people = [(name, "person") for name in source.authors] + [(name, "organisation") for name in source.organisations]
    for i, (name, kind) in enumerate(people):
        yield {"source": source.id, "position": i, "name": name, "kind": kind}


def _figure(figure: Figure, number: int, source: str, preferred: bool) -> Row:
    plain = (
        "id", "subject", "quantity", "value", "low", "high", "unit", "gas", "as_of", "region", "basis", "locator",
        "checked",
    )  # fmt: skip
    first, last = years(figure.as_of)
    return (
        {"number": number, "source": source, "first_year": first, "last_year": last}
        | {name: getattr(figure, name) for name in plain}
        | both("scope", figure.scope)
        | both("statement", figure.statement)
        | {"preferred": int(preferred), "superseded": int(is_superseded(figure))}
    )


def _parameters(library: Library) -> dict[str, list[Row]]:
    parameters = library.parameters.values()
    return {
        "parameter": [
            {name: getattr(each, name) for name in ("id", "subject", "quantity", "region", "review_by")}
            for each in parameters
        ],
        "derived": [
            {"id": each.id, "parameter": parameter.id, "position": i, "formula": each.formula, "as_of": each.as_of}
            | both("label", each.label)
            | both("scope", each.scope)
            for parameter in parameters
            for i, each in enumerate(parameter.derived)
        ],
        "derived_use": [
            {"derived": each.id, "name": name, "position": i, "figure": figure}
            for parameter in parameters
            for each in parameter.derived
            for i, (name, figure) in enumerate(each.uses.items())
        ],
        "choice": [
            {"parameter": parameter.id, "position": i, "since": choice.since}
            | _pointed(library, choice.figure)
            | both("reason", choice.reason)
            for parameter in parameters
            for i, choice in enumerate(parameter.choices)
        ],
        "rival": [
            {"parameter": parameter.id, "position": i} | _pointed(library, rival.figure)
            for parameter in parameters
            for i, rival in enumerate(parameter.rivals)
        ],
        "pairing": [
            {"parameter": parameter.id, "entry": name, "entry_position": i, "position": j} | _pointed(library, paired)
            for parameter in parameters
            for name, entries in (("choice", parameter.choices), ("rival", parameter.rivals))
            for i, entry in enumerate(entries)
            for j, paired in enumerate(entry.paired)
        ],
    }


def _pointed(library: Library, name: str) -> Row:
    derived = name in library.derived
    return {"figure": None if derived else name, "derived": name if derived else None}
