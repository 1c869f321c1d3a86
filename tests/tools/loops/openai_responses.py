"""The loop of a chatbot on OpenAI's Responses."""

from __future__ import annotations

from typing import Any

import httpx
from openai import OpenAI


def ask(model: OpenAI, wattcite: str, question: str) -> str:
    tools: Any = httpx.get(f"{wattcite}/v1/tools?dialect=openai-responses&profile=core").json()
    items: Any = [{"role": "user", "content": question}]
    while True:
        response = model.responses.create(model="gpt-5", input=items, tools=tools)
        results = httpx.post(f"{wattcite}/v1/tools", json=response.to_dict(mode="json")).json()
        if not results:
            return response.output_text
        items += [*(item.to_dict() for item in response.output), *results]
