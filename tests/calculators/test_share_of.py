"""What holds for share_of: shares add up, and parts are never taken for the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge

amounts = st.floats(min_value=1e-6, max_value=1e9, allow_nan=False)
REGIONS = ("US", "CN", "DE", "IE", "world")


def results(knowledge: Knowledge, **inputs: object) -> dict[str, float]:
    return {result["name"]: result["value"] for result in run(knowledge, "share_of", inputs)["results"]}


@given(amount=amounts, factor=st.integers(min_value=2, max_value=100), region=st.sampled_from(REGIONS))
def test_shares_grow_with_the_amount(knowledge: Knowledge, amount: float, factor: int, region: str) -> None:
    once, more = (results(knowledge, energy=f"{a!r} TWh/year", region=region) for a in (amount, amount * factor))
    assert more["electricity-share"] == pytest.approx(once["electricity-share"] * factor, rel=1e-9)


@given(amount=amounts)
def test_a_rate_is_the_same_share_as_its_amount_of_a_year(knowledge: Knowledge, amount: float) -> None:
    rate, flat = (results(knowledge, energy=f"{amount!r} {unit}", region="US") for unit in ("GWh/year", "GWh"))
    assert rate["electricity-share"] == pytest.approx(flat["electricity-share"], rel=1e-9)


@pytest.mark.parametrize("region", REGIONS)
def test_a_place_uses_all_of_its_own_electricity(knowledge: Knowledge, region: str) -> None:
    assert results(knowledge, energy=region.lower(), region=region)["electricity-share"] == pytest.approx(100)


@pytest.mark.parametrize("plant", ["nuclear-reactor", "three-gorges", "hoover-dam"])
def test_a_plant_in_the_time_of_its_own_output(knowledge: Knowledge, plant: str) -> None:
    answer = run(knowledge, "share_of", {"energy": "1 TWh", "to": plant})
    citation = answer["citations"][0]
    assert answer["headline"]["unit"] in {"h", "day", "year"}
    hours = answer["headline"]["value"] * {"h": 1, "day": 24, "year": 8760}[answer["headline"]["unit"]]
    assert hours == pytest.approx(8760 / citation["value"])
