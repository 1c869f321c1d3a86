"""What holds for convert_units: there and back is the same, and only one dimension at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import BadCall
from service.run import run
from service.store.queries import Knowledge

DIMENSIONS = (
    ("kWh", "MJ", "BTU", "tce", "toe", "therm", "度"),
    ("kW", "MWh/day", "TWh/year", "hp"),
    ("kg", "lb", "short_ton", "吨"),
    ("L", "gallon", "m**3", "立方米"),
    ("g/kWh", "lb/MWh", "kg/MJ"),
)
amounts = st.floats(min_value=1e-6, max_value=1e15, allow_nan=False)
pairs = st.sampled_from(DIMENSIONS).flatmap(lambda units: st.tuples(st.sampled_from(units), st.sampled_from(units)))


@given(amount=amounts, units=pairs)
def test_there_and_back_is_the_same(knowledge: Knowledge, amount: float, units: tuple[str, str]) -> None:
    one, other = units
    there = run(knowledge, "convert_units", {"amount": f"{amount!r} {one}", "to": other})["headline"]
    back = run(knowledge, "convert_units", {"amount": f"{there['value']!r} {there['unit']}", "to": one})["headline"]
    assert back["value"] == pytest.approx(amount, rel=1e-12)


def test_ten_thousand_kilowatt_hours_are_a_unit_too(knowledge: Knowledge) -> None:
    answer = run(knowledge, "convert_units", {"amount": "814.1万千瓦时", "to": "万千瓦时", "language": "zh-Hans"})
    assert answer["headline"]["value"] == pytest.approx(814.1)
    assert "**814.1万千瓦时**" in answer["text"]


@given(amount=amounts, units=pairs)
def test_the_factor_times_the_amount_is_the_result(knowledge: Knowledge, amount: float, units: tuple[str, str]) -> None:
    answer = run(knowledge, "convert_units", {"amount": f"{amount!r} {units[0]}", "to": units[1]})
    converted, factor = (result["value"] for result in answer["results"])
    assert converted == pytest.approx(amount * factor, rel=1e-12)
    assert not answer["citations"]
    assert not answer["estimates"]


@pytest.mark.parametrize("one", DIMENSIONS)
@pytest.mark.parametrize("other", DIMENSIONS)
def test_dimensions_do_not_mix(knowledge: Knowledge, one: tuple[str, ...], other: tuple[str, ...]) -> None:
    if one == other:
        return
    with pytest.raises(BadCall) as failed:
        run(knowledge, "convert_units", {"amount": f"1 {one[0]}", "to": other[0]})
    (fault,) = failed.value.faults
    assert (fault.field, fault.code, fault.given) == ("to", "dimension-mismatch", other[0])
