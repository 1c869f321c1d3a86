"""How questions are read: numbers and units in every habit, names however spelt, and places in the text as typed."""

from __future__ import annotations

import pytest

from service.reading.folding import fold
from service.reading.text import read
from service.store.queries import Knowledge

AMOUNTS = [
    ("500,000 kWh", 5e5, "kWh"),
    ("0.5M kWh", 5e5, "kWh"),
    ("50万度", 5e5, "kWh"),
    ("五十萬千瓦時", 5e5, "kWh"),
    ("half a million kilowatt-hours", 5e5, "kWh"),
    ("2.5bn kWh", 2.5e9, "kWh"),
    ("二十五亿度", 2.5e9, "kWh"),
    ("1 287 000 kWh", 1287000, "kWh"),
    ("0,34 Wh", 0.34, "Wh"),
    ("850 MWh/day", 850, "MWh/day"),
    ("850 MWh a day", 850, "MWh/day"),
    ("850兆瓦时/天", 850, "MWh/day"),
    ("10 cents a kWh", 0.1, "USD/kWh"),
    ("$0.12/kWh", 0.12, "USD/kWh"),
    ("0.12 $/kWh", 0.12, "USD/kWh"),
    ("USD 5,000", 5000, "USD"),
    ("RMB 0.6/kWh", 0.6, "CNY/kWh"),
    ("1.2兆千瓦時", 1.2e12, "kWh"),  # in Taiwan 兆 counts
    ("1.2兆瓦時", 1.2, "MWh"),
    ("0.27 L/kWh", 0.27, "L/kWh"),
    ("30%", 30, "%"),
    ("百分之三十", 30, "%"),
    ("10 MW", 10, "MW"),
    ("一千二百吨", 1200, "t"),
    ("2 to 4 MWh", 3, "MWh"),
    ("two hundred and fifty kWh", 250, "kWh"),
    ("850mwh", 850, "MWh"),
    ("1e6 kWh", 1e6, "kWh"),
    ("3.8 × 10²⁵ FLOP", 3.8e25, "FLOP"),
    ("1.2x10^5 kg", 1.2e5, "kg"),
    ("2×10⁻³ 千瓦时", 2e-3, "kWh"),
    ("百万千瓦", 1e6, "kW"),
    ("for 3 hours", 3, "h"),
    ("half a litre", 0.5, "L"),
    ("半升", 0.5, "L"),
    ("two and a half million kWh", 2.5e6, "kWh"),
    ("what does a kWh emit", 1, "kWh"),
    ("one tonne of CO2", 1, "t"),
    ("一度电", 1, "kWh"),
    ("CO2 per kWh", 1, "kWh"),
    ("the price is 10 cents a kWh", 0.1, "USD/kWh"),
    ("400 W w/ PUE", 400, "W"),
]
COUNTS = [
    ("2億個請求", 2e8, "query"),
    ("20 prompts a day", 20, "query"),
    ("8xH100 for 2 weeks", 8, "accelerator:nvidia-h100-sxm"),
    ("1000 H100s", 1000, "accelerator:nvidia-h100-sxm"),
    ("100张A100", 100, "accelerator:nvidia-a100-sxm"),
    ("256块A100", 256, "accelerator:nvidia-a100-sxm"),
    ("40 billion parameters", 4e10, "parameter"),
    ("500个人", 500, "person"),
    ("one million ai images", 1e6, "image"),
    ("a billion gpt-4o mini queries", 1e9, "query"),
    ("8 prompts per day", 8, "query"),
    ("our 300-strong firm", 300, "person"),
    ("ten million of those prompts", 1e7, "query"),
]
NAMES = [
    ("chat gpt", "chatgpt"), ("ChatGTP", "chatgpt"), ("GPT3", "gpt-3"), ("gpt 3", "gpt-3"), ("gpt-4o mini", "gpt-4o-mini"), ("GPT4o", "gpt-4o"),
    ("Deep seek R1", "deepseek-r1"), ("深度求索", "deepseek"), ("Llama 3.1 405B", "llama-3.1-405b"), ("h100", "nvidia-h100-sxm"), ("谷歌搜尋", "google-search"),
    ("Gemni", "gemini"), ("資料中心", "data-centre"), ("googling", "google-search"), ("Llama 3.1 70B vs 8B", "llama-3.1-8b"), ("GPT-4o or 5", "gpt-5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit"), AMOUNTS)
def test_amounts(knowledge: Knowledge, text: str, value: float, unit: str) -> None:
    found = read(knowledge, text).sorted("amount")
    assert [segment.unit for segment in found] == [unit]
    assert found[0].value == pytest.approx(value)


@pytest.mark.parametrize(("text", "value", "what"), COUNTS)
def test_counts(knowledge: Knowledge, text: str, value: float, what: str) -> None:
    found = read(knowledge, text).counts()
    assert found[0].what == what
    assert found[0].value == pytest.approx(value)


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names(knowledge: Knowledge, text: str, name: str) -> None:
    found = read(knowledge, f"energy of {text}").of("subject")
    assert name in [each for segment in found for each in segment.names("subject")]


@pytest.mark.parametrize("text", ["GPT-9", "Zorblax-9", "星穹X99", "Claude 9", "GPT-4 Turbo", "H900"])
def test_what_is_not_known_is_no_neighbour(knowledge: Knowledge, text: str) -> None:
    question = read(knowledge, f"how much energy does {text} use")
    assert any(segment.strange for segment in question.segments)
    assert not [segment for segment in question.of("subject") if not segment.inner and segment.sort == "words"]


def test_a_rate_is_bound_to_what_it_is_of(knowledge: Knowledge) -> None:
    question = read(knowledge, "每人每天问30次，每次0.34瓦时")
    assert [(segment.value, segment.rate) for segment in question.counts("query")] == [(30, "day")]
    assert [(segment.value, segment.each) for segment in question.sorted("amount")] == [(0.34, "query")]


@pytest.mark.parametrize(
    "text", ["ＧＰＴ－３ 訓練", "㎾h 50萬度 é", "Ångström ﬁve 五十萬度", "AI 耗電", "1.5 × 10¹⁵ 度 or 3x10^-4"]
)  # what folding widens and narrows
def test_every_place_leads_back_to_the_text_as_typed(text: str) -> None:
    folded = fold(text)
    places = [folded.place(position) for position in range(len(folded.text))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert folded.end(len(folded.text)) == len(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How much water?", "en"),
        ("用了多少水", "zh-Hans"),
        ("用了多少電", "zh-Hant"),
        ("ChatGPT 一天用多少 kWh?", "zh-Hans"),
        ("how many 度 is 850 MWh please", "en"),
        ("", "en"),
    ],
)
def test_language(knowledge: Knowledge, text: str, language: str) -> None:
    assert read(knowledge, text).language == language


@pytest.mark.parametrize(
    "text",
    [
        "my neighbour's bitcoin rig",
        "我公司机房的PUE",
        "the PUE of our data centre",
        "the flight I took",
        "my cousin's fridge",
    ],
)
def test_what_is_somebodys_own(knowledge: Knowledge, text: str) -> None:
    assert any(segment.owned for segment in read(knowledge, f"how much does {text} use").segments)


@pytest.mark.parametrize(
    "text",
    ["my ChatGPT prompts", "tell me of Google's data centres", "我想知道数据中心的PUE", "the world's data centres"],
)
def test_what_is_nobodys_own(knowledge: Knowledge, text: str) -> None:
    assert not any(segment.owned for segment in read(knowledge, text).segments)


@pytest.mark.parametrize(
    ("text", "day"),
    [("as of January 2024", "2024-01-31"), ("as of 2024", "2024-12-31"), ("截至2024年6月", "2024-06-30")],
)
def test_the_day_of_the_knowledge(knowledge: Knowledge, text: str, day: str) -> None:
    assert read(knowledge, f"ChatGPT per query {text}").as_of == day


@pytest.mark.parametrize("text", ["FY24", "fiscal 2024", "24财年", "2024年"])
def test_years(knowledge: Knowledge, text: str) -> None:
    assert [segment.value for segment in read(knowledge, f"Microsoft {text}").sorted("year")] == [2024]


@pytest.mark.parametrize("text", ["at 14:30", "at 3 pm", "上午十点"])
def test_hours_of_the_day(knowledge: Knowledge, text: str) -> None:
    assert any(segment.means("refused", "metered") for segment in read(knowledge, f"ChatGPT {text}").segments)


def test_what_is_not_meant(knowledge: Knowledge) -> None:
    assert read(knowledge, "one prompt, not the old 3 Wh number").sorted("amount") == []


def test_units_over_units(knowledge: Knowledge) -> None:
    found = read(knowledge, "0.4 kg/kWh to g per kWh").of("unit")
    assert [segment.names("unit") for segment in found] == [["g/kWh"]]
