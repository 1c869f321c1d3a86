"""Inputs about machines and where they stand: accelerators, data centres, power prices, tokens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.markers import Amount, Names, OptionalText, optional

_Pue = Annotated[float, Field(ge=1, le=10)] | SkipJsonSchema[None]
_Tokens = Annotated[float, Field(ge=0, le=1e15)] | SkipJsonSchema[None]

Accelerator = Annotated[
    OptionalText,
    Names(("accelerator",)),
    optional(
        "Chip that computes (GPU, TPU) by name or id, at most 120 characters. Example: nvidia-h100", "nvidia-h100"
    ),
]

AcceleratorPower = Annotated[
    OptionalText,
    Amount(("W",)),
    optional(
        "Power of one accelerator while it works, with its unit, or a figure id, at most 120 characters. "
        "Omit to use the published rating. Example: 700 W",
        "700 W",
    ),
]

DeviceHours = Annotated[
    Annotated[float, Field(ge=0, le=1e18)] | SkipJsonSchema[None],
    optional("Hours of all accelerators together (GPU hours), 0 to 1e18. Example: 39300000", 39.3e6),
]

Flop = Annotated[
    Annotated[float, Field(ge=0, le=1e40)] | SkipJsonSchema[None],
    optional("Floating-point operations in all, 0 to 1e40. Example: 3.14e23", 3.14e23),
]

Utilisation = Annotated[
    Annotated[float, Field(ge=0.001, le=1)] | SkipJsonSchema[None],
    optional(
        "Share of the accelerator's peak arithmetic that is used, 0.001 to 1. Omit to use a published one. "
        "Example: 0.4",
        0.4,
    ),
]

Pue = Annotated[
    _Pue,
    optional(
        "Power usage effectiveness: electricity of the whole data centre over that of its computers, 1 to 10. "
        "Omit to use a published one. Example: 1.1",
        1.1,
    ),
]

PueBefore = Annotated[
    _Pue,
    optional("PUE before the change, 1 to 10. Omit to use the published average of the region. Example: 1.57", 1.57),
]

PueAfter = Annotated[
    _Pue,
    optional("PUE after the change, 1 to 10. Omit to use the published one of the cooling. Example: 1.1", 1.1),
]

Wue = Annotated[
    OptionalText,
    Amount(("L/kWh",)),
    optional(
        "Water usage effectiveness: water used on site per kWh, with its unit, or a figure id, at most 120 "
        "characters. Omit to use the published one. Example: 0.3 L/kWh",
        "0.3 L/kWh",
    ),
]

CURRENCIES = ("USD", "EUR", "GBP", "CNY", "JPY", "MYR")

Price = Annotated[
    OptionalText,
    Amount(tuple(f"{currency}/kWh" for currency in CURRENCIES)),
    optional(
        "Price of electricity in USD, EUR, GBP, CNY, JPY or MYR per energy, or a figure id, at most 120 characters. "
        "Omit to use the published one. Example: 0.12 USD/kWh",
        "0.12 USD/kWh",
    ),
]

StorageHours = Annotated[
    Annotated[float, Field(ge=0, le=24)] | SkipJsonSchema[None],
    optional(
        "Hours of each day that storage carries the whole load, 0 to 24. Omit for a supply that matches over the "
        "year only. Example: 12",
        12,
    ),
]

Size = Annotated[
    Literal["short", "medium", "long", "document", "reasoning"] | SkipJsonSchema[None],
    optional(
        "Length of the prompt: short (about 100 tokens in, 300 out), medium (1,000 in and out), long (10,000 in), "
        "document (100,000 in) or reasoning (thinks before it answers). Omit for the usual prompt. Example: long",
        "long",
    ),
]

InputTokens = Annotated[
    _Tokens,
    optional("Tokens that go in with each prompt, 0 to 1e15. Example: 1000", 1000),
]

OutputTokens = Annotated[
    _Tokens,
    optional("Tokens of each answer, 0 to 1e15. Example: 400", 400),
]
