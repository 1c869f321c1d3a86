"""One turn of a conversation: the model is asked, its calls are run, its answer is checked, until there is one to show.

Bounds hold in rounds, calls, tokens and time. Within them a turn ends in an answer whatever the model does: where it comes
to none, what the tools returned stands in its place.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from service.chat.deltas import Reply
from service.chat.draft import Draft, continued
from service.chat.faults import bad_gateway
from service.chat.ledger import Ledger
from service.chat.model import Model
from service.chat.page import Page, Piece, pieces, what_is_wrong
from service.chat.request import Asked, Message
from service.chat.said import said
from service.chat.shapes import Finish, ToolRun, Usage
from service.core.answer import Language
from service.core.tokens import tokens
from service.desk import Desk
from service.tools.dialect import ToolCall, as_json
from service.tools.dialects.openai import DIALECT
from service.tools.exchange import execute
from service.tools.functions import read as calls_of

_LANGUAGE: Final = 2000  # characters in which the language of a question shows
_FALLBACKS: Final = 3  # results that stand in the place of an answer
_AFTER: Final = "\n\n"


@dataclass(slots=True)
class End:
    """How a turn ended."""

    finish: Finish = "stop"
    calls: list[Message] = field(default_factory=list)  # of the caller's own tools
    function_call: Message | None = None


class Turn:
    """A turn with a language model. What it came to stands in its attributes once `run` is through."""

    def __init__(self, desk: Desk, model: Model, asked: Asked) -> None:
        from service.reading.text import read  # noqa: PLC0415 - loaded by the first question

        self._desk = desk
        self._model = model
        self._asked = asked
        self.language = cast("Language", read(desk.knowledge, asked.question[:_LANGUAGE]).language)
        self.ledger = Ledger(desk.knowledge, self.language, asked.said("assistant"))
        given = asked.said("user", "system", "developer", "tool")
        self.page = Page(desk.knowledge, self.language, self.ledger, given)
        self.runs: list[ToolRun] = []
        self.usage = Usage(prompt_tokens=0, completion_tokens=0, total_tokens=0)
        self.end: End | None = None
        self.repaired = False
        self.fallback = False
        self._messages = model.opened(asked, self.language)
        self._rounds = 0
        self._reply = Reply()
        self._kept = ""  # of a draft that the model was asked to put right: what was shown, and what was not
        self._left: list[Piece] = []
        self._results: dict[str, str] = {}  # of a call, what the model is told: the text that is ready to say
        self._failed: set[str] = set()

    async def run(self) -> AsyncIterator[str]:
        """The words of the answer, as soon as they may be shown. Raises `ChatError` where there can be none."""
        until = self._model.deadline()
        while self.end is None:
            last = self._last
            draft = Draft(self.page, strict=not self.repaired)
            async for words in self._listen(draft, until, last=last):
                yield words
            if self._leaves():
                for piece in [*draft.ended(), *draft.held]:
                    yield self._show(piece)
            elif self._reply.calls and not last:
                for words in self._preamble(draft):
                    yield words
                await self._call()
            else:
                for words in self._conclude(draft):
                    yield words

    # -- hearing the model -------------------------------------------------------------------------------------------

    async def _listen(self, draft: Draft, until: float, *, last: bool) -> AsyncIterator[str]:
        """Take in the next reply; the words of it that may be shown at once."""
        heard = 0
        async for each in self._model.reply(self._asked, self._messages, self.language, until, last=last):
            if isinstance(each, Reply):
                self._reply = each
                break
            heard += tokens(each)
            draft.feed(each)
            for piece in draft.ready() if self._live else ():
                yield self._show(piece)
            if self.usage["completion_tokens"] + heard > self._desk.settings.chat_tokens:
                self._reply = Reply(draft.text, finish="length")
                break
        counted = self._reply.usage or Usage(prompt_tokens=0, completion_tokens=heard, total_tokens=heard)
        for name, number in counted.items():
            self.usage[name] += number  # type: ignore[literal-required]
        self._reply.calls = self._reply.calls or self._model.written(draft.text, self._asked, self.language)

    @property
    def _live(self) -> bool:
        """Whether words are shown before the reply has ended."""
        return self._asked.stream and not self._asked.structured and not self.repaired

    @property
    def _last(self) -> bool:
        """Whether the model must answer now."""
        settings = self._desk.settings
        if self._rounds >= settings.chat_rounds or len(self.runs) >= settings.chat_calls:
            return True
        return self.usage["completion_tokens"] >= settings.chat_tokens

    # -- calls -------------------------------------------------------------------------------------------------------

    def _leaves(self) -> bool:
        """Whether the model calls what is the caller's to run; then the turn ends."""
        theirs = [each for each in self._reply.calls if each["function"]["name"] in self._asked.own_names]
        if theirs:
            self.end = End("tool_calls", theirs)
        elif self._reply.function_call:
            self.end = End("function_call", function_call=self._reply.function_call)
        return self.end is not None

    def _preamble(self, draft: Draft) -> Iterator[str]:
        """What the model says before it calls tools, as far as it holds."""
        if self._model.written(draft.text, self._asked, self.language):
            return  # those words are the calls
        for piece in draft.ended():
            yield self._show(piece)
        if self.page.text and not self.page.text.endswith("\n"):
            yield self._show(Piece(_AFTER, []))

    async def _call(self) -> None:
        """Run the calls side by side, each but once, and tell the model what came of them."""
        self._rounds += 1
        made = self._reply.calls[: self._desk.settings.chat_calls - len(self.runs)]
        self._messages.append({"role": "assistant", "content": self._reply.content or None, "tool_calls": made})
        exchange = calls_of(self._messages[-1])
        calls = [(_key(each), each) for each in exchange.calls] if exchange else []
        new = {key: each for key, each in calls if key not in self._results}
        for each in new.values():
            await self._desk.heard(each.arguments)
        run = (asyncio.to_thread(execute, self._desk, each, DIALECT.name) for each in new.values())
        for key, outcome in zip(new, await asyncio.gather(*run), strict=True):
            self._results[key] = outcome.text if outcome.failed else self.ledger.add(outcome.result)["text"]
            self._failed |= {key} if outcome.failed else set()
        for key, each in calls:
            self.runs.append(ToolRun(name=each.name, arguments=dict(each.arguments), failed=key in self._failed))
            self._messages.append({"role": "tool", "tool_call_id": each.id or "", "content": self._results[key]})

    # -- the answer --------------------------------------------------------------------------------------------------

    def _conclude(self, draft: Draft) -> Iterator[str]:
        """Show the answer, or ask once for a better one."""
        live, ready = self._live, list(draft.ended())
        if draft.held and not self.repaired and not self._last:
            for piece in ready if live else ():
                yield self._show(piece)
            self._ask_again(draft, draft.shown if live else "", draft.held if live else [*ready, *draft.held])
            return
        if self._reply.calls or not draft.text.strip():
            chosen = self._left or self._in_its_place()
        else:
            chosen = self._better(draft.text) if self.repaired else [*ready, *draft.held]
        self.end = End(self._reply.finish if self._reply.finish != "tool_calls" else "stop")
        for piece in chosen:
            yield self._show(piece)
        if not self._asked.structured:
            yield self.page.close()

    def _ask_again(self, draft: Draft, kept: str, left: list[Piece]) -> None:
        """Ask for the answer with other numbers; `kept` of it is shown already, `left` not."""
        self.repaired, self._kept, self._left = True, kept, left
        numbers = [
            {"span": number["span"], "what": what_is_wrong(self.language, number)}
            for piece in left
            for number in piece.bad
        ]
        asking = said(self.language, "repair", numbers=numbers, kept=kept.strip())
        self._messages += [{"role": "assistant", "content": draft.text}, {"role": "user", "content": asking}]

    def _better(self, again: str) -> list[Piece]:
        """The better of what was left of the first draft and of the second, which has to begin with what is shown."""
        first = [self.page.checked(piece.text) for piece in self._left]  # its numbers may have come since
        rest = continued(self._kept, again)
        if rest is None or not rest.strip():
            return first
        whole, end = pieces(rest)
        second = [self.page.checked(text) for text in [*whole, end] if text]
        return second if _wrong(second) <= _wrong(first) else first

    def _in_its_place(self) -> list[Piece]:
        """What the tools returned, where the model says nothing. Raises `ChatError` where that is nothing either."""
        if self._asked.structured or not self.ledger.answers:
            raise bad_gateway("upstream_empty", "the model gave no answer.")
        self.fallback = True
        found = [each["text"].strip() for each in self.ledger.answers[-_FALLBACKS:]]
        texts = [said(self.language, "fallback"), *dict.fromkeys(found)]
        whole, end = pieces(_AFTER.join(texts))
        return [self.page.checked(text) for text in [*whole, end]]

    def _show(self, piece: Piece) -> str:
        return self.page.plain(piece) if self._asked.structured else self.page.show(piece)


def _key(call: ToolCall) -> str:
    return as_json([call.name, dict(sorted(call.arguments.items())), call.fault])


def _wrong(found: list[Piece]) -> int:
    return sum(len(piece.bad) for piece in found)
