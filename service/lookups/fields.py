"""Inputs that several look-ups share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.markers import optional
from service.lookups.naming import Names

_LONGEST = 120


Optional = Annotated[str, Field(min_length=1, max_length=_LONGEST)] | SkipJsonSchema[None]

Query = Annotated[
    str,
    Field(
        min_length=1,
        max_length=300,
        description="Words to look for, in English or Chinese, at most 300 characters. Example: electricity per query",
        examples=["electricity per query"],
    ),
]
Subject = Annotated[
    Optional,
    Names("subject"),
    optional(
        "Only figures of this service, model, company, country …: its name or id, at most 120 characters. "
        "Example: chatgpt",
        "chatgpt",
    ),
]
Quantity = Annotated[
    Optional,
    Names("quantity"),
    optional(
        "Only figures of this kind: its name or id, at most 120 characters. Example: electricity-per-query",
        "electricity-per-query",
    ),
]
InRegion = Annotated[
    Optional,
    Names("region"),
    optional(
        "Only figures of this country or region: ISO 3166 code or name, at most 120 characters. Example: US", "US"
    ),
]
Limit = Annotated[int, Field(ge=1, le=20, description="Most figures to return, 1 to 20. Default: 5.", examples=[5])]
FigureId = Annotated[
    str,
    Names("figure"),
    Field(
        min_length=1,
        max_length=_LONGEST,
        description="Id of a figure, as search_figures and the citations of answers give it, at most 120 characters. "
        "Example: chatgpt-query-electricity-altman-2025",
        examples=["chatgpt-query-electricity-altman-2025"],
    ),
]
SourceId = Annotated[
    str,
    Names("source"),
    Field(
        min_length=1,
        max_length=_LONGEST,
        description="Id of a source, or of a figure taken from it, at most 120 characters. Example: altman-2025",
        examples=["altman-2025"],
    ),
]
RecordId = Annotated[
    str,
    Names("record"),
    Field(
        min_length=1,
        max_length=_LONGEST + 10,
        description="Id of a result of search, at most 130 characters. Example: source:altman-2025",
        examples=["source:altman-2025"],
    ),
]
