"""Money grows with the electricity and with its price, in the currency of the price."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge


@given(
    amount=st.floats(min_value=0, max_value=1e18),
    price=st.floats(min_value=0, max_value=1e6),
    currency=st.sampled_from(["USD", "EUR", "GBP", "CNY", "JPY", "MYR"]),
)
def test_an_own_price_is_used_as_it_is(knowledge: Knowledge, amount: float, price: float, currency: str) -> None:
    inputs = {"energy": f"{amount!r} kWh", "price": f"{price!r} {currency}/kWh"}
    headline = run(knowledge, "electricity_cost", inputs)["headline"]
    assert headline["unit"] == currency
    assert abs(headline["value"] - amount * price) <= 1e-9 * amount * price


@pytest.mark.parametrize(("written", "code"), [("0.5元/度", "CNY"), ("120 美元/兆瓦时", "USD"), ("90 EUR/MWh", "EUR")])
def test_a_currency_is_told_by_its_code_however_it_is_written(knowledge: Knowledge, written: str, code: str) -> None:
    answer = run(knowledge, "electricity_cost", {"energy": "1 MWh", "price": written})
    assert answer["headline"]["unit"] == code


@given(amount=st.floats(min_value=1e-3, max_value=1e12), times=st.floats(min_value=1, max_value=1e3))
def test_twice_the_electricity_costs_twice_as_much(knowledge: Knowledge, amount: float, times: float) -> None:
    once, more = (
        run(knowledge, "electricity_cost", {"energy": f"{energy!r} kWh"})["headline"]["value"]
        for energy in (amount, amount * times)
    )
    assert abs(more - once * times) <= 1e-9 * more
