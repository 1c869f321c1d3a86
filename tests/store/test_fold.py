"""Folding: the same for index and query, in both languages and scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store.fold import fold, normalise, squeeze, terms

TEXT = st.text(max_size=60) | st.text(alphabet="用电電訓練练 GPT-3.5oé²Ａ'/\"*^()", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("GPT-3 training", "gpt 3 training"),
        ("GPT3", "gpt 3"),
        ("gpt-4o mini", "gpt 4 o mini"),
        ("每天用電", "每天 天用 用电"),
        ("每天用电", "每天 天用 用电"),
        ("電", "电"),
        ("ChatGPT的用电量", "chatgpt 的用 用电 电量"),
        ("0.34 Wh", "0 34 wh"),
        ("Électricité", "electricite"),
        ("ＰＵＥ １．１", "pue 1 1"),
        ("ChatGPT's and ChatGPT’s", "chatgpt and chatgpt"),
        ("CO₂e", "co 2 e"),
        ("データセンター", "テー ータ タセ セン ンタ ター"),
        ("…!?*\"'", ""),
    ],
)
def test_examples(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_hyphenated_word_is_one_term() -> None:
    assert terms("GPT-3 energy/water") == [("gpt", "3"), ("energy",), ("water",)]


@pytest.mark.parametrize("text", ["chat gpt", "Chat-GPT", "CHATGPT", "chat.gpt", "Chat GPT "])
def test_squeeze_ignores_how_a_name_is_written(text: str) -> None:
    assert squeeze(text) == "chatgpt"


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@given(TEXT)
def test_only_letters_digits_and_single_spaces_remain(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(part.isalnum() for part in folded.split())
    assert squeeze(text) == "" or squeeze(text).isalnum()


@given(TEXT)
def test_terms_are_what_fold_joins(text: str) -> None:
    assert " ".join(part for term in terms(text) for part in term) == fold(text)


@given(st.text(alphabet="用电量訓練每天问答", min_size=2, max_size=20))
def test_a_part_of_a_chinese_text_is_found_in_it(text: str) -> None:
    whole = set(fold(text).split())
    for start in range(len(normalise(text)) - 1):
        assert set(fold(normalise(text)[start : start + 2]).split()) <= whole


@given(TEXT)
def test_case_does_not_matter(text: str) -> None:
    if text.isascii():
        assert fold(text.upper()) == fold(text)
