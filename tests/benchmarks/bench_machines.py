"""Several machines on one: what the cache in front of two replicas is worth, and how often it answers."""

from __future__ import annotations

import random
import sys
import tempfile
from itertools import product
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import httpx

from service.settings import Settings
from service.store.build import ready
from tests.benchmarks.load import get, rates
from tests.benchmarks.table import Measured, compared
from tests.machines import NGINX, machines, nginx

_ROUTE = "/v1/calculators/energy_equivalents"
_ENERGIES = ("chatgpt", "gemini", "gpt-3", "850 MWh/day", "500 MWh/day", "1287 MWh", "415 TWh/year", "0.34 Wh")
_REGIONS = ("US", "DE", "CN", "JP", "GB", "FR", "IN")
_ASKED = 3000


def measure() -> list[Measured]:
    """Permalinks, of which few are asked for often and many seldom, as of pages anywhere (Zipf's law)."""
    if NGINX is None:
        print("nginx is not installed: the rows of several machines are left out", file=sys.stderr)
        return []
    links = [f"{_ROUTE}?energy={quote_plus(energy)}&region={region}" for energy, region in product(_ENERGIES, _REGIONS)]
    chance = random.Random(1)  # noqa: S311 - the same in every run
    asked = chance.choices(links, weights=[1 / rank for rank in range(1, len(links) + 1)], k=_ASKED)
    built = ready(Settings.load().knowledge)
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as two,
        machines(built, Path(one)) as (address, replicas),
        nginx(Path(two), [replica.port for replica in replicas], cache=False) as plain,
    ):
        hits = _hits(address, asked)
        requests = [get(link) for link in asked]
        kept, computed = rates((urlsplit(address).port or 0, requests), (plain, requests), rounds=3)
    return [
        compared(
            "GET permalinks through nginx, two replicas: with its cache against without",
            "req/s",
            kept,
            computed,
            least=2,
        ),
        compared(
            f"of {_ASKED} such requests to an empty cache, those that it answers", "requests", hits, _ASKED, least=0.9
        ),
    ]


def _hits(address: str, asked: list[str]) -> int:
    with httpx.Client(base_url=address, trust_env=False) as web:
        return [web.get(link).headers["x-cache"] for link in asked].count("HIT")
