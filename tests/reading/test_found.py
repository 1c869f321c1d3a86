"""Sentences and numbers of whole texts, with their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reading.found import found
from service.reading.sentences import sentences
from service.store.queries import Knowledge

SENTENCES = [
    ("Google uses 0.3 Wh. OpenAI uses 0.34 Wh.", ["Google uses 0.3 Wh. ", "OpenAI uses 0.34 Wh."]),
    (
        "In the U.S. a home uses 29 kWh a day, says Dr. Smith.",
        ["In the U.S. a home uses 29 kWh a day, says Dr. Smith."],
    ),
    ("用电50万度。真的吗？真的！", ["用电50万度。", "真的吗？", "真的！"]),
    ("Training: 1,287 MWh\nUse: 0.3 Wh", ["Training: 1,287 MWh", "Use: 0.3 Wh"]),
    ("\r\n \u2003 \n", []),
]
ODD = st.text(alphabet=".!?。！？”“\"'()「」 aA1.\u3000\ud800\U0001f600…\t\n\r-—;:万度%", max_size=200)


@pytest.mark.parametrize(("text", "pieces"), SENTENCES)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert [text[each.start : each.end] for each in sentences(text)] == pieces


@given(st.text(max_size=300) | ODD)
def test_sentences_leave_nothing_out(text: str) -> None:
    covered = 0
    for each in sentences(text):
        assert not text[covered : each.start].strip()
        assert covered <= each.start < each.end
        covered = each.end
    assert not text[covered:].strip()


@pytest.mark.parametrize("unit", ["“x。", "1. ", "(a. ", "a", "千"])
def test_no_sentence_is_long(unit: str) -> None:
    text = unit * 20_000
    assert max(each.end - each.start for each in sentences(text)) <= 800


def test_numbers_stand_where_the_text_has_them(knowledge: Knowledge) -> None:
    text = "Training took 1,287 MWh.\n一天要用５０萬千瓦時，😀 2.5 billion prompts a day in 2025."
    numbers = found(knowledge, text)
    assert [text[each.start : each.end] for each in numbers] == ["1,287 MWh", "５０萬千瓦時", "2.5 billion", "2025"]
    assert [(each.value, each.unit, each.sort, each.what) for each in numbers] == [
        (1287.0, "MWh", "amount", ""),
        (500000.0, "kWh/day", "amount", ""),
        (2.5e9, "", "count", "query"),
        (2025.0, "", "year", ""),
    ]


@given(st.text(max_size=200) | ODD)
def test_any_text_has_its_numbers_in_order(knowledge: Knowledge, text: str) -> None:
    before = 0
    for each in found(knowledge, text):
        assert before <= each.start < each.end <= len(text)
        assert each.low <= each.value <= each.high
        before = each.end
