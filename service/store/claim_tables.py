"""Claims as rows of the tables in schema.py, and the texts by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from service.core.claim import Claim, Telling
from service.core.model import Source
from service.store.fold import fold
from service.store.load import Library
from service.store.schema import facet
from service.store.tables import Row, both
from service.store.texts import Texts, listed, names_of

ORIGIN = "origin"
REPEATED = "repeated"
_NUMBER = ("printed", "subject", "quantity", "value", "low", "high", "unit", "gas")


def claim_order(library: Library) -> list[tuple[str, int, Claim]]:
    """All claims in the order of their numbers, each with its collection and its place there, from 1."""
    return [
        (collection.id, i, claim)
        for collection in library.collections.values()
        for i, claim in enumerate(collection.claims, start=1)
    ]


def claim_tables(library: Library) -> dict[str, list[Row]]:
    """The tables of collections and claims."""
    ordered = claim_order(library)
    claims = [claim for _, _, claim in ordered]
    return {
        "collection": [
            {"id": each.id, "source": each.source} | both("title", each.title) | both("about", each.about)
            for each in library.collections.values()
        ],
        "claim": [
            _claim(claim) | {"number": number, "collection": collection, "position": position}
            for number, (collection, position, claim) in enumerate(ordered, start=1)
        ],
        "claim_telling": [row for claim in claims for row in _tellings(claim)],
        "claim_number": [
            {"claim": claim.id, "position": i}
            | {name: getattr(number, name) for name in _NUMBER}
            | both("of", number.of)
            for claim in claims
            for i, number in enumerate(claim.numbers)
        ],
        "claim_acceptable": [row for claim in claims for row in _list(claim, "verdict", claim.acceptable)],
        "claim_arithmetic": [row for claim in claims for row in _list(claim, "sum", claim.arithmetic)],
        "claim_paraphrase": [
            {"claim": claim.id, "position": i} | both("text", text)
            for claim in claims
            for i, text in enumerate(claim.paraphrases)
        ],
        "claim_figure": [row for claim in claims for row in _list(claim, "figure", claim.figures)],
        "claim_source": [row for claim in claims for row in _list(claim, "source", claim.sources)],
        "claim_input": [
            {"claim": claim.id, "position": i, "name": name, "value": value}
            for claim in claims
            for i, (name, value) in enumerate(_inputs(claim))
        ],
    }


def _claim(claim: Claim) -> Row:
    return (
        {name: getattr(claim, name) for name in ("id", "verdict", "since", "checked")}
        | {"tool": claim.call.tool if claim.call else None}
        | both("statement", claim.statement)
        | both("evidence", claim.evidence)
    )


def _tellings(claim: Claim) -> Iterator[Row]:
    for i, (role, telling) in enumerate(_told(claim)):
        plain = {name: getattr(telling, name) for name in ("source", "date", "figure", "takes_from")}
        yield {"claim": claim.id, "position": i, "role": role} | plain | both("note", telling.note)


def _told(claim: Claim) -> Iterator[tuple[str, Telling]]:
    if claim.origin is not None:
        yield ORIGIN, claim.origin
    yield from ((REPEATED, telling) for telling in claim.repeated_by)


def _inputs(claim: Claim) -> Iterator[tuple[str, str]]:
    for name, values in claim.call.inputs.items() if claim.call else ():
        yield from ((name, value) for value in values)


def _list(claim: Claim, column: str, values: Iterable[Any]) -> Iterator[Row]:
    return ({"claim": claim.id, "position": i, column: value} for i, value in enumerate(values))


def claim_texts(library: Library) -> list[Texts]:
    """The folded texts of every claim in the order of their numbers."""
    return [_texts(library, collection, claim) for collection, _, claim in claim_order(library)]


def _texts(library: Library, collection: str, claim: Claim) -> Texts:
    about = _about(library, claim)
    tellers = [library.sources[telling.source] for _, telling in _told(claim)]
    columns = {
        "statement": " ".join(f"{fold(text.en)} {fold(text.zh)}" for text in claim.put),
        "numbers": listed(number.printed for number in claim.numbers),
        "about": listed(name for thing in about for name in names_of(thing)),
        "tellers": " ".join(fold(word) for source in tellers for word in _signed(source)),
        "evidence": f"{fold(claim.evidence.en)} {fold(claim.evidence.zh)}",
    }
    told = {telling.source for _, telling in _told(claim)}
    stating = {telling.figure for _, telling in _told(claim) if telling.figure}
    facets = {
        *(facet("figure", name) for name in (*claim.figures, *stating)),
        *(facet("source", name) for name in (*claim.sources, *told)),
        *(facet("subject", number.subject) for number in claim.numbers if number.subject),
        *(facet("quantity", number.quantity) for number in claim.numbers if number.quantity),
        facet("verdict", claim.verdict),
        facet("collection", collection),
    }
    return Texts(columns, " ".join(sorted(facets)))


def _about(library: Library, claim: Claim) -> list[Any]:
    subjects = dict.fromkeys(number.subject for number in claim.numbers if number.subject)
    quantities = dict.fromkeys(number.quantity for number in claim.numbers if number.quantity)
    return [*(library.subjects[name] for name in subjects), *(library.quantities[name] for name in quantities)]


def _signed(source: Source) -> Iterator[str]:
    yield from (source.publisher, *source.authors, *source.organisations)
