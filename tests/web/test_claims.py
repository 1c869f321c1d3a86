"""Pages of claims: every claim has one, the lists keep their order, and what they say of others is linked both ways."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.answers.words import LANGUAGES, words
from service.store.claims import claims_about, find_claims
from service.store.queries import Knowledge
from tests.web.html import Page

Client = TestClient[Litestar]
TEN_TIMES = "/claims/ten-times-a-google-search"


def read(client: Client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.text)


def without_query(page: Page) -> set[str]:
    return {urlsplit(link).path for link in page.links}


def test_every_claim_has_a_page_with_its_verdict_and_all_it_rests_on(client: Client, knowledge: Knowledge) -> None:
    for claim in claims_about(knowledge):
        page = read(client, f"/claims/{claim.id}")
        said = words("en")
        for text in (claim.statement.en, said["verdicts"][claim.verdict], claim.evidence.en):
            assert " ".join(text.split()) in page.words, claim.id
        told = [telling.source for telling in (claim.origin, *claim.repeated_by) if telling]
        wanted = {f"/figures/{name}" for name in claim.figures} | {
            f"/sources/{name}" for name in (*claim.sources, *told)
        }
        assert wanted <= without_query(page), claim.id
        assert claim.call is None or f"/calculators/{claim.call.tool}" in without_query(page)


@pytest.mark.parametrize(("path", "collection"), [("/myths", "myths"), ("/article", "founding-article")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_have_every_claim_in_its_order(
    client: Client, knowledge: Knowledge, path: str, collection: str, language: str
) -> None:
    page = read(client, f"{path}?language={language}")
    claims, total = find_claims(knowledge, collection=collection, limit=100)
    listed = [urlsplit(link).path for link in page.links if urlsplit(link).path.startswith("/claims/")]
    assert listed == [f"/claims/{claim.id}" for claim in claims]
    assert total == len(claims)
    for claim in claims:
        assert words(language).local(claim.statement) in page.words
        assert " ".join(words(language).local(claim.evidence).split()) in page.words


def test_every_calculator_link_of_the_lists_gives_an_answer(client: Client) -> None:
    links = {
        link for path in ("/myths", "/article") for link in read(client, path).links if link.startswith("/calculators/")
    }
    assert len(links) > 25
    for link in links:
        page = read(client, link)
        assert "These inputs do not hold" not in page.words, link
        assert "Sources" in page.words, link


def test_who_repeated_whom(client: Client) -> None:
    page = read(client, TEN_TIMES)
    at = [
        page.words.index(text)
        for text in ("First said by", "2023-02", "Repeated by", "EPRI (2024)", "after EPRI (2024)")
    ]
    assert at == sorted(at)
    assert "2.9 Wh ÷ 0.3 Wh = 9.67" in page.words  # 2.9 ÷ 0.3 = 9.666…


def test_what_it_speaks_of_leads_back(client: Client) -> None:
    for path in (
        "/figures/chatgpt-query-electricity-devries-2023",
        "/subjects/chatgpt",
        "/sources/epri-2024",
        "/search?q=3+Wh+prompt",
    ):
        assert "/claims/three-watt-hours-a-prompt" in read(client, path).links, path
    home = read(client, "/")
    assert {"/myths", "/article"} <= set(home.links)


@pytest.mark.parametrize("path", [TEN_TIMES, "/myths", "/article"])
def test_reviews_for_search_engines(client: Client, knowledge: Knowledge, path: str) -> None:
    data = json.loads(read(client, path).data)
    assert data["@context"] == "https://schema.org"
    reviews = data.get("@graph", [data])
    for review in reviews:
        assert review["@type"] == "ClaimReview"
        assert review["claimReviewed"] == review["itemReviewed"]["text"]
        assert review["reviewRating"]["alternateName"] in words("en")["verdicts"].values()
        assert client.get(urlsplit(review["url"]).path).status_code == 200
    if path == TEN_TIMES:
        assert data["itemReviewed"]["firstAppearance"]["datePublished"] == "2023-02"
        assert len(data["itemReviewed"]["appearance"]) == 5
    else:
        collection = {"/myths": "myths", "/article": "founding-article"}[path]
        assert len(reviews) == find_claims(knowledge, collection=collection)[1]


def test_a_claim_that_is_not_there(client: Client) -> None:
    response = client.get("/claims/ten-times-a-gogle-search")
    assert response.status_code == 404
    assert TEN_TIMES in Page(response.text).links


def test_claims_are_in_the_downloads_and_the_map(client: Client, knowledge: Knowledge) -> None:
    ids = [claim.id for claim in claims_about(knowledge)]
    gathered = client.get("/download/knowledge.json").json()["claims"]
    assert [claim["id"] for collection in gathered for claim in collection["claims"]] == ids
    site = client.get("/sitemap.xml").text
    for path in ("/myths", "/article", *(f"/claims/{name}" for name in ids)):
        assert f"{path}</loc>" in site
