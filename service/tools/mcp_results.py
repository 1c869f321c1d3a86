"""What a tool call returns over MCP: the text, links to the cited figures and the chart, and the same as structured content.

Chat clients pass a model the text or the structured content, so each holds the answer with its sources and addresses.
"""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from pydantic import TypeAdapter

from service.answers.extent import Brief
from service.answers.forms import Form
from service.core.calculator import registry as calculators
from service.core.errors import BadCall, NothingKnown, WattciteError
from service.core.live import OF_THE_MOMENT
from service.desk import Desk
from service.run import run_encoded
from service.tools.mcp_splice import Encoded
from service.tools.registry import text_first, tool, tools
from service.tools.result import for_model

_DIALECT: Final = "mcp"
_LOG: Final = logging.getLogger("wattcite")
_AS_JSON: Final = frozenset({"search", "fetch"})  # research connectors read these from the text, as JSON
_PROSE: Final = frozenset({"title", "description", "examples", "default"})
_ANYTHING: Final = ("string", "number", "boolean", "object", "array", "null")
_LINKED: Final = 10  # links are a bonus, and every one costs a model that is shown them
_KEPT: Final = 256  # answers, of 10 to 20 kB
_SHORT: Final = 1000  # characters of arguments; longer ones hardly come twice


class Answers:
    """What calls return; a call that fails returns a text that says how to repair it.

    An answer depends on nothing but the call and the knowledge, so the latest are kept as they go over the wire.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept = lru_cache(maxsize=_KEPT)(self._encoded)

    def plain(self, name: str, arguments: Mapping[str, Any], *, links: bool) -> dict[str, Any]:
        """A result as plain data."""
        try:
            with self._desk.counted(name, _DIALECT):
                return self._made(name, arguments, links)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told
            return _told(name, error)

    def encoded(self, name: str, arguments: Mapping[str, Any], *, links: bool) -> Encoded:
        """The same as it goes over the wire."""
        asked = json.dumps(arguments)
        if len(asked) > _SHORT:
            return Encoded.of(self.plain(name, arguments, links=links))
        try:
            with self._desk.counted(name, _DIALECT):
                return self._kept(name, asked, links)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told
            return Encoded.of(_told(name, error))

    def _encoded(self, name: str, asked: str, links: bool) -> Encoded:
        arguments, desk = json.loads(asked), self._desk
        if name not in calculators:
            return Encoded.of(self._made(name, arguments, links))
        form = _form(Brief(desk.settings.text_tokens, desk.settings.public_url), links)
        return Encoded(run_encoded(desk.knowledge, name, arguments, desk.live, form), failed=False)

    def _made(self, name: str, arguments: Mapping[str, Any], links: bool) -> dict[str, Any]:
        found = for_model(tool(name).call(self._desk, arguments))
        said = json.dumps(found, ensure_ascii=False) if name in _AS_JSON else found["text"]
        return _result(found, said, self._desk.settings.public_url, links)


@cache
def _form(brief: Brief, links: bool) -> Form:
    """The form in which an answer goes over the wire."""

    def encode(answer: Mapping[str, Any], like: Callable[[], Mapping[str, Any]]) -> bytes:
        found = for_model(text_first(answer), like())
        return Encoded.of(_result(found, found["text"], brief.address, links)).body

    return Form(encode, brief)


def _result(found: Mapping[str, Any], said: str, address: str, links: bool) -> dict[str, Any]:
    content = [{"type": "text", "text": said}, *((*_links(found), *_picture(found, address)) if links else ())]
    return {"content": content, "structuredContent": found, "isError": False, "resultType": "complete"}


def _told(name: str, error: Exception) -> dict[str, Any]:
    if isinstance(error, WattciteError):
        return failed(repair(error))
    _LOG.error("unforeseen error in %s over MCP", name, exc_info=error)
    return failed("This is a fault of the service, not of the call. Another tool may still answer.")


def failed(message: str) -> dict[str, Any]:
    """A result that tells of a failure."""
    return {"content": [{"type": "text", "text": message}], "isError": True, "resultType": "complete"}


def repair(error: WattciteError) -> str:
    """What went wrong and what to change, complete without any other field."""
    match error:
        case BadCall():
            lines = [f"{error.tool}: the call does not hold.", *(f"- {each}" for each in error.faults)]
            return "\n".join([*lines, "Change these and call again."])
        case NothingKnown(nearest=nearest) if nearest:
            return f"{error}\nKnown instead: {', '.join(nearest)}."
    return str(error)


def _picture(found: Mapping[str, Any], address: str) -> Iterator[dict[str, Any]]:
    """A link to the chart of an answer, for a host that shows pictures."""
    if found.get("chart"):
        yield {
            "type": "resource_link",
            "uri": address.rstrip("/") + found["chart"],
            "name": "chart",
            "title": found["headline"]["label"],
            "mimeType": "image/png",
        }


def _links(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Links to the first figures that a result cites or consists of, each once."""
    cited = [(entry["figure"], entry["label"]) for entry in found.get("citations", ())]
    records = [*found.get("figures", ()), *([found["figure"]] if isinstance(found.get("figure"), dict) else [])]
    linked = dict([*cited, *((each["id"], each["statement"]) for each in records)])
    lasting = ((figure, label) for figure, label in linked.items() if not figure.startswith(OF_THE_MOMENT))
    for figure, label in itertools.islice(lasting, _LINKED):
        yield {
            "type": "resource_link",
            "uri": f"wattcite://figure/{figure}",
            "name": figure,
            "title": label,
            "mimeType": "text/markdown",
        }


@cache
def output_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of what a tool returns: its types alone, since a client checks results with it and no model reads it."""
    bare: dict[str, Any] = _bare(TypeAdapter(tools()[name].output).json_schema(mode="serialization"))
    return bare


def _bare(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema without titles and descriptions; one that allows anything names all it allows, as strict readers ask."""
    kept = {name: each for name, each in schema.items() if name not in _PROSE}
    for nested in ("$defs", "properties"):
        if nested in kept:
            kept[nested] = {name: _bare(each) for name, each in kept[nested].items()}
    for nested in ("items", "additionalProperties"):
        if isinstance(kept.get(nested), dict):
            kept[nested] = _bare(kept[nested])
    if "anyOf" in kept:
        kept["anyOf"] = [_bare(each) for each in kept["anyOf"]]
    return kept or {"anyOf": [{"type": each} for each in _ANYTHING]}
