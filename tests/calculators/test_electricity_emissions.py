"""Greenhouse gas of electricity: linear in the amount, low where the power is clean, only figures of the year asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.answer import Answer
from service.run import run
from service.store.queries import Knowledge

GRAMS = {"mg": 1e-3, "g": 1.0, "kg": 1e3, "t": 1e6}


def _run(knowledge: Knowledge, energy: str = "1 MWh", **inputs: object) -> Answer:
    return run(knowledge, "electricity_emissions", {"energy": energy, **inputs})


def _grams(answer: Answer) -> float:
    return answer["headline"]["value"] * GRAMS[answer["headline"]["unit"]]


@given(st.floats(1e-6, 1e15))
def test_emissions_grow_with_the_electricity(knowledge: Knowledge, amount: float) -> None:
    # 351.6 g for each kWh
    assert _grams(_run(knowledge, f"{amount!r} kWh", region="US")) == pytest.approx(351.6 * amount)


@given(
    st.sampled_from(["US", "FR", "CN", "GB", "DE", "IN", "world"]), st.sampled_from([None, "operational", "life-cycle"])
)
def test_every_range_holds_its_value(knowledge: Knowledge, region: str, boundary: str | None) -> None:
    if boundary == "operational" and region in ("IN", "world"):
        return  # nothing is known there
    for result in _run(knowledge, region=region, boundary=boundary)["results"]:
        if result["low"] is not None and result["high"] is not None:
            assert result["low"] <= result["value"] <= result["high"]


def test_the_ranges_of_the_literature_come_through(knowledge: Knowledge) -> None:
    # IPCC 2014: coal 740 to 910 g/kWh
    headline = _run(knowledge, "1 kWh", source="coal")["headline"]
    assert (headline["low"], headline["high"]) == pytest.approx((740, 910))


def test_wind_emits_less_than_gas_and_gas_less_than_coal(knowledge: Knowledge) -> None:
    wind, gas, coal = (_grams(_run(knowledge, source=source)) for source in ("wind-onshore", "gas", "coal"))
    assert wind < gas < coal


@pytest.mark.parametrize("year", [2023, 2024])
def test_only_figures_of_the_year_compete(knowledge: Knowledge, year: int) -> None:
    answer = _run(knowledge, region="US", year=year)
    assert {estimate["as_of"] for estimate in answer["estimates"]} <= {str(year)}
    assert answer["citations"][0]["as_of"] == str(year)


def test_an_estimate_is_chosen_within_the_year(knowledge: Knowledge) -> None:
    answer = _run(knowledge, region="US", year=2024, estimate="highest")
    assert answer["citations"][0]["figure"] == "grid-us-2024-ember-yearly-2025"


def test_both_boundaries_stand_beside_each_other(knowledge: Knowledge) -> None:
    names = {result["name"] for result in _run(knowledge, region="GB", boundary="operational")["results"]}
    assert "grid-emissions-life-cycle" in names
    assert "grid-emissions-operational" not in names


def test_a_year_of_a_rate_is_not_said_twice(knowledge: Knowledge) -> None:
    names = [result["name"] for result in _run(knowledge, "1 GWh/year", region="US")["results"]]
    assert "grid-emissions-per-year" not in names
