"""The catalogue: every record has a page that holds, and every link on the pages leads somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.answers.words import LANGUAGES
from service.store.browse import named
from service.store.queries import Knowledge
from tests.web.html import Page

Client = TestClient[Litestar]

LISTS = (
    "/",
    "/ask",
    "/search",
    "/sources",
    "/subjects",
    "/quantities",
    "/calculators",
    "/disagreements",
    "/myths",
    "/article",
    "/status",
)
FIGURE = "/figures/chatgpt-query-electricity-altman-2025"
KINDS = (
    *LISTS,
    FIGURE,
    "/sources/patterson-2021",
    "/subjects/chatgpt",
    "/quantities/pue",
    "/calculators/compare",
    "/claims/ten-times-a-google-search",
)
MOST_OF_A_KIND = 25


def read(client: Client, path: str) -> Page:
    """A page that must be there and hold."""
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    try:
        return Page(response.text)
    except AssertionError as error:
        raise AssertionError(f"{path}: {error}") from error


def test_every_figure_has_a_page(client: Client, knowledge: Knowledge) -> None:
    for figure in knowledge.figures(named(knowledge, "figure")):
        page = read(client, f"/figures/{figure.id}")
        assert " ".join(figure.statement.en.split()) in page.words, figure.id
        assert f"/sources/{knowledge.source_of(figure.id).id}" in page.links


def test_every_source_has_a_page(client: Client, knowledge: Knowledge) -> None:
    for source in knowledge.sources(named(knowledge, "source")):
        page = read(client, f"/sources/{source.id}")
        assert source.title in page.title, source.id
        assert source.url is None or source.url in page.links
        figures = {f"/figures/{figure.id}" for figure in knowledge.figures_of_source(source.id)}
        assert figures <= set(page.links)


def test_every_subject_has_a_page(client: Client, knowledge: Knowledge) -> None:
    for subject in knowledge.subjects.values():
        page = read(client, f"/subjects/{subject.id}")
        assert page.title == f"{subject.name.en} — Wattcite"


def test_every_quantity_has_a_page(client: Client, knowledge: Knowledge) -> None:
    for quantity in knowledge.quantities.values():
        page = read(client, f"/quantities/{quantity.id}")
        assert " ".join(quantity.definition.en.split()) in page.words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_in_every_language(client: Client, path: str, language: str) -> None:
    page = read(client, f"{path}?language={language}")
    assert page.language == language
    assert "built-in" not in page.words  # a key of the words that is also a method of dictionaries
    if language != "en":
        kept = ("/v1", "/docs", "/openapi", "/download", "/feed", "/search?language", f"{path}?language")
        strays = [link for link in page.links if link.startswith("/") and f"language={language}" not in link]
        assert [
            link for link in strays if not link.startswith(kept) and link != path
        ] == []  # but the switch of languages


def test_every_link_leads_somewhere(client: Client) -> None:
    """A walk from the first page: of each kind of address, as many as are told apart."""
    waiting, seen, of_kind = deque([(page, page) for page in KINDS]), set(KINDS), Counter[str]()
    while waiting:
        address, origin = waiting.popleft()
        response = client.get(address)
        assert response.status_code == 200, f"{origin} leads to {address}"
        if not response.headers["content-type"].startswith("text/html") or address.startswith(("/docs", "/register")):
            continue
        page = Page(response.text)
        assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids, address
        for link in [*page.links, *page.loads]:
            bare = urlsplit(link)._replace(fragment="").geturl()
            kind = "/".join(bare.split("?")[0].split("/")[: 4 if bare.startswith("/v1") else 2]) + "?" * ("?" in bare)
            if bare.startswith("/") and bare not in seen and of_kind[kind] < MOST_OF_A_KIND:
                of_kind[kind] += 1
                seen.add(bare)
                waiting.append((bare, address))
    assert len(seen) > 150


@pytest.mark.parametrize(
    "path", ["/figures/none", "/sources/none", "/subjects/chatgp", "/quantities/pu", "/calculators/energy"]
)
def test_what_is_not_there_says_so_and_what_is_close(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    page = Page(response.text)
    assert "Not found" in page.title
    for link in page.links:
        if link.startswith(path.rsplit("/", 1)[0] + "/"):
            assert client.get(link).status_code == 200 or link.partition("?")[0] == path
    assert "&lt;b&gt;" in client.get(f"{path}<b>").text


def test_an_address_that_is_none_is_a_page_for_people_alone(client: Client) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    response = client.get("/energy-of-ai?language=zh-Hans", headers=browser)
    assert (response.status_code, response.headers["cache-control"]) == (404, "no-store")
    page = Page(response.text)
    assert page.language == "zh-Hans"
    assert "未找到" in page.words
    assert "/search?q=energy+of+ai&language=zh-Hans" in page.links
    assert "&lt;b&gt;" in client.get("/<b>", headers=browser).text
    for path, headers in (("/energy-of-ai", {}), ("/energy-of-ai", {"accept": "*/*"}), ("/v1/none", browser)):
        response = client.get(path, headers=headers)
        assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert client.post("/energy-of-ai", headers=browser).headers["content-type"] == "application/problem+json"


def test_an_address_that_was_cut_leads_to_the_whole(client: Client) -> None:
    cut = FIGURE.removesuffix("-electricity-altman-2025")
    assert any(link.startswith(f"{cut}-") for link in Page(client.get(cut).text).links)


def test_figure_page_says_all_that_is_known(client: Client, knowledge: Knowledge) -> None:
    page = read(client, FIGURE)
    figure = knowledge.figure(FIGURE.rsplit("/", maxsplit=1)[-1])
    for text in (
        "0.34 Wh",
        figure.scope.en,
        figure.caveats[0].en,
        "seen second-hand",
        "2025-06",
        "Disputed by",
        "18.35 Wh",
    ):
        assert text in page.words
    assert "/calculators/energy_equivalents" in page.links
    assert f"{FIGURE}?knowledge={knowledge.version}" in page.words


def test_two_figures_that_relate_to_each_other_are_told_of_once(client: Client, knowledge: Knowledge) -> None:
    mutual = {
        (figure.id, link.figure, link.type)
        for figure in knowledge.figures(named(knowledge, "figure"))
        for link in figure.relates
        if (link.type, figure.id) in {(other.type, other.figure) for other in knowledge.figure(link.figure).relates}
    }
    assert ("chatgpt-query-electricity-altman-2025", "gpt-5-query-electricity-uri-2025", "disputed-by") in mutual
    text = client.get(FIGURE).text.partition('id="relations"')[2].partition("</section>")[0]
    assert text.count("/figures/gpt-5-query-electricity-uri-2025") == 1
    assert text.count("<dt>Agrees with</dt>") == 1  # however many do


def test_subject_begins_with_what_answers_use(client: Client, knowledge: Knowledge) -> None:
    text = client.get("/subjects/chatgpt").text
    first = text.partition("What answers use")[2].partition("</section>")[0]
    chosen = knowledge.parameter("chatgpt", "electricity-per-query")
    assert chosen is not None
    assert f"/figures/{chosen.choices[-1].figure}" in first
    assert first.count("<article") == len(set(re.findall(r"<h3>(.*?)</h3>", first))) <= 4  # each quantity once
    china = client.get("/subjects/cn").text.partition("What answers use")[2].partition("</section>")[0]
    assert (
        china.count(">Carbon intensity of electricity<") == 1
    )  # though one is chosen with, one without the supply of fuel
    assert "What answers use" not in client.get("/subjects/wan-2-1-14b").text  # too little to choose from


def test_titles_are_in_their_own_language(client: Client) -> None:
    for path in ("/article", "/article?language=zh-Hans"):
        assert re.search(r'href="/sources/[^"]+" lang="zh-Hant"', client.get(path).text)
    assert "Chinese (traditional)" in read(client, "/article").words
    assert '<a href="https://blog.samaltman.com/the-gentle-singularity" rel="noreferrer" lang="en">' in (
        client.get(f"{FIGURE}?language=zh-Hans").text
    )


def test_permalink_of_another_version_says_so(client: Client, knowledge: Knowledge) -> None:
    assert "cited from" not in read(client, f"{FIGURE}?knowledge={knowledge.version}").words
    assert (
        f"cited from knowledge 0123; shown is what knowledge {knowledge.version}"
        in read(client, f"{FIGURE}?knowledge=0123").words
    )


def test_citations_are_ready_to_copy(client: Client) -> None:
    words = read(client, FIGURE).words
    assert "Altman, S. (2025, June 10). The Gentle Singularity." in words
    assert "[EB/OL]" in words  # GB/T 7714 marks what is online
    assert "@" in words
    assert "TY - " in words
    assert '"title": "The Gentle Singularity"' in words
    for ending in (".bib", ".ris", ".csl.json"):
        assert client.get(f"/v1/sources/altman-2025{ending}").status_code == 200


def test_figure_is_a_claim_for_search_engines(client: Client, knowledge: Knowledge) -> None:
    graph = json.loads(read(client, FIGURE).data)
    assert graph["@context"] == "https://schema.org"
    claim, dataset = graph["@graph"]
    assert claim["@type"] == "Claim"
    assert claim["text"] == knowledge.figure(FIGURE.rsplit("/", maxsplit=1)[-1]).statement.en
    assert claim["appearance"]["author"] == [{"@type": "Person", "familyName": "Altman", "givenName": "Sam"}]
    assert dataset["variableMeasured"]["value"] == 0.34
    assert dataset["variableMeasured"]["unitText"] == "Wh"


def test_same_page_is_not_sent_twice(client: Client) -> None:
    first = client.get(FIGURE)
    again = client.get(FIGURE, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(FIGURE).text == first.text


def test_policy_allows_no_inline_code_and_no_other_host(client: Client) -> None:
    for path in KINDS:
        policy = client.get(path).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy
        assert "http" not in policy


def test_home_page_is_light(client: Client) -> None:
    page = read(client, "/")
    total = len(client.get("/").content) + sum(len(client.get(each).content) for each in page.loads)
    assert total < 100_000
