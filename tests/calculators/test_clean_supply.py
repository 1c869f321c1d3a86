"""Capacity and battery grow with the load and with the hours in storage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge

WATTS = {"W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9}
HOURS = st.floats(min_value=0, max_value=24)


def capacity(knowledge: Knowledge, **inputs: object) -> float:
    """The capacity in watts that heads the answer."""
    headline = run(knowledge, "clean_supply", inputs)["headline"]
    return headline["value"] * WATTS[headline["unit"]]


@given(load=st.floats(min_value=1e-3, max_value=1e12), factor=st.floats(min_value=1, max_value=100))
def test_capacity_is_the_load_over_the_capacity_factor(knowledge: Knowledge, load: float, factor: float) -> None:
    wanted = load * 1e3 / (factor / 100)
    assert abs(capacity(knowledge, energy=f"{load!r} kW", capacity_factor=factor) - wanted) <= 1e-9 * wanted


@given(hours=st.tuples(HOURS, HOURS).map(sorted), mix=st.sampled_from(["solar", "wind", "solar-wind", "nuclear"]))
def test_more_storage_needs_more_capacity(knowledge: Knowledge, hours: list[float], mix: str) -> None:
    less, more = (capacity(knowledge, energy="1 MW", mix=mix, storage_hours=h, to="capacity") for h in hours)
    assert less <= more * (1 + 1e-12)


def test_no_hours_of_storage_lose_nothing(knowledge: Knowledge) -> None:
    for mix in ("solar", "wind", "solar-wind"):
        plain = capacity(knowledge, energy="1 MW", mix=mix)
        assert abs(capacity(knowledge, energy="1 MW", mix=mix, storage_hours=0) - plain) <= 1e-9 * plain


@given(load=st.floats(min_value=1e-3, max_value=1e9), hours=st.one_of(st.none(), HOURS))
def test_every_value_lies_in_its_range(knowledge: Knowledge, load: float, hours: float | None) -> None:
    answer = run(knowledge, "clean_supply", {"energy": f"{load!r} kW", "storage_hours": hours})
    for entry in (*answer["results"], *answer["estimates"]):
        low, high = entry["low"], entry["high"]
        assert low is None or high is None or low <= entry["value"] <= high
