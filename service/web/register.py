"""How each chat host is given the tools: one page, and the same as Markdown, from `prompts/register.yaml`.

Every address in it is that of the running service, so what is shown can be pasted as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Final, Literal, final

import yaml
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from pydantic import ConfigDict, Field, TypeAdapter
from typing_extensions import TypedDict

from service.answers.words import Words, words
from service.core.model import Text
from service.core.resources import resource
from service.desk import Asked, get
from service.tools.instructions import instructions
from service.web.site import Frame, Site

Kind = Literal["bash", "json", "python", "text", "yaml"]

_ADDRESS: Final = "@address@"


@final
class Said(TypedDict):
    """A step in words."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]


@final
class Snippet(TypedDict):
    """A step that is text to paste; `@address@` in it stands for the address of the service."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    kind: Kind
    paste: Annotated[str, Field(min_length=1)]


class Host(TypedDict):
    """One host."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    id: str
    name: str
    steps: list[Said | Snippet]


class Guide(TypedDict):
    """The whole file."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    title: Said
    lead: Said
    told: Said
    hosts: list[Host]


class Step(TypedDict):
    """A step in one language: a sentence, or text to paste."""

    kind: Literal["said"] | Kind
    text: str


@cache
def guide() -> Guide:
    """The content of `prompts/register.yaml`. Raises pydantic's ValidationError where it has faults."""
    loaded = yaml.safe_load(resource("prompts/register.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(Guide).validate_python(loaded)


def steps(host: Host, address: str, language: str) -> list[Step]:
    """The steps for a host, with the address of the service in place."""
    return list(_steps(host, address.rstrip("/"), words(language)))


def _steps(host: Host, address: str, said: Words) -> Iterator[Step]:
    for step in host["steps"]:
        if "paste" in step:
            made = Step(kind=step["kind"], text=step["paste"].strip("\n"))
        else:
            made = Step(kind="said", text=_local(step, said))
        yield Step(kind=made["kind"], text=made["text"].replace(_ADDRESS, address))


def _local(text: Said, said: Words) -> str:
    return said.local(Text(en=text["en"], zh=text["zh"]))


def as_markdown(address: str, language: str, heading: str = "###") -> str:
    """The guide as Markdown, a heading for each host."""
    said = words(language)
    parts = [_local(guide()["lead"], said).replace(_ADDRESS, address)]
    for host in guide()["hosts"]:
        parts.append(f"{heading} {host['name']}")
        parts += [
            step["text"] if step["kind"] == "said" else f"```{step['kind']}\n{step['text']}\n```"
            for step in steps(host, address, language)
        ]
    return "\n\n".join(parts) + "\n"


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The route of the page."""

    @get("/register")
    def register(request: Asked) -> Response[bytes]:
        """How each chat host is given the tools."""
        return site.page(request, _register)

    return [register]


def _register(frame: Frame) -> str:
    address = frame.absolute("")
    title, lead, told = (
        _local(guide()[name], frame.said).replace(_ADDRESS, address) for name in ("title", "lead", "told")
    )
    return frame.render(
        "register.html",
        title,
        lead,
        lead=lead,
        told=told,
        hosts=[{**host, "steps": steps(host, address, frame.language)} for host in guide()["hosts"]],
        instructions=instructions(frame.language),
    )
