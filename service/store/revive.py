"""Database rows back into the records of the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from service.core.model import Figure, QuantityKind, Region, Source, Subject
from service.core.parameter import Derived, Parameter
from service.core.units import Dimension, Meaning
from service.store.connection import Connection, Row, marks

Plain = dict[str, Any]

_SOURCE = ("id", "title", "publisher", "issued", "url", "archived", "doi", "language", "kind", "checked", "licence")
_FIGURE = (
    "id", "subject", "quantity", "value", "low", "high", "unit", "gas", "as_of", "region", "basis", "locator", "checked",
)  # fmt: skip
_TABLE = ("quantity", "unit", "gas", "basis", "locator")


def figures(connection: Connection, ids: Sequence[str]) -> list[Figure]:
    """The figures of these ids that there are, in any order."""
    listed = marks(ids)
    caveats = grouped(
        connection.rows(f"SELECT * FROM caveat WHERE figure IN ({listed}) ORDER BY position", ids), "figure"
    )
    links = grouped(
        connection.rows(f"SELECT * FROM relation WHERE figure IN ({listed}) ORDER BY position", ids), "figure"
    )
    return [
        Figure.model_validate(
            plain(row, _FIGURE)
            | {"scope": both(row, "scope"), "statement": both(row, "statement")}
            | {"caveats": [both(each, "text") for each in caveats[row["id"]]]}
            | {"relates": [{"type": each["type"], "figure": each["other"]} for each in links[row["id"]]]}
        )
        for row in connection.rows(f"SELECT * FROM figure WHERE id IN ({listed})", ids)
    ]


def sources(connection: Connection, ids: Sequence[str]) -> list[Source]:
    """The sources of these ids that there are, without their figures, in any order."""
    listed = marks(ids)
    authors = grouped(
        connection.rows(f"SELECT * FROM author WHERE source IN ({listed}) ORDER BY position", ids), "source"
    )
    notes = grouped(connection.rows(f"SELECT * FROM note WHERE source IN ({listed}) ORDER BY position", ids), "source")
    tables = grouped(
        connection.rows(f"SELECT * FROM source_table WHERE source IN ({listed}) ORDER BY position", ids), "source"
    )
    return [
        Source.model_validate(
            plain(row, _SOURCE)
            | {"summary": both(row, "summary") if row["summary_en"] else None}
            | {"authors": [each["name"] for each in authors[row["id"]] if each["kind"] == "person"]}
            | {"organisations": [each["name"] for each in authors[row["id"]] if each["kind"] == "organisation"]}
            | {"notes": [both(each, "text") for each in notes[row["id"]]]}
            | {"tables": [plain(each, _TABLE) | {"scope": both(each, "scope")} for each in tables[row["id"]]]}
        )
        for row in connection.rows(f"SELECT * FROM source WHERE id IN ({listed})", ids)
    ]


def ids(connection: Connection, table: str) -> list[str]:
    """The ids of all records of a table, in order."""
    return [row["id"] for row in connection.rows(f"SELECT id FROM {table} ORDER BY id")]


def subjects(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, Subject]:
    """The subjects of these ids, or all."""
    aliases = _aliases(connection, "subject", ids)
    rows = _rows(connection, "subject", ids)
    return {
        row["id"]: Subject.model_validate(
            plain(row, ("id", "kind", "region", "part_of")) | {"name": both(row, "name"), "aliases": aliases[row["id"]]}
        )
        for row in rows
    }


def regions(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, Region]:
    """The regions of these codes, or all."""
    aliases = _aliases(connection, "region", ids)
    rows = _rows(connection, "region", ids)
    return {
        row["id"]: Region.model_validate(
            plain(row, ("id", "part_of")) | {"name": both(row, "name"), "aliases": aliases[row["id"]]}
        )
        for row in rows
    }


def quantities(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, QuantityKind]:
    """The quantities of these ids, or all."""
    aliases = _aliases(connection, "quantity", ids)
    also = grouped(connection.rows("SELECT * FROM quantity_unit ORDER BY position"), "quantity")
    return {
        row["id"]: QuantityKind.model_validate(
            plain(row, ("id", "unit"))
            | {"name": both(row, "name"), "aliases": aliases[row["id"]], "definition": both(row, "definition")}
            | {"also": [each["unit"] for each in also[row["id"]]]}
            | {"statement": both(row, "statement") if row["statement_en"] else None}
        )
        for row in _rows(connection, "quantity", ids)
    }


def unit_meanings(connection: Connection) -> dict[str, Meaning]:
    """What each name of a unit means, as it was worked out when the knowledge was built."""
    rows = connection.rows("SELECT name, factor, dimension FROM unit")
    return {row["name"]: (row["factor"], _dimension(row["dimension"])) for row in rows}


def _dimension(text: str) -> Dimension:
    powers = (part.partition("^") for part in text.split())
    return tuple((base, float(power)) for base, _, power in powers)


def parameters(connection: Connection, ids: Sequence[str]) -> list[Parameter]:
    """The parameters of these ids that there are, in any order."""
    among = f"parameter IN ({marks(ids)})"
    pairings: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for row in connection.rows(f"SELECT * FROM pairing WHERE {among} ORDER BY position", ids):
        pairings[row["parameter"], row["entry"], row["entry_position"]].append(_pointed(row))
    choices = grouped(connection.rows(f"SELECT * FROM choice WHERE {among} ORDER BY position", ids), "parameter")
    rivals = grouped(connection.rows(f"SELECT * FROM rival WHERE {among} ORDER BY position", ids), "parameter")
    made: dict[str, list[Derived]] = defaultdict(list)
    for name, derived in _derived(connection, ids):
        made[name].append(derived)

    def entry(kind: str, row: Row) -> Plain:
        return {"figure": _pointed(row), "paired": pairings[row["parameter"], kind, row["position"]]}

    return [
        Parameter.model_validate(
            plain(row, ("id", "subject", "quantity", "region", "review_by"))
            | {"derived": made[row["id"]], "rivals": [entry("rival", each) for each in rivals[row["id"]]]}
            | {
                "choices": [
                    entry("choice", each) | {"since": each["since"], "reason": both(each, "reason")}
                    for each in choices[row["id"]]
                ]
            }
        )
        for row in connection.rows(f"SELECT * FROM parameter WHERE id IN ({marks(ids)}) ORDER BY id", ids)
    ]


def _derived(connection: Connection, ids: Sequence[str]) -> Iterable[tuple[str, Derived]]:
    rows = connection.rows(f"SELECT * FROM derived WHERE parameter IN ({marks(ids)}) ORDER BY parameter, position", ids)
    made = [row["id"] for row in rows]
    uses = grouped(
        connection.rows(f"SELECT * FROM derived_use WHERE derived IN ({marks(made)}) ORDER BY position", made),
        "derived",
    )
    for row in rows:
        yield (
            row["parameter"],
            Derived.model_validate(
                plain(row, ("id", "formula", "as_of"))
                | {"label": both(row, "label"), "scope": both(row, "scope")}
                | {"uses": {each["name"]: each["figure"] for each in uses[row["id"]]}}
            ),
        )


def plain(row: Row, names: Iterable[str]) -> Plain:
    """Some columns of a row."""
    return {name: row[name] for name in names}


def both(row: Row, name: str) -> Plain:
    """A text in two languages, from its two columns."""
    return {"en": row[f"{name}_en"], "zh": row[f"{name}_zh"]}


def _pointed(row: Row) -> str:
    return str(row["figure"] or row["derived"])


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by their value in one column."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _rows(connection: Connection, table: str, ids: Sequence[str] | None) -> list[Row]:
    among = "" if ids is None else f"WHERE id IN ({marks(ids)})"
    return connection.rows(f"SELECT * FROM {table} {among} ORDER BY id", ids or ())


def _aliases(connection: Connection, owner: str, ids: Sequence[str] | None) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    among = "" if ids is None else f"WHERE {owner} IN ({marks(ids)})"
    for row in connection.rows(f"SELECT * FROM {owner}_alias {among} ORDER BY {owner}, language, position", ids or ()):
        found[row[owner]].setdefault(row["language"], []).append(row["alias"])
    return found
