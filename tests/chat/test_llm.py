"""The whole loop with a real language model, where one is to be had."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openai import OpenAI

from service.settings import Settings
from tests.chat.conftest import QUESTION
from tests.web.served import served

ADDRESS = os.environ.get("LLM_URL", "")

pytestmark = [
    pytest.mark.llm,
    pytest.mark.skipif(not ADDRESS, reason="LLM_URL names no language model to talk to"),
]


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[OpenAI]:
    settings = Settings(
        knowledge=built, chat_url=ADDRESS, chat_model=os.environ.get("LLM_MODEL", "default"),
        chat_key=os.environ.get("LLM_KEY", ""), chat_timeout=600,
    )  # fmt: skip
    with (
        served(settings) as address,
        OpenAI(base_url=f"{address}/v1", api_key="none", timeout=600, max_retries=0) as opened,
    ):
        yield opened


@pytest.mark.parametrize("stream", [False, True])
def test_the_question_that_all_is_measured_by(client: OpenAI, stream: bool) -> None:
    asked: Any = [{"role": "user", "content": QUESTION}]
    if stream:
        with client.chat.completions.stream(model="m", messages=asked, temperature=0) as following:
            made: Any = following.get_final_completion()
            text = made.choices[0].message.content or ""
    else:
        made = client.chat.completions.create(model="m", messages=asked, temperature=0)
        text = made.choices[0].message.content or ""
        wattcite = made.model_extra["wattcite"]
        assert wattcite["answers"], "the model called no tool"
        assert all(text[each["start"] : each["end"]] == each["span"] for each in wattcite["grounding"]["numbers"])
    assert "homes" in text
    assert "https://" in text


def test_in_chinese(client: OpenAI) -> None:
    asked: Any = [{"role": "user", "content": "ChatGPT一天的用电相当于多少户美国家庭？"}]
    made = client.chat.completions.create(model="m", messages=asked, temperature=0)
    assert made.model_extra
    assert made.model_extra["wattcite"]["answers"], "the model called no tool"
