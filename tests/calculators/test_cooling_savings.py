"""What a lower PUE saves: a share between nothing and all overhead, the greater the lower it falls."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge

PUES = st.floats(min_value=1, max_value=10)


def share(knowledge: Knowledge, before: float, after: float) -> dict[str, float]:
    """The results of a change of PUE by name."""
    answer = run(knowledge, "cooling_savings", {"pue_before": before, "pue_after": after})
    return {result["name"]: result["value"] for result in answer["results"]}


@given(pues=st.tuples(PUES, PUES).map(sorted))
def test_no_more_is_saved_than_all_overhead(knowledge: Knowledge, pues: list[float]) -> None:
    found = share(knowledge, before=pues[1], after=pues[0])
    assert -1e-9 <= found["share-saved"] <= found["cooling-share-before"] + 1e-9


@given(pues=st.tuples(PUES, PUES, PUES).map(sorted))
def test_a_lower_pue_saves_more(knowledge: Knowledge, pues: list[float]) -> None:
    best, good, before = pues
    assert share(knowledge, before, best)["share-saved"] >= share(knowledge, before, good)["share-saved"] - 1e-9


@given(pues=st.tuples(PUES, PUES).map(sorted), amount=st.floats(min_value=1e-3, max_value=1e15))
def test_what_is_saved_is_that_share_of_the_electricity(knowledge: Knowledge, pues: list[float], amount: float) -> None:
    inputs = {"energy": f"{amount!r} kWh", "pue_before": pues[1], "pue_after": pues[0]}
    headline = run(knowledge, "cooling_savings", inputs)["headline"]
    kwh = headline["value"] * {"Wh": 1e-3, "kWh": 1.0, "MWh": 1e3, "GWh": 1e6, "TWh": 1e9}[headline["unit"]]
    assert abs(kwh - amount * (1 - pues[0] / pues[1])) <= 1e-9 * amount


def test_the_claim_of_thirty_percent_needs_this_pair_of_pues(knowledge: Knowledge) -> None:
    # 1.1 / (1 − 0.30) = 1.5714; cooling under 10 %: 1 / (1 − 0.10) = 1.1111
    found = share(knowledge, before=1.5714285714, after=1.1)
    assert abs(found["share-saved"] - 30) < 1e-6
    assert abs(found["pue-before-for-claimed-saving"] - 1.1 / 0.7) < 1e-9
    assert abs(found["pue-for-claimed-cooling-share"] - 1 / 0.9) < 1e-9
