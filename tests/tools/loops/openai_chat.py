"""The loop of a chatbot on OpenAI's Chat Completions (and Qwen, DeepSeek, Doubao … at their own address)."""

from __future__ import annotations

from typing import Any

import httpx
from openai import OpenAI


def ask(model: OpenAI, wattcite: str, question: str) -> str | None:
    tools: Any = httpx.get(f"{wattcite}/v1/tools?dialect=openai&profile=core").json()
    messages: Any = [{"role": "user", "content": question}]
    while True:
        message = model.chat.completions.create(model="gpt-5", messages=messages, tools=tools).choices[0].message
        results = httpx.post(f"{wattcite}/v1/tools", json=message.to_dict()).json()
        if not results:
            return message.content
        messages += [message.to_dict(), *results]
