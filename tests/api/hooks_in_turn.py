"""What schemathesis must know to make calls that lead on to others: names that mean something stand in the examples alone."""

from __future__ import annotations

import json
from typing import Any

import schemathesis

from tests.api.hooks import filter_case

__all__ = ["filter_case", "map_body", "map_query"]


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Most bodies are the documented example."""
    if _as_generated(body):
        return body
    (content,) = context.operation.definition.raw["requestBody"]["content"].values()
    return content["examples"]["typical"]["value"]


@schemathesis.hook
def map_query(context: Any, query: Any) -> Any:
    """Most queries have what their parameters have as examples, and no more."""
    if _as_generated(query):
        return query
    parameters = context.operation.definition.raw.get("parameters", ())
    return {each["name"]: each["example"] for each in parameters if each["in"] == "query" and "example" in each}


def _as_generated(generated: Any) -> bool:
    """One in four: told by what was generated, so that it is the same for every run of a seed."""
    return sum(json.dumps(generated, default=str).encode()) % 4 == 0
