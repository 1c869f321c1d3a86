"""Building the knowledge into one SQLite file, and making sure that the file is there and up to date.

The file is written beside its place and moved there when complete, so that readers see the old one or the new one and
nothing between. The same records give the same bytes: rows are sorted, and nothing of the machine or the time goes in.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from service.core.resources import checkout, packaged_knowledge
from service.store.files import fingerprint
from service.store.rank import vocabulary
from service.store.schema import FOREIGN, INDEXES, KEYS, NOT_NULL, SEARCHED, TABLES, TOKENIZER, UNIQUE
from service.store.texts import Texts, search_texts

if TYPE_CHECKING:
    from sqlite_utils import Database

    from service.store.load import Library

_VERSION_DIGITS: Final = 12
_WHOLE_DATE: Final = len("2024-03-09")


class KnowledgeMissing(FileNotFoundError):
    """There is no built knowledge, and nothing to build it from."""


def version(library: Library) -> str:
    """A short digest of the content of all records and units, whatever builds them into a file."""
    digest = hashlib.sha256(library.units.encode())
    sorts: list[Mapping[str, BaseModel]] = [
        library.sources,
        library.figures,
        library.subjects,
        library.quantities,
        library.regions,
        library.parameters,
        library.collections,
    ]
    for records in sorts:
        for name, record in records.items():
            digest.update(f"{name}\0{record.model_dump_json()}\0".encode())
    return digest.hexdigest()[:_VERSION_DIGITS]


def as_of(library: Library) -> str:
    """The day that the knowledge speaks of: its latest choice or publication that is dated to the day."""
    dates = [choice.since for parameter in library.parameters.values() for choice in parameter.choices]
    dates += [source.issued for source in library.sources.values() if source.issued]
    return max((each for each in dates if len(each) == _WHOLE_DATE), default="")


def build(library: Library, path: Path) -> str:
    """Write `library` to the SQLite file `path`, replacing it at once or not at all; return the knowledge version.

    Raises OSError or sqlite3.Error when it cannot be written; `path` is then as it was.
    """
    with _alone(path):
        return _write(library, path)


def ensure(root: Path | None, path: Path) -> Path:
    """Return `path`, built from `root` first when it is missing or no longer what `root` says.

    An installed package has no `root` and brings its file. Of several processes that call this at once, one builds.

    Raises:
        KnowledgeMissing: there is no file and no `root`.
        KnowledgeError: the knowledge has faults.
    """
    if root is None:
        if not path.is_file():
            raise KnowledgeMissing(f"there is no built knowledge at {path}; install the package again")
        return path
    if _built_from(path) != fingerprint(root):
        with _alone(path):
            if _built_from(path) != fingerprint(root):
                from service.store.load import load  # noqa: PLC0415 - only a build reads the records

                _write(load(root), path)
    return path


def ready(path: Path) -> Path:
    """The knowledge file to open: `path`, built first in a checkout; else the one that an installed package brings."""
    root = checkout()
    if root is not None:
        return ensure(root / "knowledge", path)
    return ensure(None, path if path.is_file() else packaged_knowledge() or path)


def _built_from(path: Path) -> str | None:
    """The fingerprint in the file; None when it is missing or no database of ours."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    except sqlite3.DatabaseError:
        return None  # something else, or damaged: it is built again
    return str(row[0]) if row else None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the folder of `path`, so that one process builds at a time and leaves no lock file behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield  # replacing is still atomic; two processes may build the same bytes twice
        return
    import fcntl  # noqa: PLC0415 - not there on Windows

    handle = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(library: Library, path: Path) -> str:
    prefix, suffix = f".{path.name}.", ".building"
    for left in path.parent.glob(f"{prefix}*{suffix}"):
        left.unlink(missing_ok=True)  # of a build that was killed; nobody else builds now
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        result = _fill(library, unfinished)
        unfinished.chmod(0o644)
        _to_disk(unfinished)
        unfinished.replace(path)
        if sys.platform != "win32":
            _to_disk(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return result


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(library: Library, path: Path) -> str:
    from sqlite_utils import Database  # noqa: PLC0415 - only a build needs these

    from service.store.claim_tables import claim_tables, claim_texts  # noqa: PLC0415
    from service.store.tables import tables  # noqa: PLC0415

    stamp = version(library)
    meta = {"version": stamp, "as_of": as_of(library), "fingerprint": library.fingerprint}
    with closing(sqlite3.connect(path)) as connection:
        # an unfinished file is thrown away, so nothing need be undone; it is brought to disk once, at the end
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096; PRAGMA temp_store = MEMORY;"
        )
        db = Database(connection)
        content = {**tables(library), **claim_tables(library)}
        _tables(db, {**content, "meta": [{"key": key, "value": meta[key]} for key in sorted(meta)]})
        with connection:
            texts = search_texts(library) | {"claim": claim_texts(library)}
            for name, rows in texts.items():
                make_index(connection, name, rows)
            counts = vocabulary(row.columns.values() for row in texts["figure"])
            connection.executemany("INSERT INTO word VALUES (?, ?)", sorted(counts.items()))
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"references to nothing: {broken[:5]}")
        connection.execute("VACUUM")
    return stamp


def _tables(db: Database, content: Mapping[str, list[dict[str, Any]]]) -> None:
    for name, columns in TABLES.items():
        table = db.table(name)
        table.create(
            columns,
            pk=KEYS.get(name, "id"),
            foreign_keys=[(column, other, "id") for column, other in FOREIGN.get(name, {}).items()],
            not_null=NOT_NULL.get(name, set()),
            strict=True,
        )
        if name in UNIQUE:
            table.create_index(UNIQUE[name], unique=True)
        table.insert_all(content.get(name, []), batch_size=500)
    for name, *indexed in INDEXES:
        db.table(name).create_index(indexed)


def make_index(connection: sqlite3.Connection, name: str, rows: list[Texts]) -> None:
    """Make the full-text index of table `name`: the folded texts by number, and the FTS5 index over them."""
    columns = list(SEARCHED[name])
    listed = ", ".join([*columns, "facet"])
    typed = ", ".join(f"{column} TEXT" for column in (*columns, "facet"))
    connection.execute(f"CREATE TABLE {name}_text (number INTEGER PRIMARY KEY, boost REAL, {typed})")
    marks = ", ".join("?" * (len(columns) + 3))
    numbered = (
        (number, row.boost, *(row.columns[column] for column in columns), row.facets)
        for number, row in enumerate(rows, start=1)
    )
    connection.executemany(f"INSERT INTO {name}_text VALUES ({marks})", numbered)
    connection.execute(
        f"CREATE VIRTUAL TABLE {name}_search USING fts5"
        f"({listed}, content='{name}_text', content_rowid='number', tokenize=\"{TOKENIZER}\")"
    )
    connection.execute(f"INSERT INTO {name}_search ({name}_search) VALUES ('rebuild')")
    connection.execute(f"INSERT INTO {name}_search ({name}_search) VALUES ('optimize')")
