"""What can be called: every tool described in every dialect, and called in every dialect."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Final, Literal

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from pydantic import Field, RootModel
from pydantic.json_schema import SkipJsonSchema

from service.api.bodies import refuse_query
from service.api.problems import malformed
from service.core.answer import Language
from service.core.errors import BadCall, Fault
from service.core.markers import optional
from service.desk import HTTP, JSON, Asked, Described, Desk, Reply, decode, encode, get, post
from service.query import Query, read
from service.tools.dialect import dialects
from service.tools.exchange import answered, recognised
from service.tools.listing import ToolList, ToolRecord, listed, pasted, record
from service.tools.registry import Profile, tool
from service.tools.schema import told

_KEPT: Final = 128  # results, of about 20 kB each
_SHORT: Final = 1000  # bytes of inputs; longer ones hardly come twice
_TOOL: Final = {"name": ("Name of the tool, at most 64 characters.", "energy_equivalents")}
_OBJECT: Final = "The body must be one JSON object with the inputs, or a tool call as a model wrote it."
_WRITTEN: Final = "The body must be what a model wrote: a tool call, a list of them, or a whole message."


class DescribedTool(Query):
    """Query parameters of a description."""

    language: Annotated[
        Literal["en", "zh", "zh-Hans", "zh-Hant"],
        Field(
            description="Language of the descriptions: en, zh-Hans (or zh) or zh-Hant. Default: en.", examples=["en"]
        ),
    ] = "en"

    profile: Annotated[
        Profile,
        Field(
            description="core: at most 7 tools, briefly described; full: all tools. Default: full.", examples=["core"]
        ),
    ] = "full"

    @property
    def spoken(self) -> Language:
        """The language as it is called everywhere else."""
        return "zh-Hans" if self.language == "zh" else self.language


class DescribedTools(DescribedTool):
    """Query parameters of the list."""

    dialect: Annotated[
        Annotated[str, Field(min_length=1, max_length=40)] | SkipJsonSchema[None],
        optional(
            f"Ready to paste for this kind of chatbot: {', '.join(dialects())}. Omit for this service's own list.",
        ),
    ] = None


class ToolsListed(RootModel[ToolList | list[dict[str, Any]] | dict[str, Any]]):
    """The tools, or what is pasted into a request to a vendor."""


class Arguments(RootModel[dict[str, Any]]):
    """The inputs of a tool, or a tool call as a model wrote it."""

    root: Annotated[dict[str, Any], Field(examples=[{"energy": "chatgpt", "region": "US"}])]


class Written(RootModel[dict[str, Any] | list[dict[str, Any]]]):
    """What a model wrote: a tool call, a list of them, or a whole message."""

    root: Annotated[
        dict[str, Any] | list[dict[str, Any]],
        Field(
            examples=[
                {
                    "id": "call_1",
                    "type": "function",
                    "function": {"name": "energy_equivalents", "arguments": '{"energy": "chatgpt"}'},
                }
            ]
        ),
    ]


class Called(RootModel[dict[str, Any] | list[dict[str, Any]]]):
    """What the tool returns; the message or messages to append where a model's tool call was sent."""


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes that describe and call tools."""
    return [_list(desk), _describe(desk), _call(desk), _answer(desk)]


def _list(desk: Desk) -> HTTPRouteHandler:
    @get("/v1/tools", "list_tools", Described(ToolsListed, "tools", query=DescribedTools, faults=(422,)))
    def list_tools(request: Asked) -> Response[bytes]:
        """List the tools.

        Every tool with its description and the JSON Schema of its inputs, or as a vendor's API takes them.
        """
        asked = read(request, DescribedTools, desk.knowledge)
        if asked.dialect is None:
            return desk.json(request, listed(asked.profile, asked.spoken))
        return desk.json(request, pasted(asked.dialect, asked.profile, asked.spoken, desk.settings.public_url))

    return list_tools


def _describe(desk: Desk) -> HTTPRouteHandler:
    described = Described(ToolRecord, "tools", query=DescribedTool, path=_TOOL, faults=(404, 422))

    @get("/v1/tools/{name:str}", "describe_tool", described)
    def describe_tool(request: Asked, name: FromPath[str]) -> Response[bytes]:
        """Describe one tool.

        What it answers, and the JSON Schema of its inputs.
        """
        try:
            found = tool(name)
        except BadCall as error:
            read(request, DescribedTool, desk.knowledge, *error.faults)
            raise
        asked = read(request, DescribedTool, desk.knowledge)
        return desk.json(request, record(told(found, asked.spoken, asked.profile)))

    return describe_tool


def _call(desk: Desk) -> HTTPRouteHandler:
    described = Described(Called, "tools", body=Arguments, path=_TOOL, faults=(400, 404, 413, 422), cached=False)

    @lru_cache(maxsize=_KEPT)
    def kept(name: str, body: bytes) -> bytes:
        # a result depends on nothing but the call and the knowledge; a call that fails raises, and is not kept
        return encode(tool(name).call(desk, decode(body)))

    @post("/v1/tools/{name:str}", "call_tool", described)
    async def call_tool(request: Asked, name: FromPath[str]) -> Response[bytes]:
        """Call a tool.

        By its inputs, or by a tool call as a model wrote it; then the message to append to the conversation returns.
        """
        body = await request.body()
        written = _body(body)
        if not isinstance(written, dict):
            return malformed(_OBJECT)
        refuse_query(request, name)
        found = recognised(written)
        if found is None:
            lasting = not await desk.heard(written) and len(body) <= _SHORT
            with desk.counted(name, HTTP):
                return _sent(kept(name, body) if lasting else encode(tool(name).call(desk, written)))
        spoken, exchange = found
        others = sorted({call.name for call in exchange.calls} - {tool(name).name})
        if others:
            message = "the call in the body is of another tool; send it there, or to /v1/tools."
            raise BadCall(name, [Fault("tool", "other-tool", message, other, (name,)) for other in others])
        for each in exchange.calls:
            await desk.heard(each.arguments)
        return _reply(answered(desk, spoken, exchange))

    return call_tool


def _answer(desk: Desk) -> HTTPRouteHandler:
    described = Described(Called, "tools", body=Written, faults=(400, 413, 422), cached=False)

    @post("/v1/tools", "answer_tool_calls", described)
    async def answer_tool_calls(request: Asked) -> Response[bytes]:
        """Run the tool calls that a model wrote.

        Takes a call, a list of them or a whole message of any vendor; returns what to append to the conversation: one
        message for a lone call, else a list, empty where nothing is called.
        """
        written = _body(await request.body())
        refuse_query(request, "answer_tool_calls")
        found = recognised(written)
        if found is None:
            return malformed(_WRITTEN)
        for each in found[1].calls:
            await desk.heard(each.arguments)
        return _reply(answered(desk, *found))

    return answer_tool_calls


def _body(body: bytes) -> object:
    try:
        return decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _reply(body: object) -> Response[bytes]:
    return _sent(encode(body))


def _sent(body: bytes) -> Response[bytes]:
    return Reply(body, media_type=JSON, status_code=200, headers={"cache-control": "no-store"})
