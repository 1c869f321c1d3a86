"""Models that know no tools: they choose in JSON, by a schema, or write their calls as words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.chat.steps import flattened, written
from tests.chat.conftest import QUESTION, Chat, chatting
from tests.chat.said import NAME, WRITTEN, call, calls, read, text_of, words

STEP = words(json.dumps({"tool": NAME, "arguments": json.loads(WRITTEN)}))
ENOUGH = words('{"tool": "answer", "arguments": {}}')
SAID = words("About 28,800 homes.")

# as Ollama, vLLM and llama.cpp put it
REFUSALS = [
    httpx.Response(400, json={"error": {"message": "registry.ollama.ai/library/gemma3:4b does not support tools", "type": "api_error"}}),
    httpx.Response(400, json={"object": "error", "message": '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'}),
    httpx.Response(500, json={"error": {"code": 500, "message": "tools param requires --jinja flag", "type": "server_error"}}),
    httpx.Response(400, json={"error": "this model does not support tools"}),
]  # fmt: skip


def checked(chat: Chat, made: dict[str, Any], at: int) -> None:
    """Two steps and an answer, from request number `at` on."""
    step, again, last = chat.sent[at : at + 3]
    assert all("tools" not in each for each in (step, again, last))
    schema = step["response_format"]["json_schema"]["schema"]
    offered = [each["properties"]["tool"]["enum"][0] for each in schema["anyOf"]]
    assert NAME in offered
    assert offered[-1] == "answer"
    assert "response_format" not in last
    assert [each["role"] for each in step["messages"]] == ["system", "user"]
    assert [each["role"] for each in again["messages"]] == ["system", "user", "assistant", "user"]
    assert "About **28,800 homes**" in again["messages"][3]["content"]
    assert made["choices"][0]["message"]["content"].startswith("About 28,800 homes [1][2][3].")
    assert made["wattcite"]["tools"] == [{"name": NAME, "arguments": json.loads(WRITTEN), "failed": False}]


def test_by_setting(built: Path) -> None:
    with chatting(built, chat_tools="schema") as chat:
        chat.script = [STEP, ENOUGH, SAID]
        checked(chat, chat.ask(), 0)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_model_that_refuses_tools_is_found_out_and_remembered(built: Path, refusal: httpx.Response) -> None:
    with chatting(built) as chat:
        chat.script = [refusal, STEP, ENOUGH, SAID]
        checked(chat, chat.ask(), 1)
        chat.script = [STEP, ENOUGH, SAID]
        checked(chat, chat.ask(), 4)
        assert len(chat.sent) == 7


def test_native_by_setting_does_not_try_otherwise(built: Path) -> None:
    with chatting(built, chat_tools="native") as chat:
        chat.script = [REFUSALS[0]]
        response = chat.post()
    assert (response.status_code, response.json()["error"]["code"]) == (502, "upstream_without_tools")


def test_what_is_no_choice_is_an_end_of_choosing(built: Path) -> None:
    with chatting(built, chat_tools="schema") as chat:
        chat.script = [words("I think that"), words("Hello.")]
        assert chat.ask("Hi")["choices"][0]["message"]["content"] == "Hello."


def test_the_answer_is_streamed(built: Path) -> None:
    with chatting(built, chat_tools="schema") as chat:
        chat.script = [STEP, ENOUGH, SAID]
        assert text_of(read(chat.post(stream=True).text)).startswith("About 28,800 homes [1][2][3].")
        assert [each.get("stream") for each in chat.sent] == [False, False, True]


@pytest.mark.parametrize(
    "said",
    [
        "```json\n{}\n```", "<tool_call>\n{}\n</tool_call>", "{}", "[{}]", "[TOOL_CALLS][{}]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
def test_calls_in_words_are_run_and_not_shown(chat: Chat, said: str, stream: bool) -> None:
    made = json.dumps({"name": NAME, "arguments": json.loads(WRITTEN)})
    chat.script = [words(said.replace("{}", made)), SAID]
    response = chat.post(stream=stream)
    text = text_of(read(response.text)) if stream else response.json()["choices"][0]["message"]["content"]
    assert text.startswith("About 28,800 homes [1][2][3].")
    assert chat.sent[1]["messages"][-1]["role"] == "tool"


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "{}", "[]", '{"name": "unheard", "arguments": {}}', '{"name": 5}', 'Call {"name": "x", "arguments": {}} now', "[1, 2]",
        '{"name": "x", "arguments": 5}', "[" * 30_000, '{"a":' * 5_000, "null",
    ],
)  # fmt: skip
def test_other_words_are_no_calls(text: str) -> None:
    assert written(text, ["x"]) == []


def test_a_conversation_with_calls_is_told_in_words() -> None:
    messages = [
        {"role": "system", "content": "S"},
        {"role": "user", "content": QUESTION},
        calls(),
        {"role": "tool", "tool_call_id": "call_1", "content": "28,800 homes"},
        {"role": "user", "content": "So?"},
    ]
    assert flattened(messages, "en") == [
        {"role": "system", "content": "S"},
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": f'{{"tool":"{NAME}","arguments":{WRITTEN}}}'},
        {"role": "user", "content": f"Result of {NAME}:\n\n28,800 homes\n\nSo?"},
    ]


def test_a_tool_of_the_callers_is_chosen_too(built: Path) -> None:
    own = {"type": "function", "function": {"name": "my_meter", "parameters": {"type": "object", "properties": {}}}}
    with chatting(built, chat_tools="schema") as chat:
        chat.script = [words('{"tool": "my_meter", "arguments": {"room": "k"}}')]
        choice = chat.ask(tools=[own])["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["tool_calls"][0]["function"] == call("my_meter", '{"room":"k"}')["function"]
