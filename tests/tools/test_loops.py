"""A chatbot's whole loop with each vendor's own client: a real server of ours, and a model that is scripted."""

from __future__ import annotations

from typing import Any, Final

from anthropic import Anthropic
from google import genai
from google.genai import types
from mistralai.client import Mistral
from ollama import Client as Ollama
from openai import OpenAI

from service.tools.registry import profile
from tests.tools.loops import (
    anthropic_messages,
    gemini_generate,
    mistral_chat,
    ollama_chat,
    openai_chat,
    openai_responses,
)
from tests.tools.scripted import Model, scripted

QUESTION: Final = "How many US homes equal ChatGPT's daily electricity use?"
NAME: Final = "energy_equivalents"
INPUTS: Final = {"energy": "chatgpt"}
WRITTEN: Final = '{"energy": "chatgpt", "region": null}'
SAID: Final = "About 29,000 homes [1]."


def test_openai_chat_completions(address: str) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": NAME, "arguments": WRITTEN}}
    with scripted(_completion(content=None, tool_calls=[call]), _completion(content=SAID)) as model:
        client = OpenAI(base_url=f"{model.address}/v1", api_key="none")
        assert openai_chat.ask(client, address, QUESTION) == SAID
    assert model.requests[1]["messages"][2]["tool_call_id"] == "call_1"
    _checked(model, [tool["function"]["name"] for tool in model.requests[0]["tools"]])


def test_openai_responses(address: str) -> None:
    call = {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": NAME, "arguments": WRITTEN}
    text = {"type": "output_text", "text": SAID, "annotations": []}
    message = {"type": "message", "id": "m", "role": "assistant", "status": "completed", "content": [text]}
    with scripted(_response(call), _response(message)) as model:
        client = OpenAI(base_url=f"{model.address}/v1", api_key="none")
        assert openai_responses.ask(client, address, QUESTION) == SAID
    assert model.requests[1]["input"][2]["call_id"] == "call_1"
    _checked(model, [tool["name"] for tool in model.requests[0]["tools"]])


def test_anthropic_messages(address: str) -> None:
    call = {"type": "tool_use", "id": "toolu_1", "name": NAME, "input": INPUTS}
    with scripted(_message(call), _message({"type": "text", "text": SAID})) as model:
        client = Anthropic(base_url=model.address, api_key="none")
        assert anthropic_messages.ask(client, address, QUESTION) == SAID
    (result,) = model.requests[1]["messages"][2]["content"]
    assert (result["tool_use_id"], result["is_error"]) == ("toolu_1", False)
    _checked(model, [tool["name"] for tool in model.requests[0]["tools"]])


def test_gemini(address: str) -> None:
    call = {"functionCall": {"name": NAME, "args": INPUTS}}
    with scripted(_candidate(call), _candidate({"text": SAID})) as model:
        options = types.HttpOptions(base_url=model.address)
        client = genai.Client(api_key="none", http_options=options)
        assert gemini_generate.ask(client, address, QUESTION) == SAID
        client.close()
    assert model.requests[1]["contents"][2]["parts"][0]["functionResponse"]["name"] == NAME
    (tool,) = model.requests[0]["tools"]
    _checked(model, [each["name"] for each in tool["functionDeclarations"]])


def test_mistral(address: str) -> None:
    call = {"id": "abcdefghi", "type": "function", "function": {"name": NAME, "arguments": WRITTEN}}
    with (
        scripted(_completion(content="", tool_calls=[call]), _completion(content=SAID)) as model,
        Mistral(server_url=model.address, api_key="none") as client,
    ):
        assert mistral_chat.ask(client, address, QUESTION) == SAID
    assert model.requests[1]["messages"][2]["tool_call_id"] == "abcdefghi"
    _checked(model, [tool["function"]["name"] for tool in model.requests[0]["tools"]])


def test_ollama(address: str) -> None:
    call = {"function": {"name": NAME, "arguments": INPUTS}}
    first = {"model": "m", "done": True, "message": {"role": "assistant", "content": "", "tool_calls": [call]}}
    second = {"model": "m", "done": True, "message": {"role": "assistant", "content": SAID}}
    with scripted(first, second) as model:
        assert ollama_chat.ask(Ollama(host=model.address), address, QUESTION) == SAID
    assert model.requests[1]["messages"][2]["tool_name"] == NAME
    _checked(model, [tool["function"]["name"] for tool in model.requests[0]["tools"]])


def _checked(model: Model, offered: list[str]) -> None:
    """The first request offered the tools of the core profile, the second one brought the sourced result."""
    assert offered == list(profile("core"))
    assert len(model.requests) == 2
    brought = str(model.requests[1])
    assert "homes** in the United States" in brought
    assert "[1]" in brought
    assert "https://" in brought


def _completion(**message: Any) -> dict[str, Any]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **message}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}


def _response(item: dict[str, Any]) -> dict[str, Any]:
    about = {"id": "r", "object": "response", "created_at": 1, "model": "m", "status": "completed", "tools": []}
    return {**about, "output": [item], "parallel_tool_calls": True, "tool_choice": "auto"}


def _message(block: dict[str, Any]) -> dict[str, Any]:
    about = {"id": "m", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn"}
    return {**about, "content": [block], "usage": {"input_tokens": 1, "output_tokens": 1}}


def _candidate(part: dict[str, Any]) -> dict[str, Any]:
    return {"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}]}
