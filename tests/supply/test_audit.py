"""pip-audit itself, asking a database on loopback that answers as OSV does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.load import free_port
from tests.supply.audit import NONE_KNOWN, NOT_AUDITED, VULNERABLE, judged, main
from tests.supply.pins import DEVELOPMENT, RUNTIME, pins

ADVISORY = {
    "id": "PYSEC-0000-1",
    "summary": "made up",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
        }
    ],
}


class Database(ThreadingHTTPServer):
    """Answers queries about packages, and remembers them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.known: dict[str, Any] = {}
        self.asked: set[str] = set()
        self.options = ["-s", "osv", "--osv-url", f"http://127.0.0.1:{self.server_port}/"]


class Answer(BaseHTTPRequestHandler):
    """One query."""

    server: Database

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name = query["package"]["name"]
        self.server.asked.add(name)
        body = json.dumps({"vulns": [self.server.known[name]]} if name in self.server.known else {}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


@pytest.fixture
def database() -> Iterator[Database]:
    with Database() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text("".join(f"{name} --hash=sha256:{'0' * 64}\n" for name in ("jinja2==3.1.6", "pytest==9.2.0")))
    return path


def test_every_pin_is_looked_up(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(database.options) == NONE_KNOWN
    expected = {pin.name for path in (RUNTIME, DEVELOPMENT) for pin in pins(path) if pin.here}
    assert database.asked == expected
    assert (
        capsys.readouterr().out == f"{len(expected)} of {len(expected)} packages looked up, 0 known vulnerabilities\n"
    )


def test_a_known_vulnerability_fails(
    database: Database, requirements: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.known["jinja2"] = ADVISORY
    assert main(database.options, requirements) == VULNERABLE
    assert capsys.readouterr().out.splitlines() == [
        "jinja2 3.1.6 (service): PYSEC-0000-1, mended in 9.9",
        "2 of 2 packages looked up, 1 known vulnerabilities",
    ]


def test_without_a_database_it_says_why(requirements: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["-s", "osv", "--osv-url", f"http://127.0.0.1:{free_port()}/"]
    assert main(options, requirements) == NOT_AUDITED
    said = capsys.readouterr().out
    assert said.startswith("NOT AUDITED: no database of advisories could be asked: ")
    assert "Connection refused" in said


def test_what_was_not_looked_up_is_not_taken_for_safe(capsys: pytest.CaptureFixture[str]) -> None:
    unknown = {"name": "pytest", "skip_reason": "pytest was not found"}
    safe = {"name": "jinja2", "version": "3.1.6", "vulns": []}
    assert judged([unknown]) == NOT_AUDITED
    assert capsys.readouterr().out == "NOT AUDITED: the database knows none of them; pytest was not found\n"
    assert judged([unknown, safe]) == NONE_KNOWN
    assert capsys.readouterr().out.splitlines() == [
        "not looked up: pytest was not found",
        "1 of 2 packages looked up, 0 known vulnerabilities",
    ]
