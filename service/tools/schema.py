"""The one JSON Schema of a tool's inputs, from which every dialect is made, and the words that describe it.

It keeps to what every vendor takes: one level, closed, no references and no alternatives, choices as `enum`, bounds as
`minimum` and `maximum`. What may be left out is not in `required`; null is taken for it although the schema does not say
so. Converters drop bounds and defaults, so descriptions repeat them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from service.answers.words import words
from service.core.answer import Language
from service.tools.registry import Profile, Tool, profile

Schema = dict[str, Any]

# what is said of an input in words/<language>.yaml, and what its schema must hold for it
_LIMITS: Final[Mapping[str, AbstractSet[str]]] = {
    "range": {"minimum", "maximum"},
    "length": {"maxLength"},
    "items": {"minItems", "maxItems"},
    "items_length": {"items_maxLength"},
    "default": {"default"},
}
_DROPPED: Final = frozenset({"title", "examples", "minLength"})


@dataclass(frozen=True, slots=True)
class Told:
    """A tool as a language model is told of it, in one language."""

    name: str
    title: str
    about: str  # for people, in paragraphs
    description: str
    inputs: Schema
    output: Schema
    tool: Tool


def portable(tool: Tool, language: Language = "en", only: Mapping[str, str] | None = None) -> Schema:
    """The schema of a tool's inputs, its own before shared ones.

    `only` leaves out optional inputs that it does not name, and describes the others; limits and defaults are added.
    """
    made = tool.inputs.model_json_schema()
    definitions = made.get("$defs", {})
    shown = [name for name in tool.order if only is None or name in only]
    fields = {name: _field(_inlined(made["properties"][name], definitions)) for name in shown}
    for name, field in fields.items():
        if only is not None:
            field["description"] = _limited(field, only[name], language)
        elif language != "en":
            field["description"] = _translated(tool.name, name, field["description"], language)
    required = [name for name in shown if name in made.get("required", ())]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


@cache
def told(tool: Tool, language: Language = "en", profile: Profile = "full") -> Told:
    """A tool in words. In the profile `core` it has the shorter ones, and only the inputs that are asked for often."""
    said = words(language)["tools"]
    brief = said["core"].get(tool.name) if profile == "core" else None
    named = said["full"].get(tool.name, {})
    about = brief["description"] if brief else named.get("description", tool.description)
    return Told(
        name=tool.name,
        title=named.get("title") or tool.name.replace("_", " ").capitalize(),
        about=about,
        description=words(language).say("tool_words", "closing", {"description": " ".join(about.split())}),
        inputs=portable(tool, language, brief["inputs"] if brief else None),
        output=_output(tool),
        tool=tool,
    )


def all_told(name: Profile = "full", language: Language = "en") -> list[Told]:
    """The tools of a profile in words."""
    return [told(tool, language, name) for tool in profile(name).values()]


def strict(schema: Schema) -> Schema:
    """The schema as strict modes want it: every input required, null for what may be left out, no defaults."""
    fields = {name: _nullable(field, name in schema["required"]) for name, field in schema["properties"].items()}
    return {**schema, "properties": fields, "required": list(fields)}


def _nullable(field: Schema, required: bool) -> Schema:
    made = {key: value for key, value in field.items() if key != "default"}
    if required:
        return made
    made["type"] = [made["type"], "null"]
    return {**made, "enum": [*made["enum"], None]} if "enum" in made else made


def _output(tool: Tool) -> Schema:
    return TypeAdapter(tool.output).json_schema(mode="serialization")


def _field(field: Schema) -> Schema:
    """One input without what no vendor reads; a lone constant is a choice of one."""
    made = {key: _field(value) if key == "items" else value for key, value in field.items() if key not in _DROPPED}
    if "const" in made:
        made["enum"] = [made.pop("const")]
    return made


def _inlined(schema: Any, definitions: Mapping[str, Schema]) -> Any:
    """A schema with what it refers to put in its place."""
    if isinstance(schema, Sequence) and not isinstance(schema, str):
        return [_inlined(entry, definitions) for entry in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        referred = definitions[schema["$ref"].rsplit("/", 1)[1]]
        schema = {**referred, **{key: value for key, value in schema.items() if key != "$ref"}}
    return {key: _inlined(value, definitions) for key, value in schema.items()}


def _translated(tool: str, name: str, english: str, language: Language) -> str:
    """An input's description in a language, the tool's own or the one that it shares; English where there is none."""
    said = words(language)["tools"]
    own = said["full"].get(tool, {}).get("inputs", {})
    return str(own.get(name) or said["shared"].get(name, english))


def _limited(field: Schema, text: str, language: Language) -> str:
    """A description with the bounds and the default of its input behind it."""
    said, bounds = words(language), limits(field, language)
    if not bounds:
        return text
    return said.say("tool_words", "limited", {"description": text, "limits": said["join"].join(bounds)})


def limits(field: Schema, language: Language) -> list[str]:
    """The bounds and the default of an input, in words."""
    about = {**field, **{f"items_{key}": value for key, value in field.get("items", {}).items()}}
    plain = {key: _plain(value) if isinstance(value, float) else value for key, value in about.items()}
    return [words(language).say("tool_words", key, plain) for key, needs in _LIMITS.items() if needs <= plain.keys()]


def _plain(value: float) -> str:
    """A bound as people write it: 1e15."""
    mantissa, power, exponent = f"{value:g}".partition("e")
    return mantissa + power + (str(int(exponent)) if power else "")
