"""The loop of a chatbot on Mistral."""

from __future__ import annotations

from typing import Any

import httpx
from mistralai.client import Mistral


def ask(model: Mistral, wattcite: str, question: str) -> str:
    tools: Any = httpx.get(f"{wattcite}/v1/tools?dialect=mistral&profile=core").json()
    messages: Any = [{"role": "user", "content": question}]
    while True:
        message = model.chat.complete(model="mistral-large", messages=messages, tools=tools).choices[0].message
        assert message
        sent = message.model_dump(mode="json", exclude_none=True)
        results = httpx.post(f"{wattcite}/v1/tools", json=sent).json()
        if not results:
            return str(message.content)
        messages += [sent, *results]
