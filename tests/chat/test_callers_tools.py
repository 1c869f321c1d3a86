"""Tools of the caller's own beside ours: he runs his, and never sees ours."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.chat.conftest import QUESTION, Chat
from tests.chat.said import NAME, call, calls, words

OWN: Final[dict[str, Any]] = {
    "type": "function",
    "function": {
        "name": "my_meter",
        "description": "What my meter shows.",
        "parameters": {"type": "object", "properties": {}},
    },
}
MINE: Final = call("my_meter", '{"room": "kitchen"}', "call_mine")


def names(sent: dict[str, Any]) -> list[str]:
    return [each["function"]["name"] for each in sent["tools"]]


@pytest.mark.parametrize("made", [[MINE], [call(), MINE]], ids=["alone", "beside-ours"])
def test_calls_of_them_are_returned_untouched(chat: Chat, made: list[dict[str, Any]]) -> None:
    chat.script = [calls(*made, content="Let me look.")]
    choice = chat.ask(tools=[OWN])["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["tool_calls"] == [MINE]
    assert choice["message"]["content"] == "Let me look."
    assert OWN in chat.sent[0]["tools"]
    assert NAME in names(chat.sent[0])


def test_what_they_return_counts_as_given(chat: Chat) -> None:
    chat.script = [words("Your kitchen took 42.5 kWh.")]
    told = {"role": "tool", "tool_call_id": "call_mine", "content": '{"energy": "42.5 kWh"}'}
    made = chat.ask(QUESTION, {"role": "assistant", "content": None, "tool_calls": [MINE]}, told, tools=[OWN])
    (number,) = made["wattcite"]["grounding"]["numbers"]
    assert (number["verdict"], number["result"], number["answer"]) == ("grounded", "given", None)
    assert chat.sent[0]["messages"][2:] == [{"role": "assistant", "content": None, "tool_calls": [MINE]}, told]


def test_a_tool_of_the_callers_takes_the_place_of_ours_of_that_name(chat: Chat) -> None:
    own = {**OWN, "function": {**OWN["function"], "name": NAME}}
    chat.script = [calls()]
    choice = chat.ask(tools=[own])["choices"][0]
    assert names(chat.sent[0]).count(NAME) == 1
    assert choice["message"]["tool_calls"] == [call()]


def test_a_forced_call_is_of_the_callers_tools(chat: Chat) -> None:
    choice = {"type": "function", "function": {"name": "my_meter"}}
    for forced in (choice, "required"):
        chat.script = [calls(MINE)]
        assert chat.ask(tools=[OWN], tool_choice=forced)["choices"][0]["finish_reason"] == "tool_calls"
        assert chat.sent[-1]["tools"] == [OWN]
        assert chat.sent[-1]["tool_choice"] == forced


def test_none_leaves_ours(chat: Chat) -> None:
    chat.script = [calls(), words("28,800 homes.")]
    chat.ask(tools=[OWN], tool_choice="none")
    assert "my_meter" not in names(chat.sent[0])
    assert "tool_choice" not in chat.sent[0]


def test_an_old_function_call_is_returned(chat: Chat) -> None:
    function = {"name": "f", "arguments": "{}"}
    chat.script = [{"role": "assistant", "content": None, "function_call": function}]
    choice = chat.ask(functions=[{"name": "f", "parameters": {}}])["choices"][0]
    assert (choice["finish_reason"], choice["message"]["function_call"]) == ("function_call", function)


def test_to_json_nothing_is_added_but_what_it_rests_on(chat: Chat) -> None:
    wanted = {"type": "json_object"}
    chat.script = [
        calls(),
        words('{"homes": 12345, "unit": "US homes"}'),
        words('{"homes": 28800, "unit": "US homes"}'),
    ]
    made = chat.ask(response_format=wanted)
    assert made["choices"][0]["message"]["content"] == '{"homes": 28800, "unit": "US homes"}'
    assert all(each["response_format"] == wanted for each in chat.sent)
    assert made["wattcite"]["grounding"]["repaired"] is True
    assert [each["verdict"] for each in made["wattcite"]["grounding"]["numbers"]] == ["grounded"]
