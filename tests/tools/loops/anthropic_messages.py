"""The loop of a chatbot on Anthropic's Messages."""

from __future__ import annotations

from typing import Any

import httpx
from anthropic import Anthropic


def ask(model: Anthropic, wattcite: str, question: str) -> str:
    tools: Any = httpx.get(f"{wattcite}/v1/tools?dialect=anthropic&profile=core").json()
    messages: Any = [{"role": "user", "content": question}]
    while True:
        message = model.messages.create(model="claude-opus-5", max_tokens=2000, messages=messages, tools=tools)
        results = httpx.post(f"{wattcite}/v1/tools", json=message.to_dict()).json()
        if not results:
            return "".join(block.text for block in message.content if block.type == "text")
        messages += [{"role": "assistant", "content": message.to_dict()["content"]}, *results]
