"""What holds for net_benefit: at the break-even nothing is won or lost, and more rebound is never better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge

amounts = st.floats(min_value=1e-3, max_value=1e9, allow_nan=False)
shares = st.floats(min_value=0.1, max_value=100, allow_nan=False)
rebounds = st.floats(min_value=0, max_value=99, allow_nan=False)
IN_KWH = {"Wh": 1e-3, "kWh": 1, "MWh": 1e3, "GWh": 1e6, "TWh": 1e9}


def kwh(knowledge: Knowledge, **inputs: object) -> dict[str, float]:
    results = run(knowledge, "net_benefit", inputs)["results"]
    return {result["name"]: result["value"] * IN_KWH.get(result["unit"], 1) for result in results}


@given(use=amounts, saving=shares, rebound=rebounds)
def test_at_the_break_even_nothing_is_won_or_lost(
    knowledge: Knowledge, use: float, saving: float, rebound: float
) -> None:
    inputs = {"energy": f"{use!r} kWh", "saving": saving, "rebound": rebound}
    least = kwh(knowledge, **inputs)["break-even"]
    found = kwh(knowledge, **inputs, baseline=f"{least!r} kWh")
    assert found["net-benefit"] == pytest.approx(0, abs=use * 1e-9)
    assert found["saved-per-used"] == pytest.approx(1)


@given(baseline=amounts, saving=shares, one=rebounds, other=rebounds)
def test_more_rebound_is_never_better(
    knowledge: Knowledge, baseline: float, saving: float, one: float, other: float
) -> None:
    less, more = sorted((one, other))
    inputs = {"energy": "1 kWh", "baseline": f"{baseline!r} kWh", "saving": saving}
    best, worst = (kwh(knowledge, **inputs, rebound=rebound)["net-benefit"] for rebound in (less, more))
    assert worst <= best + abs(best) * 1e-9


@given(baseline=amounts, saving=shares, rebound=rebounds)
def test_no_more_is_saved_than_was_used(knowledge: Knowledge, baseline: float, saving: float, rebound: float) -> None:
    found = kwh(knowledge, energy="1 kWh", baseline=f"{baseline!r} kWh", saving=saving, rebound=rebound)
    assert 0 <= found["energy-saved"] <= baseline * (1 + 1e-9)
