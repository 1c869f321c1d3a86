"""What holds for demand_outlook: growth compounds, and a year's figure never competes with that of another."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.answer import Answer
from service.core.model import last_day
from service.run import run
from service.store.queries import Knowledge

YEARS = (2010, 2018, 2022, 2024, 2025, 2026, 2030, 2035)
rates = st.floats(min_value=0.1, max_value=100, allow_nan=False)


def outlook(knowledge: Knowledge, **inputs: object) -> Answer:
    return run(knowledge, "demand_outlook", inputs)


def value(answer: Answer, name: str) -> float:
    return next(result["value"] for result in answer["results"] if result["name"] == name)


@pytest.mark.parametrize("year", YEARS)
def test_only_figures_of_the_year_compete(knowledge: Knowledge, year: int) -> None:
    answer = outlook(knowledge, year=year)
    for estimate in answer["estimates"]:
        assert last_day(estimate["as_of"]).year == year
    assert all(f"demand-{other}" in {r["name"] for r in answer["results"]} for other in YEARS if other != year)


@pytest.mark.parametrize("region", ["world", "US", "CN", "EU", "IE"])
def test_low_value_high_are_in_order(knowledge: Knowledge, region: str) -> None:
    year = {"IE": 2024}.get(region, 2030)
    for result in outlook(knowledge, region=region, year=year)["results"]:
        low, high = result["low"] or result["value"], result["high"] or result["value"]
        assert low <= result["value"] <= high


@given(growth=rates, years=st.integers(min_value=1, max_value=30))
def test_growth_compounds(knowledge: Knowledge, growth: float, years: int) -> None:
    answer = outlook(knowledge, year=2025 + years, growth=growth)
    assert answer["headline"]["value"] == pytest.approx(485 * (1 + growth / 100) ** years)
    assert value(answer, "doubling-time") == pytest.approx(log(2) / log(1 + growth / 100))


def test_the_growth_told_leads_from_the_one_year_to_the_other(knowledge: Knowledge) -> None:
    answer = outlook(knowledge)
    told = outlook(knowledge, growth=value(answer, "growth-rate"))
    assert told["headline"]["value"] == pytest.approx(answer["headline"]["value"])
    assert value(told, "doubling-time") == pytest.approx(value(answer, "doubling-time"))


@pytest.mark.parametrize(("day", "figure"), [
    ("2024-06-01", "dc-world-electricity-2026-iea-2024"),
    ("2026-11-01", "dc-world-electricity-2026-gartner-2026"),
])  # fmt: skip
def test_a_day_gets_what_was_known(knowledge: Knowledge, day: str, figure: str) -> None:
    assert outlook(knowledge, year=2026, as_of=day)["citations"][0]["figure"] == figure


def test_an_estimate_can_be_chosen(knowledge: Knowledge) -> None:
    assert outlook(knowledge, estimate="highest")["headline"]["value"] == 1350
    assert outlook(knowledge, estimate="lowest")["headline"]["value"] == 669
    chosen = outlook(knowledge, estimate="dc-world-electricity-2030-gartner-2026")
    assert chosen["headline"]["value"] == 1200
