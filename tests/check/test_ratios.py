"""Ten times a Google search: what a text sets against something else by name, reckoned again."""

from __future__ import annotations

import pytest

from service.check.checking import check
from service.check.inputs import Checked
from service.store.queries import Knowledge

# 0.34 Wh ÷ 0.3 Wh = 1.13 by OpenAI's number; 2.9 Wh ÷ 0.3 Wh = 9.7 by that of 2023
TEN_TIMES = [
    "A ChatGPT query uses 10 times as much electricity as a Google search.",
    "One ChatGPT prompt takes ten times the electricity of a Google search.",
    "ChatGPT needs nearly 10 times more electricity than a Google search.",
    "Compared with a Google search, ChatGPT uses 10 times the power.",
    "ChatGPT uses 10x a Google search.",
    "A single AI prompt needs ten times the electricity of a Google search.",  # one of ChatGPT stands for all
    "一次AI问答的耗电是谷歌搜索的10倍。",
    "问一次ChatGPT的耗电是谷歌搜索的10倍。",
    "问一次ChatGPT，用电是谷歌搜索的十倍。",
    "與谷歌搜尋相比，ChatGPT每次問答的用電是其10倍。",
]


@pytest.mark.parametrize("text", TEN_TIMES)
def test_what_is_ten_times_a_search_is_outdated(knowledge: Knowledge, text: str) -> None:
    (claim,) = check(knowledge, Checked(text, None))["claims"]
    assert (claim["subject"], claim["quantity"], claim["value"], claim["verdict"]) == (
        "chatgpt",
        "ratio",
        10,
        "outdated",
    )
    assert claim["factor"] == pytest.approx(10 / (0.34 / 0.3), rel=1e-3)
    figures = {citation["figure"] for citation in claim["citations"]}
    assert {"chatgpt-query-electricity-altman-2025", "chatgpt-query-electricity-devries-2023"} <= figures


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # 50.5 GWh ÷ 1,287 MWh = 39.2
        ("Training GPT-4 used 40 times as much electricity as GPT-3.", "supported-with-caveat"),
        # 0.26 mL ÷ 0.322 mL = 0.81
        ("A Gemini prompt uses 5 times as much water as a ChatGPT prompt.", "contradicted"),
        # 0.34 Wh ÷ 0.3 Wh = 1.13
        ("A ChatGPT prompt takes 1.1 times the electricity of a Google search.", "supported-with-caveat"),
    ],
)
def test_a_ratio_stands_or_falls_by_what_is_published(knowledge: Knowledge, text: str, verdict: str) -> None:
    (claim,) = check(knowledge, Checked(text, None))["claims"]
    assert claim["verdict"] == verdict
    assert claim["citations"]


@pytest.mark.parametrize(
    "text",
    [
        "A Blorptron prompt uses 10 times as much electricity as a Zorblax search.",  # nobody is known
        "I asked ChatGPT ten times about Google.",  # nothing is compared
        "8x H100 cards were delivered.",  # a count
    ],
)
def test_what_is_no_ratio_of_two_known_things_is_left_alone(knowledge: Knowledge, text: str) -> None:
    assert check(knowledge, Checked(text, None))["claims"] == []
