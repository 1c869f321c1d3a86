"""What is asked of a chart: how to draw it, and for a calculator its inputs, all in the query string."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from service.core.answer import Language
from service.core.errors import Fault
from service.desk import Asked
from service.query import Query, checked, values
from service.web.charts.svg import NARROWEST, WIDEST, WIDTH, Theme


class Drawing(Query):
    """Query parameters of every chart."""

    language: Annotated[
        Language, Field(description="Language of what stands on it: en, zh-Hans or zh-Hant. Default: en.")
    ] = "en"
    theme: Annotated[
        Theme,
        Field(description="auto follows the reader's light or dark setting; light or dark is fixed. Default: auto."),
    ] = "auto"
    width: Annotated[
        int,
        Field(ge=NARROWEST, le=WIDEST, description=f"Width in pixels, {NARROWEST} to {WIDEST}. Default: {WIDTH}."),
    ] = WIDTH


class AnswerDrawing(Drawing):
    """Query parameters of the chart of an answer."""

    inputs: Annotated[
        dict[str, str],
        Field(
            default_factory=dict,
            description="The inputs of the calculator, each a query parameter of its own, as in its GET route.",
        ),
    ]


_DRAWN: Final = frozenset(Drawing.model_fields) - {"language"}  # the language is an input of every calculator too


def split(request: Asked, lists: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any], list[Fault]]:
    """The inputs of a calculator, those of `lists` as lists; how to draw, without the language; and all faults of that."""
    raw, faults = values(request, lists)
    inputs = {name: value for name, value in raw.items() if name not in _DRAWN}
    drawing, more = checked({name: value for name, value in raw.items() if name in _DRAWN}, Drawing)
    return inputs, drawing.model_dump(exclude={"language"}) if drawing else {}, [*faults, *more]
