"""The yardstick: a Litestar application that validates the same body and returns a constant of the same size."""

from __future__ import annotations

import importlib
import json
import os
from typing import Annotated, Any

from litestar import Litestar, get, post
from litestar.params import Body

from service.core.calculator import registry

CONSTANT_FILE = "BENCHMARK_CONSTANT"
CALCULATOR = "BENCHMARK_CALCULATOR"


def create_app() -> Litestar:
    """One POST route with the input model of a calculator as body, and one GET route."""
    name = os.environ.get(CALCULATOR, "energy_equivalents")
    importlib.import_module(f"service.calculators.{name}")
    model = registry[name].inputs
    with open(os.environ[CONSTANT_FILE], encoding="utf-8") as file:  # noqa: PTH123 - no more imports than it takes
        constant: dict[str, Any] = json.load(file)

    def same(data: Any) -> dict[str, Any]:
        return constant

    same.__annotations__["data"] = Annotated[model, Body()]

    @get("/", sync_to_thread=False)
    def nothing() -> dict[str, Any]:
        return constant

    return Litestar([post("/", status_code=200, sync_to_thread=False)(same), nothing], openapi_config=None)
