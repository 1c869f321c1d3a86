"""Declaring a look-up: typed inputs and one function that reads records, without computing anything.

    @lookup
    def get_figure(asked: GetFigureInputs, at: Place) -> FigureFound:
        '''What a chatbot is told of it.'''

The annotations are the published shapes of what is taken and returned. Every file of this package that declares one is
found by itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.answers.words import Words, words
from service.core.answer import Language
from service.core.errors import BadCall
from service.lookups.naming import Namer
from service.store.queries import Knowledge
from service.store.resolve import faults_of


class LookupInputs(BaseModel):
    """What every look-up that says something takes besides its own inputs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Annotated[
        Language,
        Field(description="Language of the text: en, zh-Hans or zh-Hant. Default: en.", examples=["en"]),
    ] = "en"


@dataclass(frozen=True, slots=True)
class Place:
    """Where records are looked up, the absolute address at which their pages stand, and how they are told."""

    knowledge: Knowledge
    address: str
    tokens: int  # the length of a text that lists
    words: Words

    def page(self, kind: str, record: str) -> str:
        """The absolute address of a record: `kind` is figures or sources."""
        return f"{self.address.rstrip('/')}/v1/{kind}/{record}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A declared look-up; its name is its file and its tool."""

    name: str
    inputs: type[BaseModel]
    output: Any
    find: Callable[[Any, Place], Any]
    description: str
    order: tuple[str, ...]  # the names of its inputs, its own before the language


_registry: dict[str, Lookup] = {}
registry: Mapping[str, Lookup] = MappingProxyType(_registry)


def lookup(find: Callable[[Any, Place], Any]) -> Callable[[Any, Place], Any]:
    """Register a function as a look-up. Raises TypeError for a missing docstring."""
    hints = get_type_hints(find)
    model = hints[next(iter(inspect.signature(find).parameters))]
    description = inspect.getdoc(find)
    if not description:
        raise TypeError(f"{find.__name__}: a look-up needs a docstring; it is what a chatbot is told")
    own = [name for name in model.model_fields if name not in LookupInputs.model_fields]
    order = tuple(dict.fromkeys([*own, *model.model_fields]))
    _registry[find.__name__] = Lookup(find.__name__, model, hints["return"], find, description, order)
    return find


def look_up(knowledge: Knowledge, name: str, raw: Mapping[str, Any], address: str, tokens: int) -> dict[str, Any]:
    """What a look-up finds; a text that lists records is about `tokens` long at most. Raises `BadCall` with every fault of its inputs."""
    declared = registry[name]
    raw = {key: value for key, value in raw.items() if value is not None}  # strict callers send null for what they omit
    try:
        asked, faults = declared.inputs.model_validate(raw), []
        given: Mapping[str, Any] = asked.__dict__
    except ValidationError as error:
        asked, faults, given = None, faults_of(error, declared.inputs), raw
    namer = Namer(knowledge)
    resolved = namer.resolve(declared.inputs, given, skip={fault.field for fault in faults})
    faults += namer.faults
    if faults or asked is None:
        raise BadCall(name, faults)
    place = Place(knowledge, address, tokens, words(str(given.get("language", "en"))))
    found: dict[str, Any] = declared.find(asked.model_copy(update=resolved), place)
    return found
