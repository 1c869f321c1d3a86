"""One read-only connection to the built knowledge, safe to use from any thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

Row = sqlite3.Row
_CACHE = 512  # kB of pages; the system keeps the file itself, and what is asked for often is kept as records


class Connection:
    """Runs queries one at a time: they take well under a millisecond, and one page cache instead of one per thread."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FileNotFoundError(f"there is no built knowledge at {path}")
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._connection.row_factory = sqlite3.Row
        self._lock = Lock()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except UnicodeEncodeError:
                return []  # half of a surrogate pair is no text, so nothing here can equal it

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The single number that a query counts."""
        row = self.row(sql, values)
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Close it; later queries raise sqlite3.ProgrammingError."""
        with self._lock:
            self._connection.close()


def marks(values: Collection[object]) -> str:
    """As many placeholders as there are values: ``?, ?, ?``."""
    return ", ".join("?" * len(values))
