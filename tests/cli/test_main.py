from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from service import __version__
from service.cli import opening
from service.settings import Settings
from service.store import build
from service.store.files import fingerprint
from tests.cli.conftest import ROOT, Wattcite
from tests.store.tree import write

COMMANDS = ("calc", "cite", "knowledge", "search", "serve", "tools")
KNOWLEDGE = ("build", "export", "lint", "stats")


def test_commands_are_found(wattcite: Wattcite) -> None:
    result = wattcite("--help")
    assert (result.exit_code, result.stderr) == (0, "")
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout


@pytest.mark.parametrize("arguments", [*((name,) for name in COMMANDS), *(("knowledge", name) for name in KNOWLEDGE)])
def test_every_command_explains_itself(wattcite: Wattcite, arguments: tuple[str, ...]) -> None:
    result = wattcite(*arguments, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: wattcite {' '.join(arguments)}")


def test_version(wattcite: Wattcite) -> None:
    assert wattcite("--version").stdout == f"wattcite, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("clac",), ("calc", "--frobnicate"), ("search",), ("cite", "x", "--format", "docx")]
)
def test_wrong_call_of_the_command_line_itself(wattcite: Wattcite, arguments: tuple[str, ...]) -> None:
    result = wattcite(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


def test_wrong_settings_are_all_told(wattcite: Wattcite) -> None:
    result = wattcite("knowledge", "stats", WATTCITE_PORT="many", WATTCITE_PROT="80")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "WATTCITE_PORT" in result.stderr
    assert "WATTCITE_PROT" in result.stderr


def test_faulty_knowledge_is_told(wattcite: Wattcite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(tmp_path / "knowledge", {"subjects/services.yaml": ("kind: company", "kind: compny")})
    monkeypatch.setattr(build, "checkout", lambda: tmp_path)
    result = wattcite("knowledge", "stats", WATTCITE_KNOWLEDGE=str(tmp_path / "knowledge.sqlite"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "subjects/services.yaml:7" in result.stderr


def test_knowledge_that_cannot_be_written_is_told(wattcite: Wattcite, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = wattcite("knowledge", "stats", WATTCITE_KNOWLEDGE=str(tmp_path / "file" / "knowledge.sqlite"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("wattcite: [Errno")


def test_damaged_knowledge_file_is_told(wattcite: Wattcite, tmp_path: Path) -> None:
    path = tmp_path / "knowledge.sqlite"
    with (
        closing(sqlite3.connect(path)) as connection,
        connection,
    ):  # up to date, as far as it says, but without its tables
        connection.execute("CREATE TABLE meta (key, value)")
        connection.execute("INSERT INTO meta VALUES ('fingerprint', ?)", (fingerprint(ROOT / "knowledge"),))
    result = wattcite("knowledge", "stats", WATTCITE_KNOWLEDGE=str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("wattcite: the knowledge file cannot be used: no such table")


def test_installed_package_without_its_knowledge_is_told(
    wattcite: Wattcite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(opening, "checkout", lambda: None)
    monkeypatch.setattr(build, "checkout", lambda: None)
    for arguments in (("stats",), ("lint",)):
        result = wattcite("knowledge", *arguments, WATTCITE_KNOWLEDGE=str(tmp_path / "none.sqlite"))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("wattcite: ")


def test_our_own_mistakes_are_not_hidden(wattcite: Wattcite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "load", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        wattcite("knowledge", "stats")


def test_a_call_imports_only_what_it_needs(wattcite: Wattcite, environment: dict[str, str]) -> None:
    code = (
        "import sys; from service.cli.main import cli; "
        "cli(['calc', 'energy_equivalents', 'energy=chatgpt', '--json'], standalone_mode=False); "
        "print([name for name in ('litestar', 'uvicorn', 'rich', 'sqlite_utils', 'citeproc', 'opencc') if name in sys.modules], "
        "file=sys.stderr)"
    )
    settings = {**os.environ, **environment}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    assert ran.stderr == "[]\n"


def test_reader_who_has_had_enough(wattcite: Wattcite, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "service", "calc", "energy_equivalents", "energy=chatgpt", "--json"]
    read, write_end = os.pipe()
    os.close(read)
    with os.fdopen(write_end, "wb") as closed:
        ran = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (ran.returncode, ran.stderr) == (1, b"")


def on_terminal(environment: dict[str, str], *arguments: str) -> str:
    """What a command shows on a terminal of 60 columns."""
    pty = pytest.importorskip("pty")
    settings = {**os.environ, **environment, "TERM": "xterm", "COLUMNS": "60"}
    settings.pop("NO_COLOR", None)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "service", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        shown = _all(ours)
    assert running.returncode == 0, shown
    return shown


def test_on_a_terminal_the_text_is_laid_out(wattcite: Wattcite, environment: dict[str, str]) -> None:
    shown = on_terminal(environment, "calc", "energy_equivalents", "energy=chatgpt")
    assert "**" not in shown
    assert "\x1b[1m" in shown


def test_on_a_terminal_tables_lose_nothing(wattcite: Wattcite, environment: dict[str, str]) -> None:
    shown = on_terminal(environment, "search", "chatgpt", "electricity", "--limit", "5")
    assert "|" not in shown
    rows = wattcite("search", "chatgpt", "electricity", "--limit", "5").stdout.splitlines()[2:]
    # cells are wrapped, and words and ids that are too long are cut, but every letter is there
    assert Counter("".join(rows).replace("|", "").replace(" ", "")) <= Counter(shown)


def _all(descriptor: int) -> str:
    parts = []
    with os.fdopen(descriptor, "rb", buffering=0) as terminal:
        while True:
            try:
                part = terminal.read(65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
    return b"".join(parts).decode()
