"""Browsing the figures: words and filters → one page of ids, and how the whole result divides over each facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from service.store.connection import marks
from service.store.kept import kept
from service.store.queries import Knowledge
from service.store.search import search

Sort = Literal["wanted", "newest", "oldest"]

COLUMNS: Final[Mapping[str, str]] = {
    "subject": "figure.subject",
    "quantity": "figure.quantity",
    "kind": "source.kind",
    "region": "figure.region",
    "basis": "figure.basis",
    "checked": "figure.checked",
}
_ORDERS: Final[Mapping[str, str]] = {
    "newest": "figure.last_year DESC, figure.as_of DESC, figure.number",
    "oldest": "figure.first_year, figure.as_of, figure.number",
}
_FROM: Final = "FROM figure JOIN source ON source.id = figure.source"
_MATCHES: Final = 1000  # what a search counts exactly
_SHOWN: Final = 12  # values of one facet


@dataclass(frozen=True, slots=True)
class Browsed:
    """One page of ids, how many fit in all, and for each facet its most frequent values with their counts."""

    ids: tuple[str, ...]
    total: int
    total_is_more: bool
    all_words: bool
    facets: Mapping[str, Sequence[tuple[str, int]]]


def browse(
    knowledge: Knowledge, words: str, wanted: Mapping[str, str], sort: Sort = "wanted", limit: int = 20, offset: int = 0
) -> Browsed:
    """Figures with these words and exactly these values (`COLUMNS`, and `year`); without either, all figures."""
    year = wanted.get("year", "")
    narrowed: dict[str, Any] = {name: wanted[name] for name in COLUMNS if wanted.get(name)}
    conditions = [f"{COLUMNS[name]} = ?" for name in narrowed]
    values: list[Any] = list(narrowed.values())
    if year:
        conditions.append("? BETWEEN first_year AND last_year")
        values.append(int(year) if year.isdecimal() and len(year) <= 4 else 0)
    matches: tuple[str, ...] = ()
    total_is_more, all_words = False, True
    if words.strip():
        found = search(knowledge, words, **narrowed, year=values[-1] if year else None, limit=_MATCHES)
        matches, total_is_more, all_words = found.ids, found.total_is_more, found.all_words
        conditions.append(f"figure.id IN ({marks(matches)})")
        values += matches
    where = " AND ".join(conditions) or "1"
    if matches and sort == "wanted":
        ids = matches[offset:][:limit]
    else:
        order = _ORDERS.get(sort, "figure.number")
        sql = f"SELECT figure.id {_FROM} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
        ids = tuple(row["id"] for row in knowledge.connection.rows(sql, (*values, limit, offset)))
    total = knowledge.connection.number(f"SELECT count(*) {_FROM} WHERE {where}", values)
    return Browsed(ids, total, total_is_more, all_words, _facets(knowledge, where, values))


def _facets(knowledge: Knowledge, where: str, values: Sequence[Any]) -> dict[str, list[tuple[str, int]]]:
    made: dict[str, list[tuple[str, int]]] = {}
    for name, column in COLUMNS.items():
        sql = f"SELECT {column} AS value, count(*) AS n {_FROM} WHERE {where} GROUP BY 1 ORDER BY n DESC, 1 LIMIT ?"
        made[name] = [(row["value"], row["n"]) for row in knowledge.connection.rows(sql, (*values, _SHOWN))]
    sql = f"SELECT first_year, last_year, count(*) AS n {_FROM} WHERE {where} GROUP BY 1, 2"
    years: Counter[int] = Counter()
    for row in knowledge.connection.rows(sql, values):
        for year in range(row["first_year"], row["last_year"] + 1):
            years[year] += row["n"]
    frequent = sorted(years.items(), key=lambda pair: (-pair[1], -pair[0]))[:_SHOWN]
    made["year"] = [(str(year), count) for year, count in sorted(frequent, reverse=True)]
    return made


def pointing_at(knowledge: Knowledge, figure_id: str) -> list[tuple[str, str]]:
    """The figures that state a relation to this one, each with the type of the relation, in the order of their ids."""
    return _relations(knowledge).get(figure_id, [])


@kept
def _relations(knowledge: Knowledge) -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in knowledge.connection.rows("SELECT type, figure, other FROM relation ORDER BY figure"):
        found.setdefault(row["other"], []).append((row["type"], row["figure"]))
    return found


def counts(knowledge: Knowledge, column: Literal["subject", "quantity", "source"]) -> dict[str, int]:
    """How many figures there are of each subject, quantity or source that has any."""
    rows = knowledge.connection.rows(f"SELECT {column} AS id, count(*) AS n FROM figure GROUP BY 1")
    return {row["id"]: row["n"] for row in rows}


def named(knowledge: Knowledge, table: Literal["figure", "source"]) -> list[str]:
    """The ids of all records of a sort, those most likely wanted first."""
    return [row["id"] for row in knowledge.connection.rows(f"SELECT id FROM {table} ORDER BY number")]


def with_values(knowledge: Knowledge, quantity: str, subject: str | None = None) -> list[str]:
    """The ids of the figures of a quantity, or of that of one subject, the newest first."""
    return _values(knowledge).get((quantity, subject), [])


@kept
def _values(knowledge: Knowledge) -> Mapping[tuple[str, str | None], list[str]]:
    found: dict[tuple[str, str | None], list[str]] = {}
    sql = "SELECT id, quantity, subject FROM figure ORDER BY last_year DESC, as_of DESC, number"
    for row in knowledge.connection.rows(sql):
        for subject in (row["subject"], None):
            found.setdefault((row["quantity"], subject), []).append(row["id"])
    return found
