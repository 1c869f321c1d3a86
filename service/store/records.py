"""Turning what a file says into records, with every fault of a record named by its field and what is allowed there."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from service.store.faults import Fault, did_you_mean, shown
from service.store.strict_yaml import Document, FieldPath

R = TypeVar("R", bound=BaseModel)

_NUMBERS: Final = ("value", "low", "high")
_EXPECTED: Final = {
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "float_type": "a number",
    "int_type": "a whole number",
    "finite_number": "a finite number",
    "string_type": "text",
    "string_too_short": "text that is not empty",
}
_PATTERNS: Final = {
    "a-z0-9]+(?:[.-]": "lower-case letters and digits joined by single hyphens or dots, such as patterson-2021",
    "^(world|": "world, an ISO 3166 code such as US or US-CA, or a group such as european-union",
    "^https?": "an address that begins with http:// or https://",
    "^10": "a DOI such as 10.1000/182, without its https://doi.org/",
    "^[a-z]+(_": "the name of a calculator, such as service_energy",
    "^[a-z]{2}": "a language code such as en, zh or zh-Hant",
}


def record(model: type[R], raw: object, document: Document, path: FieldPath = ()) -> R | None:
    """The record that `raw`, standing at `path`, describes; None, with the faults added to `document`, if it is none."""
    spoiled = _quoted_numbers(raw, document, path)
    try:
        made = model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place = path + tuple(step for step in detail["loc"] if step != "[key]")
            if not any(place[: len(bad)] == bad for bad in document.spoiled):
                document.faults.append(_fault(model, dict(detail), document, place, len(path)))
        return None
    return None if spoiled else made


def _quoted_numbers(raw: object, document: Document, path: FieldPath) -> bool:
    """Refuse numbers written as text, which pydantic would convert without a word."""
    if not isinstance(raw, dict):
        return False
    quoted = [name for name in _NUMBERS if isinstance(raw.get(name), str) and (*path, name) not in document.spoiled]
    for name in quoted:
        here = (*path, name)
        document.faults.append(document.fault(here, f"the text {shown(raw[name])}", "a number, without quotes"))
        document.spoiled.add(here)
    return bool(quoted)


def _fault(
    model: type[BaseModel], detail: Mapping[str, Any], document: Document, place: FieldPath, depth: int
) -> Fault:
    kind, given = detail["type"], detail["input"]
    within = place[depth:]
    if kind == "extra_forbidden":
        owner, _ = _declared(model, within[:-1])
        allowed = sorted(owner.model_fields) if owner else []
        key = str(within[-1])
        return document.fault(place, f"the unknown key {key!r}", ", ".join(allowed) + did_you_mean(key, allowed))
    _, info = _declared(model, within)
    meaning = f" ({info.description})" if info and info.description else ""
    if kind == "missing":
        return document.fault(place, "nothing", f"a value, always{meaning}")
    if kind == "value_error":
        place = (*place, "value") if isinstance(given, dict) and "value" in given else place
        return document.fault(place, _said(given), str(detail["ctx"]["error"]) + meaning)
    return document.fault(place, _said(given), _allowed(kind, detail, given, document.raw(place)) + meaning)


def _said(given: object) -> str:
    if isinstance(given, dict):
        return shown(given["value"]) if "value" in given else f"a mapping of {', '.join(map(str, given)) or 'nothing'}"
    return "nothing" if given is None else shown(given)


def _allowed(kind: str, detail: Mapping[str, Any], given: object, written: str | None) -> str:
    context = detail.get("ctx", {})
    if kind == "literal_error":
        choices = [choice.strip("' ") for choice in context["expected"].replace(" or ", ", ").split(", ")]
        return ", ".join(choices) + (did_you_mean(given, choices) if isinstance(given, str) else "")
    if kind == "string_pattern_mismatch":
        return next((words for start, words in _PATTERNS.items() if start in context["pattern"]), context["pattern"])
    if kind == "string_type" and isinstance(given, int | float):
        return f"text; write it in quotes: '{written if written is not None else given}'"
    if kind == "string_too_long":
        return f"at most {context['max_length']} characters"
    return _EXPECTED.get(kind, str(detail["msg"]))


def _declared(model: type[BaseModel], within: FieldPath) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """The model that stands at a place inside `model` (if one does), and the declaration of the field there."""
    here: Any = model
    info: FieldInfo | None = None
    for step in within:
        fields = here.model_fields if isinstance(here, type) and issubclass(here, BaseModel) else {}
        if isinstance(step, str) and step in fields:
            info = fields[step]
            here = next(_models(info.annotation), None)
    return (here if isinstance(here, type) and issubclass(here, BaseModel) else None), info


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as ``list[Annotated[Link, …]]`` or ``Text | None``."""
    if get_origin(annotation) in (Annotated, Union, types.UnionType, list, dict):
        for part in get_args(annotation):
            yield from _models(part)
    elif get_origin(annotation) is not Literal and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
