"""The query parameters of the routes that read the knowledge base."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.answer import Language
from service.core.markers import optional
from service.core.model import Basis, Checked, Kind, SubjectKind
from service.query import Known, Query

_LONGEST: Final = 120
Name = Annotated[str, Field(min_length=1, max_length=_LONGEST)] | SkipJsonSchema[None]


class Spoken(Query):
    """Parameters of a route that says something in a language."""

    language: Annotated[
        Language, Field(description="Language of labels and statements: en, zh-Hans or zh-Hant. Default: en.")
    ] = "en"


class Paged(Spoken):
    """Parameters of a route that lists."""

    limit: Annotated[int, Field(ge=1, le=100, description="Most records to return, 1 to 100. Default: 20.")] = 20
    offset: Annotated[int, Field(ge=0, le=100_000, description="Records to skip, 0 to 100000. Default: 0.")] = 0

    def filters(self) -> dict[str, Any]:
        """What narrows the list, and nothing of how it is shown."""
        return self.model_dump(exclude={*Paged.model_fields, "q"})


class FigureFilters(Paged):
    """What figures may be narrowed by."""

    subject: Annotated[
        Name, Known("subject"), optional("Only figures of this subject: its id, or its name in English or Chinese.")
    ] = None
    quantity: Annotated[
        Name, Known("quantity"), optional("Only figures of this quantity, by its id, such as electricity-per-query.")
    ] = None
    region: Annotated[
        Name, Known("region"), optional("Only figures that hold in this region: ISO 3166 code, or its name.")
    ] = None
    source: Annotated[Name, Known("source"), optional("Only figures taken from this source, by its id.")] = None
    kind: Annotated[
        Kind | SkipJsonSchema[None], optional("Only figures from this sort of publication, such as peer-reviewed.")
    ] = None
    checked: Annotated[
        Checked | SkipJsonSchema[None], optional("Only figures verified in this way: primary, secondary or memory.")
    ] = None
    basis: Annotated[
        Basis | SkipJsonSchema[None], optional("Only figures that their source came by in this way, such as measured.")
    ] = None
    year: Annotated[
        Annotated[int, Field(ge=1900, le=2100)] | SkipJsonSchema[None],
        optional("Only figures that held in this year, 1900 to 2100."),
    ] = None


class SourceFilters(Paged):
    """What sources may be narrowed by."""

    kind: Annotated[Kind | SkipJsonSchema[None], optional("Only this sort of publication, such as peer-reviewed.")] = (
        None
    )
    checked: Annotated[
        Checked | SkipJsonSchema[None], optional("Only sources verified in this way: primary, secondary or memory.")
    ] = None
    year: Annotated[
        Annotated[int, Field(ge=1900, le=2100)] | SkipJsonSchema[None],
        optional("Only sources published in this year, 1900 to 2100."),
    ] = None


class SubjectFilters(Paged):
    """What subjects may be narrowed by."""

    kind: Annotated[SubjectKind | SkipJsonSchema[None], optional("Only this sort of subject, such as service.")] = None
    region: Annotated[Name, Known("region"), optional("Only subjects of this region: ISO 3166 code, or its name.")] = (
        None
    )
