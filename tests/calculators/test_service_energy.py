"""What holds for service_energy whatever the caller's numbers: it is their product, over any period."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.answer import Answer
from service.core.units import conversion, parse_unit
from service.run import run
from service.store.queries import Knowledge

HOURS = {"hour": 1, "day": 24, "week": 168, "month": 730, "year": 8760}
requests = st.floats(min_value=0, max_value=1e15, allow_nan=False)
per_query = st.floats(min_value=1e-6, max_value=1e6, allow_nan=False)


def call(knowledge: Knowledge, number: float, watt_hours: float, period: str = "day") -> Answer:
    inputs = {"service": "kimi", "requests": number, "electricity_per_query": f"{watt_hours!r} Wh", "period": period}
    return run(knowledge, "service_energy", inputs)


def value(answer: Answer, name: str, unit: str) -> float:
    (result,) = (result for result in answer["results"] if result["name"] == name)
    return result["value"] * conversion(parse_unit(result["unit"]), parse_unit(unit))


@given(number=requests, watt_hours=per_query, period=st.sampled_from(sorted(HOURS)))
def test_it_is_the_product(knowledge: Knowledge, number: float, watt_hours: float, period: str) -> None:
    answer = call(knowledge, number, watt_hours, period)
    days = HOURS[period] / 24
    assert value(answer, "energy", "Wh") == pytest.approx(prod((number, watt_hours, days)), rel=1e-9)
    assert value(answer, "average_power", "W") == pytest.approx(number * watt_hours / 24, rel=1e-9)
    year = "energy" if period == "year" else "energy_per_year"  # a year is said once
    assert value(answer, year, "Wh") == pytest.approx(number * watt_hours * 365, rel=1e-9)


@given(number=requests, watt_hours=per_query)
def test_nothing_is_cited_where_all_is_the_callers(knowledge: Knowledge, number: float, watt_hours: float) -> None:
    answer = call(knowledge, number, watt_hours)
    assert (answer["citations"], answer["estimates"], answer["spread"]) == ([], [], None)
    assert {use for step in answer["derivation"] for use in step["uses"] if use.startswith("input:")} == {
        "input:requests", "input:electricity_per_query", "input:period", "input:year",
    }  # fmt: skip


@given(number=st.floats(min_value=1, max_value=1e12), watt_hours=per_query)
def test_the_unit_suits_the_number(knowledge: Knowledge, number: float, watt_hours: float) -> None:
    answer = call(knowledge, number, watt_hours)
    for result in answer["results"]:
        largest = result["unit"] in {"TWh", "MW"}
        smallest = result["unit"] in {"Wh", "kW"}
        assert result["value"] >= 1 or smallest
        assert result["value"] < 1000 * (1 + 1e-12) or largest


@pytest.mark.parametrize("period", sorted(HOURS))
def test_all_periods_are_the_same_power(knowledge: Knowledge, period: str) -> None:
    answer = run(knowledge, "service_energy", {"service": "chatgpt", "period": period})
    # 850 MWh a day
    assert value(answer, "energy", "MWh") / HOURS[period] == pytest.approx(850 / 24)
    assert value(answer, "average_power", "MW") == pytest.approx(850 / 24)


def test_the_published_product_and_its_factors_agree(knowledge: Knowledge) -> None:
    total = run(knowledge, "service_energy", {"service": "chatgpt"})["headline"]["value"]
    factors = {"service": "chatgpt", "requests": 2.5e9, "electricity_per_query": "0.34 Wh"}
    assert run(knowledge, "service_energy", factors)["headline"]["value"] == pytest.approx(total)
