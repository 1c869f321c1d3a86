"""Which figure is used for a purpose, since when and why: a file under ``knowledge/parameters/``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from service.core.model import PartialDate, Period, Record, RegionCode, RemarkField, Slug, Text


class Derived(Record):
    """A number computed from figures, declared rather than published."""

    id: Slug
    label: Text
    formula: Annotated[str, Field(description="Names of `uses` joined by + - * / and brackets; no number of its own.")]
    uses: Annotated[dict[str, Slug], Field(min_length=1, description="Each name of the formula → the id of a figure.")]
    as_of: Period
    scope: RemarkField


class Rival(Record):
    """A competing figure, shown beside the chosen one."""

    figure: Annotated[Slug, Field(description="A figure, or one of this parameter's `derived`.")]
    paired: Annotated[
        list[Slug],
        Field(description="Figures of other parameters that belong to it, as its own publication combined them."),
    ] = Field(default_factory=list)


class Choice(Rival):
    """From this date, calculators use this figure, because …"""

    since: Annotated[
        PartialDate, Field(description="The day from which the choice holds; `as_of` before it gets the one before.")
    ]
    reason: Text


def _as_rival(value: Any) -> Any:
    return {"figure": value} if isinstance(value, str) else value


RivalField = Annotated[Rival, BeforeValidator(_as_rival)]


class Parameter(Record):
    """Which figure calculators use for one subject and quantity, and which others compete with it."""

    id: Slug
    subject: Slug
    quantity: Slug
    region: RegionCode
    choices: Annotated[list[Choice], Field(min_length=1, description="In order of date.")]
    rivals: Annotated[
        list[RivalField], Field(description="Competing figures; a bare id means one without `paired`.")
    ] = Field(default_factory=list)
    derived: Annotated[list[Derived], Field(description="Numbers computed from several figures for this purpose.")] = (
        Field(default_factory=list)
    )
    review_by: Annotated[PartialDate, Field(description="When the choice must be looked at again.")]

    def candidates(self) -> list[str]:
        """Every figure that it may use: its choices and their rivals, each once, in that order."""
        return list(dict.fromkeys(entry.figure for entry in (*self.choices, *self.rivals)))

    def paired_with(self, figure: str) -> list[str]:
        """The figures of other parameters that belong to `figure`."""
        return [paired for entry in (*self.choices, *self.rivals) if entry.figure == figure for paired in entry.paired]

    def derived_by_id(self, figure: str) -> Derived | None:
        """The derived number of this id, or None where it is a published figure."""
        return next((derived for derived in self.derived if derived.id == figure), None)
