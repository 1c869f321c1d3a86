"""What is asked of a chart: how to draw it, and for a calculator its inputs, all in the query string."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.core.answer import Language
from service.core.errors import BadCall, Fault
from service.desk import Asked
from service.store.resolve import faults_of
from service.web.charts.svg import NARROWEST, WIDEST, WIDTH, Theme


class Drawing(BaseModel):
    """Query parameters of every chart."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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
        Field(description="The inputs of the calculator, each a query parameter of its own, as in its GET route."),
    ] = {}


_DRAWN: Final = frozenset(Drawing.model_fields) - {"language"}  # the language is an input of every calculator too


def read(request: Asked, unknown: Sequence[Fault | None]) -> Drawing:
    """How to draw. Raises `BadCall` with every fault, after those found in the path."""
    raw, twice = _pairs(request, frozenset())
    drawing, faults = _drawing(raw)
    faults = [*(fault for fault in unknown if fault), *twice, *faults]
    if faults or drawing is None:
        raise BadCall(str(request.route_handler.operation_id), faults)
    return drawing


def split(request: Asked, lists: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any], list[Fault]]:
    """The inputs of a calculator, those of `lists` as lists; how to draw, without the language; and all faults of that."""
    raw, faults = _pairs(request, lists)
    inputs = {name: value for name, value in raw.items() if name not in _DRAWN}
    drawing, more = _drawing({name: value for name, value in raw.items() if name in _DRAWN})
    return inputs, drawing.model_dump(exclude={"language"}) if drawing else {}, [*faults, *more]


def _drawing(raw: dict[str, Any]) -> tuple[Drawing | None, list[Fault]]:
    try:
        return Drawing.model_validate(raw), []
    except ValidationError as error:
        return None, faults_of(error, Drawing)


def _pairs(request: Asked, lists: frozenset[str]) -> tuple[dict[str, Any], list[Fault]]:
    found: dict[str, Any] = {}
    twice: list[Fault] = []
    for name, value in request.query_params.multi_items():
        if name in lists:
            found.setdefault(name, []).append(value)
        elif name in found:
            twice.append(Fault(name, "given-twice", "was given more than once."))
        else:
            found[name] = value
    return found, list({fault.field: fault for fault in twice}.values())
