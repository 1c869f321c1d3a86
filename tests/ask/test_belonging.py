"""What is told belongs to the question: the whole of it, and its own measure."""

from __future__ import annotations

import pytest

from service.ask.asking import ask
from service.ask.shapes import Answered, Asked
from service.store.queries import Knowledge


def asked(knowledge: Knowledge, question: str) -> Answered:
    return ask(knowledge, Asked(question))


@pytest.mark.parametrize(
    "question",
    [
        "what share of US electricity is used by data centers in Virginia?",  # of the part nothing is known here
        "how much more energy does a 405B model need than an 8B one",  # one of two sizes answers nothing
        "how much is a ChatGPT subscription per month in the US",
    ],
)
def test_a_part_of_what_is_asked_is_no_answer(knowledge: Knowledge, question: str) -> None:
    assert not asked(knowledge, question)["answered"]


@pytest.mark.parametrize(
    ("question", "tool", "value", "unit"),
    [
        # 500,000 kWh × 365.25 ÷ 10,791 kWh = 16,924
        ("ChatGPT uses 500,000 kWh a day for 200 million requests, how does that compare with a US household?", "energy_equivalents", 16_924, "home"),
        # 2e8 × 0.34 Wh = 68 MWh a day; × 365.25 ÷ 10,791 kWh = 2,302
        ("一个每天处理2亿个请求的ChatGPT，用电是美国家庭的多少倍", "energy_equivalents", 2_302, "home"),
        # 552.1 t ÷ 4.29 t = 128.7
        ("How many cars is GPT-3's training worth?", "emissions_equivalents", 128.7, "car"),
        # 2.5e9 × 0.34 Wh = 850 MWh
        ("Which uses more: training GPT-4 or running ChatGPT for a day?", "service_energy", 850, "MWh"),
        # 3.67 requests a day × 365 × 0.34 Wh = 455.4 Wh: neither all that it uses nor how many users
        ("ChatGPT per user per year kwh", "scale", 455.4, "Wh"),
        # 850 MWh × 365.25 × 0.3835 EUR = 119.06e6
        ("what would it cost to run ChatGPT for a year in Germany", "electricity_cost", 119.06e6, "EUR"),
    ],
)  # fmt: skip
def test_what_is_told_first_belongs_to_the_question(
    knowledge: Knowledge, question: str, tool: str, value: float, unit: str
) -> None:
    found = asked(knowledge, question)
    assert found["tool"] == tool
    assert found["headline"] is not None
    assert found["headline"]["value"] == pytest.approx(value, rel=0.003)
    assert found["headline"]["unit"] == unit


@pytest.mark.parametrize(
    ("question", "quantity"),
    [
        ("what percent of AI energy is inference", "inference-share"),
        ("推理占AI能耗的比例", "inference-share"),
    ],
)
def test_a_look_up_is_of_what_is_named(knowledge: Knowledge, question: str, quantity: str) -> None:
    assert asked(knowledge, question)["understood"]["inputs"]["quantity"] == quantity
