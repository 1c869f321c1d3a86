"""The records of the knowledge base: what a YAML file under ``knowledge/`` may say.

Every field is described here and nowhere else: the loader, the reference pages and the HTTP schema are made from
these models. A figure is written inside the file of its source, so neither can travel alone.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

SLUG = r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$"
REGION = r"^(world|[A-Z]{2}(-[A-Z0-9]{1,4})?|[a-z]+(-[a-z]+)*)$"
_PARTIAL = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")

Kind = Literal[
    "peer-reviewed",
    "preprint",
    "official-statistics",
    "company-disclosure",
    "company-statement",
    "standard",
    "policy",
    "dataset",
    "analyst",
    "ngo-report",
    "press",
]
Checked = Literal["primary", "secondary", "memory"]
Basis = Literal["measured", "reported", "modelled", "estimated", "derived", "assumed"]
Relation = Literal["superseded-by", "disputed-by", "agrees-with", "derived-from"]
SubjectKind = Literal[
    "service",
    "model",
    "accelerator",
    "company",
    "facility",
    "sector",
    "region",
    "home",
    "everyday",
    "energy-source",
    "technology",
    "policy",
    "method",
    "task",
]


def last_day(partial: str) -> date:
    """The last day that a partial date (2024, 2024-03, 2024-03-09) can mean."""
    parts = [int(p) for p in partial.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def first_day(partial: str) -> date:
    """The first day that a partial date can mean."""
    parts = [int(p) for p in partial.split("-")] + [1, 1]
    return date(*parts[:3])


def _partial_date(text: str) -> str:
    if not _PARTIAL.fullmatch(text):
        raise ValueError("a date is written 2024, 2024-03 or 2024-03-09, in quotes where YAML would read a number")
    first_day(text)
    last_day(text)
    return text


def _period(text: str) -> str:
    start, slash, end = text.partition("/")
    _partial_date(start)
    if slash and first_day(_partial_date(end)) < first_day(start):
        raise ValueError("a period runs from the earlier to the later date: 2020/2030")
    return text


def _as_text(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=90)]
RegionCode = Annotated[str, StringConstraints(pattern=REGION)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]
Period = Annotated[str, AfterValidator(_period)]


class Record(BaseModel):
    """A closed, unchangeable record: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Text(Record):
    """The same sentence or name in English and in Simplified Chinese."""

    en: Annotated[str, Field(min_length=1, description="English.")]
    zh: Annotated[str, Field(min_length=1, description="Simplified Chinese; Traditional is derived from it.")]


class Remark(Record):
    """A remark in English, with its Chinese where it has been translated. A bare string means English."""

    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str | None, Field(min_length=1)] = None


RemarkField = Annotated[Remark, BeforeValidator(_as_text)]


class Link(Record):
    """How a figure stands to another one."""

    type: Annotated[Relation, Field(description="This figure is … the other.")]
    figure: Annotated[Slug, Field(description="The id of the other figure.")]


class Figure(Record):
    """One number that one source states of one subject."""

    id: Annotated[
        Slug, Field(description="Unique; subject, quantity, who, when. Good: chatgpt-query-electricity-altman-2025.")
    ]
    subject: Annotated[Slug, Field(description="The id of the subject (subjects/*.yaml).")]
    quantity: Annotated[Slug, Field(description="The id of the quantity (quantities.yaml).")]
    value: Annotated[float, Field(description="As the source states it, in `unit`.")]
    low: Annotated[float | None, Field(description="Lower bound, where the source gives one.")] = None
    high: Annotated[float | None, Field(description="Upper bound, where the source gives one.")] = None
    unit: Annotated[str, Field(description="A unit of units.txt, or empty for a pure number.")]
    gas: Annotated[Literal["CO2", "CO2e"] | None, Field(description="For emissions: which gases are counted.")] = None
    as_of: Annotated[Period, Field(description="When the number held: 2024, 2024-03, 2024-03-09, 2020/2030.")]
    region: Annotated[RegionCode, Field(description="The id of a region (regions.yaml).")]
    basis: Annotated[Basis, Field(description="How the source came by the number.")]
    scope: Annotated[RemarkField, Field(description="The boundary: what is counted and what is not.")]
    statement: Annotated[Text, Field(description="The figure as a sentence of our own, with its number.")]
    locator: Annotated[str | None, Field(description="Where in the source: page, table, section.")] = None
    caveats: Annotated[list[RemarkField], Field(description="What a reader must know before using it.")] = []
    relates: Annotated[
        list[Link], Field(description="Figures that supersede, dispute, agree with or underlie it.")
    ] = []
    checked: Annotated[
        Checked,
        Field(
            description="primary: a copy of the source was read; secondary: a document reporting it; memory: not verified."
        ),
    ]

    @model_validator(mode="after")
    def _ordered(self) -> Figure:
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise ValueError(f"value {self.value:g} lies outside its own range {low:g} to {high:g}")
        return self


class Table(Record):
    """What the rows have in common that a CSV table (grids/*.csv, countries/*.csv) takes from a source."""

    quantity: Annotated[Slug, Field(description="The id of the quantity in the rows' `quantity` column.")]
    unit: Annotated[str, Field(description="The unit of every row's value.")]
    gas: Annotated[Literal["CO2", "CO2e"] | None, Field(description="For emissions: which gases are counted.")] = None
    basis: Basis
    scope: RemarkField
    locator: Annotated[str | None, Field(description="Where in the source the column stands.")] = None


class Source(Record):
    """One publication, with the figures taken from it."""

    id: Annotated[Slug, Field(description="Unique; who and when. Good: patterson-2021.")]
    title: Annotated[
        str, Field(min_length=1, description="As published; in [brackets] where the title itself was not seen.")
    ]
    authors: Annotated[list[str], Field(description="People, as `Family, Given`.")] = []
    organisations: Annotated[list[str], Field(description="Bodies that sign as author.")] = []
    publisher: Annotated[str, Field(min_length=1, description="Journal, body, company or paper that published it.")]
    issued: Annotated[PartialDate | None, Field(description="Date of publication, as exact as known.")] = None
    url: Annotated[str | None, Field(pattern=r"^https?://\S+$", description="Address of the publication itself.")] = (
        None
    )
    archived: Annotated[
        str | None, Field(pattern=r"^https?://\S+$", description="Address of a copy that was read.")
    ] = None
    doi: Annotated[str | None, Field(pattern=r"^10\.\d{4,9}/\S+$")] = None
    language: Annotated[
        str, Field(pattern=r"^[a-z]{2}(-[A-Z][a-z]{3})?$", description="Language of the publication (BCP 47).")
    ]
    kind: Annotated[Kind, Field(description="What sort of publication it is.")]
    checked: Annotated[Checked, Field(description="How we verified that it says what we cite.")]
    licence: Annotated[str | None, Field(description="Licence of the data, where we carry a table of it.")] = None
    summary: Annotated[Text | None, Field(description="What it says, for a source that is cited without a figure.")] = (
        None
    )
    notes: Annotated[
        list[RemarkField], Field(description="What a reader should know of the publication or of its copies.")
    ] = []
    tables: Annotated[list[Table], Field(description="Columns of this source that are carried as CSV rows.")] = []
    figures: Annotated[list[Figure], Field(description="The figures taken from it.")] = []


class Subject(Record):
    """What figures are about."""

    id: Slug
    kind: SubjectKind
    name: Text
    aliases: Annotated[dict[Literal["en", "zh"], list[str]], Field(description="Other names, per language.")] = {}
    region: Annotated[RegionCode | None, Field(description="Where it is, if it belongs to one place.")] = None
    part_of: Annotated[Slug | None, Field(description="The subject that offers, owns or contains it.")] = None


class QuantityKind(Record):
    """A kind of number, such as electricity per query."""

    id: Slug
    name: Text
    aliases: Annotated[dict[Literal["en", "zh"], list[str]], Field(description="Other names, per language.")] = {}
    definition: Annotated[Text, Field(description="What is measured, in one sentence.")]
    unit: Annotated[str, Field(description="The usual unit; it fixes the dimension of every figure of this kind.")]
    also: Annotated[list[str], Field(description="Units of another dimension that sources use for it too.")] = []
    statement: Annotated[
        Text | None, Field(description="Sentence for rows of tables, with {subject}, {value}, {unit}, {year}.")
    ] = None


class Region(Record):
    """A place: a country (ISO 3166-1), a part of one (ISO 3166-2, eGRID), or a group of countries."""

    id: RegionCode
    name: Text
    aliases: Annotated[
        dict[Literal["en", "zh"], list[str]], Field(description="Other names and adjectives, per language.")
    ] = {}
    part_of: RegionCode | None = None
