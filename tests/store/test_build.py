"""Building: the same bytes from the same records, all or nothing, again only when something changed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from service.store.build import KnowledgeMissing, as_of, build, ensure, version
from service.store.faults import KnowledgeError
from service.store.load import load
from service.store.schema import FOREIGN, TABLES
from tests.store import tree

TODAY = date(2026, 1, 15)
CHECKOUT = Path(__file__).parents[2]
BUILD = """
import sys
from datetime import date
from pathlib import Path
from service.store.build import build
from service.store.load import load
print(build(load(Path(sys.argv[1]), date(2026, 1, 15)), Path(sys.argv[2])))
"""
ENSURE = """
import sys
from pathlib import Path
from service.store import build as module
writes = []
write = module._write
module._write = lambda library, path: writes.append(1) or write(library, path)
module.ensure(Path(sys.argv[1]), Path(sys.argv[2]))
print(len(writes))
"""


def python(code: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """Start a process of its own that runs `code`."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def names(folder: Path) -> list[str]:
    """The names of all files in `folder`."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tree.write(tmp_path / "knowledge")


def test_same_bytes_whatever_the_hash_seed(root: Path, tmp_path: Path) -> None:
    outputs = []
    for seed in ("1", "2"):
        process = python(BUILD, root, tmp_path / f"{seed}.sqlite", PYTHONHASHSEED=seed)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        outputs.append((out, (tmp_path / f"{seed}.sqlite").read_bytes()))
    assert outputs[0] == outputs[1]


def test_version_is_of_the_content_alone(root: Path, tmp_path: Path) -> None:
    first = version(load(root, TODAY))
    assert len(first) == 12
    for path in root.rglob("*.yaml"):
        os.utime(path, (0, 0))
    with (root / "regions.yaml").open("a") as file:
        file.write("# a remark changes no answer\n")
    assert version(load(root, TODAY)) == first
    other = tree.write(tmp_path / "other", {"sources/services/altman-2025.yaml": ("value: 0.34", "value: 0.35")})
    assert version(load(other, TODAY)) != first
    (root / "units.txt").write_text("# other units\n")
    assert version(load(root, TODAY)) != first


def test_as_of_is_the_latest_whole_date(root: Path) -> None:
    # whole dates: issued 2025-06-10 and 2024-03-09, since 2025-06-10, 2024-03-09 and 2025-07-01; 2025-05 is none
    assert as_of(load(root, TODAY)) == "2025-07-01"


def test_tables_are_plain_and_refer_to_each_other(root: Path, tmp_path: Path) -> None:
    build(load(root, TODAY), tmp_path / "k.sqlite")
    with closing(sqlite3.connect(tmp_path / "k.sqlite")) as db:
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert set(TABLES) <= names
        for name, columns in FOREIGN.items():
            declared = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({name})")}
            assert declared == columns
        types = {row[2] for name in TABLES for row in db.execute(f"PRAGMA table_info({name})")}
        assert types == {"TEXT", "INTEGER", "REAL"}
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT figure FROM derived_use ORDER BY position").fetchall() == [
            ("chatgpt-queries-altman-2025",),
            ("chatgpt-query-altman-2025",),
        ]


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no resource limits on Windows")
@pytest.mark.parametrize("limit", [0, 4096, 50_000])
def test_a_full_disk_leaves_what_was_there(root: Path, tmp_path: Path, limit: int) -> None:
    path = tmp_path / "out" / "k.sqlite"
    build(load(root, TODAY), path)
    before = path.read_bytes()
    tree.write(root, {"sources/services/altman-2025.yaml": ("value: 0.34", "value: 0.35")})
    process = python(LIMITED + BUILD, root, path, limit)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "OperationalError" in err
    assert path.read_bytes() == before
    assert names(path.parent) == ["k.sqlite"]


PAUSED = """
import sqlite3, sys, time
from service.store import build as module
make_index = module.make_index
def paused(connection, name, rows):
    make_index(connection, name, rows)
    print("half-built", flush=True)
    time.sleep(60)
module.make_index = paused
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_build_leaves_what_was_there(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "k.sqlite"
    build(load(root, TODAY), path)
    before = path.read_bytes()
    process = python(PAUSED + BUILD, root, path)
    assert process.stdout is not None
    assert process.stdout.readline() == "half-built\n"
    assert len(names(path.parent)) == 2  # the unfinished file stands beside it
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert path.read_bytes() == before
    build(load(root, TODAY), path)  # the lock has gone with the process, and the next build tidies up
    assert names(path.parent) == ["k.sqlite"]
    assert path.read_bytes() == before


def test_ensure_builds_when_missing_or_changed_only(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "k.sqlite"
    assert ensure(root, path) == path
    first = path.stat()
    ensure(root, path)
    assert path.stat().st_ino == first.st_ino
    os.utime(root / "regions.yaml")  # touched, not changed
    ensure(root, path)
    assert path.stat().st_ino == first.st_ino
    tree.write(root, {"sources/services/altman-2025.yaml": ("value: 0.34", "value: 0.35")})  # the same size
    ensure(root, path)
    assert path.stat().st_ino != first.st_ino
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT value FROM figure WHERE id = 'chatgpt-query-altman-2025'").fetchone() == (0.35,)
    (root / "grids" / "more.csv").write_text(tree.FILES["grids/grid.csv"].replace("2024", "2023"))  # a file more
    ensure(root, path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM figure").fetchone() == (7,)


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_ensure_replaces_what_is_no_database_of_ours(root: Path, tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "k.sqlite"
    if damage is None:
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE other (x)")
    else:
        path.write_bytes(damage)
    ensure(root, path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM source").fetchone() == (3,)


def test_faults_leave_what_was_there(root: Path, tmp_path: Path) -> None:
    path = ensure(root, tmp_path / "k.sqlite")
    before = path.read_bytes()
    tree.write(root, {"sources/services/altman-2025.yaml": ("unit: Wh", "unit: flurbs")})
    with pytest.raises(KnowledgeError, match="flurbs"):
        ensure(root, path)
    assert path.read_bytes() == before


def test_an_installed_package_brings_its_file(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "k.sqlite"
    with pytest.raises(KnowledgeMissing, match=r"k\.sqlite"):
        ensure(None, path)
    build(load(root, TODAY), path)
    assert ensure(None, path) == path


def test_of_several_processes_one_builds(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "k.sqlite"
    processes = [python(ENSURE, root, path) for _ in range(4)]
    results = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, results
    assert sorted(out for out, _ in results) == ["0\n", "0\n", "0\n", "1\n"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_opening_what_is_fresh_is_fast(root: Path, tmp_path: Path) -> None:
    path = ensure(root, tmp_path / "k.sqlite")
    start = time.perf_counter()
    ensure(root, path)
    assert time.perf_counter() - start < 0.3
