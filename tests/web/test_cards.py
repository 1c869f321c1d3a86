"""The pictures beside shared links: where pages say they are, as large as they say, with everything on them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from service.answers.words import LANGUAGES
from service.app import create_app
from service.desk import Desk
from service.settings import Settings
from service.store.browse import named
from service.store.claims import claims_about
from service.store.queries import Knowledge
from service.web.cards import HEIGHT, WIDTH, answer_card, claim_card, figure_card, lines_of
from service.web.charts.measure import width
from service.web.site import Frame
from tests.web.test_charts import answers

Client = TestClient[Litestar]
HERE = "https://wattcite.example.org"
CLAIM = "/claims/ten-times-a-google-search"
FIGURE = "/figures/chatgpt-query-electricity-altman-2025"


@pytest.fixture(scope="module")
def public(built: Path) -> Iterator[Client]:
    """The service under a public address."""
    with TestClient(
        create_app(Settings(knowledge=built, public_url=f"{HERE}/")), raise_server_exceptions=False
    ) as opened:
        yield opened


def said(client: Client, path: str) -> dict[str, str]:
    """What a page says of itself to those who link to it."""
    text = client.get(path, headers={"accept": "text/html"}).text
    found = re.findall(r'<meta (?:property|name)="(og:[a-z_:]+|twitter:card|description)" content="([^"]*)">', text)
    assert len(found) == len(dict(found))
    return {name: unescape(value) for name, value in found}


@pytest.mark.parametrize(
    ("path", "card", "title", "text"),
    [
        ("/", "/cards/home.png", "Wattcite", "with numbers that you can check"),
        ("/subjects/chatgpt", "/cards/home.png", "ChatGPT", "figures"),
        (FIGURE, f"/cards{FIGURE}.png", "0.34 Wh", "Sam Altman wrote"),
        (f"{FIGURE}?language=zh-Hans", f"/cards{FIGURE}.png?language=zh-Hans", "0.34瓦时", "奥特曼"),
        (CLAIM, f"/cards{CLAIM}.png", "ten times", "Google"),
        (f"{CLAIM}?language=zh-Hant", f"/cards{CLAIM}.png?language=zh-Hant", "十倍", "谷歌"),
        (
            "/v1/calculators/energy_equivalents?energy=chatgpt&region=US",
            "/cards/calculators/energy_equivalents.png?energy=chatgpt&region=US&language=en",
            "homes",
            "homes in the United States use as much electricity as ChatGPT.",
        ),
        (
            "/ask?q=How many US homes equal ChatGPT?",
            "/cards/calculators/energy_equivalents.png?energy=chatgpt&region=US&to=home&language=en",
            "How many US homes equal ChatGPT?",
            "homes in the United States use as much electricity as ChatGPT.",
        ),
        (
            "/calculators/energy_equivalents?energy=500+apples",
            "/cards/home.png",
            "homes, cars",
            "",
        ),
    ],
)
def test_pages_say_what_others_show_of_them(public: Client, path: str, card: str, title: str, text: str) -> None:
    found = said(public, path)
    assert found["og:image"] == HERE + card
    assert found["og:url"].startswith(f"{HERE}/")
    assert title in found["og:title"]
    assert text in found["og:description"] == found["description"]
    assert "[1]" not in found["og:description"]
    assert found["twitter:card"] == "summary_large_image"
    response = public.get(card)
    assert response.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(response.content))
    assert image.size == (WIDTH, HEIGHT) == (int(found["og:image:width"]), int(found["og:image:height"]))


def test_cards_differ_by_what_they_say(public: Client) -> None:
    paths = [
        "/cards/home.png",
        f"/cards{FIGURE}.png",
        f"/cards{FIGURE}.png?language=zh-Hans",
        f"/cards{CLAIM}.png",
        "/cards/figures/gpt-3-training-electricity-patterson-2021.png",
    ]
    assert len({public.get(path).content for path in paths}) == len(paths)


def test_cards_are_cached(public: Client) -> None:
    first = public.get(f"/cards{FIGURE}.png")
    again = public.get(f"/cards{FIGURE}.png", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert public.get(f"/cards{FIGURE}.png").content == first.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cards/figures/none.png", 404),
        ("/cards/claims/none.png", 404),
        ("/cards/calculators/none.png", 404),
        ("/cards/calculators/energy_equivalents.png", 422),
        ("/cards/calculators/energy_equivalents.png?energy=apples&region=Atlantis", 422),
        ("/cards/none.png", 404),
    ],
)
def test_what_is_not_there_has_no_card(public: Client, path: str, status: int) -> None:
    assert public.get(path).status_code == status


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_fits_on_every_card(knowledge: Knowledge, language: str) -> None:
    frame = Frame(Desk(knowledge, Settings()), language, "/", ())
    cards = [figure_card(frame, each) for each in knowledge.figures(named(knowledge, "figure"))]
    cards += [claim_card(frame, each) for each in claims_about(knowledge)]
    cards += [answer_card(frame, each) for name in ("compare", "demand_outlook") for each in answers(knowledge, name)]
    for card in cards:
        lines = list(lines_of(card))
        assert card.number.startswith(lines[0].text)
        bottoms = [line.y for line in lines]
        tops = [line.y - line.size * 0.8 for line in lines]
        assert all(width(line.text, line.size) <= WIDTH - 2 * 72 for line in lines), card
        order = sorted(zip(tops, bottoms, strict=True))
        assert all(above[1] < below[0] for above, below in pairwise(order)), card
        assert max(bottoms) < HEIGHT - 104
        assert len(lines) >= 2
