"""`python -m tests.benchmarks.million`: what a million questions a minute take, from what one costs here.

Measured is the processor time of one answer at each station: a worker that reads a question, one that computes, nginx that has
the answer, the store that counts calls. The rest is multiplication; money is left as a formula, since prices are not ours.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import yaml

from service.api.limits import Limiter
from service.settings import Settings
from service.store.build import ready
from tests.benchmarks.load import ROOT, get, post, rates, resident, server
from tests.machines import NGINX, machines, store

_A_MINUTE: Final = 1_000_000
_BUSY: Final = 0.6  # share of a core that is planned with: the rest is for peaks, and for a machine that is gone
_CORES: Final = 8  # of a machine
_MONTH: Final = 30 * 24 * 3600
_ANSWERS: Final = 2_000
_LINK: Final = "/v1/calculators/energy_equivalents?energy=chatgpt&region=US"
_TICK: Final = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """What an answer costs at one station: milliseconds of a core, bytes, and bytes as they are sent."""

    processor: float
    size: float = 0
    sent: float = 0


def main() -> int:
    """Measure, and print both tables."""
    questions = yaml.safe_load((ROOT / "tests" / "ask" / "questions.yaml").read_text(encoding="utf-8"))
    asked = [post("/v1/ask", json.dumps({"question": each["question"]}).encode()) for each in questions]
    computed = [
        post("/v1/calculators/energy_equivalents", json.dumps({"energy": f"{n + 0.5} MWh/day"}).encode())
        for n in range(_ANSWERS)
    ]
    with server("service.serving:served") as (port, pid):
        words, numbers = _cost(port, [pid], asked), _cost(port, [pid], computed)
        memory = resident(pid)
    front, counted = _front(), _counted()
    print("| station | core time of one answer | answer | as sent |\n| --- | ---: | ---: | ---: |")
    for name, cost in (
        ("a worker, question in words (`POST /v1/ask`)", words),
        ("a worker, calculation with new numbers", numbers),
        ("nginx, an answer that it has, compressed", front),
        ("Valkey or Redis, one call counted", counted),
    ):
        size = f"{cost.size / 1000:.1f} kB | {cost.sent / 1000:.1f} kB" if cost.size else " | "
        print(f"| {name} | {cost.processor:.3f} ms | {size} |")
    print(
        "\n| a million a minute | every question new, in words | permalinks, 98 % kept by nginx |\n| --- | ---: | ---: |"
    )
    for row in zip(
        *(_sums(cost, hits, front, counted, memory) for cost, hits in ((words, 0.0), (numbers, 0.98))), strict=True
    ):
        (name, one), (_, other) = row
        print(f"| {name} | {one} | {other} |")
    return 0


def _sums(worker: Cost, hits: float, front: Cost, counted: Cost, memory: float) -> list[tuple[str, str]]:
    second = _A_MINUTE / 60
    workers = second * (1 - hits) * worker.processor / 1000 / _BUSY
    proxies = second * front.processor / 1000 / _BUSY
    stores = second * (1 - hits) * counted.processor / 1000 / _BUSY
    sent = second * worker.sent
    total = workers + proxies + stores
    return [
        ("answers a second", f"{second:,.0f}"),
        ("of them computed", f"{second * (1 - hits):,.0f}"),
        ("cores for workers", f"{workers:.1f}"),
        ("cores for nginx, with compression", f"{proxies:.1f}"),
        ("cores for counting calls", f"{stores:.2f}"),
        ("memory of the workers, one a core", f"{max(2, workers) * memory / 1000:.1f} GB"),
        ("sent", f"{sent * 8 / 1e9:.2f} Gbit/s, {sent * _MONTH / 1e12:,.0f} TB a month"),
        (f"machines of {_CORES} cores, one to spare", f"{-(-total // _CORES) + 1:.0f}"),
    ]


def _cost(port: int, processes: Sequence[int], requests: Sequence[bytes]) -> Cost:
    """Processor time of an answer, over all of some processes, and the size of the answers."""
    bodies = [_body(port, request) for request in requests[:200]]
    before, began = _processor(processes), time.monotonic()
    rate, _ = rates((port, requests), (port, requests), rounds=1)
    spent, seconds = _processor(processes) - before, time.monotonic() - began
    size, sent = (sum(map(len, each)) / len(bodies) for each in (bodies, [zlib.compress(body, 1) for body in bodies]))
    return Cost(1000 * spent / (rate * seconds), size, sent)


def _body(port: int, request: bytes) -> bytes:
    head, _, body = request.partition(b"\r\n\r\n")
    method, path, _ = head.split(b"\r\n")[0].decode().split(" ")
    kind = {"content-type": "application/json"} if body else {}
    return httpx.request(method, f"http://127.0.0.1:{port}{path}", content=body, headers=kind, trust_env=False).content


def _processor(processes: Sequence[int]) -> float:
    """Seconds of processor time of some processes so far."""
    fields = [Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for pid in processes]
    return sum(int(each[11]) + int(each[12]) for each in fields) / _TICK


def _front() -> Cost:
    """Nginx that has the answer; and compresses it, which is measured beside it."""
    if NGINX is None:
        print("nginx is not installed: it is left out of the sums", file=sys.stderr)
        return Cost(0)
    built = ready(Settings.load().knowledge)
    with tempfile.TemporaryDirectory() as folder, machines(built, Path(folder)) as (address, _):
        port = int(address.rpartition(":")[2])
        body = _body(port, get(_LINK, {"accept": "application/json"}))
        cost = _cost(port, _named("nginx"), [get(_LINK, {"accept": "application/json"})])
    began = time.process_time()
    for _ in range(_ANSWERS):
        zlib.compress(body, 1)
    return cost._replace(processor=cost.processor + 1000 * (time.process_time() - began) / _ANSWERS)


def _named(name: str) -> list[int]:
    found = subprocess.run(["pgrep", "-x", name], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def _counted() -> Cost:
    """The store of limits, for one call."""
    with store() as port:
        limiter = Limiter(Settings(limit="1000000/minute", limit_store=f"redis://127.0.0.1:{port}/0"))
        process = [pid for name in ("valkey-server", "redis-server") for pid in _named(name)]

        async def count() -> None:
            for number in range(_ANSWERS):
                await limiter.count(f"198.51.100.{number % 256}", None)

        before = _processor(process)
        asyncio.run(count())
        return Cost(1000 * (_processor(process) - before) / _ANSWERS)


if __name__ == "__main__":
    sys.exit(main())
