"""Answers piece by piece: nothing is shown before it is checked, and the whole is what it would be at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.chat import gateway
from service.chat.draft import continued
from service.chat.page import pieces
from tests.chat.conftest import Chat, chatting
from tests.chat.said import USAGE, call, calls, chunks, lines, read, text_of, words


def shown(chat: Chat, **more: Any) -> tuple[str, dict[str, Any], list[dict[str, Any]]]:
    """The words of a stream, its last chunk, and all of them."""
    response = chat.post(stream=True, **more)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert "content-encoding" not in response.headers
    events = read(response.text)
    (last,) = [each for each in events if each["choices"] and each["choices"][0]["finish_reason"]]
    return text_of(events), last, events


@pytest.mark.parametrize(
    "script",
    [
        [calls(), words("About 28,800 homes. That is 850 MWh a day.\n\nAnd 0.34 Wh a query [2].")],
        [calls(content="Let me look that up.\n\n"), words("It is 28,800 homes.")],
        [calls(), words("It is 35,000 homes. Truly."), words("It is 28,800 homes. Truly.")],
        [calls(), words("It is 35,000 homes.")],
        [words("Hello there!")],
        [calls(), words("<think>hmm 5 TWh</think>It is 28,800 homes.")],
        [calls(), words("```\n28,800 homes\n```\n\nand | 28,800 homes | in a table")],
        [calls(call(arguments="{")), words("I cannot tell.")],
    ],
)
def test_a_stream_shows_what_the_whole_would_be(chat: Chat, script: list[Any]) -> None:
    chat.script = list(script)
    whole = chat.ask()
    chat.script = list(script)
    text, last, events = shown(chat)
    assert text == whole["choices"][0]["message"]["content"]
    assert last["choices"][0]["finish_reason"] == whole["choices"][0]["finish_reason"]
    assert last["wattcite"] == whole["wattcite"]
    assert events[0]["choices"][0]["delta"]["role"] == "assistant"
    assert {each["object"] for each in events} == {"chat.completion.chunk"}
    assert len({each["id"] for each in events}) == 1


def test_what_holds_is_shown_and_what_follows_is_put_right(chat: Chat) -> None:
    first = "ChatGPT uses 850 MWh a day. That equals 35,000 homes. So much."
    again = "ChatGPT uses 850 MWh a day. That equals 28,800 homes. So much."
    chat.script = [calls(), words(first), words(again)]
    text, last, _ = shown(chat)
    assert text.startswith("ChatGPT uses 850 MWh a day [1][2]. That equals 28,800 homes [1][2][3]. So much.")
    asking = chat.sent[2]["messages"][-1]["content"]
    assert asking.endswith("ChatGPT uses 850 MWh a day.")
    assert '"35,000"' in asking
    assert last["wattcite"]["grounding"]["repaired"] is True


def test_a_new_draft_that_begins_otherwise_cannot_be_used(chat: Chat) -> None:
    chat.script = [calls(), words("It uses 850 MWh a day. That is 35,000 homes."), words("About 28,800 homes.")]
    text, last, _ = shown(chat)
    assert text.startswith(
        "It uses 850 MWh a day [1][2]. That is 35,000 [unverified: the result says 28,800 homes] homes."
    )
    assert last["wattcite"]["grounding"]["marked"] == 1


def test_calls_of_the_callers_tools_are_streamed(chat: Chat) -> None:
    own = {"type": "function", "function": {"name": "my_meter", "parameters": {}}}
    mine = call("my_meter", '{"room": "kitchen"}', "call_mine")
    chat.script = [calls(mine, content="One moment.")]
    text, last, events = shown(chat, tools=[own])
    assert text == "One moment."
    assert last["choices"][0]["finish_reason"] == "tool_calls"
    (made,) = [
        each["choices"][0]["delta"]["tool_calls"] for each in events if "tool_calls" in each["choices"][0]["delta"]
    ]
    assert made == [{"index": 0, **mine}]


def test_tokens_are_told_where_asked_for(chat: Chat) -> None:
    counted = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": USAGE}

    def answer(_: object) -> Any:
        import httpx

        return httpx.Response(200, content=lines([*chunks(words("Hello.")), counted]))

    chat.script = [answer]
    _, _, events = shown(chat, stream_options={"include_usage": True})
    assert events[-1]["choices"] == []
    assert events[-1]["usage"] == USAGE
    assert chat.sent[0]["stream_options"] == {"include_usage": True}


def test_a_stream_that_says_too_much_is_ended(built: Path) -> None:
    with chatting(built, chat_tokens=50) as chat:
        chat.script = [words("word " * 5000)]
        text, last, _ = shown(chat)
    assert last["choices"][0]["finish_reason"] == "length"
    assert 0 < len(text) < 1000


def test_silence_is_filled_with_comments(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "_PATIENCE", 0.001)
    monkeypatch.setattr(gateway, "_SILENCE", 0.001)
    with chatting(built) as chat:
        chat.script = [calls(), words("It is 28,800 homes.")]
        response = chat.post(stream=True)
    assert ": working" in response.text
    assert text_of(read(response.text)).startswith("It is 28,800 homes")


@given(text=st.text(st.sampled_from('a1 .。!\n[]*|"”-'), max_size=60), cut=st.integers(1, 7))
def test_pieces_are_the_text_however_it_comes(text: str, cut: int) -> None:
    whole: list[str] = []
    rest = ""
    for at in range(0, len(text), cut):
        found, rest = pieces(rest + text[at : at + cut])
        whole += found
    assert "".join(whole) + rest == text


@given(
    shown=st.text(st.sampled_from("ab \n"), max_size=20),
    rest=st.text(st.sampled_from("ab \n"), max_size=20),
    gaps=st.text(" \n", max_size=3),
)
def test_a_draft_goes_on_from_what_is_shown_however_it_is_spaced(shown: str, rest: str, gaps: str) -> None:
    respaced = gaps.join(shown.split())
    found = continued(shown, respaced + rest)
    assert found is not None
    assert "".join(found.split()) == "".join(rest.split())
    assert continued(f"{shown}c", respaced + rest) is None


def test_chunks_are_json_that_any_client_reads(chat: Chat) -> None:
    chat.script = [calls(), words("约2.88万户家庭。\u2028“引号”")]
    response = chat.post(stream=True)
    for line in response.text.split("\n"):
        assert not line or line == "data: [DONE]" or json.loads(line.removeprefix("data: "))
