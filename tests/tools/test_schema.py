"""The one schema of each tool: what every vendor takes, described in every language, and what it costs."""

from __future__ import annotations

import json
import re
import warnings
from collections import defaultdict
from functools import cache
from typing import Any

import jsonschema
import pytest

from service.answers.words import words
from service.core.answer import Language
from service.core.tokens import tokens
from service.desk import Desk
from service.run import run
from service.tools.listing import cost, pasted
from service.tools.registry import CORE, Profile, Tool, profile, tools
from service.tools.schema import all_told, portable, strict, told

LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant")
PROFILES: tuple[Profile, ...] = ("core", "full")
FLAT = {"type", "description", "enum", "minimum", "maximum", "maxLength", "minItems", "maxItems", "items", "default"}


# a day, and a choice of words or an id: their form is told, and says more than a length
SPELLED_OUT = {"as_of", "estimate"}


def written(value: Any) -> str:
    """A number or a text with its numbers as people write them: 1e18, not 1,000,000,000,000,000,000 or 1e+18."""
    text = f"{value:g}" if isinstance(value, float | int) else str(value)
    return re.sub(r"e\+0*", "e", text.replace(",", ""))


@cache
def vocabulary() -> Any:
    """The vocabulary of OpenAI's newer models, from a package that carries it."""
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        import bpe_openai

    return bpe_openai.get_encoding("o200k_base")


def counted(text: str) -> int:
    """Tokens as OpenAI's newer models count them."""
    return len(vocabulary().encode(text))


def by_name(tool: Tool) -> str:
    return tool.name


@pytest.mark.parametrize("tool", tools().values(), ids=by_name)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_shape_is_flat_closed_and_described(tool: Tool, profile: Profile, language: Language) -> None:
    schema = told(tool, language, profile).inputs
    jsonschema.Draft202012Validator.check_schema(schema)
    assert set(schema) == {"type", "properties", "required", "additionalProperties"}
    assert (schema["type"], schema["additionalProperties"]) == ("object", False)
    for name, field in schema["properties"].items():
        assert re.fullmatch(r"[a-z_]{1,64}", name)
        assert set(field) <= FLAT
        assert field["type"] in {"string", "number", "integer", "boolean", "array"}
        assert field["description"]
        assert field.get("items", {}).get("type", "string") == "string"
    assert set(schema["required"]) <= set(schema["properties"])


@pytest.mark.parametrize("tool", tools().values(), ids=by_name)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_and_defaults_are_said(tool: Tool, profile: Profile, language: Language) -> None:
    for name, field in told(tool, language, profile).inputs["properties"].items():
        limits = {key: field[key] for key in ("minimum", "maximum", "maxLength", "default") if key in field}
        limits |= {f"items {key}": value for key, value in field.get("items", {}).items() if key == "maxLength"}
        if name in SPELLED_OUT:
            del limits["maxLength"]
        said = written(field["description"])
        assert [limit for limit in limits.values() if written(limit) not in said] == [], (name, said)


@pytest.mark.parametrize("tool", tools().values(), ids=by_name)
def test_own_inputs_come_before_shared_ones(tool: Tool) -> None:
    names = list(portable(tool)["properties"])
    assert names == list(tool.order)
    shared = [name for name in ("as_of", "estimate", "language") if name in names]
    assert names[len(names) - len(shared) :] == shared


@pytest.mark.parametrize("tool", tools().values(), ids=by_name)
def test_descriptions_tell_which_other_tool_serves(tool: Tool) -> None:
    for language in LANGUAGES:
        text = told(tool, language).description
        assert [other for other in tools() if other != tool.name and other in text], text
    for text in (told(tool, "en", each).description for each in PROFILES):
        assert text.endswith("Figures change; citable values come only from here.")
        assert not re.search(
            r"\b(must|should|you|(always|never) (use|call))\b", text, re.IGNORECASE
        )  # they describe, not command


def test_core_names_only_tools_of_core() -> None:
    for each in all_told("core"):
        named = {other for other in tools() if re.search(rf"\b{other}\b", each.description)} - {"search", "fetch"}
        assert named <= set(profile("core")), each.name


def test_strict_requires_everything_and_takes_null_instead() -> None:
    for each in all_told():
        made = strict(each.inputs)
        assert made["required"] == list(made["properties"])
        for name, field in made["properties"].items():
            assert ("null" in field["type"]) == (name not in each.inputs["required"])
            assert "default" not in field
            assert "enum" not in field or (None in field["enum"]) == ("null" in field["type"])


@pytest.mark.parametrize("tool", tools().values(), ids=by_name)
def test_null_is_taken_for_what_is_left_out(tool: Tool, desk: Desk) -> None:
    fields = tool.inputs.model_fields.items()
    needed = {name: info.examples[0] for name, info in fields if info.is_required() and info.examples}
    needed |= {"model": "gpt-3"} if "model" in tool.order and "parameters" not in tool.order else {}
    needed |= {"parameters": 7e9} if "parameters" in tool.order else {}
    needed |= {"service": "chatgpt"} if "service" in tool.order else {}
    nulls: dict[str, Any] = dict.fromkeys(tool.order)
    assert tool.call(desk, {**nulls, **needed}) == tool.call(desk, needed)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_tool_and_input_is_described_in_chinese(language: Language) -> None:
    said = words(language)["tools"]
    assert {"missing": set(tools()) - set(said["full"]), "stray": set(said["full"]) - set(tools())} == {
        "missing": set(),
        "stray": set(),
    }
    shared: dict[str, set[str]] = defaultdict(set)
    for tool in tools().values():
        own = said["full"][tool.name].get("inputs", {})
        assert set(own) <= set(tool.order), tool.name
        for name in set(tool.order) - set(own):
            shared[name].add(tool.inputs.model_fields[name].description or "")
    assert set(said["shared"]) == set(shared)
    # one translation serves several tools only where they say the same in English
    assert {name: texts for name, texts in shared.items() if len(texts) > 1} == {}


def test_core_is_told_of_in_the_same_words_in_every_language() -> None:
    english = words("en")["tools"]["core"]
    chinese = words("zh-Hans")["tools"]["core"]
    assert list(english) == list(chinese)
    assert [list(each["inputs"]) for each in english.values()] == [list(each["inputs"]) for each in chinese.values()]
    for name, each in english.items():
        required = [field for field, info in tools()[name].inputs.model_fields.items() if info.is_required()]
        assert set(required) <= set(each["inputs"]) <= set(tools()[name].order)


def test_core_is_small() -> None:
    assert 1 <= len(profile("core")) <= 7
    assert set(profile("core")) == set(CORE) & set(tools())
    assert set(CORE) - set(tools()) <= {"answer_question"}
    assert set(words("en")["tools"]["core"]) >= set(profile("core"))


def test_core_costs_less_than_1500_tokens_in_the_openai_dialect() -> None:
    made = pasted("openai", "core", "en", "https://wattcite.example.org")
    assert counted(json.dumps(made, ensure_ascii=False, separators=(",", ":"))) < 1500
    assert cost(made) < 1500


def test_the_count_of_tokens_is_near_the_true_one_and_seldom_below(desk: Desk) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("energy_equivalents", {"energy": "chatgpt"}),
        ("query_footprint", {"service": "gemini"}),
        ("training_footprint", {"model": "gpt-3"}),
        ("demand_outlook", {}),
    ]
    texts = [
        run(desk.knowledge, name, {**raw, "language": language})["text"]
        for name, raw in calls
        for language in LANGUAGES
    ]
    texts += [json.dumps(pasted("openai", each, "en", ""), separators=(",", ":")) for each in PROFILES]
    for text in texts:
        assert 0.95 <= tokens(text) / counted(text) <= 1.2
