"""The loop of a chatbot on Ollama."""

from __future__ import annotations

from typing import Any

import httpx
from ollama import Client


def ask(model: Client, wattcite: str, question: str) -> str | None:
    tools: Any = httpx.get(f"{wattcite}/v1/tools?dialect=ollama&profile=core").json()
    messages: Any = [{"role": "user", "content": question}]
    while True:
        message = model.chat(model="llama", messages=messages, tools=tools).message
        results = httpx.post(f"{wattcite}/v1/tools", json=message.model_dump(exclude_none=True)).json()
        if not results:
            return message.content
        messages += [message, *results]
