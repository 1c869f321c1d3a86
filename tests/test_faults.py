"""What goes wrong with a running service, done for real: files lost, damaged and replaced, disks full, workers killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.api.conftest import ROOT, running, serving

CALL = {"energy": "chatgpt", "region": "US"}
ROUTE = "/v1/calculators/energy_equivalents"
INSTALLED = "import service.core.resources as r; r.checkout = lambda: None; from service.__main__ import main; main()"


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A knowledge file of one's own to spoil."""
    return Path(shutil.copy(built, tmp_path / "knowledge.sqlite"))


def successor(path: Path, version: str) -> Path:
    """The same knowledge under another version, beside the file."""
    following = Path(shutil.copy(path, path.with_suffix(".next")))
    with closing(sqlite3.connect(following)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", (version,))
    return following


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def load(address: str, clients: int = 4) -> Iterator[Counter[int | str]]:
    """Callers who never rest; gives how often which status came back, or which error."""
    seen: Counter[int | str] = Counter()
    resting = threading.Event()

    def call(number: int) -> None:
        with httpx.Client(base_url=address, timeout=30, trust_env=False) as web:
            while not resting.is_set():
                try:
                    answer = web.get("/v1/tools") if number == 0 else web.post(ROUTE, json=CALL)
                    seen[answer.status_code] += 1
                except httpx.HTTPError as error:
                    seen[type(error).__name__] += 1

    threads = [threading.Thread(target=call, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        resting.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_knowledge_is_swapped_under_load_without_a_failed_request(own: Path, workers: str) -> None:
    with serving(own, WATTCITE_WORKERS=workers, WATTCITE_KNOWLEDGE_POLL="1") as address, load(address) as seen:
        for version in ("aaaaaaaaaaaa", "bbbbbbbbbbbb"):
            until(lambda: seen[200] > 20)
            successor(own, version).replace(own)
            until(lambda: {_version(address) for _ in range(6)} == {version})  # noqa: B023 - asked before the next turn
            assert _answer(address)["knowledge"]["version"] == version
            seen_then = seen[200]
            until(lambda: seen[200] > seen_then + 20)  # noqa: B023
    assert set(seen) == {200}


def _version(address: str) -> str:
    return str(
        httpx.get(f"{address}/healthz", trust_env=False, timeout=30, headers={"connection": "close"}).json()[
            "knowledge"
        ]
    )


def _answer(address: str) -> dict[str, dict[str, str]]:
    answer: dict[str, dict[str, str]] = httpx.post(f"{address}{ROUTE}", json=CALL, trust_env=False, timeout=30).json()
    return answer


def test_what_replaces_the_knowledge_and_is_none_is_not_used(own: Path) -> None:
    with serving(own, WATTCITE_KNOWLEDGE_POLL="1") as address, load(address) as seen:
        before = _version(address)
        torn = own.with_suffix(".torn")
        torn.write_bytes(own.read_bytes()[: own.stat().st_size // 2])
        torn.replace(own)
        time.sleep(2.5)  # it has been looked at by now
        assert _version(address) == before
        own.unlink()
        time.sleep(1.5)
        assert _version(address) == before
    assert set(seen) == {200}


def test_file_damaged_in_place_is_told_and_healed_by_the_next(own: Path) -> None:
    with (
        serving(own, WATTCITE_KNOWLEDGE_POLL="1") as address,
        httpx.Client(base_url=address, timeout=30, trust_env=False) as web,
    ):
        until(lambda: _alive(address))
        whole = successor(own, "cccccccccccc").read_bytes()
        with open(own, "r+b") as file:  # noqa: PTH123
            file.write(b"\0" * own.stat().st_size)
        found = web.get("/v1/search?q=gemini+water")
        assert (found.status_code, found.json()["code"]) == (503, "knowledge-unreadable")
        assert int(found.headers["retry-after"]) > 0
        assert web.get("/readyz").status_code == 503
        assert web.get("/healthz").status_code == 200
        healed = own.with_suffix(".healed")
        healed.write_bytes(whole)
        healed.replace(own)
        until(lambda: web.get("/readyz").status_code == 200)
        assert web.get("/v1/search?q=gemini+water").status_code == 200


def installed(path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as an installed package has it: with a built file and no records to build one from."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "WATTCITE_KNOWLEDGE": str(path), **environment}
    command = [sys.executable, "-c", INSTALLED, *arguments]
    return subprocess.run(
        command, cwd=path.parent, env=settings, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("damage", ["missing", "truncated", "empty", "other"])
def test_start_without_a_good_file_says_so(own: Path, damage: str) -> None:
    content = {"truncated": own.read_bytes()[:100_000], "empty": b"", "other": b"%PDF-1.7\n" * 1000}
    if damage == "missing":
        own.unlink()
    else:
        own.write_bytes(content[damage])
    found = installed(own, "serve", "--port", "0")
    assert found.returncode == 1
    assert "knowledge" in found.stderr
    assert "Traceback" not in found.stderr


def test_serves_from_a_disk_that_is_read_only(own: Path) -> None:
    own.chmod(0o444)
    own.parent.chmod(0o555)
    try:
        if os.geteuid() == 0:  # whom modes do not stop: mount it so
            done = subprocess.run(
                ["mount", "--bind", "-o", "ro", own.parent, own.parent], capture_output=True, check=False
            )
            if done.returncode:
                pytest.skip("neither modes nor a read-only mount can be had here")
        with pytest.raises(OSError, match=r"Read-only|denied"):
            (own.parent / "x").touch()
        with serving(own, TMPDIR="/nowhere") as address:
            assert _answer(address)["knowledge"]
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", own.parent], capture_output=True, check=False)
        own.parent.chmod(0o755)


def test_start_on_a_full_disk_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    limited = f"ulimit -f 200; exec {sys.executable} -m service serve --port 0"  # 200 blocks of a kilobyte, as a disk that is full
    settings = {**os.environ, "WATTCITE_KNOWLEDGE": str(tmp_path / "knowledge.sqlite")}
    found = subprocess.run(
        ["bash", "-c", limited], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=120, check=False
    )
    assert found.returncode == 1, found.stderr
    assert "Traceback" not in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_worker_killed_in_mid_request_is_replaced(own: Path) -> None:
    with running(own, WATTCITE_WORKERS="2") as (address, process), load(address) as seen:
        until(lambda: seen[200] > 20)
        victim = _workers(process.pid)[0]
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(set(_workers(process.pid)) - {victim}) == 2)
        after = seen[200]
        until(lambda: seen[200] > after + 20)
    lost = sum(count for what, count in seen.items() if what != 200)
    assert lost <= 4, seen  # at most what each caller had under way; nothing is answered with a failure
    assert not [what for what in seen if isinstance(what, int) and what != 200]


def _workers(parent: int) -> list[int]:
    """The worker processes of a service, without the one that keeps count of what they share."""
    command = ["pgrep", "--parent", str(parent), "--full", "spawn_main"]
    return [int(line) for line in subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()]


def test_termination_lets_requests_end(own: Path) -> None:
    body = json.dumps(CALL).encode()
    head = f"POST {ROUTE} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    with running(own) as (address, process):
        until(lambda: _alive(address))
        with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))) as under_way:
            under_way.sendall(head.encode() + body[:5])
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            under_way.sendall(body[5:])
            under_way.settimeout(20)
            assert under_way.recv(64).startswith(b"HTTP/1.1 200")
        assert process.wait(timeout=30) in {0, -signal.SIGTERM}


def _alive(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", trust_env=False, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
