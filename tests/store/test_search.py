"""Searching: good matches first in both languages, whatever people type, and bounded."""

from __future__ import annotations

import sqlite3
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store import search as module
from service.store.queries import Knowledge
from service.store.rank import boost, rarity, root
from service.store.search import Searched, search

INJECTIONS = (
    '"', "'", '""', '"chatgpt', "chatgpt*", "*", "^chatgpt", "NOT chatgpt", "chatgpt NOT query", "AND", "OR OR", "NEAR",
    "NEAR(chatgpt query, 2)", "chatgpt NEAR query", "subject:chatgpt", "{subject statement} : chatgpt", "-subject : chatgpt",
    "(", ")", "(((", "chatgpt AND (query OR", "+", "chatgpt + query", "a:b:c", "\\", "%", "_", ";", "--", "'; DROP TABLE figure; --",
    'x" OR rowid > 0 --', "facet : region", "region:us:", "\0", "chatgpt\0query", "\ud83d\ude00", "🤖", "…", "\u202e", "a" * 10_000, "用" * 10_000,
    "' UNION SELECT 1", "rank:bm25(10)", "chatgpt, query", "[chatgpt]", "`chatgpt`", "$1", "?", ":name", "@x",
)  # fmt: skip


def test_both_languages_and_scripts_find_the_same(small: Knowledge) -> None:
    first = "chatgpt-daily-kolbert-2024"
    for words in (
        "chatgpt daily electricity",
        "ChatGPT 每天用电",
        "ChatGPT 每天用電",
        "Chat GPT daily electricity",
        "Kolbert",
    ):
        found = search(small, words)
        assert found.ids[0] == first, words
        assert found.all_words


def test_word_forms_numbers_and_hyphens(small: Knowledge) -> None:
    assert "chatgpt-query-altman-2025" in search(small, "queries").ids
    assert search(small, "0.34").ids == ("chatgpt-query-altman-2025",)
    assert search(small, "watt hours").ids == search(small, "watt-hours").ids == ("chatgpt-query-altman-2025",)
    assert search(small, "挪").ids == ("no-grid-carbon-intensity-ember-2025-2024",)  # a lone character begins a word


def test_words_that_occur_nowhere_are_left_out(small: Knowledge) -> None:
    found = search(small, "xyzzy norway")
    assert (found.ids, found.all_words) == (("no-grid-carbon-intensity-ember-2025-2024",), False)


def test_some_words_when_nothing_has_all(small: Knowledge) -> None:
    found = search(small, "norway kolbert")
    assert set(found.ids) == {"no-grid-carbon-intensity-ember-2025-2024", "chatgpt-daily-kolbert-2024"}
    assert not found.all_words


def test_nothing(small: Knowledge) -> None:
    for words in ("", "   ", "?!", "xyzzy"):
        found = search(small, words)
        assert (found.ids, found.total, found.total_is_more) == ((), 0, False)


@pytest.mark.parametrize(
    ("narrow", "count"),
    [
        ({"region": "US"}, 1), ({"subject": "chatgpt"}, 2), ({"quantity": "grid-carbon-intensity"}, 2), ({"kind": "press"}, 1),
        ({"checked": "memory"}, 1), ({"basis": "modelled"}, 2), ({"source": "kolbert-2024"}, 1), ({"year": 2024}, 3),
        ({"region": "US", "year": 2020}, 0), ({"topic": "grids"}, 0), ({"region": 'US" OR "x'}, 0), ({"subject": "chat"}, 0),
    ],
)  # fmt: skip
def test_narrowing(small: Knowledge, narrow: dict[str, Any], count: int) -> None:
    assert search(small, "electricity").total == 4  # two per-query and per-day figures, two rows
    assert search(small, "electricity", **narrow).total == count


def test_sources_and_subjects(small: Knowledge) -> None:
    assert search(small, "gentle singularity", what="source").ids == ("altman-2025",)
    assert search(small, "New Yorker", what="source").ids == ("kolbert-2024",)
    assert search(small, "ember", what="source", topic="grids", kind="dataset").ids == ("ember-2025",)
    assert search(small, "美國", what="subject").ids[0] in ("us", "us-home")
    assert search(small, "US", what="subject", kind="home").ids == ("us-home",)


def test_pages(small: Knowledge) -> None:
    every = search(small, "electricity").ids
    assert search(small, "electricity", limit=2).ids == every[:2]
    assert search(small, "electricity", limit=2, offset=2).ids == every[2:]
    assert search(small, "electricity", offset=100).ids == ()
    assert search(small, "electricity", limit=0, offset=-5).ids == ()
    assert search(small, "electricity", limit=2, offset=2).total == 4


@pytest.mark.parametrize("words", INJECTIONS)
def test_nothing_typed_is_syntax(small: Knowledge, words: str) -> None:
    for what in get_args(Searched):
        found = search(small, words, what=what)
        assert search(small, "electricity", subject=words, region=words).ids == ()
        assert len(found.ids) <= found.total


def test_operators_are_words(small: Knowledge) -> None:
    assert search(small, "norway NOT carbon").ids[0] == "no-grid-carbon-intensity-ember-2025-2024"
    assert search(small, "subject:chatgpt").total == search(small, "chatgpt").total


@given(st.text(max_size=40), st.sampled_from(["figure", "source", "subject"]))
def test_any_text_is_answered(small: Knowledge, words: str, what: Any) -> None:
    try:
        found = search(small, words, what=what)
    except sqlite3.Error as error:  # pragma: no cover
        pytest.fail(f"{words!r}: {error}")
    assert len(found.ids) == len(set(found.ids)) == min(20, found.total)


def test_totals_are_bounded(small: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COUNTED", 3)
    monkeypatch.setattr(module, "_RANKED", 2)
    found = search(small, "electricity")  # four have it
    assert (found.total, found.total_is_more, len(found.ids)) == (3, True, 3)
    assert not search(small, "chatgpt").total_is_more  # three have it, all counted


def test_rarity_and_boost() -> None:
    # ln(1 + (10 - 1 + 0.5) / 1.5) = ln 7.333… = 1.9924; a word in every text weighs little, but never less than nothing
    assert rarity(1, 10) == pytest.approx(1.9924, abs=1e-4)
    assert 0 < rarity(10, 10) < 0.05
    assert boost(preferred=True, superseded=False, checked="primary") > boost(
        preferred=False, superseded=False, checked="primary"
    )
    assert boost(preferred=False, superseded=True, checked="primary") < boost(
        preferred=False, superseded=False, checked="memory"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("queries", "query"), ("homes", "home"), ("trained", "training"), ("emissions", "emission"), ("daily", "dail")],
)
def test_roots_of_word_forms_begin_alike(one: str, other: str) -> None:
    assert root(one).startswith(root(other)) or root(other).startswith(root(one))


@pytest.mark.parametrize(
    ("words", "subject", "quantity"),
    [
        ("chatgpt daily electricity", "chatgpt", "electricity-per-day"),
        ("ChatGPT 每天用電", "chatgpt", "electricity-per-day"),
        ("GPT-3 training", "gpt-3", ""),
        ("训练 GPT-3 用电", "gpt-3", ""),
        ("PUE Google", "google", "pue"),
        ("norway carbon intensity", "no", "grid-carbon-intensity"),
        ("挪威 碳强度", "no", "grid-carbon-intensity"),
        ("US home electricity", "us-home", ""),
        ("美国家庭用电", "us-home", ""),
    ],
)
def test_the_shipped_knowledge_answers_well(shipped: Knowledge, words: str, subject: str, quantity: str) -> None:
    found = shipped.figures(search(shipped, words, limit=3).ids)
    fitting = [figure for figure in found if figure.subject.startswith(subject) and quantity in figure.quantity]
    assert len(fitting) >= 2, [(figure.id, figure.subject, figure.quantity) for figure in found]
