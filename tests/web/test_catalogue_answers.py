"""Answers on pages: the ask box, the forms of calculators, and permalinks that are opened in a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.answers.words import LANGUAGES
from service.app import create_app
from service.core.calculator import registry
from service.settings import Settings
from tests.web.html import Page

Client = TestClient[Litestar]

PERMALINK = "/v1/calculators/energy_equivalents?energy=chatgpt&region=US"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}


def test_question_is_answered_in_place(client: Client) -> None:
    page = Page(client.get("/ask", params={"q": "How many US homes equal ChatGPT's daily electricity use?"}).text)
    answer = client.get(PERMALINK).json()
    assert answer["headline"]["text"] in page.words
    for citation in answer["citations"]:
        assert f"/sources/{citation['source']}" in page.links


def test_each_source_stands_once_with_all_that_is_cited_of_it(client: Client) -> None:
    text = client.get("/ask", params={"q": "How many US homes equal ChatGPT's daily electricity use?"}).text
    citations = client.get(PERMALINK).json()["citations"]
    wanted: dict[str, list[int]] = {}
    for each in citations:
        wanted.setdefault(each["source"], []).append(each["n"])
    found = {
        re.findall(r"/sources/([a-z0-9-]+)", part)[0]: [int(n) for n in re.findall(r'id="cite-(\d+)"', part)]
        for part in re.findall(r'<li><a href="/sources/.*?</ol>', text, re.DOTALL)
    }
    assert found == wanted
    assert any(len(numbers) > 1 for numbers in found.values())
    # those that the sentence cites are not folded away
    sentence, _, rest = text.partition('<p class="lead">')[2].partition("</p>")
    unfolded = rest.partition("<h3>Sources</h3>")[2].partition("<details")[0]
    assert set(re.findall(r"#(cite-\d+)", sentence)) <= set(re.findall(r'id="(cite-\d+)"', unfolded))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_question_is_answered_in_the_language_of_the_page(client: Client, language: str) -> None:
    page = Page(
        client.get("/ask", params={"q": "How much electricity does one ChatGPT prompt use?", "language": language}).text
    )
    assert page.language == language
    assert {"zh-Hans": "0.34瓦时", "zh-Hant": "0.34瓦時"}[language] in page.words.replace(" ", "")


def test_what_is_not_answered_says_so_with_what_is(client: Client) -> None:
    page = Page(client.get("/ask", params={"q": "What is the weather? <b>"}).text)
    assert "No answer yet" in page.words
    suggested = [
        link for link in page.links if link.startswith("/ask?q=") and "language=" not in link and "weather" not in link
    ]
    assert suggested
    for link in suggested:
        assert "No answer yet" not in client.get(link).text


def test_form_computes_what_is_typed(client: Client) -> None:
    # 1000 MWh a day over 10,791 kWh a year and home: 1e6 kWh × 365 ÷ 10,791 = 33,824.5 homes, said as 33,800
    page = Page(
        client.get("/calculators/energy_equivalents?energy=1000+MWh%2Fday&region=US&to=&period=&as_of=&estimate=").text
    )
    assert "33,800 homes" in page.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_called_in_the_language_of_the_page(client: Client, language: str) -> None:
    called = {"en": "Electricity", "zh-Hans": "电量", "zh-Hant": "電量"}[language]
    for calculator in registry:
        text = client.get(f"/calculators/{calculator}?language={language}").text
        labels = re.findall(r'<label for="in-(\w+)">([^<]+)<', text)
        assert [name for name, label in labels if label == name.replace("_", " ")] == []
        assert dict(labels).get("energy", called) == called


def test_inputs_that_do_not_hold_are_named(client: Client) -> None:
    response = client.get("/calculators/energy_equivalents?energy=500+apples&region=Atlantis")
    assert response.status_code == 422
    assert response.headers["cache-control"] == "no-store"
    page = Page(response.text)
    assert {"#in-energy", "#in-region"} <= set(page.links)
    assert {"in-energy", "in-region"} <= page.ids
    assert "500 apples" in response.text  # what was typed stays in the form


def test_list_of_subjects_has_a_field_for_each(client: Client) -> None:
    page = Page(
        client.get(
            "/calculators/compare?subjects=chatgpt&subjects=google-search&subjects=&quantity=electricity-per-query"
        ).text
    )
    assert "ChatGPT" in page.words
    assert "/sources/google-2009" in page.links or "Sources" in page.words


def test_permalink_in_a_browser_is_a_page(client: Client) -> None:
    response = client.get(PERMALINK, headers=BROWSER)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(response.text)
    assert client.get(PERMALINK).json()["headline"]["text"] in page.words


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json, text/html;q=0.5", ""])
def test_permalink_is_json_for_everyone_else(client: Client, accept: str) -> None:
    response = client.get(PERMALINK, headers={"accept": accept})
    assert response.headers["content-type"] == "application/json"
    assert response.json()["tool"] == "energy_equivalents"


def test_caches_tell_the_two_apart(client: Client) -> None:
    page, data = client.get(PERMALINK, headers=BROWSER), client.get(PERMALINK)
    assert "accept" in page.headers["vary"].lower()
    assert "accept" in data.headers["vary"].lower()
    assert page.headers["etag"] != data.headers["etag"]
    assert client.get(PERMALINK, headers={**BROWSER, "if-none-match": page.headers["etag"]}).status_code == 304
    assert client.head(PERMALINK, headers=BROWSER).headers["content-type"] == "text/html; charset=utf-8"


def test_post_is_never_a_page(client: Client) -> None:
    response = client.post("/v1/calculators/energy_equivalents", json={"energy": "chatgpt"}, headers=BROWSER)
    assert response.headers["content-type"] == "application/json"


def test_errors_are_reported_where_the_setting_says(built: Path) -> None:
    figure = "/figures/chatgpt-query-electricity-altman-2025"
    settings = replace(
        Settings(knowledge=built), report_url="https://example.org/new?labels=figure", public_url="https://w.example/"
    )
    with TestClient(create_app(settings)) as client:
        links = Page(client.get(figure).text).links
    report = next(link for link in links if link.startswith("https://example.org/"))
    assert report == (
        "https://example.org/new?labels=figure&title=chatgpt-query-electricity-altman-2025"
        "&body=https%3A%2F%2Fw.example%2Ffigures%2Fchatgpt-query-electricity-altman-2025"
    )


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("ChatGPT每次提问用水的数字为什么不一样", "/v1/charts/subject/chatgpt/water-per-query"),
        ("How many US homes equal ChatGPT?", "/v1/charts/calculators/energy_equivalents"),
    ],
)
def test_answers_lead_to_their_chart(client: Client, question: str, beginning: str) -> None:
    found = client.post("/v1/ask", json={"question": question}).json()
    assert found["chart"].startswith(beginning)
    assert client.get(found["chart"]).headers["content-type"] == "image/png"
    assert (
        found["chart"].replace(".png", ".svg", 1)
        in Page(client.get("/ask", params={"q": question, "language": found["language"]}).text).loads
    )


def test_a_single_number_has_no_chart(client: Client) -> None:
    inputs = {"amount": "1 MWh", "to": "kWh"}
    assert client.get("/v1/calculators/convert_units", params=inputs).json()["chart"] is None


def test_a_claim_leads_with_its_verdict_then_its_calculation_and_its_page(client: Client) -> None:
    page = client.get("/ask", params={"q": "is it true that ChatGPT uses 10 times a Google search?"}).text
    assert '<p class="lead"><strong>Outdated.</strong>' in page
    assert page.count("<strong>Outdated.</strong>") == 1
    assert "1.13 times" in page
    assert 'href="/claims/ten-times-a-google-search"' in page
