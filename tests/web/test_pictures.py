"""Charts and cards as PNG: as large as they should be, with every text in its place, whatever fonts a machine has."""

from __future__ import annotations

import io
from itertools import product

import pytest
from fontTools.ttLib import TTFont
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image, ImageChops

from service.answers.words import LANGUAGES
from service.store.queries import Knowledge
from service.web.charts.marks import Label
from service.web.charts.published import quantity_chart
from service.web.charts.svg import PALETTE, picture
from service.web.pictures import FONTS
from tests.web.fonts import common, said

Client = TestClient[Litestar]
PATH = "/v1/charts/quantity/electricity-per-query"


def opened(client: Client, path: str) -> Image.Image:
    """A PNG that must be there."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(response.content))
    assert image.format == "PNG"
    return image.convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@pytest.mark.parametrize(("language", "wide"), [*product(LANGUAGES, (400, 720))])
def test_every_text_is_drawn_where_it_belongs(client: Client, knowledge: Knowledge, language: str, wide: int) -> None:
    image = opened(client, f"{PATH}.png?language={language}&width={wide}")
    drawn = picture(quantity_chart(knowledge, "electricity-per-query", language), language, wide)
    assert image.width == wide * 1.5
    assert image.height == pytest.approx(drawn.height * 1.5, abs=1)
    drawn_on = Image.new("RGB", image.size, PALETTE["paper"][0])
    differs = ImageChops.difference(image, drawn_on).convert("L").point(lambda value: 255 if value > 64 else 0)
    for label in (mark for mark in drawn.marks if isinstance(mark, Label)):
        box = label.box
        part = differs.crop((int(box.left * 1.5), int(box.top * 1.5), int(box.right * 1.5), int(box.bottom * 1.5)))
        assert part.histogram()[255] > 8 * len(label.text), label.text


def test_dark_is_dark(client: Client) -> None:
    assert opened(client, f"{PATH}.png?theme=dark").getpixel((2, 2)) == rgb(PALETTE["paper"][1])
    assert opened(client, f"{PATH}.png").getpixel((2, 2)) == rgb(PALETTE["paper"][0])


def test_fonts_have_every_character_that_may_be_shown(knowledge: Knowledge) -> None:
    known = {chr(code) for font in FONTS for code in TTFont(font).getBestCmap()}
    assert said(knowledge) - known == set(), "run `make fonts`, which cuts them again with what is said now"
    assert set(common()) - known == set()


def test_both_weights_have_the_same_letters() -> None:
    regular, bold, _ = (set(TTFont(font).getBestCmap()) for font in FONTS)
    assert regular == bold
