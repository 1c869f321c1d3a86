"""Greenhouse gas as things: linear in the amount, the thing asked for first, every thing once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.answer import Answer
from service.run import run
from service.store.queries import Knowledge

THINGS = (
    "car", "car-km", "gasoline-litre", "gasoline-gallon", "flight", "tree", "tree-year", "phone-charge", "person", "home"
)  # fmt: skip


def _run(knowledge: Knowledge, emissions: str, **inputs: object) -> Answer:
    return run(knowledge, "emissions_equivalents", {"emissions": emissions, **inputs})


@given(st.sampled_from(THINGS), st.floats(1e-3, 1e15), st.integers(2, 1000))
def test_more_gas_is_as_many_more_things(knowledge: Knowledge, thing: str, amount: float, times: int) -> None:
    one, many = (_run(knowledge, f"{n * amount!r} t", to=thing)["headline"]["value"] for n in (1, times))
    assert many == pytest.approx(times * one)


@given(st.sampled_from(THINGS), st.floats(1e-9, 1e15))
def test_the_thing_asked_for_stands_first_and_each_stands_once(knowledge: Knowledge, thing: str, amount: float) -> None:
    names = [result["name"] for result in _run(knowledge, f"{amount!r} kg", to=thing)["results"]]
    assert names[0] == {"home": "home-emissions"}.get(thing, thing)
    assert len(names) == len(set(names)) == len(THINGS)


@given(st.sampled_from(THINGS))
def test_ranges_and_estimates_hold_the_value(knowledge: Knowledge, thing: str) -> None:
    answer = _run(knowledge, "552 t", to=thing)
    for result in answer["results"]:
        if result["low"] is not None and result["high"] is not None:
            assert result["low"] <= result["value"] <= result["high"]
    chosen = [estimate["value"] for estimate in answer["estimates"] if estimate["preferred"]]
    assert chosen in ([], [answer["headline"]["value"]])


def test_a_range_of_the_caller_stays_a_range(knowledge: Knowledge) -> None:
    # 502 to 588 t over 4.29 t a car: 117.0 to 137.1
    headline = _run(knowledge, "502-588 t")["headline"]
    assert (headline["low"], headline["high"]) == pytest.approx((117.02, 137.06), rel=1e-3)


def test_an_hour_of_a_rate_is_the_24th_part_of_its_day(knowledge: Knowledge) -> None:
    hour, day = (
        _run(knowledge, "240 t/day", period=period, to="car")["headline"]["value"] for period in ("hour", "day")
    )
    assert day == pytest.approx(24 * hour)


@pytest.mark.parametrize(("emissions", "first"), [("999 kg", "car-km"), ("1 t", "car"), ("2 t/year", "car")])
def test_what_is_easy_to_picture_stands_first(knowledge: Knowledge, emissions: str, first: str) -> None:
    assert _run(knowledge, emissions)["headline"]["name"] == first


def test_an_amount_of_co2_and_the_cars_of_the_agency_are_not_said_to_differ(knowledge: Knowledge) -> None:
    assert "gases_differ" not in {caveat["code"] for caveat in _run(knowledge, "552 t CO2e")["caveats"]}
