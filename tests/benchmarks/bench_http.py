"""Requests per second and memory of one worker against a bare Litestar route of the same body and size."""

from __future__ import annotations

import json
import random
import re
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from service.core.calculator import registry
from service.core.errors import WattciteError
from service.run import run
from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from tests.benchmarks.bare import CALCULATOR, CONSTANT_FILE
from tests.benchmarks.load import ROOT, post, rates, resident, server
from tests.benchmarks.table import Measured, compared

_OURS = "service.app:create_app"
_FIRST = "energy_equivalents"
_ENERGIES = ("chatgpt", "500 MWh/day", "1287 MWh", "850 MWh/day", "3.2 TWh/year", "75 kWh", "gemini", "gpt-3")
_REGIONS = ("US", "DE", "CN", "JP", "GB")
_BODIES = 400
_NUMBER = re.compile(r"\d+(\.\d+)?(?= ?[A-Za-z$€£度吨])")  # of an amount with its unit


def measure() -> list[Measured]:
    """No answer is kept between requests and the bodies differ, so every derivation is computed."""
    usual = [{"energy": energy, "region": region} for energy in _ENERGIES for region in _REGIONS]
    ready(Settings.load().knowledge)  # before the worker starts: building takes memory that serving does not
    with server(_OURS) as ours:
        first = _against_bare(ours, _FIRST, usual, rounds=5, seconds=1.5)
        rest = {name: _against_bare(ours, name, _cases(name), rounds=3, seconds=0.6) for name in sorted(registry)}
    ratios = {name: our_rate / bare_rate for name, (our_rate, bare_rate, _, _) in rest.items()}
    slowest = min(ratios, key=lambda name: ratios[name])
    middle = statistics.median_low(ratios.values())
    median = next(name for name, ratio in ratios.items() if ratio == middle)
    rows = (
        (f"POST {_FIRST}, uncached, against a bare route", first),
        (f"the slowest of {len(rest)} calculators by its cases: {slowest}", rest[slowest]),
        (f"the one in the middle: {median}", rest[median]),
    )
    return [
        *(compared(name, "req/s", found[0], found[1], least=0.7) for name, found in rows),
        compared("resident memory of a worker against a bare one", "MB", first[2], first[3], most=1.4),
    ]


def _cases(name: str) -> list[dict[str, Any]]:
    """The inputs of the worked cases of a calculator."""
    text = (ROOT / "tests" / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    return [case["inputs"] for case in yaml.safe_load(text)]


def _against_bare(
    ours: tuple[int, int], name: str, cases: Sequence[dict[str, Any]], *, rounds: int, seconds: float
) -> tuple[float, float, float, float]:
    """Requests per second of our route and of the bare one, and the memory of the two workers."""
    bodies = bodies_of(name, cases)
    with tempfile.TemporaryDirectory() as folder, _bare(Path(folder), name, bodies) as bare:
        path = f"/v1/calculators/{name}"
        found = rates(
            (ours, [post(path, body) for body in bodies]),
            (bare, [post("/", body) for body in bodies]),
            rounds,
            seconds,
        )
        return *found, resident(ours[1]), resident(bare[1])


def bodies_of(name: str, cases: Sequence[dict[str, Any]]) -> list[bytes]:
    """Bodies that have an answer, each with amounts of its own."""
    knowledge = Knowledge(ready(Settings.load().knowledge))
    chance = random.Random(name)  # noqa: S311 - the same bodies in every run
    answered = [case for case in cases if _answers(knowledge, name, case)]
    varied = [
        {key: _varied(value, chance) for key, value in answered[number % len(answered)].items() if value is not None}
        for number in range(_BODIES)
    ]
    bodies = [json.dumps(inputs).encode() for inputs in varied if _answers(knowledge, name, inputs)]
    knowledge.close()
    return bodies


def _answers(knowledge: Knowledge, name: str, inputs: dict[str, Any]) -> bool:
    try:
        run(knowledge, name, inputs)
    except WattciteError:
        return False
    return True


def _varied(value: Any, chance: random.Random) -> Any:
    """An input with another number where it is an amount; anything else as it is."""
    if not isinstance(value, str):
        return value
    return _NUMBER.sub(lambda found: f"{float(found[0]) * chance.uniform(0.5, 2):.6g}", value, count=1)


@contextmanager
def _bare(folder: Path, name: str, bodies: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """The bare server, whose constant is the answer of middling size."""
    knowledge = Knowledge(ready(Settings.load().knowledge))
    answers = sorted((json.dumps(run(knowledge, name, json.loads(body))) for body in bodies), key=len)
    knowledge.close()
    constant = folder / "constant.json"
    constant.write_text(answers[len(answers) // 2], encoding="utf-8")
    with server("tests.benchmarks.bare:create_app", {CONSTANT_FILE: str(constant), CALCULATOR: name}) as running:
        yield running
