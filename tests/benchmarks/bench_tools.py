"""Calls a second of a tool by its name against the same calculator's own route, both of one server in the same run."""

from __future__ import annotations

import json

from tests.benchmarks.load import post, rates, server
from tests.benchmarks.table import Measured, compared

_OURS = "service.app:create_app"
_NAME = "energy_equivalents"
_ENERGIES = ("chatgpt", "500 MWh/day", "1287 MWh", "850 MWh/day", "3.2 TWh/year", "75 kWh", "gemini", "gpt-3")
_REGIONS = ("US", "DE", "CN", "JP", "GB")


def measure() -> list[Measured]:
    """The answers are the same but for the length of their text, which the tool's route keeps within its bound.

    The tool's route keeps its latest results; the calculator's computes each anew.
    """
    bodies = [json.dumps({"energy": energy, "region": region}).encode() for energy in _ENERGIES for region in _REGIONS]
    with server(_OURS) as (port, _):
        as_tool, as_calculator = rates(
            (port, [post(f"/v1/tools/{_NAME}", body) for body in bodies]),
            (port, [post(f"/v1/calculators/{_NAME}", body) for body in bodies]),
        )
    return [
        compared(
            "POST /v1/tools/{name}, asked before, against the calculator's route",
            "req/s",
            as_tool,
            as_calculator,
            least=0.9,
        )
    ]
