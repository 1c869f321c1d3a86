"""Inputs that share a meaning share a name, a description and a check in every calculator.

The shapes are the ones that survive every vendor's tool schema: flat, closed, enums, bounds by ge and le, optional by
omission although null is accepted, and every limit said in the description too. A marker (`Names`, `Amount`, `Day`,
`EstimateChoice`) tells the door how to resolve the text before a calculator sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
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
    """The text is a number with a unit of one of these dimensions, or a figure's id, or (with `kinds`) a subject."""

    units: tuple[str, ...]
    kinds: tuple[SubjectKind, ...] = ()


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


def _no_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


OptionalText = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)] | SkipJsonSchema[None]

Service = Annotated[
    str,
    Names(("service", "model", "task")),
    Field(
        min_length=1,
        max_length=MAX_TEXT,
        description="AI service or model by name or id, at most 120 characters. Example: chatgpt",
        examples=["chatgpt"],
    ),
]
Energy = Annotated[
    str,
    Amount(("kWh", "kW"), ENERGY_USERS),
    Field(
        min_length=1,
        max_length=MAX_TEXT,
        description="What to compare, at most 120 characters: an amount with its unit ('850 MWh'), a rate ('500 MWh/day'), a figure id, "
        "or a service, model, company, facility or country known here ('chatgpt').",
        examples=["chatgpt", "500 MWh/day", "1287 MWh"],
    ),
]
Region = Annotated[
    str,
    Place(),
    Field(
        min_length=2,
        max_length=MAX_TEXT,
        description="Country or region: ISO 3166 code (US, CN, GB) or its name in English or Chinese, at most 120 characters. Default: US.",
        examples=["US"],
    ),
]
Period = Annotated[
    Literal["hour", "day", "week", "month", "year"],
    Field(description="Length of time: hour, day, week, month or year. Default: day.", examples=["day"]),
]
Requests = Annotated[
    Annotated[float, Field(ge=0, le=1e18)] | SkipJsonSchema[None],
    Field(
        description="Requests (prompts) per day, 0 to 1e18. Omit to use the published number. Example: 2500000000",
        examples=[2.5e9],
        json_schema_extra=_no_default,
    ),
]
ElectricityPerQuery = Annotated[
    OptionalText,
    Amount(("Wh",)),
    Field(
        description="Electricity of one request, with its unit, or a figure id, at most 120 characters. "
        "Omit to use the published number. Example: 0.34 Wh",
        examples=["0.34 Wh"],
        json_schema_extra=_no_default,
    ),
]


class Inputs(BaseModel):
    """What every calculator takes besides its own inputs."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    as_of: Annotated[
        OptionalText,
        Day(),
        Field(
            description="Answer with what was known on this day, YYYY-MM-DD. Omit for the present knowledge.",
            examples=["2024-06-01"],
            json_schema_extra=_no_default,
        ),
    ] = None
    estimate: Annotated[
        str,
        EstimateChoice(),
        Field(
            min_length=1,
            max_length=MAX_TEXT,
            description="Which published estimate to use where several compete: preferred, latest, lowest, highest, or a "
            "figure id. Default: preferred.",
            examples=["preferred"],
        ),
    ] = "preferred"
    language: Annotated[
        Literal["en", "zh-Hans", "zh-Hant"],
        Field(description="Language of the text: en, zh-Hans or zh-Hant. Default: en.", examples=["en"]),
    ] = "en"
