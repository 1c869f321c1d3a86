"""`make bench-peers`: Wattcite beside others that compute, in one run; it writes measured.yaml, and `make docs` shows that.

Each stands in its own environment under .peers/, as the Makefile installs it; all servers have one worker and meet the same load.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import random
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import yaml
from mcp.types.version import LATEST_HANDSHAKE_VERSION

from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from tests.benchmarks.bench_http import bodies_of
from tests.benchmarks.bench_mcp import wired
from tests.benchmarks.load import ROOT, post, rates, resident, server, size
from tests.benchmarks.peers.shaped import REST, TOOL_REST
from tests.benchmarks.peers.shown import MEASURED, MEMORY, Row

PEERS: Final = ROOT / ".peers"
_HOMES: Final = "energy_equivalents"
_GRIDS: Final = (("FRA", "FR"), ("DEU", "DE"), ("USA", "US"), ("POL", "PL"), ("SWE", "SE"))
_CALLS: Final = 400
_NEW: Final = 40_000  # more than are kept, and than a run makes
_ROUNDS: Final = 5
_SECONDS: Final = 1.5
Serving = tuple[int, int]


def python(peer: str) -> Path:
    """The Python of an environment."""
    return PEERS / peer / "bin" / "python"


def version(peer: str, package: str) -> str:
    """The version of a package that an environment holds."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([str(python(peer)), "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def ours() -> Iterator[Serving]:
    """Our service with what it needs and no more, as its image has it."""
    with server("service.app:create_app", python=python("wattcite")) as serving:
        yield serving


def in_process() -> Iterator[Row]:
    """One answer about one prompt of a model, by function calls in processes that take turns."""

    def rate(name: str) -> float:
        command = [str(python(name)), "-m", "tests.benchmarks.peers.asked", name, str(_SECONDS)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return float(run.stdout)

    measured = [(rate("wattcite"), rate("ecologits")) for _ in range(_ROUNDS)]
    own, theirs = zip(*measured, strict=True)
    yield Row("ecologits", statistics.median(own), statistics.median(theirs), "calls/s")


def boaviztapi() -> Iterator[Row]:
    """Emissions: of a server that runs for some time there, and of an amount of electricity here."""
    chance = random.Random(1)  # noqa: S311 - the same in every run
    theirs, own = [], []
    for number in range(_CALLS):
        country, region = _GRIDS[number % len(_GRIDS)]
        usage = {"usage_location": country, "time_workload": round(chance.uniform(1, 100), 2), "use_time_ratio": 1}
        parts = {"cpu": {"units": 2, "name": "Xeon Gold 6134"}, "ram": [{"units": 4, "capacity": 32}]}
        theirs.append(json.dumps({"usage": usage, "configuration": parts}).encode())
        own.append(json.dumps({"energy": f"{chance.uniform(1, 900):.5g} MWh", "region": region}).encode())
    path = "/v1/calculators/electricity_emissions"
    with (
        ours() as (port, pid),
        server("tests.benchmarks.peers.boavizta:create_app", python=python("boaviztapi")) as peer,
    ):
        requests = [post("/v1/server/?verbose=false&criteria=gwp", body) for body in theirs]
        found = rates(((port, pid), [post(path, body) for body in own]), (peer, requests), _ROUNDS, _SECONDS)
        yield Row("boaviztapi", *found, "req/s")
        yield Row("memory-boaviztapi", resident(pid), resident(peer[1]), "MB")


def fastapi() -> Iterator[Row]:
    """Homes that equal a service: over HTTP, where nothing is kept here, and over MCP, where the latest answers are."""
    energies, regions = ("chatgpt", "500 MWh/day", "1287 MWh", "850 MWh/day", "75 kWh"), ("US", "DE", "CN", "JP", "GB")
    bodies = bodies_of(_HOMES, [{"energy": energy, "region": region} for energy in energies for region in regions])
    path, asked = (
        f"/v1/calculators/{_HOMES}",
        [json.dumps({"prompts_per_day": 1e9 + n}).encode() for n in range(_CALLS)],
    )
    own, calls = [post(path, body) for body in bodies], _calls()
    with ours() as serving:
        sizes = size(serving[0], own[:25]), size(serving[0], calls["mcp-before"][0])
        with _shaped(*sizes) as peer:
            found = rates((serving, own), (peer, [post("/homes", body) for body in asked]), _ROUNDS, _SECONDS)
            yield Row("fastapi", *found, "req/s")
            for row, (called, theirs) in calls.items():
                yield Row(row, *rates((serving, called), (peer, theirs), _ROUNDS, _SECONDS), "calls/s")
            yield Row("memory-fastapi", resident(serving[1]), resident(peer[1]), "MB")


def _shaped(answer: int, result: int) -> Any:
    """The service of the same shape; FastMCP sends what a tool returns twice, as text and as data."""
    rests = {REST: str(answer), TOOL_REST: str(result // 2)}
    return server("tests.benchmarks.peers.shaped:create_app", rests, python("fastapi"))


def _calls() -> dict[str, tuple[list[bytes], list[bytes]]]:
    """Calls of tools that are all different, and few that come again and again."""

    def calls(count: int) -> tuple[list[bytes], list[bytes]]:
        own = [(_HOMES, {"energy": f"{number + 1}.5 MWh/day", "region": "US"}) for number in range(count)]
        theirs = [("homes", {"prompts_per_day": 1e9 + number}) for number in range(count)]
        return wired(LATEST_HANDSHAKE_VERSION, own), wired(LATEST_HANDSHAKE_VERSION, theirs)

    return {"mcp-new": calls(_NEW), "mcp-before": calls(25)}


def main() -> int:
    """Measure, write down, print; 1 where a peer answers more in a second."""
    knowledge = Knowledge(
        ready(Settings.load().knowledge)
    )  # before any worker starts: building takes memory of its own
    rows = [row for measure in (in_process, boaviztapi, fastapi) for row in measure()]
    versions = {
        "ecologits": version("ecologits", "ecologits"),
        "boaviztapi": version("boaviztapi", "boaviztapi"),
        "fastapi": version("fastapi", "fastapi"),
        "fastmcp": version("fastapi", "fastmcp"),
    }
    measured = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}",
        "knowledge": knowledge.version,
        "versions": versions,
        "rows": [{"id": row.id, "ours": _short(row.ours), "peer": _short(row.peer), "unit": row.unit} for row in rows],
    }
    MEASURED.write_text(
        "# Written by `make bench-peers`.\n" + yaml.safe_dump(measured, sort_keys=False), encoding="utf-8"
    )
    for row in rows:
        print(f"{row.id:20} {row.ours:10.1f} {row.peer:10.1f} {row.unit:8} {row.ratio:.2f}")
    return int(any(row.ratio < 1 for row in rows if row.unit != MEMORY))


def _short(value: float) -> float:
    return float(f"{value:.3g}")


if __name__ == "__main__":
    raise SystemExit(main())
