"""The knowledge as plain tables for other programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from service.store.queries import Knowledge
from service.store.schema import KEYS, TABLES

Row = Mapping[str, Any]

# what only the service itself needs: folded names to look up, word counts, the order of likely wishes
_INTERNAL_TABLES: Final = frozenset({"region_name", "subject_name", "word"})
_INTERNAL_COLUMNS: Final = frozenset({"number"})
_SOURCE_PARTS: Final = ("title", "publisher", "issued", "url", "doi", "kind")


def write_tables(knowledge: Knowledge, folder: Path, form: str) -> list[Path]:
    """Write every table as a file of the form ``csv`` or ``json`` (an array of objects) into `folder`; return the files.

    The rows of ``figure`` carry what is needed to cite their source, since neither should travel alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, columns in TABLES.items():
        if name in _INTERNAL_TABLES:
            continue
        kept = [column for column in columns if column not in _INTERNAL_COLUMNS]
        path = folder / f"{name}.{form}"
        header, rows = _read(knowledge, name, kept)
        _WRITERS[form](path, header, rows)
        written.append(path)
    return written


def _read(knowledge: Knowledge, name: str, columns: Sequence[str]) -> tuple[list[str], list[Row]]:
    """The columns and rows of a table, in the order of its key."""
    listed = {column: f"{name}.{column}" for column in columns}
    joined = ""
    if name == "figure":
        listed |= {f"source_{part}": f"source.{part}" for part in _SOURCE_PARTS}
        joined = " JOIN source ON source.id = figure.source"
    key = KEYS.get(name, "id")
    order = [key] if isinstance(key, str) else key
    by = ", ".join(f"{name}.{'id' if column in _INTERNAL_COLUMNS else column}" for column in order)
    selected = ", ".join(f"{column} AS {given}" for given, column in listed.items())
    rows = knowledge.connection.rows(f"SELECT {selected} FROM {name}{joined} ORDER BY {by}")  # noqa: S608 - names of our own
    return list(listed), [dict(zip(listed, row, strict=True)) for row in rows]


def _csv(path: Path, header: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _json(path: Path, _: Sequence[str], rows: Sequence[Row]) -> None:
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_WRITERS: Final[Mapping[str, Callable[[Path, Sequence[str], Sequence[Row]], None]]] = {"csv": _csv, "json": _json}
