"""Inputs about machines and where they stand: accelerators, data centres, power prices, tokens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.markers import Amount, Names, OptionalText, no_default

Accelerator = Annotated[
    OptionalText,
    Names(("accelerator",)),
    Field(
        description="Chip that computes (GPU, TPU) by name or id, at most 120 characters. Example: nvidia-h100",
        examples=["nvidia-h100"],
        json_schema_extra=no_default,
    ),
]

AcceleratorPower = Annotated[
    OptionalText,
    Amount(("W",)),
    Field(
        description="Power of one accelerator while it works, with its unit, or a figure id, at most 120 characters. "
        "Omit to use the published rating. Example: 700 W",
        examples=["700 W"],
        json_schema_extra=no_default,
    ),
]

DeviceHours = Annotated[
    Annotated[float, Field(ge=0, le=1e18)] | SkipJsonSchema[None],
    Field(
        description="Hours of all accelerators together (GPU hours), 0 to 1e18. Example: 39300000",
        examples=[39.3e6],
        json_schema_extra=no_default,
    ),
]

Flop = Annotated[
    Annotated[float, Field(ge=0, le=1e40)] | SkipJsonSchema[None],
    Field(
        description="Floating-point operations in all, 0 to 1e40. Example: 3.14e23",
        examples=[3.14e23],
        json_schema_extra=no_default,
    ),
]

Utilisation = Annotated[
    Annotated[float, Field(ge=0.001, le=1)] | SkipJsonSchema[None],
    Field(
        description="Share of the accelerator's peak arithmetic that is used, 0.001 to 1. Omit to use a published one. "
        "Example: 0.4",
        examples=[0.4],
        json_schema_extra=no_default,
    ),
]

Pue = Annotated[
    Annotated[float, Field(ge=1, le=10)] | SkipJsonSchema[None],
    Field(
        description="Power usage effectiveness: electricity of the whole data centre over that of its computers, 1 to 10. "
        "Omit to use a published one. Example: 1.1",
        examples=[1.1],
        json_schema_extra=no_default,
    ),
]

PueBefore = Annotated[
    Annotated[float, Field(ge=1, le=10)] | SkipJsonSchema[None],
    Field(
        description="PUE before the change, 1 to 10. Omit to use the published average of the region. Example: 1.57",
        examples=[1.57],
        json_schema_extra=no_default,
    ),
]

PueAfter = Annotated[
    Annotated[float, Field(ge=1, le=10)] | SkipJsonSchema[None],
    Field(
        description="PUE after the change, 1 to 10. Omit to use the published one of the cooling. Example: 1.1",
        examples=[1.1],
        json_schema_extra=no_default,
    ),
]

Wue = Annotated[
    OptionalText,
    Amount(("L/kWh",)),
    Field(
        description="Water usage effectiveness: water used on site per kWh, with its unit, or a figure id, at most 120 "
        "characters. Omit to use the published one. Example: 0.3 L/kWh",
        examples=["0.3 L/kWh"],
        json_schema_extra=no_default,
    ),
]

CURRENCIES = ("USD", "EUR", "GBP", "CNY", "JPY", "MYR")

Price = Annotated[
    OptionalText,
    Amount(tuple(f"{currency}/kWh" for currency in CURRENCIES)),
    Field(
        description="Price of electricity in USD, EUR, GBP, CNY, JPY or MYR per energy, or a figure id, at most 120 characters. "
        "Omit to use the published one. Example: 0.12 USD/kWh",
        examples=["0.12 USD/kWh"],
        json_schema_extra=no_default,
    ),
]

StorageHours = Annotated[
    Annotated[float, Field(ge=0, le=24)] | SkipJsonSchema[None],
    Field(
        description="Hours of each day that storage carries the whole load, 0 to 24. Omit for a supply that matches over the "
        "year only. Example: 12",
        examples=[12],
        json_schema_extra=no_default,
    ),
]

Size = Annotated[
    Literal["short", "medium", "long", "document", "reasoning"] | SkipJsonSchema[None],
    Field(
        description="Length of the prompt: short (about 100 tokens in, 300 out), medium (1,000 in and out), long (10,000 in), "
        "document (100,000 in) or reasoning (thinks before it answers). Omit for the usual prompt. Example: long",
        examples=["long"],
        json_schema_extra=no_default,
    ),
]

InputTokens = Annotated[
    Annotated[float, Field(ge=0, le=1e15)] | SkipJsonSchema[None],
    Field(
        description="Tokens that go in with each prompt, 0 to 1e15. Example: 1000",
        examples=[1000],
        json_schema_extra=no_default,
    ),
]

OutputTokens = Annotated[
    Annotated[float, Field(ge=0, le=1e15)] | SkipJsonSchema[None],
    Field(
        description="Tokens of each answer, 0 to 1e15. Example: 400",
        examples=[400],
        json_schema_extra=no_default,
    ),
]
