"""From what a caller wrote to what a calculator takes: names to ids, amounts to quantities, every fault collected."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from service.core.amounts import looks_like_amount, parse_amount
from service.core.errors import Fault, QuantityError
from service.core.inputs import Inputs
from service.core.markers import ESTIMATES, Amount, Day, EstimateChoice, Names, Place, QuantityName, UnitName
from service.core.model import QuantityKind, Subject
from service.core.quantity import Quantity
from service.core.units import Dimension, Unit, dimension_name, parse_unit, vocabulary
from service.store.queries import Knowledge
from service.store.repair import day_meant, input_meant, told, unit_meant

_LISTED: Final = 12
Reader = Callable[..., str | None]  # of a resolver: the name of an input, its text and its marker


def nearest(given: object, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three known spellings that are close to what was given, or begin with it."""
    text = str(given).lower()[:80]
    spellings = {name.lower(): name for name in known}
    begun = [each for each in spellings if text and each.startswith(text)]
    close = [*begun, *difflib.get_close_matches(text, spellings, n=3, cutoff=0.5)]
    return tuple(spellings[match] for match in dict.fromkeys(close))[:3]


class Resolver:
    """Resolves the inputs of one call."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.faults: list[Fault] = []
        self.amounts: dict[str, Quantity | Subject | str] = {}

    def resolve(self, model: type[Inputs], values: Mapping[str, Any], skip: Collection[str] = ()) -> dict[str, Any]:
        """The resolved values of the inputs that need it; faults are added to `faults`."""
        resolved: dict[str, Any] = {}
        for name, read, marker in _marked(model):
            value = values.get(name)
            if value is None or name in skip:
                continue
            if isinstance(value, str):
                found = read(self, name, value, marker)
                if found is not None:
                    resolved[name] = found
            elif isinstance(value, list):
                resolved[name] = [self._item(f"{name}[{i}]", each, read, marker) for i, each in enumerate(value)]
        return resolved

    def _item(self, name: str, value: object, read: Reader, marker: Any) -> object:
        found = read(self, name, value, marker) if isinstance(value, str) else None
        return value if found is None else found

    def _name(self, name: str, value: str, marker: Names) -> str | None:
        return self._subject(name, value, marker.kinds)

    def _subject(self, name: str, value: str, kinds: tuple[str, ...]) -> str | None:
        found = self.knowledge.resolve_subject(value, kinds)
        if isinstance(found, Subject):
            return found.id
        what = f"no {' or '.join(kinds[:2])}" if kinds else "nothing"
        self._unknown(name, "unknown-name", f"{what} of that name is known.", value, found, kinds)
        return None

    def _unknown(
        self, name: str, code: str, message: str, value: str, candidates: Iterable[Subject], kinds: tuple[str, ...]
    ) -> None:
        found = [subject.id for subject in candidates]
        if found:
            code, message = "ambiguous-name", "several things go by that name; use one id."
        self.faults.append(
            Fault(
                name, code, message, value, (), tuple(found[:_LISTED]) or self.knowledge.suggest_subjects(value, kinds)
            )
        )

    def _region(self, name: str, value: str, _: object) -> str | None:
        found = self.knowledge.resolve_region(value)
        if found is None:
            message = "no region of that code or name is known; use an ISO 3166 code such as US, CN or GB."
            self.faults.append(Fault(name, "unknown-region", message, value, (), self.knowledge.suggest_regions(value)))
            return None
        return found.id

    def _unit(self, name: str, value: str, _: object) -> str | None:
        try:
            unit = parse_unit(value)
        except QuantityError as error:
            self.faults.append(Fault(name, error.code, str(error), value, (), nearest(value, vocabulary())))
            return None
        return unit.text

    def _quantity(self, name: str, value: str, _: object) -> str | None:
        found = self.knowledge.resolve_quantity(value)
        if isinstance(found, QuantityKind):
            return found.id
        several = tuple(quantity.id for quantity in found)
        code = "ambiguous-name" if several else "unknown-name"
        message = "several quantities go by that name; use one id." if several else "no quantity of that name is known."
        near = several[:_LISTED] or self.knowledge.suggest_quantities(value)
        self.faults.append(Fault(name, code, message, value, (), near))
        return None

    def _amount(self, name: str, value: str, marker: Amount) -> str | None:
        if looks_like_amount(value):
            return self._number(name, value, marker)
        if self.knowledge.has_figure(value):
            figure = self.knowledge.figure(value)
            if self._fits(name, value, Quantity(figure.value, figure.unit), marker):
                self.amounts[name] = value
                return value
            return None
        if not marker.kinds:
            unit = marker.units[0] if marker.units else "kWh"
            message = f"write a number with its unit, such as '0.34 {unit}', or a figure id."
            self.faults.append(Fault(name, "not-an-amount", message, value))
            return None
        found = self._subject(name, value, marker.kinds)
        if found is not None:
            self.amounts[name] = self.knowledge.subject(found)
        return found

    def _number(self, name: str, value: str, marker: Amount) -> str | None:
        try:
            quantity = parse_amount(value, f"input:{name}")
        except QuantityError as error:
            self.faults.append(Fault(name, error.code, str(error), value, (), unit_meant(value, nearest)))
            return None
        if not self._fits(name, value, quantity, marker):
            return None
        self.amounts[name] = quantity
        return value

    def _fits(self, name: str, value: str, quantity: Quantity, marker: Amount) -> bool:
        wanted = _units(marker.units)
        if not wanted or quantity.unit.dimension in wanted:
            return True
        allowed = " or ".join(f"{dimension_name(unit)} ({unit.text})" for unit in wanted.values())
        message = f"{value!r} is {dimension_name(quantity.unit)}; this takes {allowed}."
        self.faults.append(Fault(name, "wrong-dimension", message, value, marker.units))
        return False

    def _day(self, name: str, value: str, _: object) -> str | None:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.faults.append(
                Fault(name, "not-a-day", "write a day as YYYY-MM-DD, such as 2024-06-01.", value, (), day_meant(value))
            )
            return None

    def _estimate(self, name: str, value: str, _: object) -> str | None:
        if value in ESTIMATES or self.knowledge.has_figure(value) or self.knowledge.derived(value):
            return value
        message = "use preferred, latest, lowest, highest, or the id of a competing figure."
        self.faults.append(Fault(name, "unknown-estimate", message, value, ESTIMATES, nearest(value, ESTIMATES)))
        return None


# how the text of an input is read, by its marker
_READERS: Final[Mapping[type, Reader]] = {
    Names: Resolver._name,
    Place: Resolver._region,
    Amount: Resolver._amount,
    UnitName: Resolver._unit,
    QuantityName: Resolver._quantity,
    Day: Resolver._day,
    EstimateChoice: Resolver._estimate,
}


@cache
def _units(texts: tuple[str, ...]) -> Mapping[Dimension, Unit]:
    return {unit.dimension: unit for unit in map(parse_unit, texts)}


@cache
def _marked(model: type[Inputs]) -> tuple[tuple[str, Reader, Any], ...]:
    """The inputs whose text must be resolved, each with what reads it and its marker."""
    found = ((name, _marker(info)) for name, info in model.model_fields.items())
    return tuple((name, _READERS[type(marker)], marker) for name, marker in found if marker is not None)


def _marker(info: FieldInfo) -> Any:
    return next((item for item in info.metadata if type(item) in _READERS), None)


def faults_of(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """Every fault that pydantic found, in our words: which input, what was given, what is allowed."""
    known = list(model.model_fields)
    # what may be left out accepts null too, and pydantic then asks for either
    entries = [entry for entry in error.errors(include_url=False) if entry["type"] != "none_required"]
    faults = [_fault(dict(entry), known, model) for entry in entries]
    return list({(fault.field, fault.code): fault for fault in faults}.values())


def _fault(entry: dict[str, Any], known: list[str], model: type[BaseModel]) -> Fault:
    name = str(entry["loc"][0]) if entry["loc"] else "inputs"
    name += "".join(f"[{place}]" for place in entry["loc"][1:] if isinstance(place, int))
    given = entry.get("input")
    match entry["type"]:
        case "extra_forbidden":
            near = tuple(dict.fromkeys([*input_meant(name, known), *nearest(name, known)]))
            shown = given if _shown(given) else None
            return Fault(name, "unknown-input", "there is no such input.", shown, tuple(known), near)
        case "missing":
            described = model.model_fields[name].description or ""
            return Fault(name, "missing", f"is required. {described}")
        case "literal_error":
            allowed = tuple(str(a).strip("'") for a in entry["ctx"]["expected"].replace(" or ", ", ").split(", "))
            return Fault(
                name, "not-allowed", f"must be one of {', '.join(allowed)}.", given, allowed, nearest(given, allowed)
            )
        case _:
            message, near = told(entry, model.model_fields.get(str(entry["loc"][0]) if entry["loc"] else ""))
            code = entry["type"].replace("_", "-")
            return Fault(name, code, message, given if _shown(given) else None, (), near)


def _shown(given: Any) -> bool:
    return isinstance(given, str | int | float | bool) and len(str(given)) <= 200
