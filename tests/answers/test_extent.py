"""A text within a bound: what competes gives way, what is said keeps its source."""

from __future__ import annotations

import re
from typing import Any

import pytest

from service.answers.extent import Brief
from service.core.answer import Answer
from service.core.tokens import tokens
from service.run import run
from service.store.queries import Knowledge

HERE = "https://wattcite.example.org"
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("energy_equivalents", {"energy": "chatgpt"}),
    ("energy_equivalents", {"energy": "1287 MWh"}),
    ("service_energy", {"service": "chatgpt"}),
    ("query_footprint", {"service": "chatgpt"}),
    ("training_footprint", {"model": "gpt-3"}),
    ("demand_outlook", {}),
]
calls = pytest.mark.parametrize(("name", "inputs"), CALLS)
languages = pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])


def asked(knowledge: Knowledge, name: str, inputs: dict[str, Any], bound: int | None) -> Answer:
    return run(knowledge, name, inputs, Brief(bound, HERE) if bound else None)


def marks(text: str) -> set[int]:
    return set(map(int, re.findall(r"\[(\d+)\]", text)))


@calls
@languages
def test_a_roomy_bound_changes_nothing(knowledge: Knowledge, name: str, inputs: dict[str, Any], language: str) -> None:
    full = asked(knowledge, name, {**inputs, "language": language}, None)
    assert asked(knowledge, name, {**inputs, "language": language}, 5000) == full


@calls
@languages
@pytest.mark.parametrize("bound", [1, 300, 400, 600])
def test_what_is_said_is_sourced(
    knowledge: Knowledge, name: str, inputs: dict[str, Any], language: str, bound: int
) -> None:
    full = asked(knowledge, name, {**inputs, "language": language}, None)
    brief = asked(knowledge, name, {**inputs, "language": language}, bound)
    assert {**brief, "text": ""} == {**full, "text": ""}
    assert brief["text"].splitlines()[0] == full["text"].splitlines()[0]  # the finished sentence
    body, _, listed = brief["text"].partition("\n- [1]")
    assert marks(body) == marks("[1]" + "\n".join(re.findall(r"^- (\[\d+\])", listed, re.MULTILINE)))
    assert marks(full["text"].splitlines()[0]) <= marks(brief["text"])
    assert set(listed.splitlines()[1:]) <= set(full["text"].splitlines())


@calls
@languages
def test_the_default_bound_is_kept(knowledge: Knowledge, name: str, inputs: dict[str, Any], language: str) -> None:
    brief = asked(knowledge, name, {**inputs, "language": language}, 400)
    least = asked(knowledge, name, {**inputs, "language": language}, 1)
    assert tokens(brief["text"]) <= max(400, tokens(least["text"]))
    assert tokens(least["text"]) < (400 if language == "en" else 440)  # a Chinese character is counted in full


def test_a_longer_bound_says_more(knowledge: Knowledge) -> None:
    texts = [
        asked(knowledge, "energy_equivalents", {"energy": "chatgpt"}, bound)["text"] for bound in (1, 500, 800, 2000)
    ]
    assert [len(text) for text in texts] == sorted(len(text) for text in texts)
    assert len(set(texts)) > 2


def test_the_range_points_to_where_each_estimate_stands(knowledge: Knowledge) -> None:
    brief = asked(knowledge, "energy_equivalents", {"energy": "chatgpt"}, 400)
    assert f"{HERE}{brief['permalink']}" in brief["text"]
    assert "Published estimates run from" in brief["text"]
