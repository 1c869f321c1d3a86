"""Whom nobody knows gets nobody else's number, and what is known gets none for another question."""

from __future__ import annotations

import pytest

from service.ask.asking import ask
from service.ask.shapes import Answered, Asked
from service.store.queries import Knowledge


def asked(knowledge: Knowledge, text: str, **more: str) -> Answered:
    return ask(knowledge, Asked(text, **more))  # type: ignore[arg-type]


NAMES = [
    "Blorptron", "zorblax 9", "Nimbus-AI", "Quantum Leap LLM", "GPT-7", "Gemini 5 Ultra", "H500", "the Vexolith model", "my own chatbot",
    "Llama 3.1 9000B", "ChatGPT Ultra Max", "HAL 9000", "DeepSeek R9", "BLOOM 2", "星河大模型", "天穹X1", "盘龙AI", "我的聊天机器人", "昇腾999",
]  # fmt: skip
WAYS = [
    "how much electricity does {} use per query", "{} daily electricity", "co2 of training {}", "{} vs ChatGPT energy", "what is the TDP of {}",
    "share of US electricity used by {}", "list all figures on {}", "{}问一次用多少电", "{}和ChatGPT哪个省电", "训练{}排了多少碳",
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_who_is_not_known_gets_nobody_elses_number(knowledge: Knowledge, way: str) -> None:
    told = [name for name in NAMES if asked(knowledge, way.format(name))["answered"]]
    assert told == []


KNOWN = ["ChatGPT", "Google", "data centers", "AI", "Bitcoin", "H100", "Llama 3", "Germany", "solar panels"]
OTHERWISE = [
    "who uses {}", "should I use {}", "how many countries use {}", "how much data does {} use", "history of {}", "how much money does {} make",
    "is {} free", "{} review", "what is {}", "{}怎么用", "{}有哪些功能", "{}多少钱", "{}安全吗", "{}会取代人类吗",
]  # fmt: skip


@pytest.mark.parametrize("way", OTHERWISE)
def test_what_is_known_gets_no_number_for_another_question(knowledge: Knowledge, way: str) -> None:
    told = [name for name in KNOWN if asked(knowledge, way.format(name))["answered"]]
    assert told == []
