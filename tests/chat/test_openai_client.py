"""OpenAI's own client against the gateway, over real connections on both of its sides."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import OpenAI

from service.settings import Settings
from tests.chat.conftest import QUESTION
from tests.chat.said import call, calls, words
from tests.chat.upstream import Upstream, upstream
from tests.web.served import served

ASKED: Any = [{"role": "user", "content": QUESTION}]
SAID = "About 28,800 homes. That is 850 MWh a day."


@contextmanager
def gateway(built: Path, model: Upstream | None = None, **settings: Any) -> Iterator[OpenAI]:
    made = Settings(knowledge=built, chat_url=model.address if model else "", **settings)
    with served(made) as address, OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, timeout=30) as client:
        yield client


def test_at_once(built: Path) -> None:
    with upstream(calls(), words(SAID)) as model, gateway(built, model) as client:
        made = client.chat.completions.create(model="small", messages=ASKED)
    assert made.model == "small"
    assert made.choices[0].finish_reason == "stop"
    assert (made.choices[0].message.content or "").startswith(
        "About 28,800 homes [1][2][3]. That is 850 MWh a day [1][2]."
    )
    assert made.usage
    assert made.usage.total_tokens == 220
    assert made.model_extra
    assert [each["n"] for each in made.model_extra["wattcite"]["citations"]] == [1, 2, 3]
    assert len(model.requests) == 2


def test_as_a_stream(built: Path) -> None:
    with upstream(calls(), words(SAID)) as model, gateway(built, model) as client:
        stream = client.chat.completions.create(
            model="small", messages=ASKED, stream=True, stream_options={"include_usage": True}
        )
        chunks = list(stream)
    text = "".join([each.choices[0].delta.content or "" for each in chunks if each.choices])
    assert text.startswith("About 28,800 homes [1][2][3]. That is 850 MWh a day [1][2].")
    assert [each.choices[0].finish_reason for each in chunks if each.choices][-1] == "stop"
    assert chunks[-1].usage
    assert chunks[-2].model_extra
    assert chunks[-2].model_extra["wattcite"]["answers"][0]["tool"] == "energy_equivalents"


def test_the_clients_own_helper_for_streams(built: Path) -> None:
    with upstream(calls(), words(SAID)) as model, gateway(built, model) as client:
        with client.chat.completions.stream(model="small", messages=ASKED) as stream:
            deltas = [each.delta for each in stream if each.type == "content.delta"]
        made = stream.get_final_completion()
    assert "".join(deltas) == made.choices[0].message.content
    assert len(deltas) > 2


def test_tools_of_the_caller(built: Path) -> None:
    tool: Any = {
        "type": "function",
        "function": {"name": "my_meter", "parameters": {"type": "object", "properties": {}}},
    }
    with upstream(calls(call("my_meter", "{}", "call_9"))) as model, gateway(built, model) as client:
        made = client.chat.completions.create(model="small", messages=ASKED, tools=[tool])
    assert made.choices[0].finish_reason == "tool_calls"
    assert [(each.id, each.type) for each in made.choices[0].message.tool_calls or []] == [("call_9", "function")]


def test_models(built: Path) -> None:
    with upstream(words("")) as model, gateway(built, model) as client:
        assert [each.id for each in client.models.list()] == ["small", "large", "wattcite-embedded"]
    with gateway(built) as client:
        assert [each.id for each in client.models.list()] == ["wattcite-embedded"]
    with gateway(built, model, chat_model="small") as client:  # by now nobody is there; nor need anyone be asked
        assert [each.id for each in client.models.list()] == ["small", "wattcite-embedded"]


@pytest.mark.parametrize("question", [QUESTION, "ChatGPT一天的用电相当于多少户美国家庭？"])
def test_without_a_model(built: Path, question: str) -> None:
    asked: Any = [{"role": "user", "content": question}]
    with gateway(built) as client:
        made = client.chat.completions.create(model="gpt-5", messages=asked)
        streamed = list(client.chat.completions.create(model="gpt-5", messages=asked, stream=True))
    assert made.model == "wattcite-embedded"
    assert {each.model for each in streamed} == {"wattcite-embedded"}
    text = made.choices[0].message.content or ""
    assert "".join([each.choices[0].delta.content or "" for each in streamed]) == text
    assert "[1]" in text
    assert made.model_extra
    assert made.model_extra["wattcite"]["embedded"] is True
    assert made.model_extra["wattcite"]["grounding"]["marked"] == 0


def test_a_follow_up_and_an_unanswerable_question_without_a_model(built: Path) -> None:
    again: Any = [*ASKED, {"role": "assistant", "content": "…"}, {"role": "user", "content": "and in Germany?"}]
    strange: Any = [{"role": "user", "content": "Who won the cup?"}]
    with gateway(built) as client:
        germany = client.chat.completions.create(model="m", messages=again).choices[0].message.content or ""
        other = client.chat.completions.create(model="m", messages=strange)
    assert "Germany" in germany
    assert other.model_extra
    assert other.model_extra["wattcite"]["tools"][0]["failed"] is True
    assert other.choices[0].message.content


def test_errors_are_those_that_the_client_knows(built: Path) -> None:
    with gateway(built) as client, pytest.raises(openai.BadRequestError, match="messages"):
        client.chat.completions.create(model="m", messages=[])
    with upstream(words("")) as model:
        pass
    with gateway(built, model) as client:  # nobody is there any more
        with pytest.raises(openai.InternalServerError) as caught:
            client.chat.completions.create(model="m", messages=ASKED)
        with pytest.raises(openai.InternalServerError):
            client.chat.completions.create(model="m", messages=ASKED, stream=True)
    assert (caught.value.status_code, caught.value.code) == (502, "upstream_unreachable")


@pytest.mark.parametrize("stream", [True, False])
def test_the_model_is_left_when_the_caller_leaves(built: Path, stream: bool) -> None:
    with upstream(pours=True) as model, gateway(built, model) as client:
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "Talk."}], "stream": stream}).encode()
        head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=30) as caller:
            caller.sendall(head.encode() + body)
            assert model.asked.wait(30)
            assert not stream or caller.recv(100)
        assert model.left.wait(30), "the model goes on talking to nobody"
