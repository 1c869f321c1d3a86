"""Figures from the CSV tables: one row a figure; what the rows of a source have in common stands in its ``tables``."""

from __future__ import annotations

import csv
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from service.core.model import Figure, QuantityKind, Region, Table, Text
from service.store.draft import Draft, RowSite
from service.store.faults import shown

COLUMNS: Final = ("source", "quantity", "region", "as_of", "value", "checked")
_PLACEHOLDERS: Final = ("region", "subject", "value", "unit", "year")
_COLUMN: Final = {"id": "region", "subject": "region"}

Row = dict[str, str]


def row_id(source: str, quantity: str, region: str, as_of: str) -> str:
    """The id of the figure in a row.

    >>> row_id("ember-2025", "grid-carbon-intensity", "US-CAMX", "2020/2024")
    'us-camx-grid-carbon-intensity-ember-2025-2020-2024'
    """
    return f"{region.lower()}-{quantity}-{source}-{as_of.replace('/', '-')}"


def read_rows(draft: Draft, path: Path, name: str) -> None:
    """Add the figures of one CSV file to `draft`, after its sources, quantities and regions."""
    try:
        rows = list(_rows(draft, path, name))
    except (UnicodeDecodeError, csv.Error) as error:
        draft.faults.append(RowSite(name, 1).fault((), str(error), "comma-separated values in UTF-8"))
        return
    tables: dict[tuple[str, str], Table | None] = {}
    for site, row in rows:
        if _refers(draft, site, row):
            column = row["source"], row["quantity"]
            if column not in tables:  # what its table lacks is told at the first row of a column only
                tables[column] = _table(draft, site, *column)
            _add(draft, site, row, tables[column])


def _rows(draft: Draft, path: Path, name: str) -> Iterator[tuple[RowSite, Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, [])
        if header != list(COLUMNS):
            draft.faults.append(RowSite(name, 1).fault((), f"the columns {','.join(header)}", ",".join(COLUMNS)))
            return
        for cells in reader:
            site = RowSite(name, reader.line_num)
            if len(cells) != len(COLUMNS):
                draft.faults.append(site.fault((), f"{len(cells)} cells", f"{len(COLUMNS)} cells: {','.join(COLUMNS)}"))
            else:
                yield site, dict(zip(COLUMNS, cells, strict=True))


def _refers(draft: Draft, site: RowSite, row: Row) -> bool:
    # no short cut: every fault of the row is wanted
    return all([
        draft.refer(site, ("source",), "source", row["source"]),
        draft.refer(site, ("quantity",), "quantity", row["quantity"]),
        draft.refer(site, ("region",), "region", row["region"]),
    ])  # fmt: skip


def _add(draft: Draft, site: RowSite, row: Row, table: Table | None) -> None:
    quantity, region = draft.quantities.get(row["quantity"]), draft.regions.get(row["region"])
    value = _number(draft, site, row["value"])
    if table is None or quantity is None or region is None or value is None:
        return
    statement = _statement(quantity, region, row, value, table)
    if statement is None:
        return
    try:
        figure = Figure.model_validate({
            "id": row_id(**{name: row[name] for name in ("source", "quantity", "region", "as_of")}),
            "subject": row["region"].lower(),
            "value": value,
            "statement": statement,
            **{name: row[name] for name in ("quantity", "region", "as_of", "checked")},
            **{name: getattr(table, name) for name in ("unit", "gas", "basis", "scope", "locator")},
        })  # fmt: skip
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            column = str(detail["loc"][0]) if detail["loc"] else "id"
            allowed = detail.get("ctx", {}).get("expected") or detail["msg"]
            draft.faults.append(site.fault((_COLUMN.get(column, column),), shown(detail["input"]), str(allowed)))
        return
    if draft.declare("figure", figure.id, site, ("region",)):
        draft.figures[figure.id] = figure
        draft.origin[figure.id] = row["source"]


def _number(draft: Draft, site: RowSite, text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value != value or value in (float("inf"), float("-inf")) or not text.isascii() or "_" in text:  # noqa: PLR0124 - nan
        draft.faults.append(site.fault(("value",), shown(text), "a finite number in plain digits, without commas"))
        return None
    return value


def _table(draft: Draft, site: RowSite, source_id: str, quantity_id: str) -> Table | None:
    """What the rows of one source and quantity have in common; None, with a fault, where the source does not say."""
    source, quantity = draft.sources.get(source_id), draft.quantities.get(quantity_id)
    if source is None or quantity is None:
        return None  # there, but with faults of its own
    if quantity.statement is None:
        found = f"{shown(quantity_id)}, which has no `statement`"
        draft.faults.append(site.fault(("quantity",), found, "a quantity with a sentence for rows, in quantities.yaml"))
    fitting = [table for table in source.tables if table.quantity == quantity_id]
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(table.quantity for table in source.tables) or "none"
    found = f"{shown(quantity_id)}, listed {len(fitting)} times in `tables` of {source_id}"
    draft.faults.append(site.fault(("quantity",), found, f"a quantity listed there once; now listed: {listed}"))
    return None


def _statement(quantity: QuantityKind, region: Region, row: Row, value: float, table: Table) -> Text | None:
    if quantity.statement is None or unknown_placeholders(quantity.statement):
        return None  # told elsewhere, once
    number = f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    shared = {"value": number, "unit": table.unit, "year": row["as_of"]}
    english = quantity.statement.en.format_map({**shared, "region": region.name.en, "subject": region.name.en})
    chinese = quantity.statement.zh.format_map({**shared, "region": region.name.zh, "subject": region.name.zh})
    return Text(en=english, zh=chinese)


def unknown_placeholders(statement: Text) -> list[str]:
    """What stands in braces in a statement for rows but means nothing there."""
    try:
        names = [name for text in (statement.en, statement.zh) for _, name, _, _ in string.Formatter().parse(text)]
    except ValueError:
        return ["an unpaired brace"]
    return sorted({name for name in names if name is not None and name not in _PLACEHOLDERS})


def allowed_placeholders() -> str:
    """The names that may stand in braces, for a message."""
    return ", ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
