"""The prompts of the MCP server: `prompts/mcp.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from service.answers.words import LANGUAGES
from service.store.resolve import nearest
from service.tools.instructions import instructions
from service.tools.mcp_said import manifest, said

Context = ServerRequestContext[Any, Any]

MEASURES: Final = ("electricity", "water", "emissions")
# Markdown for a model: nothing here is HTML, so nothing is escaped
_ENVIRONMENT: Final = Environment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701


class Prompts:
    """Lists and fills the prompts, in one language unless a prompt is asked for in another."""

    def __init__(self, language: str) -> None:
        self._language = language

    async def listed(self, _: Context, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        """Every prompt with its arguments."""
        return types.ListPromptsResult(prompts=[self._prompt(name) for name in manifest()["prompts"]])

    def _prompt(self, name: str) -> types.Prompt:
        arguments = [
            types.PromptArgument(
                name=argument,
                description=said(self._language, "prompts", name, "arguments", argument, "description"),
                required=bool(about.get("required")),
            )
            for argument, about in manifest()["prompts"][name]["arguments"].items()
        ]
        return types.Prompt(
            name=name,
            title=said(self._language, "prompts", name, "title"),
            description=said(self._language, "prompts", name, "description"),
            arguments=arguments,
        )

    async def get(self, _: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        """A prompt filled with its arguments, as the one message that begins a conversation."""
        given = {name: text for name, text in (params.arguments or {}).items() if text.strip()}
        _check(params.name, given)
        language = given.get("language", self._language)
        blank = dict.fromkeys(manifest()["prompts"][params.name]["arguments"], "")
        template = _ENVIRONMENT.from_string(said(language, "prompts", params.name, "message"))
        text = template.render({**blank, **given, "instructions": instructions(language)}).strip()
        message = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(
            description=said(language, "prompts", params.name, "description"), messages=[message]
        )


def _check(name: str, given: Mapping[str, str]) -> None:
    prompts = manifest()["prompts"]
    if name not in prompts:
        raise MCPError(types.INVALID_PARAMS, f"There is no prompt {name!r}.{_meant(name, list(prompts))}")
    arguments = prompts[name]["arguments"]
    faults = [
        f"{each}: there is no such argument.{_meant(each, list(arguments))}" for each in given if each not in arguments
    ]
    faults += [
        f"{each}: is missing." for each, about in arguments.items() if about.get("required") and each not in given
    ]
    allowed = {"language": LANGUAGES, "measure": MEASURES}
    for each, values in allowed.items():
        if each in arguments and given.get(each, values[0]) not in values:
            faults.append(f"{each}: must be one of {', '.join(values)}, not {given[each]!r}.")
    if faults:
        raise MCPError(types.INVALID_PARAMS, f"{name}: {' '.join(faults)}")


def _meant(text: str, known: list[str]) -> str:
    close = nearest(text, known)
    return f" Did you mean {' or '.join(map(repr, close))}?" if close else f" There are: {', '.join(known)}."
