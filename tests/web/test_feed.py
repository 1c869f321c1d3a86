"""What is new: read by a feed reader, with the dates that the knowledge holds and no others."""

from __future__ import annotations

from urllib.parse import urlsplit

import feedparser
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.answers.words import LANGUAGES
from service.core.model import first_day
from service.store.queries import Knowledge
from service.web.feed import Event, events
from tests.web.test_catalogue import MOST_OF_A_KIND

Client = TestClient[Litestar]


@pytest.fixture(scope="module")
def found(knowledge: Knowledge) -> list[Event]:
    return events(knowledge)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_reader_reads_it(client: Client, knowledge: Knowledge, found: list[Event], language: str) -> None:
    response = client.get("/feed.atom", params={"language": language})
    assert response.headers["content-type"] == "application/atom+xml"
    read = feedparser.parse(response.content)
    assert (read.bozo, read.version, read.feed.language) == (False, "atom10", language)
    assert read.feed.updated == f"{knowledge.as_of}T00:00:00Z"
    assert all(read.feed.get(each) for each in ("title", "subtitle", "id", "author", "generator"))
    assert {each.rel for each in read.feed.links} == {"self", "alternate"}
    entries = read.entries
    assert len({each.id for each in entries}) == len(entries) > 50
    assert [each.updated for each in entries] == sorted((each.updated for each in entries), reverse=True)
    for each, event in zip(entries, found, strict=False):
        assert each.updated == f"{first_day(event.day)}T00:00:00Z"
        assert urlsplit(each.id).fragment == event.day
        assert urlsplit(each.link).path == f"/sources/{event.source}"
        assert each.title
        assert each.content[0].type == "application/xhtml+xml"
    for each in entries[:MOST_OF_A_KIND]:
        path = urlsplit(each.link)
        assert client.get(f"{path.path}?{path.query}").status_code == 200


def test_every_date_is_one_that_the_knowledge_holds(knowledge: Knowledge, found: list[Event]) -> None:
    for event in found:
        assert event.published == (event.day == knowledge.source(event.source).issued)
        assert event.published or event.choices
        for choice in event.choices:
            assert choice.parameter.choices[choice.number].since == event.day
    chosen = sum(len(event.choices) for event in found)
    assert chosen == sum(len(parameter.choices) for parameter in knowledge.parameters())


def test_a_choice_that_replaces_another_says_so(client: Client, knowledge: Knowledge, found: list[Event]) -> None:
    replaced = [choice for event in found for choice in event.choices if choice.before]
    assert replaced
    for choice in replaced[:20]:
        earlier, later = choice.parameter.choices[choice.number - 1], choice.parameter.choices[choice.number]
        assert (choice.before, choice.figure) == (earlier.figure, later.figure)
        assert first_day(earlier.since) <= first_day(later.since)


def test_it_is_the_same_every_time_and_not_sent_twice(client: Client) -> None:
    first = client.get("/feed.atom")
    assert client.get("/feed.atom").content == first.content
    again = client.get("/feed.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_pages_lead_to_it(client: Client) -> None:
    assert (
        'type="application/atom+xml" title="Wattcite" href="/feed.atom?language=zh-Hant"'
        in client.get("/?language=zh-Hant").text
    )
