"""What every MCP client must find, whichever it is and however it got there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mcp import Client, types

from service.tools.registry import tools

HOMES = {"energy": "chatgpt", "region": "US"}


async def check_everything(client: Client) -> None:
    """One of each: listing and calling tools, a failed call, resources, templates, completion, prompts."""
    await _tools(client)
    await _calls(client)
    await _resources(client)
    await _prompts(client)


async def _tools(client: Client) -> None:
    listed = (await client.list_tools()).tools
    assert [tool.name for tool in listed] == list(tools())
    for tool in listed:
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema
        assert tool.output_schema["type"] == "object"
        hints = tool.annotations
        assert hints
        assert (hints.read_only_hint, hints.idempotent_hint, hints.open_world_hint) == (True, True, False)
        assert tool.title
        assert tool.description


async def _calls(client: Client) -> None:
    found = await client.call_tool("energy_equivalents", HOMES)
    assert not found.is_error
    suffices(text_of(found.content), found.structured_content)
    links = [entry for entry in found.content if isinstance(entry, types.ResourceLink)]
    read = (await client.read_resource(links[0].uri)).contents[0]
    assert isinstance(read, types.TextResourceContents)
    assert "http" in read.text

    wrong = await client.call_tool("energy_equivalents", {"energy": "chatgptt", "country": "US"})
    assert wrong.is_error
    assert "'chatgpt'" in text_of(wrong.content)
    assert "country: there is no such input" in text_of(wrong.content)


async def _resources(client: Client) -> None:
    templates = (await client.list_resource_templates()).resource_templates
    assert [entry.uri_template for entry in templates] == ["wattcite://figure/{id}", "wattcite://source/{id}"]
    first = await client.list_resources()
    second = await client.list_resources(cursor=first.next_cursor)
    assert not {entry.uri for entry in first.resources} & {entry.uri for entry in second.resources}
    reference = types.ResourceTemplateReference(uri="wattcite://source/{id}")
    offered = await client.complete(reference, {"name": "id", "value": "altman"})
    assert "altman-2025" in offered.completion.values


async def _prompts(client: Client) -> None:
    prompts = {prompt.name: prompt for prompt in (await client.list_prompts()).prompts}
    assert set(prompts) == {"ask_with_sources", "check_a_text", "compare_services", "instructions"}
    assert all(prompt.description for prompt in prompts.values())
    assert all(argument.description for prompt in prompts.values() for argument in prompt.arguments or ())
    filled = await client.get_prompt("ask_with_sources", {"question": "How much water does Gemini use?"})
    said = filled.messages[0].content
    assert isinstance(said, types.TextContent)
    assert said.text.endswith("How much water does Gemini use?")


def text_of(content: Sequence[Any]) -> str:
    """The text that a client passes on where it passes on text alone."""
    return "".join(str(entry.text) for entry in content if entry.type == "text")


def suffices(text: str, structured: Mapping[str, Any] | None) -> None:
    """Assert that the text alone, and the structured content alone, hold the answer with its sources and addresses."""
    assert structured
    headline = structured["headline"]["text"]
    addresses = {entry["url"] for entry in structured["citations"][:3]}
    for alone in (text, json.dumps(structured, ensure_ascii=False)):
        assert headline in alone
        assert all(address in alone for address in addresses)
        assert "[1]" in alone
