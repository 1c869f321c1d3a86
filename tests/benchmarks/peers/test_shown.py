from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks.peers import shown
from tests.benchmarks.peers.shaped import Inputs, answered

LANGUAGES = tuple(shown.PICTURES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_says_what_was_measured_and_what_each_side_does(language: str) -> None:
    cells = list(shown.cells(language))
    assert len(cells) == len(shown.rows())
    assert {len(row) for row in cells} == {len(shown.heads(language))}
    assert all(cell and "{" not in cell for row in cells for cell in row)


def test_the_ratio_is_that_of_the_numbers_beside_it() -> None:
    assert shown.Row("any", 30.0, 40.0, "req/s").ratio == 0.75


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_shows_each_ratio_of_speed(language: str) -> None:
    text = " ".join(ET.fromstring(shown.picture(language)).itertext())  # noqa: S314 - our own
    labels = [row.id for row in shown.rows() if row.unit != "MB"]
    assert len(labels) < len(shown.rows())
    assert shown.title(language) in text
    assert sum(f"{row.ratio:.3g}" in text for row in shown.rows() if row.id in labels) == len(labels)


def test_the_service_of_the_same_shape_computes() -> None:
    # 2.5e9 × 0.34 Wh = 850,000 kWh a day; × 365 ÷ 10,791 kWh = 28,750.8 homes
    assert answered(Inputs(), []).headline.value == pytest.approx(28_750.8, abs=0.05)
    assert answered(Inputs(prompts_per_day=5e9), []).text == "About 57,502 homes."  # twice as many
