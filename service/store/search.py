"""Full-text search over figures, sources, subjects and claims, in English and Chinese at once.

Bounded however large the knowledge is: rows are numbered by how likely they are wanted, the index gives matches in
that order, and only the first of them are ranked. What people type is quoted token by token, so nothing in it
is read as FTS5 syntax.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from service.store.connection import marks
from service.store.fold import Term, terms
from service.store.queries import Knowledge
from service.store.rank import Scorer, rarity, root
from service.store.schema import SEARCHED, facet

Searched = Literal["figure", "source", "subject", "claim"]

_FACET: Final = re.compile(r"[a-z0-9_.:-]+")
_RANKED: Final = 128
_COUNTED: Final = 1000
_LONGEST: Final = 300
_MOST_TERMS: Final = 16


@dataclass(frozen=True, slots=True)
class Found:
    """One page of ids, best first. `total` is exact up to a thousand; beyond that `total_is_more` is set.

    `all_words` is false where nothing holds every word, and what holds some of them is given instead.
    """

    ids: tuple[str, ...]
    total: int
    total_is_more: bool
    all_words: bool


def search(
    knowledge: Knowledge,
    words: str,
    *,
    what: Searched = "figure",
    subject: str | None = None,
    quantity: str | None = None,
    region: str | None = None,
    kind: str | None = None,
    checked: str | None = None,
    basis: str | None = None,
    source: str | None = None,
    year: int | None = None,
    topic: str | None = None,
    figure: str | None = None,
    verdict: str | None = None,
    collection: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Search for `words`, narrowed to records with exactly these values; those that a table does not have find nothing.

    What holds all words comes first; if nothing does, words that occur nowhere are left out; if still nothing does,
    what holds the rarest of the words. Only the first thousand matches can be paged through.
    """
    wanted = list(dict.fromkeys(terms(words[:_LONGEST])))[:_MOST_TERMS]
    values = {
        "subject": subject, "quantity": quantity, "region": region, "kind": kind, "checked": checked, "basis": basis,
        "source": source, "year": year, "topic": topic, "figure": figure, "verdict": verdict, "collection": collection,
    }  # fmt: skip
    narrow = [facet(name, value) for name, value in values.items() if value is not None]
    if not wanted or not all(map(_FACET.fullmatch, narrow)):
        return Found((), 0, total_is_more=False, all_words=True)
    rare = _rarities(knowledge, wanted)
    numbers, all_words = _matches(knowledge, what, wanted, rare, narrow)
    ranked = _rank(knowledge, what, numbers[:_RANKED], wanted, rare)
    page = (ranked + numbers[_RANKED:_COUNTED])[max(0, offset) :][: max(0, limit)]
    total = min(len(numbers), _COUNTED)
    return Found(_ids(knowledge, what, page), total, total_is_more=len(numbers) > _COUNTED, all_words=all_words)


def _rarities(knowledge: Knowledge, wanted: Sequence[Term]) -> dict[Term, float]:
    """The weight of each term, rarest first; a phrase is as rare as its rarest word."""
    total = knowledge.figure_count
    known = knowledge.word_counts({root(word) for term in wanted for word in term})
    weights = {term: rarity(min(known.get(root(word), 0) for word in term), total) for term in wanted}
    return dict(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])))


def _matches(
    knowledge: Knowledge, what: Searched, wanted: Sequence[Term], rare: Mapping[Term, float], narrow: Sequence[str]
) -> tuple[list[int], bool]:
    """The numbers of matching rows in their order, one more than are counted if there are more."""
    every = " AND ".join(map(_phrase, rare))
    found = _numbers(knowledge, what, every, narrow, _COUNTED + 1)
    if found:
        return found, True
    known = [term for term in rare if _numbers(knowledge, what, _phrase(term), narrow, 1)]
    if not known:
        return [], False
    if 1 <= len(known) < len(wanted):
        found = _numbers(knowledge, what, " AND ".join(map(_phrase, known)), narrow, _COUNTED + 1)
        if found:
            return found, False
    return _some(knowledge, what, known, narrow), False


def _some(knowledge: Knowledge, what: Searched, known: Sequence[Term], narrow: Sequence[str]) -> list[int]:
    """Rows with the rarest pairs of words, then with the rarest single words, until enough to rank; then any."""
    first: dict[int, None] = {}
    pairs = [f"{_phrase(a)} AND {_phrase(b)}" for a, b in itertools.pairwise(known)]
    for query in (*pairs, *map(_phrase, known)):
        if len(first) < _RANKED:
            first.update(dict.fromkeys(_numbers(knowledge, what, query, narrow, _RANKED - len(first))))
    rest = _numbers(knowledge, what, " OR ".join(map(_phrase, known)), narrow, _COUNTED + 1)
    return list(dict.fromkeys([*first, *rest]))[: _COUNTED + 1]


def _phrase(term: Term) -> str:
    """A term as FTS5 must find it: quoted, so that nothing in it is syntax; a lone character may begin a pair."""
    quoted = '"' + " ".join(term).replace('"', '""') + '"'
    lone = len(term) == 1 and len(term[0]) == 1 and not term[0].isascii()
    return f"{quoted} *" if lone else quoted


def _numbers(knowledge: Knowledge, what: Searched, query: str, narrow: Sequence[str], most: int) -> list[int]:
    columns = " ".join(SEARCHED[what])
    full = " AND ".join([f"{{{columns}}} : ({query})", *(f'facet : "{token}"' for token in narrow)])
    sql = f"SELECT rowid FROM {what}_search WHERE {what}_search MATCH ? ORDER BY rowid LIMIT ?"
    return [row[0] for row in knowledge.connection.rows(sql, (full, most))]


def _rank(
    knowledge: Knowledge, what: Searched, numbers: Sequence[int], wanted: Sequence[Term], rare: Mapping[Term, float]
) -> list[int]:
    columns, weights = list(SEARCHED[what]), list(SEARCHED[what].values())
    sql = f"SELECT number, boost, {', '.join(columns)} FROM {what}_text WHERE number IN ({marks(numbers)})"
    scorer = Scorer(weights, wanted, rare)
    scores: dict[int, float] = {}
    for row in knowledge.connection.rows(sql, numbers):
        number, boost, *texts = row
        scores[number] = boost * scorer.score(texts)
    return sorted(numbers, key=lambda number: (-scores[number], number))


def _ids(knowledge: Knowledge, what: Searched, numbers: Iterable[int]) -> tuple[str, ...]:
    numbers = list(numbers)
    rows = knowledge.connection.rows(f"SELECT number, id FROM {what} WHERE number IN ({marks(numbers)})", numbers)
    names = {row["number"]: row["id"] for row in rows}
    return tuple(names[number] for number in numbers)
