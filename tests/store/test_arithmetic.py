"""Sums that are written out are computed again, units included, and held to what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import DimensionMismatch, DivisionByRange, UnknownUnit
from service.core.quantity import Quantity
from service.store.arithmetic import read
from service.store.formula import FormulaError


@pytest.mark.parametrize(
    "text",
    [
        "500 [MWh/day] / 29 [kWh/day] = 17241",  # 500,000 ÷ 29 = 17,241.38
        "500 [MWh/day] / 29 [kWh/day] = 17241.4 [home]",
        "2.5e9 [1/day] * 0.34 [Wh] = 850 [MWh/day]",
        "(1.54 - 1) / 1.54 = 35.1 [%]",  # 0.54 ÷ 1.54 = 0.35065
        "552.1 [t] / 1.10 = 502 [t]",  # 501.9
        "626155 [lb] = 284.0 [t]",  # 626,155 × 0.45359237 kg = 284,018.99 kg
        "1 / 8 = 0.13",  # 0.125: half a digit may be rounded either way
        "1 / 8 = 0.12",
        "10 [%] * 300 [MWh] = 3.0e1 [MWh]",
    ],
)
def test_comes_out(text: str) -> None:
    assert read(text).comes_out()


@pytest.mark.parametrize(
    "text",
    [
        "500 [MWh/day] / 29 [kWh/day] = 17242",
        "500 [MWh/day] / 29 [kWh/day] = 1724",
        "500 [MWh/day] / 29 [kWh/day] = 17241.3",
        "2 + 2 = 5",
        "626155 [lb] = 284.1 [t]",
        "10 [%] * 300 [MWh] = 3.1e1 [MWh]",
    ],
)
def test_does_not_come_out(text: str) -> None:
    assert not read(text).comes_out()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2 * 2", "= number"),
        ("2 * 2 = four", "= number"),
        ("much * 2 = 4", "'much' in it"),
        ("2 ** 2 = 4", "in it"),
        ("max(2, 4) = 4", "in it"),
        ("2 2 = 4", "not an expression"),
        ("= 4", "not an expression"),
        ("2 [kWh * 2 = 4 [kWh]", "not an expression"),
        ("1,000 * 2 = 2000", "in it"),
    ],
)
def test_what_is_no_sum(text: str, says: str) -> None:
    with pytest.raises(FormulaError, match=says.replace("(", r"\(")):
        read(text)


def test_units_must_fit() -> None:
    with pytest.raises(DimensionMismatch):
        read("2 [kWh] + 2 [t] = 4 [kWh]").comes_out()
    with pytest.raises(DimensionMismatch):
        read("2 [kWh] * 2 = 4 [kW]").comes_out()
    with pytest.raises(UnknownUnit):
        read("2 [flurbs] = 2 [flurbs]").comes_out()
    with pytest.raises(DivisionByRange):
        read("2 / (1 - 1) = 2").comes_out()


def test_said_for_people() -> None:
    said = read("(1.54 - 1) * 2e9 [1/day] / 1.54 = 7e8 [1/day]").said(lambda each: f"<{each.value:g}|{each.unit.text}>")
    assert said == "(<1.54|> − <1|>) × <2e+09|1/day> ÷ <1.54|> = <7e+08|1/day>"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_the_rounded_quotient_comes_out_and_the_next_one_does_not(a: int, b: int, places: int) -> None:
    printed = f"{a / b:.{places}f}"
    assert read(f"{a} [kWh] / {b} [h] = {printed} [kW]").comes_out()
    beside = f"{float(printed) + 2 * 10**-places:.{places}f}"
    assert not read(f"{a} [kWh] / {b} [h] = {beside} [kW]").comes_out()


def test_computed_in_the_unit_of_the_result() -> None:
    computed = read("500 [MWh/day] * 365 [day] = 182.5 [GWh]").computed()
    assert isinstance(computed, Quantity)
    assert (round(computed.value, 9), computed.unit.text) == (182.5, "GWh")  # 500 × 365 = 182,500 MWh
