"""The MCP server in this process: what it lists, what it refuses, and in which words."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client, types
from mcp.shared.exceptions import MCPError

from service.answers.words import LANGUAGES
from service.core.answer import Language
from service.core.errors import NothingKnown
from service.desk import Desk
from service.tools import mcp_results
from service.tools.mcp import build
from service.tools.mcp_results import Answers, output_schema, repair
from service.tools.mcp_splice import Encoded
from service.tools.registry import Tool, tools
from tests.api.conftest import ROOT
from tests.tools.mcp_checks import HOMES, check_everything


def using(desk: Desk, use: Callable[[Client], Awaitable[None]], language: Language = "en") -> None:
    async def main() -> None:
        async with Client(build(desk, "full", language)) as client:
            await use(client)

    asyncio.run(main())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_every_language(desk: Desk, language: Language) -> None:
    using(desk, check_everything, language)


def test_resources_are_all_listed_once_page_by_page(desk: Desk) -> None:
    async def use(client: Client) -> None:
        uris: list[str] = []
        cursor = None
        while True:
            page = await client.list_resources(cursor=cursor)
            uris += [entry.uri for entry in page.resources]
            cursor = page.next_cursor
            if cursor is None:
                break
        known = desk.knowledge
        assert len(uris) == len(set(uris)) == known.figure_count + known.find_sources(limit=0)[1]

    using(desk, use)


def test_figure_is_read_as_text_and_as_data(desk: Desk) -> None:
    async def use(client: Client) -> None:
        text, data = (await client.read_resource("wattcite://figure/chatgpt-query-electricity-altman-2025")).contents
        assert isinstance(text, types.TextResourceContents)
        assert isinstance(data, types.TextResourceContents)
        assert (text.mime_type, data.mime_type) == ("text/markdown", "application/json")
        record = json.loads(data.text)
        assert (record["value"], record["unit"]) == (0.34, "Wh")
        assert record["source"]["url"] in text.text

    using(desk, use)


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("wattcite://figure/chatgpt-query-electricity-altman-2026", "chatgpt-query-electricity-altman-2025"),
        ("wattcite://subject/chatgpt", "wattcite://figure/{id} or wattcite://source/{id}"),
        ("file:///etc/passwd", "wattcite://figure/{id}"),
    ],
)
def test_resource_that_is_not_there(desk: Desk, uri: str, said: str) -> None:
    async def use(client: Client) -> None:
        with pytest.raises(MCPError) as caught:
            await client.read_resource(uri)
        assert said in caught.value.message
        assert caught.value.code == types.INVALID_PARAMS

    using(desk, use)


@pytest.mark.parametrize("cursor", ["-1", "x", "9" * 30, ""])
def test_cursor_of_another_server(desk: Desk, cursor: str) -> None:
    async def use(client: Client) -> None:
        with pytest.raises(MCPError, match="begin again without one"):
            await client.list_resources(cursor=cursor)

    using(desk, use)


@pytest.mark.parametrize(
    ("argument", "typed", "offered"),
    [
        ("language", "zh", ["zh-Hans", "zh-Hant"]),
        ("measure", "w", ["water"]),
        ("services", "gemini, chatg", ["gemini, chatgpt"]),
        ("services", "nothing of that name", []),
        ("unheard-of", "x", []),
    ],
)
def test_arguments_of_prompts_are_completed(desk: Desk, argument: str, typed: str, offered: list[str]) -> None:
    async def use(client: Client) -> None:
        reference = types.PromptReference(name="compare_services")
        found = await client.complete(reference, {"name": argument, "value": typed})
        assert found.completion.values[: len(offered) or None] == offered

    using(desk, use)


def test_ids_are_completed_by_beginning_or_by_meaning(desk: Desk) -> None:
    async def use(client: Client) -> None:
        reference = types.ResourceTemplateReference(uri="wattcite://figure/{id}")
        begun = (await client.complete(reference, {"name": "id", "value": "chatgpt-query"})).completion
        assert all(value.startswith("chatgpt-query") for value in begun.values)
        assert begun.values
        every = (await client.complete(reference, {"name": "id", "value": ""})).completion
        assert (len(every.values), every.has_more, every.total) == (100, True, desk.knowledge.figure_count)
        meant = (await client.complete(reference, {"name": "id", "value": "water gemini"})).completion
        assert any("gemini" in value and "water" in value for value in meant.values)
        elsewhere = types.ResourceTemplateReference(uri="wattcite://subject/{id}")
        assert (await client.complete(elsewhere, {"name": "id", "value": "c"})).completion.values == []

    using(desk, use)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask_with_source", {"question": "x"}, "Did you mean 'ask_with_sources'"),
        ("ask_with_sources", {}, "question: is missing"),
        ("ask_with_sources", {"question": "  "}, "question: is missing"),
        ("ask_with_sources", {"question": "x", "lang": "en"}, "Did you mean 'language'"),
        ("compare_services", {"services": "x", "measure": "money"}, "electricity, water, emissions"),
        ("instructions", {"language": "fr"}, "en, zh-Hans, zh-Hant"),
    ],
)
def test_prompt_that_cannot_be_filled(desk: Desk, name: str, arguments: dict[str, str], said: str) -> None:
    async def use(client: Client) -> None:
        with pytest.raises(MCPError) as caught:
            await client.get_prompt(name, arguments)
        assert said in caught.value.message

    using(desk, use)


def test_prompts_speak_the_language_that_is_asked_for(desk: Desk) -> None:
    async def use(client: Client) -> None:
        text = "{{ braces }} stay as they are"
        filled = await client.get_prompt("check_a_text", {"text": text, "language": "zh-Hant"})
        said = filled.messages[0].content
        assert isinstance(said, types.TextContent)
        assert "核查" in said.text
        assert said.text.endswith(text)

    using(desk, use)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("energy_equivalent", HOMES, "Did you mean 'energy_equivalents'"),
        ("energy_equivalents", {"energy": "chatgpt", "bogus": 1}, "bogus"),
        ("energy_equivalents", {}, "energy: is required"),
        ("get_figure", {"id": "chatgpt-query-electricity-altman"}, "chatgpt-query-electricity-altman-2025"),
        ("search_figures", {"query": "x", "limit": 99}, "limit"),
    ],
)
def test_failure_is_a_text_that_a_model_can_act_on(desk: Desk, name: str, arguments: dict[str, Any], said: str) -> None:
    found = Answers(desk).plain(name, arguments, links=True)
    assert found["isError"] is True
    assert "structuredContent" not in found
    assert [entry["type"] for entry in found["content"]] == ["text"]
    assert said in found["content"][0]["text"]


def test_nothing_known_names_what_is() -> None:
    error = NothingKnown("no_home", {}, nearest=("US", "DE"))
    error.message = "No figure for the electricity of a home in Fiji is on record."
    assert repair(error) == f"{error.message}\nKnown instead: US, DE."


def test_unforeseen_error_is_told_as_our_own_fault(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> dict[str, Any]:
        raise ZeroDivisionError("inner detail")

    monkeypatch.setattr(Tool, "call", broken)
    monkeypatch.setattr(mcp_results, "run_encoded", broken)
    answers = Answers(desk)
    found = answers.plain("energy_equivalents", HOMES, links=True)
    assert found["isError"] is True
    assert "fault of the service" in found["content"][0]["text"]
    assert "inner detail" not in json.dumps(found)
    assert "inner detail" in caplog.text
    assert answers.encoded("energy_equivalents", HOMES, links=True) == Encoded.of(found)
    monkeypatch.undo()
    assert not answers.encoded("energy_equivalents", HOMES, links=True).failed  # a failure is not kept


@settings(max_examples=30)
@given(text=st.text(max_size=40), number=st.one_of(st.none(), st.integers(), st.floats(), st.booleans()))
def test_whatever_is_asked_the_wire_says_what_the_plain_answer_says(desk: Desk, text: str, number: object) -> None:
    """Kept, made anew, or too long to keep: the bytes are those of the plain answer."""
    answers = Answers(desk)
    for arguments in ({"query": text, "limit": number}, {"query": "chatgpt " + text}, {"query": text * 40}):
        plain = answers.plain("search_figures", arguments, links=True)
        for _ in range(2):
            encoded = answers.encoded("search_figures", arguments, links=True)
            assert encoded == Encoded.of(plain)
            parsed = json.loads(b'{"content":' + encoded.body + b"}")
            assert parsed == {name: plain[name] for name in ("content", "structuredContent") if name in plain}


@pytest.mark.parametrize("name", ["search", "fetch"])
def test_research_connectors_read_json_from_the_text(desk: Desk, name: str) -> None:
    arguments = {"query": "chatgpt electricity"} if name == "search" else {"id": "source:altman-2025"}
    found = Answers(desk).plain(name, arguments, links=True)
    assert len(found["content"]) == 1
    assert json.loads(found["content"][0]["text"]) == found["structuredContent"]
    first = found["structuredContent"]["results"][0] if name == "search" else found["structuredContent"]
    assert first["url"].startswith("https://wattcite.example.org/v1/")


def test_links_are_few_and_lead_to_the_cited_figures_and_the_chart(desk: Desk) -> None:
    found = Answers(desk).plain("energy_equivalents", HOMES, links=True)
    linked = [entry["name"] for entry in found["content"][1:-1]]
    chart = found["content"][-1]
    assert chart["uri"] == "https://wattcite.example.org" + found["structuredContent"]["chart"]
    assert chart["mimeType"] == "image/png"
    cited = list(dict.fromkeys(entry["figure"] for entry in found["structuredContent"]["citations"]))
    assert linked == cited[:10]
    assert [entry["type"] for entry in Answers(desk).plain("energy_equivalents", HOMES, links=False)["content"]] == [
        "text"
    ]


def test_output_schemas_say_types_and_nothing_else() -> None:
    for name in tools():
        schema = output_schema(name)
        for part in _parts(schema):
            assert not {"title", "description", "default", "examples"} & set(part)
            assert part  # strict readers take an empty schema for a mistake


def _parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    nested = [*schema.get("$defs", {}).values(), *schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    nested += [schema[name] for name in ("items", "additionalProperties") if isinstance(schema.get(name), dict)]
    return [schema, *(part for each in nested for part in _parts(each))]


def test_service_that_nobody_calls_over_mcp_does_not_load_the_sdk() -> None:
    code = "import sys; import service.app; sys.exit('mcp' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
