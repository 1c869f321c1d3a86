"""The loop of a chatbot on Google Gemini."""

from __future__ import annotations

from typing import Any

import httpx
from google import genai
from google.genai import types


def ask(model: genai.Client, wattcite: str, question: str) -> str | None:
    tools: Any = httpx.get(f"{wattcite}/v1/tools?dialect=gemini&profile=core").json()
    contents: Any = [{"role": "user", "parts": [{"text": question}]}]
    config = types.GenerateContentConfig(tools=[types.Tool.model_validate(tool) for tool in tools])
    while True:
        response = model.models.generate_content(model="gemini-3", contents=contents, config=config)
        results = httpx.post(f"{wattcite}/v1/tools", json=response.model_dump(mode="json", exclude_none=True)).json()
        if not results:
            return response.text
        assert response.candidates
        contents += [response.candidates[0].content, *map(types.Content.model_validate, results)]
