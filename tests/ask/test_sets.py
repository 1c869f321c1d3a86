"""The sets of questions: how many are answered rightly, and that no number is given where there is none."""

from __future__ import annotations

from collections import Counter

import pytest

from service.core.calculator import registry
from service.core.units import parse_unit
from service.reading.folding import fold
from service.reading.lexicon import lexicon
from service.store.queries import Knowledge
from tests.ask.evaluate import LEAST
from tests.ask.judge import SETS, answer, answers, confident, misses

_PLAIN = ("questions", "heldout")  # those whose few words tell their language


@pytest.mark.parametrize("name", SETS)
def test_enough_is_right_in_every_language(knowledge: Knowledge, name: str) -> None:
    asked, right = Counter[str](), Counter[str]()
    for entry, found in answers(knowledge, name):
        asked[entry["language"]] += 1
        right[entry["language"]] += not misses(entry, found)
    assert sum(right.values()) >= LEAST * sum(asked.values())
    assert all(right[language] >= 0.9 * asked[language] for language in asked)


@pytest.mark.parametrize("name", SETS)
def test_no_number_where_there_is_none(knowledge: Knowledge, name: str) -> None:
    assert [entry["id"] for entry, found in answers(knowledge, name) if confident(entry, found)] == []


def test_every_calculator_is_reached(knowledge: Knowledge) -> None:
    reached = {found["tool"] for name in SETS for _, found in answers(knowledge, name)}
    assert set(registry) <= reached
    assert {"search_figures", "cite_source"} <= reached


def test_whatever_is_suggested_is_answered(knowledge: Knowledge) -> None:
    declined = [found for name in SETS for _, found in answers(knowledge, name) if not found["answered"]]
    suggested = {(question, found["language"]) for found in declined for question in found["suggestions"]}
    assert len(suggested) >= 10
    for question, language in suggested:
        assert answer(knowledge, {"question": question})["answered"], question
        assert answer(knowledge, {"question": question})["language"][:2] == language[:2], question


@pytest.mark.parametrize("name", SETS)
def test_spans_are_where_they_say(knowledge: Knowledge, name: str) -> None:
    for entry, found in answers(knowledge, name):
        for span in found["understood"]["spans"]:
            assert entry["question"][span["start"] : span["end"]] == span["text"]
            assert span["text"]
            assert span["read_as"]


def test_the_text_is_in_the_language_of_the_question(knowledge: Knowledge) -> None:
    plain = [pair for name in _PLAIN for pair in answers(knowledge, name) if pair[0]["language"] != "mixed"]
    for entry, found in plain:
        said = found["language"]
        told = (
            fold(entry["question"]).traditional or entry["language"] != "zh-Hant"
        )  # L40S 的 TDP is written alike in both
        assert said == entry["language"] if told else said.startswith("zh"), entry["question"]


SUGGESTED = [
    ("service_energy", "ChatGPT", "Wh"), ("query_footprint", "Gemini", "Wh"), ("query_water", "Gemini", "L"), ("training_footprint", "GPT-3", "Wh"),
    ("training_emissions", "GPT-3", "t"), ("pue", "Google", ""), ("rated_power", "H100", "W"), ("yearly", "Google", "Wh/year"), ("price_in", "DE", "EUR/kWh"),
    ("grid", "CN", "g/kWh"), ("grid", "FR", "g/kWh"), ("grid", "US", "g/kWh"), ("share_in", "IE", "%"), ("outlook_in", "US", "Wh/year"), ("outlook", "", "Wh/year"),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("key", "about", "unit"), SUGGESTED)
def test_what_is_suggested_is_answered_with_what_it_asks_for(
    knowledge: Knowledge, language: str, key: str, about: str, unit: str
) -> None:
    place = knowledge.region(about).name if len(about) == 2 else None
    name = getattr(place, language) if place else about
    question = lexicon().said[language]["suggestions"][key].format(subject=name, region=name)
    found = answer(knowledge, {"question": question})
    assert found["headline"] is not None, question
    assert parse_unit(found["headline"]["unit"]).dimension == parse_unit(unit).dimension, question
