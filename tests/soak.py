"""`make soak`: everything at once, at saturation, for minutes: no failure of ours, and no memory that only grows."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import time
from collections import Counter
from urllib.parse import quote

import yaml

from tests.benchmarks.load import ROOT, get, post, resident, server

_SECONDS = 600
_CONNECTIONS = 16
_EVERY = 5.0  # seconds between two looks at the memory
_MOST = (
    1.0  # MB a minute, over the second half: what memory may still grow, as pages and answers are kept up to a bound
)
_MCP = "/mcp"
_PAGES = (
    "/",
    "/myths",
    "/article",
    "/figures/us-home-electricity-2022",
    "/subjects/chatgpt",
    "/sources/patterson-2021",
)
_HOSTILE = ("' OR 1=1 --", "{{ 7 * 7 }}", "NEAR(a b", "\u202echatgpt", "(" * 500, "9" * 400 + " kWh", "..%2f..%2fetc")


def main() -> int:
    """Load the service for as many seconds as the argument says; 1 where something failed or memory grew."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    requests = _requests()
    with server("service.serving:served") as (port, pid):
        seen, memory = asyncio.run(_load(port, pid, requests, seconds))
    slope = _slope(memory[len(memory) // 2 :])
    failed = {status: count for status, count in seen.items() if status >= 500}
    print(
        f"{sum(seen.values()):,} requests in {seconds} s, {sum(seen.values()) / seconds:,.0f} a second, by status {dict(sorted(seen.items()))}"
    )
    print(
        f"memory {memory[0][1]:.1f} MB at first, {memory[-1][1]:.1f} MB at last; over the second half {slope:+.2f} MB a minute"
    )
    return int(bool(failed) or slope > _MOST)


def _requests() -> list[bytes]:
    """Every kind of call, well-meant and not, in an order that is the same in every run."""
    made = []
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            body = json.dumps(case["inputs"]).encode()
            made += [
                post(f"/v1/calculators/{path.stem}", body),
                post(f"/v1/tools/{path.stem}", body),
                _mcp(path.stem, case["inputs"]),
            ]
    questions = yaml.safe_load((ROOT / "tests" / "ask" / "questions.yaml").read_text(encoding="utf-8"))
    made += [post("/v1/ask", json.dumps({"question": each["question"]}).encode()) for each in questions]
    words = [str(each["question"]) for each in questions]
    made += [
        post("/v1/check", json.dumps({"text": " ".join(words[at : at + 8])}).encode()) for at in range(0, len(words), 8)
    ]
    made += [get(f"/v1/search?q={quote(word)}") for word in words[:80]]
    made += [get(page) for page in _PAGES * 4]
    made += [post("/v1/ask", json.dumps({"question": each}).encode()) for each in _HOSTILE]
    made += [get(f"/v1/search?q={quote(each)}") for each in _HOSTILE]
    made += [
        post("/v1/calculators/energy_equivalents", body) for body in (b"", b"[]", b"{", b'{"energy": 5}', b"\xff" * 40)
    ]
    random.Random(1).shuffle(made)  # noqa: S311 - not a secret
    return made


def _mcp(name: str, inputs: object) -> bytes:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": inputs}}
    sent = post(_MCP, json.dumps(call).encode())
    more = b"accept: application/json, text/event-stream\r\nmcp-protocol-version: 2025-11-25\r\n"
    return sent.replace(b"\r\n", b"\r\n" + more, 1)


async def _load(
    port: int, pid: int, requests: list[bytes], seconds: float
) -> tuple[Counter[int], list[tuple[float, float]]]:
    seen: Counter[int] = Counter()
    began = time.monotonic()
    memory: list[tuple[float, float]] = []
    callers = [
        asyncio.create_task(_call(port, requests[number:] + requests[:number], began + seconds, seen))
        for number in range(0, len(requests), max(1, len(requests) // _CONNECTIONS))
    ]
    while not all(task.done() for task in callers):
        await asyncio.wait(callers, timeout=_EVERY)
        if not all(task.done() for task in callers):
            memory.append((time.monotonic() - began, resident(pid)))
    for task in callers:
        task.result()
    return seen, memory


async def _call(port: int, requests: list[bytes], until: float, seen: Counter[int]) -> None:
    done = 0
    while time.monotonic() < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        kept = True
        while kept and time.monotonic() < until:
            writer.write(requests[done % len(requests)])
            done += 1
            status, kept = await _answered(reader)
            seen[status] += 1
        writer.close()


async def _answered(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of an answer that is read to its end, and whether the connection goes on."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    lengths = [line for line in head.split(b"\r\n") if line.startswith(b"content-length:")]
    await reader.readexactly(int(lengths[0].split(b":")[1]) if lengths else 0)
    return int(head.split(b" ", 2)[1]), b"connection: close" not in head


def _slope(memory: list[tuple[float, float]]) -> float:
    """MB a minute, by least squares."""
    times, sizes = zip(*memory, strict=True)
    return statistics.linear_regression(times, sizes).slope * 60


if __name__ == "__main__":
    sys.exit(main())
