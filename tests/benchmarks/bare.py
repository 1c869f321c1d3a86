"""The yardstick: a Litestar application that validates the same body and returns a constant of the same size."""

from __future__ import annotations

import json
import os
from typing import Annotated, Any

from litestar import Litestar, get, post
from litestar.params import Body

from service.calculators.energy_equivalents import EnergyEquivalentsInputs

CONSTANT_FILE = "BENCHMARK_CONSTANT"


def create_app() -> Litestar:
    """One POST route with the input model as body, and one GET route."""
    with open(os.environ[CONSTANT_FILE], encoding="utf-8") as file:  # noqa: PTH123 - no more imports than it takes
        constant: dict[str, Any] = json.load(file)

    @post("/", status_code=200, sync_to_thread=False)
    def same(data: Annotated[EnergyEquivalentsInputs, Body()]) -> dict[str, Any]:
        return constant

    @get("/", sync_to_thread=False)
    def nothing() -> dict[str, Any]:
        return constant

    return Litestar([same, nothing], openapi_config=None)
