"""The language model as the gateway uses it: told of the tools, and heard in the way in which it calls them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, cast

from service.chat.deltas import Reply
from service.chat.request import Asked, Message, text_of
from service.chat.said import said, told
from service.chat.steps import ANSWER, choosing, chosen_by, flattened, written
from service.chat.upstream import NoTools, Upstream
from service.core.answer import Language
from service.desk import Desk
from service.tools.dialects.openai import DIALECT
from service.tools.registry import Profile
from service.tools.schema import all_told

_MODES: Final = {"native": False, "schema": True}


class Model:
    """A model, and the tools of a desk."""

    def __init__(self, desk: Desk, upstream: Upstream) -> None:
        self._settings = desk.settings
        self._upstream = upstream
        self._without_tools: set[str] = set()  # models that were found to know none

    def deadline(self) -> float:
        """When an answer that is asked for now must be there."""
        return self._upstream.deadline()

    def opened(self, asked: Asked, language: Language) -> list[Message]:
        """The conversation with what the model is told before it, in one message: some take no second one."""
        first, rest = asked.messages[0], asked.messages[1:]
        if first["role"] in {"system", "developer"}:
            return [{**first, "content": f"{told(language)}\n\n{text_of(first)}"}, *rest]
        return [{"role": "system", "content": told(language)}, *asked.messages]

    def tools(self, asked: Asked, language: Language) -> list[dict[str, Any]]:
        """All tools that the model may call: the caller's own, and ours but for those of the same name."""
        ours = DIALECT.describe(
            all_told(cast("Profile", self._settings.chat_profile), language), self._settings.public_url
        )
        own = [dict(each) for each in asked.tools] if asked.choice != "none" else []
        if asked.forced:
            return own
        return [*(each for each in ours if each["function"]["name"] not in asked.own_names), *own]

    def written(self, text: str, asked: Asked, language: Language) -> list[Message]:
        """The calls in words that are nothing else."""
        return written(text, [each["function"]["name"] for each in self.tools(asked, language) if "function" in each])

    async def reply(
        self, asked: Asked, messages: Sequence[Message], language: Language, until: float, *, last: bool
    ) -> AsyncIterator[str | Reply]:
        """The words of the next reply as they come, then the whole of it; `last`: one that calls nothing."""
        name = self._settings.chat_model or asked.model
        if not self._by_schema(name):
            try:
                async for each in self._natively(asked, messages, language, until, last=last):
                    yield each
            except NoTools:
                if self._settings.chat_tools != "auto":
                    raise
                self._without_tools.add(name)
            else:
                return
        async for each in self._in_steps(asked, messages, language, until, last=last):
            yield each

    def _by_schema(self, name: str) -> bool:
        return _MODES.get(self._settings.chat_tools, name in self._without_tools)

    def _payload(self, asked: Asked, messages: Sequence[Message], **more: Any) -> dict[str, Any]:
        options = {"stream_options": {"include_usage": True}} if asked.with_usage else {}
        streamed = {"stream": True, **options} if asked.stream else {}
        model = self._settings.chat_model or asked.model
        return {**asked.rest, "model": model, "messages": list(messages), **streamed, **more}

    async def _natively(
        self, asked: Asked, messages: Sequence[Message], language: Language, until: float, *, last: bool
    ) -> AsyncIterator[str | Reply]:
        tools = self.tools(asked, language)
        choice: Mapping[str, Any] = {}
        if last:
            choice = {"tool_choice": "none"}
        elif asked.forced:
            choice = {"tool_choice": asked.choice}
        payload = self._payload(asked, messages, **({"tools": tools, **choice} if tools else {}))
        async for each in self._upstream.reply(payload, until):
            yield each

    async def _in_steps(
        self, asked: Asked, messages: Sequence[Message], language: Language, until: float, *, last: bool
    ) -> AsyncIterator[str | Reply]:
        """A call by a schema, or else an answer in free words."""
        plain = flattened(messages, language)
        tools = [each for each in self.tools(asked, language) if "function" in each]
        if not last and tools:
            offered = flattened([*messages, {"role": "user", "content": choosing(language, tools)}], language)
            payload = self._payload(asked, offered, response_format=chosen_by(tools), stream=False)
            payload.pop("stream_options", None)
            step = [each async for each in self._upstream.reply(payload, until) if isinstance(each, Reply)][-1]
            calls = written(step.content, [each["function"]["name"] for each in tools])
            if calls:
                yield Reply(calls=calls, finish="tool_calls", usage=step.usage)
                return
        closing: Message = {"role": "user", "content": said(language, ANSWER)}
        payload = self._payload(asked, flattened([*plain, closing], language))
        async for each in self._upstream.reply(payload, until):
            yield each
