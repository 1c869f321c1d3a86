"""Inputs that share a meaning share a name, a description and a check in every calculator.

The shapes are the ones that survive every vendor's tool schema: flat, closed, enums, bounds by ge and le, optional by
omission although null is accepted, and every limit said in the description too. A marker (`markers.py`) tells the door how
to resolve the text before a calculator sees it.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from service.core.markers import (
    EMITTERS,
    ENERGY_USERS,
    MAX_TEXT,
    Amount,
    Day,
    EstimateChoice,
    Names,
    OptionalText,
    Place,
    QuantityName,
    optional,
)


def list_inputs(model: type[BaseModel]) -> frozenset[str]:
    """The inputs that take a list: in a query string, a repeated parameter."""
    return frozenset(name for name, info in model.model_fields.items() if get_origin(info.annotation) is list)


_Length = Literal["hour", "day", "week", "month", "year"]
_USED = Amount(("kWh", "kW"), ENERGY_USERS)

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
    _USED,
    Field(
        min_length=1,
        max_length=MAX_TEXT,
        description="What to compare, at most 120 characters: an amount with its unit ('850 MWh'), a rate ('500 MWh/day'), a figure id, "
        "or a service, model, company, facility or country known here ('chatgpt').",
        examples=["chatgpt", "500 MWh/day", "1287 MWh"],
    ),
]

USUAL_REGION: Final = "US"  # of a call that names none

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
    _Length,
    Field(description="Length of time: hour, day, week, month or year. Default: day.", examples=["day"]),
]

Requests = Annotated[
    Annotated[float, Field(ge=0, le=1e18)] | SkipJsonSchema[None],
    optional("Requests (prompts) per day, 0 to 1e18. Omit to use the published number. Example: 2500000000", 2.5e9),
]

ElectricityPerQuery = Annotated[
    OptionalText,
    Amount(("Wh",)),
    optional(
        "Electricity of one request, with its unit, or a figure id, at most 120 characters. "
        "Omit to use the published number. Example: 0.34 Wh",
        "0.34 Wh",
    ),
]

Emissions = Annotated[
    str,
    Amount(("t", "t/year"), EMITTERS),
    Field(
        min_length=1,
        max_length=MAX_TEXT,
        description="Greenhouse gas to compare, at most 120 characters: an amount with its unit ('552 t', '30 g'), a rate "
        "('1 Mt/year'), a figure id, or a model, service, company or country whose emissions are known here ('gpt-3').",
        examples=["552 t", "gpt-3", "30 g"],
    ),
]

Model = Annotated[
    OptionalText,
    Names(("model",)),
    optional("AI model by name or id, at most 120 characters. Example: llama-3.1-405b", "llama-3.1-405b"),
]

OptionalRegion = Annotated[
    OptionalText,
    Place(),
    optional(
        "Country or region of the grid and of what is compared: ISO 3166 code (US, CN, GB) or its name in English "
        "or Chinese, at most 120 characters. Omit for what is published, else the US. Example: FR",
        "FR",
    ),
]

Year = Annotated[
    Annotated[int, Field(ge=1990, le=2100)] | SkipJsonSchema[None],
    optional("Calendar year, 1990 to 2100. Omit for the newest that is known. Example: 2023", 2023),
]

Grid = Annotated[
    Literal["yearly", "live"],
    Field(
        description="Which carbon intensity of the grid: yearly, the published average, or live, as observed now, where this "
        "service is set up for it and a source covers the region; else yearly, and the answer says so. Default: yearly.",
        examples=["yearly"],
    ),
]

OptionalEnergy = Annotated[
    OptionalText,
    _USED,
    optional(
        "Electricity, at most 120 characters: an amount with its unit ('850 MWh'), a rate ('10 GWh/year'), a "
        "figure id, or a service, company or facility known here. Omit to ask for shares alone. Example: 10 GWh/year",
        "10 GWh/year",
    ),
]

StatedPeriod = Annotated[
    _Length | SkipJsonSchema[None],
    optional(
        "Time over which a rate is counted: hour, day, week, month or year. Omit for the time that the rate is "
        "stated in (a day for 500 MWh/day), or a year for a power. Example: year",
        "year",
    ),
]

Growth = Annotated[
    Annotated[float, Field(ge=-50, le=500)] | SkipJsonSchema[None],
    optional(
        "Growth in percent a year, -50 to 500, compounded from the newest known year. Omit to use published "
        "projections. Example: 12",
        12,
    ),
]

Subjects = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]],
    Names(()),
    Field(
        min_length=2,
        max_length=8,
        description="What to compare, 2 to 8 names or ids of at most 120 characters each: services, models, companies, "
        "countries, homes, things known here. Example: chatgpt, google-search",
        examples=[["chatgpt", "google-search"]],
    ),
]

QuantityChoice = Annotated[
    OptionalText,
    QuantityName(),
    optional(
        "Kind of number by name or id, at most 120 characters. Omit for the first one that is known of all "
        "of them. Example: electricity-per-query",
        "electricity-per-query",
    ),
]

Count = Annotated[
    float,
    Field(ge=0, le=1e18, description="How many, 0 to 1e18. Default: 1.", examples=[1000]),
]


class Inputs(BaseModel):
    """What every calculator takes besides its own inputs."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _true_is_no_number(cls, values: Any) -> Any:
        """Refuse true and false, which would pass as 1 and 0: as words they are no number either."""
        if not isinstance(values, dict) or bool not in map(type, values.values()):
            return values
        return {name: str(value).lower() if isinstance(value, bool) else value for name, value in values.items()}

    as_of: Annotated[
        OptionalText,
        Day(),
        optional("Answer with what was known on this day, YYYY-MM-DD. Omit for the present knowledge.", "2024-06-01"),
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
