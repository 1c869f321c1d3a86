"""The parts of a water footprint add up, and it grows with the electricity."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.core.answer import ResultValue
from service.run import run
from service.store.queries import Knowledge

AMOUNTS = st.floats(min_value=1e-6, max_value=1e15)
REGIONS = st.sampled_from(["US", "CN", "IE", "SE", "DE", "world"])


def litres(result: ResultValue) -> float:
    """The value of a result in litres."""
    return result["value"] * {"L": 1.0, "mL": 1e-3}[result["unit"]]


@given(amount=AMOUNTS, region=REGIONS)
def test_on_site_and_power_plants_make_the_total(knowledge: Knowledge, amount: float, region: str) -> None:
    answer = run(knowledge, "water_footprint", {"energy": f"{amount!r} kWh", "region": region})
    found = {result["name"]: litres(result) for result in answer["results"] if result["unit"] in ("L", "mL")}
    parts = found["water-on-site"] + found["water-power-plant"]
    assert abs(found["water-total"] - parts) <= 1e-9 * parts


@given(amount=AMOUNTS, region=REGIONS)
def test_every_value_lies_in_its_range(knowledge: Knowledge, amount: float, region: str) -> None:
    answer = run(knowledge, "water_footprint", {"energy": f"{amount!r} kWh", "region": region})
    for entry in (*answer["results"], *answer["estimates"]):
        low, high = entry["low"], entry["high"]
        assert low is None or high is None or low <= entry["value"] <= high


@given(amount=st.floats(min_value=1, max_value=1e12), wue=st.floats(min_value=0, max_value=100))
def test_an_own_wue_is_used_as_it_is(knowledge: Knowledge, amount: float, wue: float) -> None:
    inputs = {"energy": f"{amount!r} kWh", "wue": f"{wue!r} L/kWh", "to": "on-site"}
    wanted = amount * wue
    assert abs(litres(run(knowledge, "water_footprint", inputs)["headline"]) - wanted) <= 1e-9 * wanted
