"""What a dialect is: how one kind of chatbot wants tools described, writes its calls, and takes their results.

One file in ``service/tools/dialects`` is one dialect; it declares `DIALECT`, and is found by itself.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from service.core.errors import BadCall, Fault
from service.store.resolve import nearest
from service.tools import dialects as package
from service.tools.schema import Told

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call of a tool as a model wrote it. `fault` says why its arguments cannot be read."""

    name: str
    arguments: Mapping[str, Any]
    id: str | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call: the result as plain data, or the error as problem details."""

    call: ToolCall
    result: Mapping[str, Any]
    failed: bool = False

    @property
    def text(self) -> str:
        """The result as one JSON text, its sentence first; an error as its sentence alone."""
        return str(self.result["detail"]) if self.failed else as_json(self.result)


@dataclass(frozen=True, slots=True)
class Exchange:
    """The calls in something that a model wrote; `whole` where it is a message, not a lone call."""

    calls: Sequence[ToolCall]
    whole: bool


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect. Those that only describe have no `read` and `reply`."""

    name: str
    describe: Callable[[Sequence[Told], str], Any]  # the tools, the address of the service → what is pasted
    read: Callable[[Any], Exchange | None] | None = None  # None where the value is none of this dialect's
    reply: Callable[[Sequence[Outcome]], list[Message]] | None = None  # the messages to append
    also: tuple[str, ...] = ()  # other vendors that take the very same


@cache
def dialects() -> Mapping[str, Dialect]:
    """Every dialect by its names."""
    found: dict[str, Dialect] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda each: each.name):
        made: Dialect = importlib.import_module(f"{package.__name__}.{module.name}").DIALECT
        found |= dict.fromkeys((made.name, *made.also), made)
    return MappingProxyType(dict(sorted(found.items())))


def dialect(name: str) -> Dialect:
    """The dialect of this name. Raises `BadCall` naming all of them and the nearest."""
    known = dialects()
    if name not in known:
        message = f"must be one of {', '.join(known)}."
        raise BadCall("tools", [Fault("dialect", "not-allowed", message, name, tuple(known), nearest(name, known))])
    return known[name]


def arguments(raw: Any) -> tuple[Mapping[str, Any], str]:
    """The arguments of a call, as an object or as its JSON text, and what is wrong with them."""
    if isinstance(raw, str):
        try:
            raw = json.loads(raw or "{}")
        except (ValueError, RecursionError) as error:
            return {}, f"the arguments are not valid JSON: {error}. Write one JSON object."
    if raw is None:
        return {}, ""
    if not isinstance(raw, Mapping):
        return {}, f"the arguments must be one JSON object, not a {type(raw).__name__}."
    return raw, ""


def called(name: Any, raw: Any, identity: Any = None) -> ToolCall:
    """A call with its arguments read."""
    read, fault = arguments(raw)
    return ToolCall(str(name), read, identity if isinstance(identity, str) else None, fault)


def as_json(value: Any) -> str:
    """Plain data as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def entries(value: Any) -> list[Any]:
    """A list as it is, anything else as an empty one."""
    return value if isinstance(value, list) else []
