"""The documented call of every calculator, and how each sort of body is checked against its published shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
from pydantic import TypeAdapter

from service.api.operations import example
from service.core.answer import Answer
from service.core.calculator import registry
from service.core.problem import Problem
from service.run import find

EXAMPLES = [(name, example(find(name).inputs)) for name in sorted(registry)]
HOMES = "/v1/calculators/energy_equivalents"


@cache
def adapter(shape: Any) -> TypeAdapter[Any]:
    """What checks a body against a shape."""
    return TypeAdapter(shape)


def answer(response: httpx.Response) -> Any:
    """The body of a response that must be an Answer."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return adapter(Answer).validate_json(response.content, strict=True)


def problem(response: httpx.Response, status: int, code: str) -> Any:
    """The body of a response that must be this problem."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    made = adapter(Problem).validate_json(response.content, strict=True)
    assert (response.status_code, made["status"], made["code"]) == (status, status, code), response.text
    return made


def codes(made: Any) -> dict[str, str]:
    """The code of the fault of each field."""
    return {fault["field"]: fault["code"] for fault in made["faults"]}
