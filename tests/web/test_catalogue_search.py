"""Search and browse: words, facets, order, pages."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from hypothesis import given, strategies
from litestar import Litestar
from litestar.testing import TestClient

from service.store.browse import COLUMNS, browse
from service.store.queries import Knowledge
from tests.web.html import Page

Client = TestClient[Litestar]


def total(client: Client, address: str) -> int:
    """How many figures a result says it has."""
    found = re.search(r"<h1[^>]*>(?:More than )?([\d,]+) figures?", client.get(address).text)
    assert found is not None, address
    return int(found[1].replace(",", ""))


def test_everything_is_found_without_words(client: Client, knowledge: Knowledge) -> None:
    assert total(client, "/search") == knowledge.figure_count


@pytest.mark.parametrize("words", ["", "chatgpt", "数据中心 用电", "training emissions"])
def test_facets_count_what_they_lead_to(knowledge: Knowledge, words: str) -> None:
    found = browse(knowledge, words, {})
    assert found.total > 1
    for facet, values in found.facets.items():
        for value, count in values[:3]:
            narrowed = browse(knowledge, words, {facet: value})
            assert narrowed.total == count, (facet, value)
            figures = knowledge.figures(narrowed.ids)
            if facet in {"subject", "quantity", "region", "basis", "checked"}:
                assert {getattr(figure, facet) for figure in figures} == {value}


def test_facet_of_one_choice_divides_all(knowledge: Knowledge) -> None:
    found = browse(knowledge, "", {"subject": "chatgpt"})
    assert sum(count for _, count in found.facets["checked"]) == found.total


def test_order_by_date(knowledge: Knowledge) -> None:
    def years(sort: str) -> list[str]:
        found = browse(knowledge, "chatgpt", {}, sort, limit=100)  # type: ignore[arg-type]
        return [figure.as_of for figure in knowledge.figures(found.ids)]

    newest = [as_of.rpartition("/")[2][:4] for as_of in years("newest")]
    oldest = [as_of[:4] for as_of in years("oldest")]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)


def test_pages_divide_the_result(client: Client) -> None:
    seen: list[str] = []
    address = "/search?quantity=pue"
    count = total(client, address)
    while address:
        text = client.get(address).text
        seen += re.findall(r'class="value" href="(/figures/[^"]+)"', text)
        following = re.search(r'href="([^"]+)" rel="next"', text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == count


def test_nothing_found_suggests(client: Client) -> None:
    page = Page(client.get("/search?q=chatgtp+qqqq&kind=policy").text)
    assert "Nothing found" in page.words
    assert "/search?q=chatgtp+qqqq" in page.links  # without the filter
    assert any(link.startswith("/ask?q=") for link in page.links)


def test_nothing_like_it_leads_to_questions_that_have_answers(client: Client) -> None:
    asked = [link for link in Page(client.get("/search?q=xyzzy").text).links if link.startswith("/ask?q=")]
    assert len(asked) > 1
    for link in asked:
        assert ("No answer yet" in client.get(link).text) == link.endswith("xyzzy")


def test_words_that_are_no_words_are_no_markup(client: Client) -> None:
    nasty = '"><script>alert(1)</script>'
    for name in ("q", "subject", "kind", "year", "sort", "page"):
        response = client.get(f"/search?{urlencode({name: nasty})}")
        assert response.status_code == 200
        assert "<script>alert" not in response.text
        Page(response.text)


@given(
    strategies.dictionaries(strategies.sampled_from([*COLUMNS, "year"]), strategies.text(max_size=12)),
    strategies.text(max_size=20),
)
def test_anything_may_be_asked(knowledge: Knowledge, wanted: dict[str, str], words: str) -> None:
    found = browse(knowledge, words, wanted)
    assert len(found.ids) <= min(20, found.total)
