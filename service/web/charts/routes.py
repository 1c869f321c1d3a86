"""The routes of the charts: by their ending as a picture of either kind, as a table, or without one as data."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.answer import Answer
from service.core.errors import BadCall, Fault
from service.core.inputs import list_inputs
from service.desk import JSON, Asked, Described, Desk, encode, entity_tag, fresh, get
from service.query import read
from service.run import find, run
from service.store.queries import Knowledge
from service.web.charts.answered import answer_chart
from service.web.charts.asked import AnswerDrawing, Drawing, split
from service.web.charts.model import Chart, ChartRecord
from service.web.charts.published import quantity_chart, subject_chart
from service.web.charts.svg import svg
from service.web.charts.table import table
from service.web.pictures import PNG, png

TAG: Final = "charts"
SVG: Final = "image/svg+xml"
CSV: Final = "text/csv"
_MEDIA: Final = {".svg": SVG, ".png": PNG, ".csv": CSV}
_SCALE: Final = 1.5  # pixels of a PNG for each unit of its width: sharp on most screens
_KEPT: Final = 128  # charts that are kept as they were written; the largest take 140 kB
_ALSO: Final = {
    SVG: "The picture, with the ending .svg.",
    PNG: f"The same, with the ending .png; {_SCALE:g} pixels for each of its width, light where the theme is auto.",
    CSV: "The table, with the ending .csv.",
}
_HOW: Final = (
    "at most 120 characters; with the ending .svg or .png the picture, with .csv the table, without one the data."
)
_SAFE: Final = {
    # a picture that is opened by itself runs and loads nothing; its style sheet stands inside it
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
}


Published = Callable[[str | None, str, Drawing, str], bytes]  # subject, quantity, how drawn, ending


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """All routes of charts."""
    known = desk.knowledge

    @lru_cache(maxsize=_KEPT)
    def published(subject: str | None, quantity: str, asked: Drawing, ending: str) -> bytes:
        if subject is None:
            return _written(quantity_chart(known, quantity, asked.language), asked, ending)
        return _written(subject_chart(known, subject, quantity, asked.language), asked, ending)

    return [_quantity(desk, published), _subject(desk, published), _calculator(desk)]


def _quantity(desk: Desk, published: Published) -> HTTPRouteHandler:
    known = desk.knowledge
    path = {"quantity_file": (f"Id of the quantity, {_HOW}", "electricity-per-query.svg")}
    about = Described(ChartRecord, TAG, query=Drawing, path=path, also=_ALSO, faults=(404, 422))

    @get("/v1/charts/quantity/{quantity_file:str}", "get_quantity_chart", about)
    def get_quantity_chart(request: Asked, quantity_file: FromPath[str]) -> Response[bytes]:
        """Chart every figure of a quantity.

        All that is published of it over time, with the range that each source gives; in order where all is of one year.
        """
        name, ending = _ended(quantity_file)
        asked = read(request, Drawing, known, _unknown(known, "quantity", name))
        return _reply(desk, request, lambda: published(None, name, asked, ending), ending)

    return get_quantity_chart


def _subject(desk: Desk, published: Published) -> HTTPRouteHandler:
    known = desk.knowledge
    path = {
        "subject_id": ("Id of the subject, at most 120 characters.", "chatgpt"),
        "quantity_file": (f"Id of the quantity, {_HOW}", "electricity-per-query.svg"),
    }
    about = Described(ChartRecord, TAG, query=Drawing, path=path, also=_ALSO, faults=(404, 422))

    @get("/v1/charts/subject/{subject_id:str}/{quantity_file:str}", "get_subject_chart", about)
    def get_subject_chart(request: Asked, subject_id: FromPath[str], quantity_file: FromPath[str]) -> Response[bytes]:
        """Chart a quantity of one subject.

        All that is published of it over time, with the range that each source gives.
        """
        name, ending = _ended(quantity_file)
        unknown = _unknown(known, "subject", subject_id), _unknown(known, "quantity", name)
        asked = read(request, Drawing, known, *unknown)
        return _reply(desk, request, lambda: published(subject_id, name, asked, ending), ending)

    return get_subject_chart


def _calculator(desk: Desk) -> HTTPRouteHandler:
    path = {"calculator_file": (f"Name of the calculator, {_HOW}", "demand_outlook.svg")}
    about = Described(ChartRecord, TAG, query=AnswerDrawing, path=path, also=_ALSO, faults=(404, 422))

    @get("/v1/charts/calculators/{calculator_file:str}", "get_answer_chart", about)
    async def get_answer_chart(request: Asked, calculator_file: FromPath[str]) -> Response[bytes]:
        """Chart an answer.

        The estimates that compete in it; for compare the values in order, for demand_outlook history and projections.
        Takes the inputs of the calculator, as its own GET route does.
        """
        name, ending = _ended(calculator_file)
        calculator = find(name)
        inputs, drawing, faults = split(request, list_inputs(calculator.inputs))
        lasting = not await desk.heard(inputs)
        answer = _answer(desk, name, inputs, faults)
        asked = Drawing(language=answer["language"], **drawing)

        def made() -> bytes:
            return _written(answer_chart(desk.knowledge, answer), asked, ending)

        return _reply(desk, request, made, ending, lasting=lasting)

    return get_answer_chart


def _answer(desk: Desk, tool: str, inputs: dict[str, Any], faults: list[Fault]) -> Answer:
    """The answer to draw. Raises `BadCall` with the faults found before and those of its inputs."""
    try:
        answer = run(desk.knowledge, tool, inputs, live=desk.live)
    except BadCall as error:
        raise BadCall(tool, [*faults, *error.faults]) from error
    if faults:
        raise BadCall(tool, faults)
    return answer


def _ended(file: str) -> tuple[str, str]:
    """What is asked for, and the ending that says in which form."""
    ending = next((each for each in _MEDIA if file.endswith(each)), "")
    return file.removesuffix(ending), ending


def _unknown(knowledge: Knowledge, thing: str, given: str) -> Fault | None:
    """The fault of an id in the path that names nothing."""
    known = knowledge.subjects if thing == "subject" else knowledge.quantities
    if given in known:
        return None
    close = knowledge.suggest_subjects(given) if thing == "subject" else knowledge.suggest_quantities(given)
    return Fault(thing, "unknown-id", f"there is no {thing} of this id.", given, (), close)


def _written(chart: Chart, asked: Drawing, ending: str) -> bytes:
    """The chart in the form that the ending asks for."""
    if ending == ".svg":
        return svg(chart, asked.language, asked.width, asked.theme)
    if ending == ".png":
        return png(svg(chart, asked.language, asked.width, "light" if asked.theme == "auto" else asked.theme), _SCALE)
    return table(chart) if ending == ".csv" else encode(chart.record())


def _reply(
    desk: Desk, request: Asked, make: Callable[[], bytes], ending: str, *, lasting: bool = True
) -> Response[bytes]:
    """The response with a chart in the form that the ending asks for; one that lasts is not made for a caller who holds it."""
    media = _MEDIA.get(ending, JSON)
    if lasting:
        body = b"" if fresh(entity_tag(desk.knowledge.version, request), request) else make()
        response = desk.cached(request, body, media)
    else:
        response = desk.fleeting(make(), media)
    if ending == ".svg":
        response.headers.update(_SAFE)
    return response
