"""The MCP server: the tools of the registry, with the resources and prompts that belong to them.

It is made of the SDK's low-level `Server`, which publishes the schemas as they are and leaves checking arguments to us: an
unknown one is refused, and every fault comes back as text that a model can act on, never as a protocol error that it
would not see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from mcp import types
from mcp.server import Server
from mcp.server.caching import CacheableMethod, CacheHint
from mcp.server.context import ServerRequestContext
from mcp.types.version import is_version_at_least

from service import __version__
from service.core.answer import Language
from service.desk import Desk
from service.tools.instructions import instructions
from service.tools.mcp_completion import completer
from service.tools.mcp_prompts import Prompts
from service.tools.mcp_resources import Resources
from service.tools.mcp_results import Answers, output_schema
from service.tools.mcp_said import NAME, TITLE, said
from service.tools.mcp_splice import expected, hand_over
from service.tools.registry import Profile, tools
from service.tools.schema import Told, all_told

_LINKS_SINCE: Final = "2025-06-18"  # the revision that brought links in results; older clients reject them
_LISTS: Final[tuple[CacheableMethod, ...]] = (
    "prompts/list", "resources/list", "resources/read", "resources/templates/list", "server/discover", "tools/list",
)  # fmt: skip
Context = ServerRequestContext[Any, Any]


def build(desk: Desk, profile: Profile = "full", language: Language = "en") -> Server[Any]:
    """A server that lists the tools of a profile and describes itself in a language.

    Every tool can be called, listed or not. Where a call names no language, it is answered in that of the server.
    """
    answers, resources, prompts = Answers(desk), Resources(desk, language), Prompts(language)
    hint = CacheHint(ttl_ms=desk.settings.max_age * 1000, scope="public")
    listed = [_described(each, language) for each in all_told(profile, language)]

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=listed)

    async def call_tool(ctx: Context, params: types.CallToolRequestParams) -> dict[str, Any]:
        links = is_version_at_least(ctx.protocol_version, _LINKS_SINCE)
        arguments = _spoken(params, language)
        lasting = not await desk.heard(arguments)
        if lasting and expected(ctx.request):
            return hand_over(ctx.request, answers.encoded(params.name, arguments, links=links))
        return answers.plain(params.name, arguments, links=links)

    server: Server[Any] = Server(
        NAME,
        version=__version__,
        title=TITLE,
        description=said(language, "description"),
        instructions=instructions(language),
        website_url=desk.settings.public_url,
        cache_hints=dict.fromkeys(_LISTS, hint),
        get_tool_input_schema=lambda _: None,  # no input is repeated in a header, so none needs checking against it
        on_list_tools=list_tools,
        on_list_resources=resources.listed,
        on_list_resource_templates=resources.templates,
        on_read_resource=resources.read,
        on_list_prompts=prompts.listed,
        on_get_prompt=prompts.get,
        on_completion=completer(desk),
    )
    server.middleware.clear()  # the one that is there makes trace spans, which nobody here collects
    # registered as plain data: an answer is built once and not copied into models on its way out
    server.add_request_handler("tools/call", types.CallToolRequestParams, call_tool)
    return server


def _spoken(params: types.CallToolRequestParams, language: Language) -> Mapping[str, Any]:
    """The arguments of a call, in the language of the server where they name none."""
    arguments = params.arguments or {}
    called = tools().get(params.name)
    if language == "en" or called is None or "language" not in called.inputs.model_fields or arguments.get("language"):
        return arguments
    return {**arguments, "language": language}


def _described(each: Told, language: Language) -> types.Tool:
    tool = each.tool
    return types.Tool(
        name=each.name,
        title=each.title,
        description=each.description,
        input_schema=_speaking(each.inputs, language),
        output_schema=output_schema(each.name),
        annotations=types.ToolAnnotations(
            title=each.title,
            read_only_hint=tool.read_only,
            idempotent_hint=tool.idempotent,
            destructive_hint=tool.destructive,
            open_world_hint=tool.open_world,
        ),
    )


def _speaking(schema: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The schema of inputs with this server's language as the default of `language`."""
    fields = dict(schema["properties"])
    if "language" in fields:
        told_so = re.sub(r"\ben(?=\W*$)", language, fields["language"]["description"], flags=re.ASCII)
        fields["language"] = {**fields["language"], "default": language, "description": told_so}
    return {**schema, "properties": fields}
