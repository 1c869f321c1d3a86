from __future__ import annotations

import json

import pytest

from service.tools.registry import profile, tools
from tests.cli.conftest import Wattcite


def test_tools_as_json(wattcite: Wattcite) -> None:
    result = wattcite("tools", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    printed = {tool["name"]: tool for tool in json.loads(result.stdout)["tools"]}
    assert list(printed) == list(tools())
    for name, tool in tools().items():
        assert " ".join(tool.description.split()) in printed[name]["description"]
        assert list(printed[name]["input_schema"]["properties"]) == list(tool.order)
        assert printed[name]["input_schema"]["additionalProperties"] is False


def test_tools_for_people(wattcite: Wattcite) -> None:
    result = wattcite("tools")
    assert (result.exit_code, result.stderr) == (0, "")
    assert all(f"| {name} |" in result.stdout for name in tools())


def test_a_dialect_is_ready_to_paste(wattcite: Wattcite) -> None:
    result = wattcite("tools", "--dialect", "openai", "--profile", "core")
    assert result.exit_code == 0
    functions = json.loads(result.stdout)
    assert [entry["function"]["name"] for entry in functions] == list(profile("core"))


def test_the_cost_is_printed(wattcite: Wattcite) -> None:
    result = wattcite("tools", "--dialect", "openai", "--profile", "core", "--count")
    count, tokens = [int(word) for word in result.stdout.split() if word.isdigit()]
    assert count == len(profile("core"))
    assert 500 < tokens < 1500


@pytest.mark.parametrize("arguments", [("--dialect", "opnai"), ("--profile", "tiny"), ("--language", "klingon")])
def test_what_there_is_not_is_a_wrong_call(wattcite: Wattcite, arguments: tuple[str, ...]) -> None:
    result = wattcite("tools", *arguments)
    assert result.exit_code == 2
    assert "openai" in result.stderr or "core" in result.stderr or "zh-Hant" in result.stderr
