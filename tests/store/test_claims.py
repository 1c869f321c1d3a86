"""Claims: stored without loss, found by what they speak of; and those that are shipped hold what they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.core.claim import Claim, ClaimedNumber
from service.core.model import Figure
from service.store.arithmetic import read
from service.store.claims import (
    claim,
    claims,
    claims_about,
    claims_on,
    collection_of,
    collections,
    find_claims,
    has_claim,
)
from service.store.load import Library, load
from service.store.queries import Knowledge

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


def ids(found: list[Claim]) -> list[str]:
    return [each.id for each in found]


def test_what_was_loaded_comes_back(library: Library, small: Knowledge) -> None:
    assert claims(small, list(library.claims)) == list(library.claims.values())
    (collection,) = collections(small)
    assert collection == library.collections["heard"].model_copy(update={"claims": []})
    assert [collection_of(small, each.id) for each in library.collections["heard"].claims] == [
        ("heard", 1),
        ("heard", 2),
    ]


def test_by_id(small: Knowledge) -> None:
    assert claim(small, "thirsty").numbers[0].low == 1
    assert has_claim(small, "thirsty")
    assert not has_claim(small, "hungry")
    assert claims(small, ["hungry", "thirsty"])[0].id == "thirsty"
    for look_up in (claim, collection_of):
        with pytest.raises(KeyError):
            look_up(small, "hungry")


def test_by_what_it_speaks_of(small: Knowledge) -> None:
    assert ids(claims_about(small, "chatgpt", "electricity-per-day")) == ["half-a-gigawatt-hour"]
    assert ids(claims_about(small, subject="chatgpt")) == ["half-a-gigawatt-hour"]
    assert ids(claims_about(small, quantity="electricity-per-day")) == ["half-a-gigawatt-hour"]
    assert ids(claims_about(small, "chatgpt", "electricity-per-query")) == []
    assert ids(claims_about(small)) == ["half-a-gigawatt-hour", "thirsty"]


def test_by_what_it_rests_on(small: Knowledge) -> None:
    assert ids(claims_on(small, "chatgpt-daily-kolbert-2024")) == ["half-a-gigawatt-hour"]
    assert ids(claims_on(small, "chatgpt-query-altman-2025")) == []
    assert ids(find_claims(small, source="kolbert-2024")[0]) == ["half-a-gigawatt-hour"]  # said by it
    assert ids(find_claims(small, source="altman-2025")[0]) == ["half-a-gigawatt-hour", "thirsty"]  # repeated; rests on


def test_filters_and_pages(small: Knowledge) -> None:
    assert ids(find_claims(small, verdict="outdated")[0]) == ["half-a-gigawatt-hour"]
    assert ids(find_claims(small, collection="heard")[0]) == ["half-a-gigawatt-hour", "thirsty"]
    assert find_claims(small, collection="nothing") == ([], 0)
    second, total = find_claims(small, limit=1, offset=1)
    assert (ids(second), total) == (["thirsty"], 2)


@pytest.mark.parametrize(
    "words", ["gigawatt-hour", "五十万度", "Kolbert", "estimate nobody renewed", "daily electricity"]
)
def test_by_words(small: Knowledge, words: str) -> None:
    found, total = find_claims(small, words)
    assert (ids(found), total) == (["half-a-gigawatt-hour"], 1)
    assert find_claims(small, words, verdict="disputed") == ([], 0)
    assert ids(find_claims(small, words, subject="chatgpt", figure="chatgpt-daily-kolbert-2024")[0]) == ids(found)


def test_counted(small: Knowledge) -> None:
    assert small.stats()["claims"] == 2
    assert small.suggest("half-a-gigawat-hour", "claim") == ["half-a-gigawatt-hour"]


# -- what is shipped ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stored(shipped: Knowledge) -> list[Claim]:
    return claims_about(shipped)


def test_every_sum_of_every_claim_is_computed_again(stored: list[Claim]) -> None:
    sums = [text for each in stored for text in each.arithmetic]
    assert sums
    assert [text for text in sums if not read(text).comes_out()] == []


def test_every_figure_of_every_claim_exists(stored: list[Claim], shipped: Knowledge) -> None:
    named = {name for each in stored for name in each.figures}
    named |= {
        telling.figure for each in stored for telling in (each.origin, *each.repeated_by) if telling and telling.figure
    }
    assert {name for name in named if not shipped.has_figure(name)} == set()


def test_the_founding_article_has_its_claims_in_order(shipped: Knowledge) -> None:
    found, total = find_claims(shipped, collection="founding-article", limit=100)
    assert total == len(found) == 29
    assert [int(each.id.split("-")[1]) for each in found] == list(range(1, 30))
    assert next(each for each in collections(shipped) if each.id == "founding-article").source == "ybzhan-2024"


_NUMBER = re.compile(r"(?<![\w.-])\d[\d,]*(?:\.\d+)?(?![\w])")
_DAY = re.compile(
    r"\b\d{1,2} (?=January|February|March|April|May|June|July|August|September|October|November|December)"
)
_YEAR = re.compile(r"(19|20)\d\d")


def digits(number: float) -> float:
    """The digits alone: words such as million only move the point."""
    return float(f"{number:e}".partition("e")[0])


def test_no_number_of_the_evidence_comes_from_nowhere() -> None:
    library = load(KNOWLEDGE)
    names = [name for each in library.subjects.values() for name in (each.name.en, *each.aliases.get("en", ()))]
    with_digits = sorted((name for name in names if re.search(r"\d", name)), key=len, reverse=True)
    for each in library.claims.values():
        figures = [library.figures[name] for name in each.figures]
        records: list[Figure | ClaimedNumber] = [*figures, *each.numbers]
        known = [value for record in records for value in (record.value, record.low, record.high) if value]
        known += [read(text).result.value for text in each.arithmetic]
        about = " ".join(
            f"{figure.statement.en} {' '.join(caveat.en for caveat in figure.caveats)}" for figure in figures
        )
        known += [float(text.replace(",", "")) for text in _NUMBER.findall(about)]
        said = _DAY.sub("", each.evidence.en)
        for name in with_digits:
            said = said.replace(name, "")
        for text in _NUMBER.findall(said):
            number = float(text.replace(",", ""))
            alike = any(abs(digits(abs(value)) - digits(number)) <= 0.05 * digits(number) for value in known if value)
            assert alike or _YEAR.fullmatch(text), (each.id, text)


def test_shipped_claims_come_back_as_they_were_written(shipped: Knowledge) -> None:
    library = load(KNOWLEDGE)
    assert claims(shipped, list(library.claims)) == list(library.claims.values())
