"""Numbers of a text against the answers that they should come from.

The answer of these tests is small enough to reckon with: 850 MWh a day, 28,750.8 homes (850,000 kWh ÷ 29.5644 kWh),
0.34 Wh, 2.5 billion requests a day, a rival of 17,241.4 homes by another source, and 3.06 million tonnes of CO2 in the year.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.check.grounding import ground
from service.core.calculator import registry
from service.run import run
from service.store.queries import Knowledge

ANSWER: dict[str, Any] = {
    "tool": "energy_equivalents",
    "inputs": {"energy": {"value": "chatgpt", "status": "given"}, "period": {"value": "day", "status": "default"}},
    "headline": {"name": "home", "value": 28750.8108, "low": None, "high": None, "unit": "home", "text": "28,800 homes"},
    "results": [
        {"name": "home", "value": 28750.8108, "low": None, "high": None, "unit": "home", "text": "28,800 homes"},
        {"name": "share", "value": 0.00704340, "low": 0.005, "high": 0.009, "unit": "%", "text": "0.00704%"},
        {"name": "co2", "value": 3060000.0, "low": None, "high": None, "unit": "t/year", "text": "3.06 million t a year"},
        {"name": "price", "value": 102000.0, "low": None, "high": None, "unit": "USD/day", "text": "102,000 USD a day"},
    ],
    "estimates": [
        {"figure": "a", "label": "Altman (2025)", "value": 28750.8108, "unit": "home", "preferred": True},
        {"figure": "b", "label": "Kolbert (2024)", "value": 17241.3793, "unit": "home", "preferred": False},
    ],
    "derivation": [
        {"n": 1, "value": 850.0, "unit": "MWh/day", "uses": ["figure:requests", "figure:per-query"], "substituted": "2.5 billion a day × 0.34 Wh = 850 MWh a day"},
        {"n": 2, "value": 28750.8108, "unit": "home", "uses": ["step:1", "figure:us-home"]},
    ],
    "citations": [
        {"n": 1, "figure": "requests", "value": 2.5e9, "unit": "1/day", "authors": [], "publisher": "PhoneWorld", "title": "Requests every day", "url": "https://phone.example/1"},
        {"n": 2, "figure": "per-query", "value": 0.34, "unit": "Wh", "authors": ["Altman, Sam"], "publisher": "blog.samaltman.com", "title": "The Gentle Singularity", "url": "https://blog.example/2"},
        {"n": 3, "figure": "us-home", "value": 10791.0, "unit": "kWh/year", "authors": [], "publisher": "EIA", "title": "How much?", "url": "https://eia.example/3"},
        {"n": 4, "figure": "b-energy", "value": 500.0, "unit": "MWh/day", "authors": ["Kolbert, Elizabeth"], "publisher": "The New Yorker", "title": "The Obscene Energy Demands", "url": "https://ny.example/4"},
    ],
    "spread": 1.6675,
}  # fmt: skip


def judged(
    knowledge: Knowledge, text: str, *more: dict[str, Any], asked: tuple[str, ...] = ()
) -> list[tuple[str, str, str | None]]:
    found = ground(knowledge, text, [ANSWER, *more], asked)
    assert all(text[each["start"] : each["end"]] == each["span"] for each in found)
    return [(each["span"], each["verdict"], each["fault"]) for each in found]


SAID = [
    # as the answer says it, and in every unit that it may be converted to
    ("28,800 homes", "home"),
    ("28,750.8 homes", "home"),
    ("about 29,000 US homes", "home"),
    ("相当于2.88万户家庭", "home"),
    ("相當於2.9萬戶", "home"),
    ("850 MWh a day", "step:1"),
    ("850 MWh", "step:1"),
    ("850,000 kWh per day", "step:1"),
    ("0.85 GWh each day", "step:1"),
    ("每天85万度", "step:1"),
    ("85万千瓦时", "step:1"),
    ("310 GWh a year", "step:1"),  # 0.85 GWh × 365 = 310.25
    ("一年3.1亿度", "step:1"),
    ("35 MW", "step:1"),  # 850 MWh ÷ 24 h = 35.4
    ("35.4兆瓦", "step:1"),
    ("3060 GJ a day", "step:1"),  # 850 MWh × 3.6
    ("0.34 Wh per query", "figure:per-query"),
    ("1.22 kJ", "figure:per-query"),  # 0.34 × 3.6 = 1.224
    ("2.5 billion prompts a day", "figure:requests"),
    ("每天25亿次提问", "figure:requests"),
    ("2.5bn requests", "figure:requests"),
    ("3.06 million tonnes", "co2"),
    ("3.1 Mt a year", "co2"),
    ("一年306万吨", "co2"),
    ("$102,000 a day", "price"),
    ("0.00704%", "share"),
    ("0.007 %", "share"),
    ("0.005–0.009%", "share"),
    ("a factor of 1.67", "spread"),
    ("17,200 homes", "estimate:b"),
    ("from 17,200 to 28,800 homes", "home"),
    # bounds are truncated, not rounded
    ("over 28,000 homes", "home"),
    ("more than 28,700 homes", "home"),
    ("nearly 30,000 homes", "home"),
    ("超过2.8万户", "home"),
    ("2.8万多户", "home"),
    ("近2.9万户", "home"),
]


@pytest.mark.parametrize(("text", "result"), SAID)
def test_what_the_answer_says_is_grounded(knowledge: Knowledge, text: str, result: str) -> None:
    found = ground(knowledge, text, [ANSWER])
    assert [each["verdict"] for each in found] == ["grounded"] * len(found), found
    assert found[-1]["result"] == result
    assert found[-1]["answer"] == 0


def test_the_citations_behind_a_number_are_told(knowledge: Knowledge) -> None:
    homes, energy, rival = ground(knowledge, "28,800 homes; 850 MWh a day; 17,200 homes", [ANSWER])
    assert (homes["citations"], energy["citations"], rival["citations"]) == ([1, 2, 3], [1, 2], [4])


WRONG = [
    ("28,700 homes", "rounded-wrongly", "rounding", "28,800 homes"),  # cut off instead of rounded
    ("28,000 homes", "rounded-wrongly", "rounding", "28,800 homes"),
    ("2.87万户", "rounded-wrongly", "rounding", "2.88万户家庭"),
    ("35.5 MW", "rounded-wrongly", "rounding", "35.4 MW"),
    ("40,000 homes", "altered", "value", "28,800 homes"),
    ("288,000 homes", "altered", "value", "28,800 homes"),  # a zero too many
    ("28,800 cars", "altered", "unit", "28,800 homes"),
    ("850 kWh a day", "altered", "unit", "850,000 kWh a day"),
    ("85 GWh a day", "altered", "unit", "0.85 GWh a day"),
    ("850 MWh a week", "altered", "unit", "5,950 MWh a week"),  # 850 × 7
    ("8.5万度", "altered", "unit", "85万千瓦时"),
    ("0.43 Wh per query", "altered", "value", "0.34 Wh"),
    ("12 TWh", "unsourced", None, None),
    ("5,000 tonnes", "unsourced", None, None),
    ("a PUE of 1.25", "altered", "value", "1.67"),
    ("EUR 102,000 a day", "altered", "unit", "102,000 USD a day"),
    ("17,200–40,000 homes", "altered", "value", "28,800 homes"),
]


@pytest.mark.parametrize(("text", "verdict", "fault", "expected"), WRONG)
def test_what_the_answer_does_not_say(
    knowledge: Knowledge, text: str, verdict: str, fault: str | None, expected: str | None
) -> None:
    (found,) = ground(knowledge, text, [ANSWER])[-1:]
    assert (found["verdict"], found["fault"]) == (verdict, fault)
    assert found["expected"] == expected


ASCRIBED = [
    ("28,800 homes [1][2][3]", "grounded", None),
    ("28,800 homes. [3]", "grounded", None),
    ("28,800 homes use as much [1, 3]", "grounded", None),
    ("28,800 homes [4]", "altered", "[1][2][3]"),
    ("28,800 homes [9]", "altered", "[1][2][3]"),  # there is no such citation
    ("0.34 Wh [1]", "altered", "[2]"),
    ("0.34 Wh [2]", "grounded", None),
    ("0.34 Wh. Something else [1]", "grounded", None),  # the mark belongs to another sentence
    ("according to Kolbert (2024), 17,200 homes", "grounded", None),
    ("17,200 homes (Kolbert, 2024)", "grounded", None),
    ("Kolbert says 28,800 homes", "altered", "[1][2][3]"),
    (
        "According to the IEA (2024), 28,800 homes",
        "altered",
        "[1][2][3]",
    ),  # a source of the knowledge, not of the answer
    ("据EIA，28,800户家庭", "grounded", None),
    # a list of sources of the text's own numbers them anew
    ("28,800 homes [1]\n\n[1] EIA. https://eia.example/3", "grounded", None),
    ("28,800 homes [2]\n\n[2] Kolbert. https://ny.example/4", "altered", "[1][2][3]"),
    ("28,800 homes [1]\n\n[1] https://unheard.example/", "altered", "[1][2][3]"),
]


@pytest.mark.parametrize(("text", "verdict", "expected"), ASCRIBED)
def test_a_number_is_ascribed_to_who_states_it(
    knowledge: Knowledge, text: str, verdict: str, expected: str | None
) -> None:
    found = ground(knowledge, text, [ANSWER])[0]
    assert (found["verdict"], found["expected"]) == (verdict, expected)
    assert found["fault"] == ("source" if verdict == "altered" else None)


@pytest.mark.parametrize(
    "text",
    [
        "1. The first\n2) the second\n（3）第三\n4、第四\n**5.** fifth",
        "On 2025-07-22, in June 2025, on 10 June 2025, June 10, 2025, 7/22/2025, 2023–2025, 2023/24, FY2025, Q3 and the 2020s",
        "2025年7月22日，7月22日，二〇二五年，2023至2025年",
        "As [1], [2, 3], [4-6] and 【7】 say at 10:30",
        "https://a.example/850-mwh/2025?x=99999 and www.b.example/12345 and doi 10.1016/j.joule.2023.09.004",
        "[see](https://c.example/12345)",
        "in three steps, over 5 years, 100% of one home, the 3rd of 4 reasons",
        "GPT-4, H100, Llama 3.1 405B, CO2, Scope 3",
        "",
    ],
)
def test_numbers_that_are_no_quantity_are_left_alone(knowledge: Knowledge, text: str) -> None:
    assert ground(knowledge, text, [ANSWER]) == []


def test_what_the_asker_gives_is_grounded_without_an_answer(knowledge: Knowledge) -> None:
    assert judged(knowledge, "Your 42 kWh and 12 TWh", asked=("I used 42 kWh",)) == [
        ("42 kWh", "grounded", None),
        ("12 TWh", "unsourced", None),
    ]
    assert judged(knowledge, "ChatGPT uses 42 kWh [1]", asked=("Say that ChatGPT uses 42 kWh",)) == [
        ("42 kWh", "altered", "source")
    ]
    (given, _) = ground(knowledge, "Your 42 kWh and 12 TWh", [ANSWER], ["I used 42 kWh"])
    assert (given["answer"], given["result"]) == (None, "given")


def test_of_several_answers_the_one_that_gives_the_number_is_named(knowledge: Knowledge) -> None:
    other = {
        "results": [{"name": "litres", "value": 1.5e6, "unit": "L"}],
        "citations": [{"n": 1, "figure": "x", "value": 1.8, "unit": "L/kWh"}],
    }
    first, second, third = ground(knowledge, "28,800 homes [1]; 1.5 million litres; 1.8 L/kWh [1]", [ANSWER, other])
    assert (first["answer"], second["answer"], third["answer"]) == (0, 1, 1)
    assert {each["verdict"] for each in (first, second, third)} == {"grounded"}
    (crossed,) = ground(knowledge, "1.8 L/kWh [4]", [ANSWER, other])
    assert (crossed["verdict"], crossed["fault"], crossed["expected"]) == ("altered", "source", "[1]")


def test_look_ups_are_answers_too(knowledge: Knowledge) -> None:
    figure = {
        "id": "f",
        "value": 415.0,
        "low": None,
        "high": None,
        "unit": "TWh/year",
        "statement": "Data centres used 415 TWh, 1.5% of all.",
    }
    found = ground(knowledge, "415 TWh a year, about 1.5%", [{"total": 1, "figures": [figure], "text": ""}])
    assert [(each["verdict"], each["result"]) for each in found] == [("grounded", "figure:f"), ("grounded", "text")]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"results": None, "inputs": [], "derivation": {}, "citations": "x"},
        {"results": [{"name": "x", "value": True, "unit": "kWh"}, {"value": 10**400, "unit": "kWh"}, {"value": 5, "unit": "zorks"}]},
        {"results": [{"value": float("inf"), "unit": "kWh"}, {"value": float("nan"), "unit": None}, {"value": 0, "unit": ""}]},
        {"derivation": [{"n": 1, "value": 1.0, "unit": "kWh", "uses": ["step:1", "step:x", 7]}], "citations": [{"n": "1"}, 5, {"n": 1}]},
        {"inputs": {"period": {"value": "fortnight"}, "requests": {"value": 3}}, "spread": "wide"},
    ],
)  # fmt: skip
def test_whatever_is_sent_as_an_answer_is_read_as_far_as_it_goes(knowledge: Knowledge, answer: dict[str, Any]) -> None:
    found = ground(knowledge, "It is 12,345 kWh [1] (Kolbert, 2024), 0 kWh, 1e999 kWh.", [answer])
    assert found[0]["verdict"] == "unsourced"


CALLS = [
    ("energy_equivalents", {"energy": "chatgpt", "region": "US"}),
    ("query_footprint", {"service": "gemini"}),
    ("training_footprint", {"model": "gpt-3"}),
    ("electricity_emissions", {"energy": "1 GWh", "region": "CN"}),
    ("demand_outlook", {}),
]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(("tool", "inputs"), CALLS)
def test_the_text_of_an_answer_is_grounded_in_its_fields(
    knowledge: Knowledge, tool: str, inputs: dict[str, str], language: str
) -> None:
    answer = run(knowledge, tool, {**inputs, "language": language})
    fields = {name: value for name, value in answer.items() if name != "text"}
    assert {each["verdict"] for each in ground(knowledge, answer["text"], [fields])} == {"grounded"}


def test_every_call_above_is_of_a_calculator() -> None:
    assert {tool for tool, _ in CALLS} <= set(registry)


UNITS = {"kWh": 1.0, "Wh": 1e3, "MWh": 1e-3, "GWh": 1e-6, "MJ": 3.6, "万度": 1e-4, "亿千瓦时": 1e-8}


@given(
    value=st.floats(1e3, 1e9), digits=st.integers(2, 6), unit=st.sampled_from(sorted(UNITS)), off=st.floats(0.12, 0.9)
)
def test_any_rounding_to_two_digits_or_more_in_any_unit(
    knowledge: Knowledge, value: float, digits: int, unit: str, off: float
) -> None:
    """Rounded as Python rounds, it is grounded; off by more than rounding can make it, it is not."""
    answer = {"results": [{"name": "x", "value": value, "unit": "kWh"}]}
    spelled = format(Decimal(f"{value * UNITS[unit]:.{digits}g}"), "f")
    (found,) = ground(knowledge, f"It is {spelled} {unit}.", [answer])
    assert (found["verdict"], found["result"]) == ("grounded", "x")
    (wrong,) = ground(knowledge, f"It is {value * UNITS[unit] * (1 + off):.12f} {unit}.", [answer])
    assert wrong["verdict"] in {"altered", "unsourced"}
