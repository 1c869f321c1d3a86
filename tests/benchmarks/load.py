"""Servers on loopback and a small HTTP client that keeps them busy, for ratios within one run."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = 8
_TURN = 0.25  # seconds
Serving = int | tuple[int, int]  # the port, and the process where one alone answers


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


async def _turn(serving: Serving, requests: Sequence[bytes], seconds: float) -> tuple[int, float]:
    """How many requests a server answers in a turn, and the seconds that it takes for them."""
    until = time.monotonic() + seconds
    starts = [len(requests) * number // CONNECTIONS for number in range(CONNECTIONS)]  # no two ask the same at once
    port, clock = (serving, time.monotonic) if isinstance(serving, int) else (serving[0], _processor(serving[1]))
    began = clock()
    counts = await asyncio.gather(*(_busy(port, [*requests[at:], *requests[:at]], until) for at in starts))
    return sum(counts), clock() - began


def _processor(pid: int) -> Callable[[], float]:
    """The clock of a process: the processor time that it took so far."""
    return lambda: time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid of the C library names it


class _Load:
    """Requests to one server, each turn from where the last one ended."""

    def __init__(self, serving: Serving, requests: Sequence[bytes]) -> None:
        self._serving = serving
        self._requests = requests
        self._done = 0

    def rate(self, seconds: float) -> float:
        at = self._done // CONNECTIONS % len(self._requests)
        done, took = asyncio.run(_turn(self._serving, [*self._requests[at:], *self._requests[:at]], seconds))
        self._done += done
        return done / took


def rates(
    ours: tuple[Serving, Sequence[bytes]],
    theirs: tuple[Serving, Sequence[bytes]],
    rounds: int = 5,
    seconds: float = 1.5,
) -> tuple[float, float]:
    """Requests per second of two servers: of many short turns those whose ratio is the median.

    Where the process is named, a second is one of its processor time: while it is busy, that is a second by the clock of
    an idle machine, and on one that does other things too these do not count.
    """
    loads = _Load(*ours), _Load(*theirs)
    for load in loads:
        load.rate(seconds)  # until it is warm
    turns = [(loads[0].rate(_TURN), loads[1].rate(_TURN)) for _ in range(math.ceil(rounds * seconds / _TURN) | 1)]
    return sorted(turns, key=lambda each: each[0] / each[1])[len(turns) // 2]


def resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
