"""Qwen 通义千问 (DashScope), DeepSeek and Doubao 豆包 (Ark): the Chat Completions shape without strict mode.

DeepSeek has strict mode on its beta address only, and the schema of the dialect openai serves it there.
"""

from __future__ import annotations

from typing import Final

from service.tools.dialect import Dialect
from service.tools.functions import plain, read, reply

DIALECT: Final = Dialect("qwen", plain, read, reply, also=("deepseek", "doubao"))
