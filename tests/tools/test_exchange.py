"""Calls as models write them, alone and in whole messages, and the messages that answer them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.desk import Desk
from service.tools.exchange import answered, recognised

INPUTS = {"energy": "chatgpt"}
WRITTEN = json.dumps(INPUTS)
OPENAI = {"id": "call_1", "type": "function", "function": {"name": "energy_equivalents", "arguments": WRITTEN}}
RESPONSES = {
    "type": "function_call",
    "id": "fc",
    "call_id": "call_1",
    "name": "energy_equivalents",
    "arguments": WRITTEN,
}
ANTHROPIC = {"type": "tool_use", "id": "toolu_1", "name": "energy_equivalents", "input": INPUTS}
GEMINI = {"functionCall": {"id": "g1", "name": "energy_equivalents", "args": INPUTS}}
OLLAMA = {"function": {"name": "energy_equivalents", "arguments": INPUTS}}
TEXT = {"type": "text", "text": "Let me look."}

LONE = [
    ("openai", OPENAI),
    ("openai-responses", RESPONSES),
    ("anthropic", ANTHROPIC),
    ("gemini", GEMINI),
    ("gemini", GEMINI["functionCall"]),
    ("gemini", {"function_call": GEMINI["functionCall"]}),
    ("ollama", OLLAMA),
]
WHOLE: list[tuple[str, Any, int]] = [
    ("openai", {"role": "assistant", "content": None, "tool_calls": [OPENAI, OPENAI]}, 2),
    ("openai", [OPENAI], 1),
    (
        "openai",
        {"object": "chat.completion", "choices": [{"message": {"role": "assistant", "tool_calls": [OPENAI]}}]},
        1,
    ),
    ("openai", {"role": "assistant", "content": "Done."}, 0),
    ("openai", {"role": "assistant", "content": None}, 0),
    ("openai-responses", {"object": "response", "output": [RESPONSES, RESPONSES]}, 2),
    ("openai-responses", [{"type": "reasoning", "summary": []}, RESPONSES], 1),
    ("openai-responses", {"object": "response", "output": [{"type": "message", "content": []}]}, 0),
    ("anthropic", {"role": "assistant", "content": [TEXT, ANTHROPIC, ANTHROPIC]}, 2),
    ("anthropic", [TEXT, ANTHROPIC], 1),
    ("anthropic", {"role": "assistant", "content": [TEXT]}, 0),
    ("gemini", {"role": "model", "parts": [{"text": "Let me look."}, GEMINI, GEMINI]}, 2),
    ("gemini", {"candidates": [{"content": {"role": "model", "parts": [GEMINI]}}]}, 1),
    ("gemini", {"role": "model", "parts": [{"text": "Done."}]}, 0),
    ("ollama", {"role": "assistant", "content": "", "tool_calls": [OLLAMA]}, 1),
    ("ollama", {"model": "m", "message": {"role": "assistant", "content": "", "tool_calls": [OLLAMA]}}, 1),
]
NOT_CALLS: list[Any] = [
    None,
    1,
    "x",
    [],
    {},
    INPUTS,
    {"role": "user", "content": [TEXT]},
    {"function": "f"},
    [1],
    {"parts": 1},
]


def spoken(value: Any, name: str | None = None) -> str:
    found = recognised(value, name)
    assert found
    return found[0].name


@pytest.mark.parametrize(("name", "value"), LONE)
def test_a_lone_call_is_answered_by_one_message(desk: Desk, name: str, value: Any) -> None:
    found = recognised(value)
    assert found
    message = answered(desk, *found)
    assert found[0].name == name
    assert isinstance(message, dict)
    said = json.dumps(message, ensure_ascii=False)
    assert "homes" in said
    assert "https://" in said


@pytest.mark.parametrize(("name", "value", "calls"), WHOLE)
def test_a_whole_message_is_answered_by_a_list(desk: Desk, name: str, value: Any, calls: int) -> None:
    found = recognised(value)
    assert found
    messages = answered(desk, *found)
    assert found[0].name == name
    assert isinstance(messages, list)
    assert len(found[1].calls) == calls
    together = 1 if name in {"anthropic", "gemini"} and calls else calls  # these want all results of a turn in one
    assert len(messages) == together


@pytest.mark.parametrize("value", NOT_CALLS)
def test_what_is_no_call_is_not_taken_for_one(value: Any) -> None:
    assert recognised(value) is None


def test_the_vendors_that_follow_openai_can_be_named() -> None:
    assert recognised(OPENAI, "mistral") is not None
    assert spoken(OPENAI, "mistral") == "mistral"
    assert spoken(OLLAMA, "openai") == "openai"
    assert recognised(ANTHROPIC, "openai") is None
    assert recognised(OPENAI, "mcp") is None


def test_identities_return(desk: Desk) -> None:
    def reply(value: Any) -> Any:
        found = recognised(value)
        assert found
        return answered(desk, *found)

    assert reply(OPENAI)["tool_call_id"] == "call_1"
    assert reply(RESPONSES)["call_id"] == "call_1"
    assert reply(ANTHROPIC)["content"][0]["tool_use_id"] == "toolu_1"
    assert reply(GEMINI)["parts"][0]["functionResponse"]["id"] == "g1"
    assert reply(OLLAMA)["tool_name"] == "energy_equivalents"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ('{"energy": ', "not valid JSON"),
        ('["chatgpt"]', "must be one JSON object"),
        (7, "must be one JSON object"),
        ("[" * 100_000, "not valid JSON"),
        ('{"energy": "chatgppt"}', "Did you mean"),
        ("", "energy: is required"),
        (None, "energy: is required"),
    ],
)
def test_what_is_wrong_with_a_call_goes_back_to_the_model(desk: Desk, arguments: Any, said: str) -> None:
    function = {"name": "energy_equivalents", "arguments": arguments}
    found = recognised({"id": "call_1", "type": "function", "function": function})
    assert found
    message: Any = answered(desk, *found)
    assert message["role"] == "tool"
    assert said in message["content"]


def test_anthropic_and_gemini_mark_a_failure(desk: Desk) -> None:
    for value, failed in (({**ANTHROPIC, "input": {}}, True), (ANTHROPIC, False)):
        found = recognised(value)
        assert found
        message: Any = answered(desk, *found)
        assert message["content"][0]["is_error"] is failed
    found = recognised({"functionCall": {"name": "nothing", "args": {}}})
    assert found
    message = answered(desk, *found)
    assert "there is no such tool" in message["parts"][0]["functionResponse"]["response"]["error"]


def test_the_sentence_comes_first_and_cites_what_it_says(desk: Desk) -> None:
    found = recognised(OPENAI)
    assert found
    message: Any = answered(desk, *found)
    assert message["content"].startswith('{"text":"About **')
    result = json.loads(message["content"])
    marks = {citation["n"] for citation in result["citations"]}
    assert marks
    assert all(f"[{n}]" in result["text"] for n in marks)
    assert all(citation["url"] in result["text"] for citation in result["citations"])
    assert result["derivation"][-1]["value"] == result["headline"]["value"]
    assert len(result["derivation"]) == 2  # prompts × each, then ÷ a home's
