"""A turn with a model: told of the tools, answered by them, and checked before anything is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.chat.conftest import QUESTION, Chat, chatting
from tests.chat.said import NAME, WRITTEN, call, calls, words


def content(completion: dict[str, Any]) -> str:
    found = completion["choices"][0]["message"]["content"]
    assert isinstance(found, str)
    return found


def test_tools_are_run_and_the_answer_is_sourced(chat: Chat) -> None:
    chat.script = [calls(), words("About 28,800 US homes use as much.")]
    made = chat.ask()
    first, second = chat.sent
    assert [each["role"] for each in first["messages"]] == ["system", "user"]
    assert "search_figures" in first["messages"][0]["content"]
    assert NAME in [each["function"]["name"] for each in first["tools"]]
    assert first["model"] == "m"
    _, _, said, result = second["messages"]
    assert said["tool_calls"] == [call()]
    assert (result["role"], result["tool_call_id"]) == ("tool", "call_1")
    assert result["content"].startswith("About **28,800 homes**")
    text = content(made)
    assert text.startswith("About 28,800 US homes use as much [1][2][3].\n\n*Sources:*\n\n- [1] ")
    assert text.count("https://") == 3
    wattcite = made["wattcite"]
    assert [each["tool"] for each in wattcite["answers"]] == [NAME]
    assert [each["n"] for each in wattcite["citations"]] == [1, 2, 3]
    assert wattcite["tools"] == [{"name": NAME, "arguments": json.loads(WRITTEN), "failed": False}]
    assert (wattcite["embedded"], wattcite["fallback"], wattcite["grounding"]["repaired"]) == (False, False, False)
    assert made["usage"] == {"prompt_tokens": 200, "completion_tokens": 20, "total_tokens": 220}
    assert made["choices"][0]["finish_reason"] == "stop"


def test_places_of_numbers_are_those_of_the_text_as_shown(chat: Chat) -> None:
    chat.script = [calls(), words("First, 28,800 homes. Then 850 MWh a day, and 0.85 GWh. At last 17,200 homes.")]
    made = chat.ask()
    numbers = made["wattcite"]["grounding"]["numbers"]
    assert [each["span"] for each in numbers] == ["28,800", "850 MWh a day", "0.85 GWh", "17,200"]
    assert all(content(made)[each["start"] : each["end"]] == each["span"] for each in numbers)
    assert {each["verdict"] for each in numbers} == {"grounded"}


def test_the_model_is_asked_once_to_put_numbers_right(chat: Chat) -> None:
    chat.script = [calls(), words("About 35,000 homes, or 12 TWh."), words("About 28,800 homes.")]
    made = chat.ask()
    asking = chat.sent[2]["messages"][-1]
    assert asking["role"] == "user"
    assert '- "35,000": the result says 28,800 homes' in asking["content"]
    assert '- "12 TWh": no result gives it' in asking["content"]
    assert content(made).startswith("About 28,800 homes [1][2][3].")
    assert made["wattcite"]["grounding"]["repaired"] is True
    assert made["wattcite"]["grounding"]["marked"] == 0


def test_what_stays_wrong_is_marked(chat: Chat) -> None:
    chat.script = [calls(), words("About 35,000 homes, or 12 TWh.")]
    made = chat.ask()
    assert len(chat.sent) == 3
    assert content(made).startswith(
        "About 35,000 [unverified: the result says 28,800 homes] homes, or 12 TWh [unverified: no result gives it]."
    )
    assert made["wattcite"]["grounding"]["marked"] == 2
    assert [each["verdict"] for each in made["wattcite"]["grounding"]["numbers"]] == ["altered", "unsourced"]


def test_a_second_draft_that_is_worse_is_not_taken(chat: Chat) -> None:
    chat.script = [calls(), words("About 35,000 homes."), words("About 35,000 homes, 12 TWh and 9 TWh.")]
    assert content(chat.ask()).startswith("About 35,000 [unverified: the result says 28,800 homes] homes.")


def test_a_number_from_memory_makes_the_model_call_a_tool(chat: Chat) -> None:
    chat.script = [words("It is 17,000 homes."), calls(), words("It is 28,800 homes.")]
    made = chat.ask()
    assert content(made).startswith("It is 28,800 homes [1][2][3].")
    assert chat.sent[1]["messages"][-1]["role"] == "user"


def test_a_source_that_does_not_say_it_is_put_right(chat: Chat) -> None:
    chat.script = [calls(), words("28,800 homes [4]."), words("28,800 homes [1][2][3].")]
    made = chat.ask()
    assert '"28,800": it comes from [1][2][3]' in chat.sent[2]["messages"][-1]["content"]
    assert made["wattcite"]["grounding"]["marked"] == 0


def test_calls_of_one_message_are_each_answered_and_the_same_is_run_once(chat: Chat) -> None:
    query = call("query_footprint", '{"service": "gemini"}', "call_2")
    chat.script = [calls(call(), query, call(identity="call_3")), words("It is 28,800 homes. A prompt takes 0.24 Wh.")]
    made = chat.ask()
    results = chat.sent[1]["messages"][3:]
    assert [each["tool_call_id"] for each in results] == ["call_1", "call_2", "call_3"]
    assert results[0]["content"] == results[2]["content"]
    assert [each["tool"] for each in made["wattcite"]["answers"]] == [NAME, "query_footprint"]
    homes, query_ = made["wattcite"]["answers"]
    numbered = [each["n"] for each in (*homes["citations"], *query_["citations"])]
    assert len(numbered) == len(set(numbered)), "sources of two answers share a number"
    (source,) = [each["n"] for each in query_["citations"] if (each["value"], each["unit"]) == (0.24, "Wh")]
    assert content(made).startswith(f"It is 28,800 homes [1][2][3]. A prompt takes 0.24 Wh [{source}].")


def test_malformed_arguments_come_back_with_what_would_be_right(chat: Chat) -> None:
    chat.script = [calls(call(arguments='{"energy": "chatgpt"')), calls(), words("28,800 homes.")]
    made = chat.ask()
    assert "the arguments are not valid JSON" in chat.sent[1]["messages"][-1]["content"]
    assert [each["failed"] for each in made["wattcite"]["tools"]] == [True, False]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (call("energy_equivalent"), "energy_equivalents"),  # the nearest name
        (call(arguments='{"energy": "5 parsec"}'), "parsec"),
        (call(arguments='{"energy": "chatgpt", "region": "Atlantis"}'), "region"),
        (call(arguments="[1]"), "must be one JSON object"),
        (call(""), "no such tool"),
    ],
)
def test_a_call_that_does_not_hold_is_explained_to_the_model(chat: Chat, made: dict[str, Any], said: str) -> None:
    chat.script = [calls(made), words("I cannot tell.")]
    assert content(chat.ask()) == "I cannot tell."
    assert said in chat.sent[1]["messages"][-1]["content"]


def test_an_endless_loop_ends_in_what_the_tools_returned(built: Path) -> None:
    with chatting(built, chat_rounds=3) as chat:
        chat.script = [calls()]
        made = chat.ask()
    assert len(chat.sent) == 4
    assert [each.get("tool_choice") for each in chat.sent] == [None, None, None, "none"]
    assert made["wattcite"]["fallback"] is True
    assert content(made).startswith("The model came to no answer.")
    assert "**28,800 homes**" in content(made)
    assert made["choices"][0]["finish_reason"] == "stop"
    assert made["wattcite"]["grounding"]["marked"] == 0


def test_no_more_calls_than_allowed_are_run(built: Path) -> None:
    with chatting(built, chat_calls=5) as chat:
        chat.script = [calls(*(call(identity=f"c{at}") for at in range(40))), words("28,800 homes.")]
        made = chat.ask()
    assert len(made["wattcite"]["tools"]) == 5
    assert len(chat.sent[1]["messages"]) == 3 + 5
    assert chat.sent[1]["tool_choice"] == "none"


def test_tokens_are_bounded_over_all_rounds(built: Path) -> None:
    with chatting(built, chat_tokens=15) as chat:
        chat.script = [calls(), calls(), words("28,800 homes.")]
        made = chat.ask()  # each reply counts 10 tokens: after the second, no more calls
    assert [each.get("tool_choice") for each in chat.sent] == [None, None, "none"]
    assert content(made).startswith("28,800 homes")


def test_a_model_that_says_nothing_at_all_is_a_fault(chat: Chat) -> None:
    chat.script = [words("")]
    response = chat.post()
    assert (response.status_code, response.json()["error"]["code"]) == (502, "upstream_empty")


def test_thoughts_said_aloud_are_not_shown(chat: Chat) -> None:
    chat.script = [calls(), words("<think>maybe 99,000 homes?</think>\n\nAbout 28,800 homes.")]
    made = chat.ask()
    assert content(made).startswith("About 28,800 homes")
    assert len(chat.sent) == 2


def test_sources_are_listed_by_us_alone_and_marks_of_none_vanish(chat: Chat) -> None:
    invented = (
        "28,800 homes [1][2][3]. Read more [77].\n\nSources:\n- [1] Nobody (2025): Nothing. https://nowhere.example/\n"
    )
    chat.script = [calls(), words(invented)]
    text = content(chat.ask())
    assert "nowhere.example" not in text
    assert "[77]" not in text
    assert text.count("Sources") == 1


def test_marks_stand_before_the_stop_and_tables_and_code_are_left_whole(chat: Chat) -> None:
    chat.script = [
        calls(),
        words("**28,800 homes**.\n\n| what | homes |\n|---|---|\n| all | 28,800 homes |\n\n```\n28,800 homes\n```\n"),
    ]
    text = content(chat.ask())
    assert "**28,800 homes** [1][2][3].\n" in text
    assert "| all | 28,800 [1][2][3] homes |" in text
    assert "```\n28,800 homes\n```" in text


def test_in_chinese(chat: Chat) -> None:
    chat.script = [
        calls(call(arguments='{"energy": "chatgpt", "region": "US", "language": "zh-Hans"}')),
        words("约2.88万户，一天85万度，另有12太瓦时。"),
    ]
    made = chat.ask("ChatGPT一天的用电相当于多少户美国家庭？")
    assert "工具" in chat.sent[0]["messages"][0]["content"]
    assert "没有任何结果给出这个数" in chat.sent[2]["messages"][-1]["content"]
    assert content(made).startswith(
        "约2.88万户，一天85万度，另有12太瓦时〔未核实：没有任何结果给出这个数〕[1][2][3]。\n\n*来源：*"
    )


def test_a_conversation_goes_on_with_its_numbers_and_sources(chat: Chat) -> None:
    chat.script = [calls(), words("About 28,800 homes.")]
    before = content(chat.ask())
    chat.script = [
        calls(call("query_footprint", '{"service": "gemini"}')),
        words("A Gemini prompt takes 0.24 Wh. As said, 28,800 homes [1][2][3]."),
    ]
    made = chat.ask(QUESTION, {"role": "assistant", "content": before}, "And one Gemini prompt?")
    result = chat.sent[-1]["messages"][-1]["content"]
    assert "[4]" in result
    assert "[1]" not in result
    text = content(made)
    assert "0.24 Wh [4]" in text
    for n, line in re.findall(r"^- \[(\d)\] (.*)$", before, re.MULTILINE):
        assert f"- [{n}] {line}" in text, "a source keeps its number"
    assert made["wattcite"]["grounding"]["marked"] == 0
    assert made["wattcite"]["grounding"]["numbers"][1]["result"] == "earlier"


def test_instructions_stand_before_those_of_the_caller_in_one_message(chat: Chat) -> None:
    chat.script = [words("Hello.")]
    chat.ask({"role": "system", "content": "Answer like a pirate."}, "Hi")
    first, second = chat.sent[0]["messages"]
    assert first["role"] == "system"
    assert first["content"].endswith("\n\nAnswer like a pirate.")
    assert "Wattcite" in first["content"]
    assert second == {"role": "user", "content": "Hi"}


def test_other_parameters_go_to_the_model_as_they_are(chat: Chat) -> None:
    chat.script = [words("Hello.")]
    parts = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}},
    ]
    chat.ask({"role": "user", "content": parts}, temperature=0.2, seed=7, max_tokens=99, user="u", x_own={"a": 1})
    sent = chat.sent[0]
    assert sent["messages"][1]["content"] == parts
    assert (sent["temperature"], sent["seed"], sent["max_tokens"], sent["user"], sent["x_own"]) == (
        0.2,
        7,
        99,
        "u",
        {"a": 1},
    )
    assert "stream" not in sent


def test_the_model_of_the_caller_is_asked_where_none_is_set(built: Path) -> None:
    with chatting(built, chat_model="") as chat:
        chat.script = [words("Hello.")]
        assert chat.ask("Hi", model="llama3.2")["model"] == "llama3.2"
        assert chat.sent[0]["model"] == "llama3.2"
        missing = chat.client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": "Hi"}]})
        assert (missing.status_code, missing.json()["error"]["param"]) == (400, "model")
        embedded = chat.ask(model="wattcite-embedded")
        assert embedded["wattcite"]["embedded"] is True
    assert len(chat.sent) == 1
