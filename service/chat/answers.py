"""An answer in the shape of OpenAI's interface: whole, or in chunks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from service import __version__
from service.chat.embedded import Embedded
from service.chat.shapes import Choice, Completion, Grounding, Said, Wattcite
from service.chat.turn import End, Turn
from service.desk import Desk

_CHUNK: Final = "chat.completion.chunk"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: who gives it, and under which name."""

    desk: Desk
    turn: Turn | Embedded
    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def completion(self) -> Completion:
        """The whole, once the turn is through."""
        end, text = self.turn.end or End(), self.turn.page.text
        message = Said(role="assistant", content=text or (None if end.calls or end.function_call else ""), refusal=None)
        if end.calls:
            message["tool_calls"] = end.calls
        if end.function_call:
            message["function_call"] = end.function_call
        return Completion(
            id=self.id,
            object="chat.completion",
            created=self.created,
            model=self.model,
            system_fingerprint=self._fingerprint,
            choices=[Choice(index=0, message=message, logprobs=None, finish_reason=end.finish)],
            usage=self.turn.usage,
            wattcite=self._wattcite(),
        )

    def begun(self) -> dict[str, Any]:
        """The first chunk."""
        return self._chunk({"role": "assistant", "content": "", "refusal": None})

    def words(self, text: str) -> dict[str, Any]:
        """A chunk of words."""
        return self._chunk({"content": text})

    def ended(self, *, with_usage: bool) -> Iterator[dict[str, Any]]:
        """The last chunks: calls of the caller's tools, why it ended and what it rests on, and the tokens where asked for."""
        end = self.turn.end or End()
        if end.calls:
            yield self._chunk({"tool_calls": [{"index": at, **each} for at, each in enumerate(end.calls)]})
        if end.function_call:
            yield self._chunk({"function_call": end.function_call})
        yield {**self._chunk({}, end.finish), "wattcite": self._wattcite()}
        if with_usage:
            yield {**self._chunk({}), "choices": [], "usage": self.turn.usage}

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {
            "id": self.id,
            "object": _CHUNK,
            "created": self.created,
            "model": self.model,
            "system_fingerprint": self._fingerprint,
            "choices": [choice],
        }

    @property
    def _fingerprint(self) -> str:
        return f"wattcite-{__version__}-{self.desk.knowledge.version}"

    def _wattcite(self) -> Wattcite:
        turn = self.turn
        return Wattcite(
            answers=turn.ledger.answers,
            citations=turn.ledger.citations(turn.page.cited),
            grounding=Grounding(numbers=turn.page.numbers, repaired=turn.repaired, marked=turn.page.marked),
            tools=turn.runs,
            embedded=isinstance(turn, Embedded),
            fallback=turn.fallback,
            knowledge=self.desk.knowledge.version,
        )
