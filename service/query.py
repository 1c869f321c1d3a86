"""Query parameters: declared as a closed pydantic model, read as such, and every fault of a call told at once.

They are checked here rather than by the framework, so that a faulty filter is told in the same words, under the same
codes and with the same status as a faulty input of a calculator.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from service.core.errors import BadCall, Fault
from service.core.inputs import Inputs
from service.core.model import Region, Subject
from service.desk import Asked
from service.store.claims import collections
from service.store.queries import Knowledge
from service.store.resolve import faults_of

Thing = Literal["subject", "quantity", "region", "source", "figure", "collection"]
Q = TypeVar("Q", bound="Query")

_OURS: Final = {"unknown-input", "missing", "not-allowed"}  # these say what is allowed; pydantic's own words do not


@dataclass(frozen=True, slots=True)
class Known:
    """The text names a thing of this sort; it is replaced by its id."""

    thing: Thing


class Query(BaseModel):
    """The query parameters of a route: no others are taken, so that a misspelt one is not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read(request: Asked, model: type[Q], knowledge: Knowledge, *others: Fault | None) -> Q:
    """The query parameters of a request. Raises `BadCall` with every fault of them, after those found by others."""
    raw, faults = values(request)
    asked, found = checked(raw, model)
    faults += found
    resolved = {}
    for name, thing in _named(model):
        if name in raw and name not in {fault.field for fault in faults}:
            resolved[name], fault = _resolved(knowledge, thing, name, raw[name])
            faults += [fault] if fault else []
    faults = [*(fault for fault in others if fault), *faults]
    if faults or asked is None:
        raise BadCall(str(request.route_handler.operation_id), faults)
    return asked.model_copy(update=resolved)


def checked(raw: Mapping[str, Any], model: type[Q]) -> tuple[Q | None, list[Fault]]:
    """The parameters as the model reads them, names not yet resolved; or all that is wrong with them."""
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        found = faults_of(error, cast("type[Inputs]", model))  # reads nothing but the names and descriptions of fields
        return None, [_told(fault, model) for fault in found if fault.code != "none-required"]  # of text or nothing


def values(request: Asked, lists: Collection[str] = ()) -> tuple[dict[str, Any], list[Fault]]:
    """The query parameters as text, those of `lists` as lists of it; a fault for each other that was repeated."""
    pairs = list(request.query_params.multi_items())
    found: dict[str, Any] = {name: value for name, value in pairs if name not in lists}
    for name in lists:
        given = [value for each, value in pairs if each == name]
        if given:
            found[name] = given
    twice = sorted({name for i, (name, _) in enumerate(pairs) if name not in lists and name in dict(pairs[:i])})
    return found, [Fault(name, "given-twice", "was given more than once.") for name in twice]


def unknown(
    knowledge: Knowledge, thing: Literal["figure", "source", "subject", "claim"], given: str, known: bool
) -> Fault | None:
    """The fault of an id in the path that names nothing."""
    if known:
        return None
    return Fault(
        "id", "unknown-id", f"there is no {thing} of this id.", given, (), tuple(knowledge.suggest(given, thing))
    )


def _told(fault: Fault, model: type[Query]) -> Fault:
    if fault.code in _OURS:
        return fault
    described = model.model_fields[fault.field].description or ""
    return Fault(fault.field, fault.code, f"does not fit. {described}", fault.given)


@cache
def _named(model: type[Query]) -> tuple[tuple[str, Thing], ...]:
    """The parameters that name something, each with the sort of thing."""
    fields = model.model_fields.items()
    return tuple((name, each.thing) for name, info in fields for each in info.metadata if isinstance(each, Known))


def _resolved(knowledge: Knowledge, thing: Thing, name: str, given: str) -> tuple[str | None, Fault | None]:
    """The id of what was named, or the fault."""
    found: str | None = None
    close: list[str] = []
    if thing == "subject":
        subject = knowledge.resolve_subject(given)
        found = subject.id if isinstance(subject, Subject) else None
        close = [] if isinstance(subject, Subject) else [each.id for each in subject]
    elif thing == "region":
        region: Region | None = knowledge.resolve_region(given)
        found = region.id if region else None
    else:
        found = given if _IDS[thing](knowledge, given) else None
    if found is not None:
        return found, None
    if close:
        return None, Fault(
            name, "ambiguous-name", "several things go by that name; use one id.", given, (), tuple(close)
        )
    code = "unknown-region" if thing == "region" else "unknown-name"
    message = f"no {thing} of that name is known."
    return None, Fault(name, code, message, given, (), tuple(knowledge.suggest(given, thing)))


def has_source(knowledge: Knowledge, source_id: str) -> bool:
    """Whether there is a source of this id."""
    try:
        knowledge.source(source_id)
    except KeyError:
        return False
    return True


_IDS: Final[Mapping[str, Callable[[Knowledge, str], bool]]] = {
    "quantity": lambda knowledge, given: given in knowledge.quantities,
    "source": has_source,
    "figure": lambda knowledge, given: knowledge.has_figure(given),
    "collection": lambda knowledge, given: any(each.id == given for each in collections(knowledge)),
}
