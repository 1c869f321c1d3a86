"""What holds for scale: it is the product of its factors, in whatever order they grow."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge

numbers = st.floats(min_value=1e-3, max_value=1e9, allow_nan=False)
DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 365 / 12, "year": 365}


def kwh(knowledge: Knowledge, **inputs: Any) -> float:
    headline = run(knowledge, "scale", inputs)["headline"]
    return headline["value"] * {"Wh": 1e-3, "kWh": 1, "MWh": 1e3, "GWh": 1e6, "TWh": 1e9}[headline["unit"]]


@given(count=numbers, requests=numbers, each=numbers, period=st.sampled_from(sorted(DAYS)))
def test_it_is_the_product_of_its_factors(
    knowledge: Knowledge, count: float, requests: float, each: float, period: str
) -> None:
    found = kwh(knowledge, count=count, requests=requests, electricity_per_query=f"{each!r} Wh", period=period)
    assert found == pytest.approx(count * requests * DAYS[period] * each / 1000, rel=1e-9)


@given(requests=numbers, factor=st.integers(min_value=2, max_value=100))
def test_more_requests_to_a_service_take_as_much_more(knowledge: Knowledge, requests: float, factor: int) -> None:
    once, more = (kwh(knowledge, service="gemini", requests=number) for number in (requests, requests * factor))
    assert more == pytest.approx(once * factor, rel=1e-9)


def test_every_estimate_lies_where_its_figure_does(knowledge: Knowledge) -> None:
    answer = run(knowledge, "scale", {"service": "chatgpt", "requests": 1000})
    per_request = {e["figure"]: knowledge.figure(e["figure"]) for e in answer["estimates"]}
    for estimate in answer["estimates"]:
        assert estimate["unit"] == "Wh"
        assert estimate["value"] == pytest.approx(1000 * per_request[estimate["figure"]].value)
