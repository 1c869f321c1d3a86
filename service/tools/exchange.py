"""From what a model wrote to the messages to append: recognise the dialect, run every call, answer in kind.

A failure is an answer too: it goes back to the model as the text that says how to repair the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from service.core.errors import BadCall, Fault, WattciteError
from service.core.problem import of_error
from service.desk import Desk
from service.tools.dialect import Dialect, Exchange, Message, Outcome, ToolCall, dialect
from service.tools.registry import tool
from service.tools.result import for_model

# told apart by their shapes, in this order; Mistral, Qwen and others send what OpenAI sends and take what it takes
_GUESSED: Final = ("openai-responses", "anthropic", "gemini", "openai")
_NAMELESS: Final = "ollama"  # the same shape without ids


def recognised(value: Any, name: str | None = None) -> tuple[Dialect, Exchange] | None:
    """The calls in what a model wrote, and its dialect; None where it is none, or not of the dialect named."""
    for each in (name,) if name else _GUESSED:
        spoken = dialect(each)
        exchange = spoken.read(value) if spoken.read else None
        if exchange is not None:
            nameless = each == "openai" and exchange.calls and not any(call.id for call in exchange.calls)
            return (dialect(_NAMELESS) if nameless and not name else spoken), exchange
    return None


def answered(desk: Desk, spoken: Dialect, exchange: Exchange) -> Message | list[Message]:
    """The messages to append: a list for a whole message, which is empty where it calls nothing; one for a lone call."""
    assert spoken.reply is not None  # what reads calls also answers them
    messages = spoken.reply([execute(desk, call, spoken.name) for call in exchange.calls])
    return messages if exchange.whole else messages[0]


def execute(desk: Desk, call: ToolCall, dialect: str) -> Outcome:
    """Run a call that came in a dialect. Whatever is wrong with it is its outcome."""
    try:
        with desk.counted(call.name, dialect):
            found = tool(call.name)
            if call.fault:
                raise BadCall(call.name, [Fault("arguments", "malformed-json", call.fault)])
            return Outcome(call, for_model(found.call(desk, call.arguments)))
    except WattciteError as error:
        return Outcome(call, _plain(of_error(error)), failed=True)


def _plain(problem: Mapping[str, Any]) -> dict[str, Any]:
    return dict(problem)
