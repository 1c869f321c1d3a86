"""Answers without a language model: questions are understood by rules and answered from the knowledge base."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from service.ask.door import ask
from service.ask.inputs import TOOL
from service.ask.shapes import Answered
from service.ask.shapes import Asked as Question
from service.chat.faults import invalid
from service.chat.ledger import Ledger
from service.chat.page import Page, pieces
from service.chat.request import Asked
from service.chat.shapes import ToolRun, Usage
from service.chat.turn import End
from service.core.tokens import tokens
from service.desk import Desk

_RECALLED: Final = 4  # former questions that a follow-up may go on from
_DIALECT: Final = "chat"


class Embedded:
    """A turn without a language model."""

    def __init__(self, desk: Desk, asked: Asked) -> None:
        if not asked.question:
            raise invalid("messages", "hold no question of the user.")
        self._desk = desk
        self._asked = asked
        found = self._answered()
        self.language = found["language"]
        self.ledger = Ledger(desk.knowledge, self.language)
        self.page = Page(desk.knowledge, self.language, self.ledger, asked.said("user"))
        self.runs = [ToolRun(name=TOOL, arguments={"question": asked.question}, failed=not found["answered"])]
        self.end = End()
        self.repaired = False
        self.fallback = False
        self._found = found
        self.usage = _used(asked, found["text"])

    async def run(self) -> AsyncIterator[str]:
        """The answer in pieces, as it stands."""
        if self._found["answered"]:
            self.ledger.add(self._found)
        whole, end = pieces(self._found["text"].strip())
        for text in [*whole, end]:
            yield self.page.plain(self.page.checked(text))

    def _answered(self) -> Answered:
        """The answer to what was asked last, as a follow-up to what was asked before."""
        context: Mapping[str, Any] | None = None
        *former, last = self._asked.said("user")
        for question in former[-_RECALLED:]:
            found = ask(self._desk.knowledge, Question(question, context=context), suggesting=False)
            if found["answered"]:
                context = {"tool": found["tool"], "inputs": found["inputs"]}
        with self._desk.counted(TOOL, _DIALECT):
            return ask(self._desk.knowledge, Question(last, context=context, live=self._desk.live))


def _used(asked: Asked, text: str) -> Usage:
    given = sum(tokens(each) for each in asked.said("user"))
    return Usage(prompt_tokens=given, completion_tokens=tokens(text), total_tokens=given + tokens(text))
