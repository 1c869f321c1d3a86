"""Servers on loopback and a small HTTP client that keeps them busy, for ratios within one run."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = 8


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(
    factory: str, environment: Mapping[str, str] = MappingProxyType({}), python: Path | str = sys.executable
) -> Iterator[tuple[int, int]]:
    """One uvicorn worker of an application factory, by the Python of an environment; gives its port and process id."""
    port = free_port()
    command = [str(python), "-m", "uvicorn", "--factory", factory, "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)} | os.environ | dict(environment))
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server did not come up")


def post(path: str, body: bytes) -> bytes:
    """A POST request with a JSON body, as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def get(path: str, headers: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """A GET request as it goes over the wire."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nhost: localhost\r\n{lines}\r\n".encode()


async def _busy(port: int, requests: Sequence[bytes], until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    while time.monotonic() < until:
        writer.write(requests[done % len(requests)])
        await _answer(reader)
        done += 1
    writer.close()
    return done


async def _answer(reader: asyncio.StreamReader) -> int:
    """Read one answer; the length of its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 304"):  # which has no body
        return 0
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.split(b"\r\n", 1)[0].decode())
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return len(await reader.readexactly(int(length.split(b":")[1])))


def size(port: int, requests: Sequence[bytes]) -> int:
    """Bytes of the answer of middling size."""

    async def ask() -> list[int]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        sizes = []
        for request in requests:
            writer.write(request)
            sizes.append(await _answer(reader))
        writer.close()
        return sizes

    return int(statistics.median(asyncio.run(ask())))


async def _rate(port: int, requests: Sequence[bytes], seconds: float) -> float:
    until = time.monotonic() + seconds
    starts = [len(requests) * number // CONNECTIONS for number in range(CONNECTIONS)]  # no two ask the same at once
    counts = await asyncio.gather(*(_busy(port, [*requests[at:], *requests[:at]], until) for at in starts))
    return sum(counts) / seconds


def rates(
    ours: tuple[int, Sequence[bytes]], theirs: tuple[int, Sequence[bytes]], rounds: int = 5, seconds: float = 1.5
) -> tuple[float, float]:
    """Requests per second of two servers, the median of rounds taken in turn."""
    measured = [(asyncio.run(_rate(*ours, seconds)), asyncio.run(_rate(*theirs, seconds))) for _ in range(rounds + 1)]
    warm = measured[1:]
    return statistics.median(a for a, _ in warm), statistics.median(b for _, b in warm)


def resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
