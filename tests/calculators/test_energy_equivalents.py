"""What holds for energy_equivalents whatever the amount: it is linear, monotone, and keeps ranges around values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.answer import Answer
from service.run import run
from service.store.queries import Knowledge

THINGS = (
    "home", "electric-car-km", "phone-charge", "kettle", "fridge-year", "laptop-hour", "led-hour", "streaming-hour",
    "wash", "country-share",
)  # fmt: skip
REGIONS = ("US", "GB", "CN", "DE", "FR", "IN", "JP", "NO", "world")
amounts = st.floats(min_value=1e-9, max_value=1e15, allow_nan=False)


def values(answer: Answer) -> dict[str, float]:
    return {result["name"]: result["value"] for result in answer["results"]}


def of(knowledge: Knowledge, energy: str, **more: str) -> dict[str, float]:
    return values(run(knowledge, "energy_equivalents", {"energy": energy, **more}))


@given(amount=amounts, factor=st.integers(min_value=2, max_value=1000))
def test_twice_the_energy_is_twice_of_everything(knowledge: Knowledge, amount: float, factor: int) -> None:
    once, more = of(knowledge, f"{amount!r} kWh"), of(knowledge, f"{amount * factor!r} kWh")
    assert more == pytest.approx({name: value * factor for name, value in once.items()}, rel=1e-9)


@given(amount=amounts)
def test_the_unit_does_not_matter(knowledge: Knowledge, amount: float) -> None:
    kwh, mwh = of(knowledge, f"{amount!r} kWh"), of(knowledge, f"{amount / 1000!r} MWh")
    assert kwh == pytest.approx(mwh, rel=1e-9)


@given(amount=amounts, region=st.sampled_from(REGIONS))
def test_a_rate_over_a_day_is_the_amount(knowledge: Knowledge, amount: float, region: str) -> None:
    rate, flat = (of(knowledge, f"{amount!r} {unit}", region=region) for unit in ("kWh/day", "kWh"))
    # what one home uses in a day is the measure of both: as many homes as home-days
    assert rate.pop("home") == pytest.approx(flat.pop("home-day"), rel=1e-9)
    assert flat.pop("home-year") * 365 == pytest.approx(of(knowledge, f"{amount!r} kWh/day", region=region)["home"])
    for name in set(rate) - {"country-share"}:
        assert rate[name] == pytest.approx(flat[name], rel=1e-9)
    if "country-share" in rate:  # of the same time, and of a year
        assert rate["country-share"] == pytest.approx(flat["country-share"] * 365, rel=1e-9)


@pytest.mark.parametrize(("period", "days"), [("hour", 1 / 24), ("week", 7), ("month", 365 / 12), ("year", 365)])
def test_a_longer_period_is_more_of_things_but_not_of_homes(knowledge: Knowledge, period: str, days: float) -> None:
    day, other = of(knowledge, "chatgpt"), of(knowledge, "chatgpt", period=period)
    for name, value in day.items():
        same = name in {"home", "country-share"}
        assert other[name] == pytest.approx(value if same else value * days)


@pytest.mark.parametrize("to", THINGS)
def test_the_thing_asked_for_comes_first_and_all_others_follow(knowledge: Knowledge, to: str) -> None:
    answer = run(knowledge, "energy_equivalents", {"energy": "chatgpt", "to": to})
    assert answer["headline"]["name"] == to
    assert {result["name"] for result in answer["results"]} == set(THINGS)
    assert values(answer) == pytest.approx(of(knowledge, "chatgpt"))


@given(low=st.floats(min_value=0.001, max_value=1e6), width=st.floats(min_value=0, max_value=1e6))
def test_a_range_stays_around_its_value(knowledge: Knowledge, low: float, width: float) -> None:
    answer = run(knowledge, "energy_equivalents", {"energy": f"{low:.6f}-{low + width:.6f} MWh"})
    for result in answer["results"]:
        if result["low"] is not None and result["high"] is not None:
            assert result["low"] <= result["value"] <= result["high"]


def test_more_efficient_homes_are_more_homes(knowledge: Knowledge) -> None:
    each = {"NO": 15_700, "US": 10_791, "FR": 4_255, "JP": 3_950, "DE": 3_144, "CN": 2_947, "GB": 2_500, "IN": 900}
    homes = [of(knowledge, "1 GWh/day", region=region)["home"] for region in each]  # by falling use of one home
    assert homes == sorted(homes)
    assert homes == pytest.approx([365e6 / use for use in each.values()])
