"""A described training run: linear in its hours, monotone in its overhead, its range around its value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.answer import Answer, ResultValue
from service.core.errors import BadCall, NothingKnown
from service.run import run
from service.store.queries import Knowledge

HOURS = st.floats(1e-3, 1e15)
PUE = st.floats(1, 10)


def _run(knowledge: Knowledge, **inputs: object) -> Answer:
    return run(knowledge, "training_footprint", {"accelerator": "nvidia-h100-sxm", "power": "1 kW", **inputs})


def _kwh(answer: Answer) -> float:
    result = answer["headline"]
    return result["value"] * {"Wh": 1e-3, "kWh": 1, "MWh": 1e3, "GWh": 1e6, "TWh": 1e9}[result["unit"]]


def _named(answer: Answer, name: str) -> ResultValue:
    return next(result for result in answer["results"] if result["name"] == name)


@given(HOURS, PUE)
def test_it_is_the_product_of_hours_power_and_overhead(knowledge: Knowledge, hours: float, pue: float) -> None:
    # hours × 1 kW × PUE
    assert _kwh(_run(knowledge, device_hours=hours, pue=pue)) == pytest.approx(hours * pue)


@given(HOURS, PUE, PUE)
def test_more_overhead_never_takes_less(knowledge: Knowledge, hours: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    less, more = (_kwh(_run(knowledge, device_hours=hours, pue=pue)) for pue in (low, high))
    assert less <= more * (1 + 1e-12)


@given(st.floats(1e10, 1e35))
def test_twice_the_arithmetic_takes_twice_the_electricity(knowledge: Knowledge, flop: float) -> None:
    one, two = (_kwh(_run(knowledge, flop=times * flop, pue=1)) for times in (1, 2))
    assert two == pytest.approx(2 * one)


@given(st.floats(1e20, 1e30))
def test_ranges_hold_their_values(knowledge: Knowledge, flop: float) -> None:
    for result in _run(knowledge, flop=flop)["results"]:
        if result["low"] is not None and result["high"] is not None:
            assert result["low"] <= result["value"] <= result["high"]


def test_an_unknown_use_of_the_chip_makes_a_range(knowledge: Knowledge) -> None:
    # the published utilisation of large runs is itself a range, so the electricity is one
    headline = _run(knowledge, flop=1e24)["headline"]
    assert headline["low"] is not None
    assert headline["low"] < headline["value"]


def test_a_published_total_is_told_as_it_was_published(knowledge: Knowledge) -> None:
    answer = run(knowledge, "training_footprint", {"model": "bloom"})
    assert answer["headline"]["value"] == 433.196
    assert answer["citations"][0]["figure"] == "bloom-training-electricity-luccioni-2022"


def test_the_caller_says_what_stands_first(knowledge: Knowledge) -> None:
    for part, first in (("electricity", "electricity"), ("emissions", "emissions"), ("water", "water")):
        answer = run(knowledge, "training_footprint", {"model": "gpt-3", "to": part})
        assert answer["headline"]["name"] == f"training-{first}"


def test_a_region_without_a_home_leaves_homes_out(knowledge: Knowledge) -> None:
    answer = _run(knowledge, device_hours=1000, pue=1, region="KZ")
    assert "home-year" not in {result["name"] for result in answer["results"]}
    assert "no_home_left_out" in {caveat["code"] for caveat in answer["caveats"]}
    assert _named(answer, "training-emissions")["value"] > 0


@pytest.mark.parametrize(
    "inputs",
    [
        {"device_hours": 1, "flop": 1},
        {"device_hours": 1, "accelerator": "h100", "utilisation": 0.4},
        {"flop": 1e20, "power": "700 W"},
        {"model": "gpt-3", "utilisation": 0.4},
    ],
)
def test_inputs_that_do_not_go_together_are_refused(knowledge: Knowledge, inputs: dict[str, object]) -> None:
    with pytest.raises(BadCall, match=r"accelerator|not both"):
        run(knowledge, "training_footprint", inputs)


def test_a_model_without_published_hours_is_told_what_to_give(knowledge: Knowledge) -> None:
    with pytest.raises(NothingKnown, match="device_hours"):
        run(knowledge, "training_footprint", {"model": "claude-3.7-sonnet", "accelerator": "nvidia-h100-sxm"})
