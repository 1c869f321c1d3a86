"""Requests per second and memory of one worker against a bare Litestar route of the same body and size."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from service.run import run
from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from tests.benchmarks.bare import CONSTANT_FILE
from tests.benchmarks.load import post, rates, resident, server
from tests.benchmarks.table import Measured, compared

_OURS = "service.app:create_app"
_PATH = "/v1/calculators/energy_equivalents"
_ENERGIES = ("chatgpt", "500 MWh/day", "1287 MWh", "850 MWh/day", "3.2 TWh/year", "75 kWh", "gemini", "gpt-3")
_REGIONS = ("US", "DE", "CN", "JP", "GB")


def measure() -> list[Measured]:
    """Nothing of an answer is kept between requests, and the bodies differ: every derivation is computed."""
    bodies = [json.dumps({"energy": energy, "region": region}).encode() for energy in _ENERGIES for region in _REGIONS]
    with tempfile.TemporaryDirectory() as folder, _bare(Path(folder), bodies) as bare, server(_OURS) as ours:
        ours_rate, bare_rate = rates(
            (ours[0], [post(_PATH, body) for body in bodies]), (bare[0], [post("/", body) for body in bodies])
        )
        return [
            compared(
                "POST energy_equivalents, uncached, against a bare route", "req/s", ours_rate, bare_rate, least=0.5
            ),
            compared(
                "resident memory of a worker against a bare one", "MB", resident(ours[1]), resident(bare[1]), most=1.6
            ),
        ]


@contextmanager
def _bare(folder: Path, bodies: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """The bare server, whose constant is the answer of middling size."""
    knowledge = Knowledge(ready(Settings.load().knowledge))
    answers = sorted((json.dumps(run(knowledge, "energy_equivalents", json.loads(body))) for body in bodies), key=len)
    knowledge.close()
    constant = folder / "constant.json"
    constant.write_text(answers[len(answers) // 2], encoding="utf-8")
    with server("tests.benchmarks.bare:create_app", {CONSTANT_FILE: str(constant)}) as running:
        yield running
