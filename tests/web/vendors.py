"""Stand-ins for the APIs of model vendors: each model calls one tool, and repeats what it was told by it.

They check what a vendor would: that tools are declared in its shape, and that a result belongs to a call.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
NAME = "energy_equivalents"
INPUTS = {"energy": "chatgpt", "region": "US"}


def completions(body: Body) -> Body:
    """Chat Completions: OpenAI, Mistral, Qwen."""
    assert NAME in [tool["function"]["name"] for tool in body["tools"]]
    told = next((each for each in body["messages"] if each["role"] == "tool"), None)
    message: Body = {"role": "assistant", "content": told and told["content"]}
    if told is None:
        function = {"name": NAME, "arguments": json.dumps(INPUTS)}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    else:
        assert told["tool_call_id"] == "call_1"
    choice = {"index": 0, "message": message, "finish_reason": "stop" if told else "tool_calls"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}


def responses(body: Body) -> Body:
    """OpenAI Responses with a remote server, which OpenAI would call: tells which server that is."""
    said = {"type": "output_text", "text": body["tools"][0]["server_url"], "annotations": []}
    item = {"type": "message", "id": "m", "role": "assistant", "status": "completed", "content": [said]}
    more = {"parallel_tool_calls": True, "tool_choice": "auto", "tools": body["tools"], "output": [item]}
    return {"id": "1", "object": "response", "created_at": 1, "model": "m", **more}


def messages(body: Body) -> Body:
    """Anthropic Messages; with a remote server, tells which one."""
    if body.get("mcp_servers"):
        assert body["tools"][0]["mcp_server_name"] == body["mcp_servers"][0]["name"]
        content = [{"type": "text", "text": body["mcp_servers"][0]["url"]}]
    elif isinstance(body["messages"][-1]["content"], str):
        assert NAME in [tool["name"] for tool in body["tools"]]
        content = [{"type": "tool_use", "id": "call_1", "name": NAME, "input": INPUTS}]
    else:
        result = body["messages"][-1]["content"][0]
        assert (result["tool_use_id"], result["is_error"]) == ("call_1", False)
        content = [{"type": "text", "text": result["content"][0]["text"]}]
    usage = {"input_tokens": 1, "output_tokens": 1}
    more = {"model": "m", "content": content, "stop_reason": "end_turn", "stop_sequence": None, "usage": usage}
    return {"id": "1", "type": "message", "role": "assistant", **more}


def gemini(body: Body) -> Body:
    """Gemini generateContent."""
    assert NAME in [each["name"] for each in body["tools"][0]["functionDeclarations"]]
    part = body["contents"][-1]["parts"][0]
    if "functionResponse" in part:
        answer: Body = {"text": part["functionResponse"]["response"]["text"]}
    else:
        answer = {"functionCall": {"name": NAME, "args": INPUTS}}
    return {"candidates": [{"content": {"role": "model", "parts": [answer]}, "finishReason": "STOP"}]}


def ollama(body: Body) -> Body:
    """Ollama chat."""
    assert NAME in [tool["function"]["name"] for tool in body["tools"]]
    told = next((each for each in body["messages"] if each["role"] == "tool"), None)
    message: Body = {"role": "assistant", "content": told["content"] if told else ""}
    if told is None:
        message["tool_calls"] = [{"function": {"name": NAME, "arguments": INPUTS}}]
    else:
        assert told["tool_name"] == NAME
    return {"model": "m", "created_at": "2026-01-01T00:00:00Z", "message": message, "done": True}


ROUTES: dict[str, Callable[[Body], Body]] = {
    "/chat/completions": completions,
    "/responses": responses,
    "/messages": messages,
    ":generateContent": gemini,
    "/api/chat": ollama,
}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        route = next(answer for end, answer in ROUTES.items() if self.path.partition("?")[0].endswith(end))
        made = json.dumps(route(body)).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(made)))
        self.end_headers()
        self.wfile.write(made)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is the library's
        pass


@contextmanager
def vendors() -> Iterator[str]:
    """All of them on one free port; gives the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
