"""Records made when they are first asked for are those that would have been made at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from service.core.model import Subject
from service.store import demand, revive
from service.store.demand import OnDemand
from service.store.queries import Knowledge


@pytest.fixture
def asked() -> list[Sequence[str] | None]:
    """For which ids records were fetched; None where for all."""
    return []


@pytest.fixture
def subjects(knowledge: Knowledge, asked: list[Sequence[str] | None]) -> OnDemand[Subject]:
    def fetch(ids: Sequence[str] | None) -> Mapping[str, Subject]:
        asked.append(ids)
        return revive.subjects(knowledge.connection, ids)

    return OnDemand(revive.ids(knowledge.connection, "subject"), fetch)


def test_a_record_is_made_once_and_alone(subjects: OnDemand[Subject], asked: list[Sequence[str] | None]) -> None:
    first = subjects["chatgpt"]
    assert subjects["chatgpt"] is subjects.get("chatgpt") is first
    assert asked == [["chatgpt"]]


def test_all_are_in_order_and_the_ones_given_out_before(
    subjects: OnDemand[Subject], asked: list[Sequence[str] | None], knowledge: Knowledge
) -> None:
    first = subjects["chatgpt"]
    whole = revive.subjects(knowledge.connection)
    assert list(subjects.items()) == list(whole.items())
    assert list(subjects) == list(whole)
    assert list(subjects.values()) == list(whole.values())
    assert next(each for each in subjects.values() if each.id == "chatgpt") is first
    assert asked == [["chatgpt"], None]


def test_what_is_not_there_is_asked_of_nobody(subjects: OnDemand[Subject], asked: list[Sequence[str] | None]) -> None:
    assert subjects.get("ChatGPT") is None
    assert "ChatGPT" not in subjects
    with pytest.raises(KeyError):
        subjects["ChatGPT"]
    assert asked == []


def test_who_asks_for_many_gets_all(
    subjects: OnDemand[Subject], asked: list[Sequence[str] | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demand, "_SINGLY", 3)
    few = OnDemand(list(subjects), subjects._fetch)
    assert [few[name].id for name in list(few)[:10]] == list(few)[:10]
    assert asked == [[name] for name in list(few)[:3]] + [None]
