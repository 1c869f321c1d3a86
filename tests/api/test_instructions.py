"""What a chatbot is told: in every language, short, and naming nothing that is not there."""

from __future__ import annotations

import re

import httpx
import pytest

from service.answers.words import LANGUAGES
from service.core.tokens import tokens
from service.tools.instructions import instructions
from service.tools.registry import tools

FIELDS = {"text", "language"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_only_tools_and_fields_that_exist(language: str) -> None:
    named = set(re.findall(r"`(\w+)`", instructions(language)))
    assert named - FIELDS <= set(tools())
    assert named & FIELDS == FIELDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_is_short(language: str) -> None:
    assert tokens(instructions(language)) < 600


@pytest.mark.parametrize(
    ("asked", "given"), [("en", "en"), ("zh", "zh-Hans"), ("zh-Hans", "zh-Hans"), ("zh-Hant", "zh-Hant")]
)
def test_route(web: httpx.Client, asked: str, given: str) -> None:
    found = web.get("/v1/instructions", params={"language": asked}).json()
    assert found == {"language": given, "text": instructions(given)}


def test_route_without_a_language_is_english(web: httpx.Client) -> None:
    assert web.get("/v1/instructions").json()["language"] == "en"
    fault = web.get("/v1/instructions?language=fr").json()["faults"][0]
    assert fault["field"] == "language"
