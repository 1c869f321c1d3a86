"""How the text of an input is resolved before a calculator sees it, and the pieces that inputs are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.model import SubjectKind

MAX_TEXT = 120


@dataclass(frozen=True, slots=True)
class Names:
    """The text names a subject of one of these kinds; it is replaced by the subject's id."""

    kinds: tuple[SubjectKind, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The text names a region; it is replaced by the region's code."""


@dataclass(frozen=True, slots=True)
class Amount:
    """The text is a number with a unit of one of these dimensions, or a figure's id, or (with `kinds`) a subject.

    Without `units` any unit will do.
    """

    units: tuple[str, ...]
    kinds: tuple[SubjectKind, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitName:
    """The text is a unit of measurement."""


@dataclass(frozen=True, slots=True)
class QuantityName:
    """The text names a kind of number; it is replaced by the quantity's id."""


@dataclass(frozen=True, slots=True)
class Day:
    """The text is a calendar day."""


@dataclass(frozen=True, slots=True)
class EstimateChoice:
    """The text is one of the words of `ESTIMATES` or a figure's id."""


ESTIMATES = ("preferred", "latest", "lowest", "highest")

ENERGY_USERS: tuple[SubjectKind, ...] = (
    "service",
    "model",
    "company",
    "facility",
    "sector",
    "region",
    "task",
    "home",
    "everyday",
)

EMITTERS: tuple[SubjectKind, ...] = (
    "model",
    "service",
    "company",
    "facility",
    "sector",
    "region",
    "task",
    "everyday",
)


def no_default(schema: dict[str, Any]) -> None:
    """Leave the null default of an optional input out of its schema: it is optional by omission."""
    schema.pop("default", None)


def optional(description: str, *examples: object) -> Any:
    """The field of an input that may be left out."""
    return Field(description=description, examples=list(examples) or None, json_schema_extra=no_default)


OptionalText = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)] | SkipJsonSchema[None]
