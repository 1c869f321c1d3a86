"""The grid of the moment on pages and for questions in words; 1 MWh × 263 g/kWh = 263 kg."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.answers.words import words
from tests.live.test_live import ALL, World, codes, opened
from tests.web.html import Page

QUESTIONS = {
    "en": "How much CO2 does 1 MWh cause in Britain right now?",
    "zh-Hans": "1兆瓦时电在英国此刻排放多少二氧化碳？",
    "zh-Hant": "1兆瓦時電在英國此刻排放多少二氧化碳？",
}
PAGE = "/calculators/electricity_emissions?energy=1+MWh&region=GB&grid=live"


@pytest.fixture(scope="module")
def world(built: Path) -> Iterator[World]:
    with opened(built, **ALL) as made:
        yield made


@pytest.fixture(scope="module")
def without(built: Path) -> Iterator[World]:
    with opened(built) as made:
        yield made


@pytest.mark.parametrize("language", list(QUESTIONS))
def test_a_question_in_words(world: World, without: World, language: str) -> None:
    for path in ("/v1/ask", "/v1/tools/answer_question"):
        found = world.client.post(path, json={"question": QUESTIONS[language]}).json()
        assert found["understood"]["inputs"]["grid"] == "live"
        assert found["headline"]["value"] == pytest.approx(263)
        assert "live" in codes(found)
        fallen = without.client.post(path, json={"question": QUESTIONS[language]}).json()
        assert "not_live" in codes(fallen)
        assert fallen["headline"]["value"] != pytest.approx(263)


@pytest.mark.parametrize(
    ("question", "grams"),
    [
        ("What is the carbon intensity of the British grid right now?", 263),
        ("英国电网的实时碳强度是多少？", 263),
        ("How much CO2 does one ChatGPT prompt cause in Britain at this moment?", 0.08942),  # 0.34 Wh × 263 g/kWh
    ],
)
def test_what_a_question_of_the_moment_means(world: World, question: str, grams: float) -> None:
    found = world.client.post("/v1/ask", json={"question": question}).json()
    assert found["headline"]["value"] * {"mg": 1e-3, "g": 1}[found["headline"]["unit"]] == pytest.approx(grams)


@pytest.mark.parametrize(
    "question",
    [
        "How much power is ChatGPT using right now?",
        "How much CO2 is ChatGPT emitting right now?",
        "ChatGPT此刻用多少电？",
        "How many people use ChatGPT at this very moment?",
    ],
)
def test_of_nothing_else_is_the_moment_known(world: World, question: str) -> None:
    before = world.asked
    assert world.client.post("/v1/ask", json={"question": question}).json()["answered"] is False
    assert world.asked == before


def test_the_form_of_a_calculator(world: World, without: World) -> None:
    response = world.client.get(PAGE)
    page = Page(response.text)
    assert "263 kg" in page.words
    assert "2026-11-28 12:00 UTC" in page.words
    assert response.headers["cache-control"] == "no-store"
    assert all(world.client.get(link).status_code == 200 for link in page.links if link.startswith("/figures/"))
    fallen = without.client.get(PAGE)
    assert words("en")["caveats"]["not_live"].split("{{", 1)[0] in Page(fallen.text).words
    assert "etag" in world.client.get(PAGE.replace("live", "yearly")).headers


def test_the_page_of_a_question(world: World) -> None:
    response = world.client.get("/ask", params={"q": QUESTIONS["en"]})
    assert "263 kg" in Page(response.text).words
    assert response.headers["cache-control"] == "no-store"
    assert "etag" in world.client.get("/ask", params={"q": "How much CO2 does 1 MWh cause in Britain?"}).headers


@pytest.mark.parametrize("path", [PAGE.replace("/calculators/", "/cards/calculators/").replace("?", ".png?"),
                                  PAGE.replace("/calculators/", "/v1/charts/calculators/").replace("?", ".csv?")])  # fmt: skip
def test_pictures_of_the_moment_are_kept_as_briefly(world: World, path: str) -> None:
    response = world.client.get(path)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "public, max-age=60"
    assert world.client.get(path.replace("live", "yearly")).content != response.content
