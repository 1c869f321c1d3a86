"""What a faulty input was probably meant to be, so that whoever calls can put it right at once.

Language models err in habitual ways: another service's name for an input, a number as words, a value in a list or an
object, an empty text for what is left out. Nothing is guessed on their behalf; the likely meaning is offered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic.fields import FieldInfo

from service.core.amounts import looks_like_amount, parse_amount
from service.core.errors import QuantityError
from service.core.markers import Amount
from service.core.model import last_day
from service.core.units import spellings

# what an input is often called elsewhere: what it may be here, the likeliest first
_ELSEWHERE: Final[Mapping[str, tuple[str, ...]]] = {
    "amount": ("energy", "emissions", "count"),
    "chatbot": ("service",),
    "chip": ("accelerator",),
    "consumption": ("energy",),
    "country": ("region",),
    "date": ("as_of",),
    "electricity": ("energy",),
    "equivalent": ("to",),
    "gpu": ("accelerator",),
    "gpu_hours": ("device_hours",),
    "figure_id": ("id",),
    "flops": ("flop",),
    "items": ("subjects",),
    "keywords": ("query",),
    "lang": ("language",),
    "location": ("region",),
    "max_results": ("limit",),
    "metric": ("quantity", "to"),
    "model": ("service", "energy"),
    "n": ("count", "limit"),
    "name": ("service", "model", "subject"),
    "place": ("region",),
    "prompts": ("requests", "count"),
    "q": ("query",),
    "queries": ("requests", "count"),
    "question": ("query",),
    "service": ("model", "energy", "subject"),
    "source_id": ("id",),
    "style": ("format",),
    "target": ("to",),
    "time": ("period",),
    "timeframe": ("period",),
    "tokens": ("output_tokens",),
    "top_k": ("limit",),
    "unit": ("to",),
    "value": ("energy", "emissions", "amount"),
}
_LEAD: Final = re.compile(r"\s*[~≈+]?\s*(?P<number>[\d.,\s]*\d(?:[eE][+-]?\d+)?)\s*(?P<unit>\D*)$")
_DECIMAL_COMMA: Final = re.compile(r"(?<=\d),(?=\d)")


def input_meant(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The inputs that one which a tool does not have may mean."""
    known = set(known)
    return tuple(each for each in _ELSEWHERE.get(name.lower(), ()) if each in known)


def unit_meant(text: str, near: Any) -> tuple[str, ...]:
    """An amount whose unit or number cannot be read, as it may be meant; `near` finds close spellings."""
    if _DECIMAL_COMMA.search(text):
        return tuple(each for each in (_DECIMAL_COMMA.sub(".", text), _DECIMAL_COMMA.sub("", text)) if _reads(each))
    parts = _LEAD.match(text)
    if parts is None:
        return ()
    return tuple(f"{parts['number'].strip()} {unit}" for unit in near(parts["unit"].strip(), spellings()))


def day_meant(text: str) -> tuple[str, ...]:
    """A day that is written otherwise; a year or month means its last day."""
    spelled = "-".join(part.zfill(2) for part in re.split(r"[-/.]", text.strip()))
    try:
        return (last_day(spelled).isoformat(),) if re.fullmatch(r"\d{4}(-\d{2}){0,2}", spelled) else ()
    except ValueError:
        return ()


def told(entry: Mapping[str, Any], info: FieldInfo | None) -> tuple[str, tuple[str, ...]]:
    """What is wrong with a value that pydantic refuses, in words that name what is right, and what may be meant."""
    given, kind = entry.get("input"), entry["type"]
    example = _example(info)
    such_as = f", such as {example}" if example else ""
    match kind:
        case "float_parsing" | "int_parsing" | "float_type" | "int_type":
            return f"must be a number{such_as}.", _number_meant(given, whole=kind.startswith("int"))
        case "string_type":
            return f"must be text{such_as}.", _text_meant(given, info)
        case "list_type":
            return f"must be a list{such_as}.", _list_meant(given)
        case "int_from_float":
            return "must be a whole number.", (f"{given:.0f}",)
        case "string_too_short" if not given:
            return "is empty; write a value or leave it out.", (example,) if example else ()
        case _:
            message, near = _bound(kind, entry.get("ctx", {}))
            if kind in {"too_short", "too_long"}:
                message += such_as
            return f"{message or entry['msg']}.", near


def _bound(kind: str, limits: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The bound that a value passes, and its nearest number."""
    match kind:
        case "greater_than_equal":
            return f"must be at least {limits['ge']:g}", (f"{limits['ge']:g}",)
        case "less_than_equal":
            return f"must be at most {limits['le']:g}", (f"{limits['le']:g}",)
        case "string_too_short":
            return f"must be at least {limits['min_length']} characters", ()
        case "string_too_long":
            return f"must be at most {limits['max_length']} characters", ()
        case "too_short":
            return f"must have at least {limits['min_length']} entries", ()
        case "too_long":
            return f"must have at most {limits['max_length']} entries", ()
        case _:
            return "", ()


def _example(info: FieldInfo | None) -> str:
    if info is None or not info.examples:
        return ""
    example = info.examples[0]
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


def _number_meant(given: Any, *, whole: bool) -> tuple[str, ...]:
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if not isinstance(given, str):
        return ()
    parts = re.match(r"\s*[\d.,]+(?:[eE][+-]?\d+)?\s*(?:thousand|million|billion|trillion|万|亿|%)?", given)
    try:
        quantity = parse_amount(parts[0] if parts else given).to("")
    except QuantityError:
        return ()
    return (str(round(quantity.value)) if whole or quantity.value.is_integer() else repr(quantity.value),)


def _text_meant(given: Any, info: FieldInfo | None) -> tuple[str, ...]:
    """One text of a number that lacks its unit, an object of value and unit, or a list of one."""
    if isinstance(given, list):
        return tuple(each for each in given[:3] if isinstance(each, str))
    if isinstance(given, Mapping):
        value, unit = given.get("value", given.get("amount")), given.get("unit", "")
        return (f"{value} {unit}".strip(),) if value is not None else ()
    amount = next((item for item in info.metadata if isinstance(item, Amount)), None) if info else None
    if amount is not None and isinstance(given, int | float):
        return tuple(f"{given} {unit}" for unit in amount.units[:2])
    return (str(given),) if isinstance(given, int | float) else ()


def _list_meant(given: Any) -> tuple[str, ...]:
    if not isinstance(given, str):
        return ()
    parts = [part.strip() for part in re.split(r"[,;、，；]|\bvs\.?\b|\band\b", given) if part.strip()]
    return (json.dumps(parts, ensure_ascii=False),)


def _reads(text: str) -> bool:
    try:
        parse_amount(text)
    except QuantityError:
        return False
    return looks_like_amount(text)
