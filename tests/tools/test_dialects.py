"""Every dialect against the types and converters of the vendor's own library, and all of them against the one schema."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import google.genai.types as google
import jsonschema
import mcp.types
import ollama
import pytest
import yaml
from anthropic import transform_schema
from anthropic.types import ToolParam
from mistralai.client.models import Tool as MistralTool
from openai.lib._pydantic import _ensure_strict_json_schema
from openai.types.chat import ChatCompletionFunctionToolParam
from openai.types.responses import FunctionToolParam
from openapi_spec_validator import validate
from pydantic import TypeAdapter

import service.tools.dialects as package
from service.core.answer import Language
from service.core.errors import BadCall
from service.tools.dialect import dialect, dialects
from service.tools.listing import pasted
from service.tools.registry import Profile
from service.tools.schema import Schema, all_told

ADDRESS = "https://wattcite.example.org"
WANTED = {
    "openai", "openai-responses", "anthropic", "gemini", "mistral", "ollama", "qwen", "deepseek", "doubao", "mcp",
    "openapi",
}  # fmt: skip
OFFERS: list[tuple[Profile, Language]] = [("core", "en"), ("full", "en"), ("core", "zh-Hant"), ("full", "zh-Hans")]
offers = pytest.mark.parametrize(("profile", "language"), OFFERS)


def schemas(name: str, made: Any) -> dict[str, Schema]:
    """The schema of each tool in what a dialect makes."""
    match name:
        case "openai-responses":
            return {tool["name"]: tool["parameters"] for tool in made}
        case "anthropic":
            return {tool["name"]: tool["input_schema"] for tool in made}
        case "gemini":
            return {tool["name"]: tool["parametersJsonSchema"] for tool in made[0]["functionDeclarations"]}
        case "mcp":
            return {tool["name"]: tool["inputSchema"] for tool in made}
        case "openapi":
            posts = [path["post"] for path in made["paths"].values()]
            return {post["operationId"]: post["requestBody"]["content"]["application/json"]["schema"] for post in posts}
        case _:
            return {tool["function"]["name"]: tool["function"]["parameters"] for tool in made}


def loosened(schema: Schema, one: Schema) -> Schema:
    """A strict schema as the one it was made from."""
    fields = {}
    for name, field in schema["properties"].items():
        made = (
            {**field, "type": next(kind for kind in field["type"] if kind != "null")}
            if isinstance(field["type"], list)
            else field
        )
        if "enum" in made:
            made = {**made, "enum": [value for value in made["enum"] if value is not None]}
        default = one["properties"][name].get("default")
        fields[name] = {**made, "default": default} if default is not None else made
    required = [name for name in schema["required"] if "null" not in schema["properties"][name]["type"]]
    return {**schema, "properties": fields, "required": required}


def test_every_file_is_a_dialect() -> None:
    files = {path.stem.replace("_", "-") for path in Path(package.__path__[0]).glob("[a-z]*.py")}
    assert {made.name for made in dialects().values()} == files
    assert set(dialects()) == WANTED


@pytest.mark.parametrize("name", sorted(WANTED))
@offers
def test_every_dialect_says_the_same(name: str, profile: Profile, language: Language) -> None:
    found = schemas(name, pasted(name, profile, language, ADDRESS))
    one = {each.name: each.inputs for each in all_told(profile, language)}
    assert list(found) == list(one)
    for tool, schema in found.items():
        assert (loosened(schema, one[tool]) if name.startswith("openai") else schema) == one[tool]


def test_an_unknown_dialect_names_those_there_are() -> None:
    with pytest.raises(BadCall, match=r"must be one of anthropic.*Did you mean 'openai'") as caught:
        dialect("opnai")
    assert set(caught.value.faults[0].allowed) == WANTED


@offers
def test_openai(profile: Profile, language: Language) -> None:
    tools = pasted("openai", profile, language, ADDRESS)
    TypeAdapter(list[ChatCompletionFunctionToolParam]).validate_python(tools)
    for tool in tools:
        function = tool["function"]
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", function["name"])
        assert len(function["description"]) <= 1024
        schema = function["parameters"]
        assert _ensure_strict_json_schema(copy.deepcopy(schema), path=(), root=schema) == schema
    assert len(tools) <= 128


@offers
def test_openai_responses(profile: Profile, language: Language) -> None:
    tools = pasted("openai-responses", profile, language, ADDRESS)
    TypeAdapter(list[FunctionToolParam]).validate_python(tools)
    assert all(tool["strict"] for tool in tools)


@offers
def test_anthropic(profile: Profile, language: Language) -> None:
    tools = pasted("anthropic", profile, language, ADDRESS)
    TypeAdapter(list[ToolParam]).validate_python(tools)
    for tool in tools:
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", tool["name"])
        made = transform_schema(copy.deepcopy(tool["input_schema"]))
        assert set(made["properties"]) == set(tool["input_schema"]["properties"])
        assert made["additionalProperties"] is False


@offers
def test_gemini(profile: Profile, language: Language) -> None:
    (tool,) = map(google.Tool.model_validate, pasted("gemini", profile, language, ADDRESS))
    assert tool.function_declarations
    for declared in tool.function_declarations:
        assert isinstance(declared.parameters_json_schema, dict)
        open_schema = {
            key: value for key, value in declared.parameters_json_schema.items() if key != "additionalProperties"
        }
        made = google.Schema.from_json_schema(json_schema=google.JSONSchema.model_validate(open_schema))
        assert made.properties
        assert set(made.properties) == set(open_schema["properties"])


@offers
def test_mistral_and_those_that_follow_openai(profile: Profile, language: Language) -> None:
    tools = pasted("mistral", profile, language, ADDRESS)
    for tool in tools:
        assert MistralTool.model_validate(tool).function.parameters == tool["function"]["parameters"]
    for name in ("qwen", "deepseek", "doubao"):
        assert pasted(name, profile, language, ADDRESS) == tools


@offers
def test_ollama_loses_no_type(profile: Profile, language: Language) -> None:
    for tool in pasted("ollama", profile, language, ADDRESS):
        made = ollama.Tool.model_validate(tool).function
        assert made
        assert made.parameters
        assert made.parameters.properties
        for name, field in tool["function"]["parameters"]["properties"].items():
            kept = made.parameters.properties[name]
            assert (kept.type, kept.description, kept.enum) == (field["type"], field["description"], field.get("enum"))


@offers
def test_mcp(profile: Profile, language: Language) -> None:
    for tool in pasted("mcp", profile, language, ADDRESS):
        made = mcp.types.Tool.model_validate(tool)
        assert made.annotations
        jsonschema.Draft202012Validator.check_schema(tool["outputSchema"])


@offers
def test_openapi(profile: Profile, language: Language) -> None:
    document = pasted("openapi", profile, language, ADDRESS)
    validate(document)
    assert document["servers"] == [{"url": ADDRESS}]
    assert yaml.safe_load(yaml.safe_dump(document)) == document
