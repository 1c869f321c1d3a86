"""Charts of answers: the estimates that compete, the things compared, or the outlook year by year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import isclose
from typing import Final

from service.core.answer import Answer, Citation, Estimate, ResultValue
from service.core.model import last_day
from service.core.quantity import Quantity
from service.core.units import parse_unit
from service.store.queries import Knowledge
from service.web.charts.model import Chart, Group, Point
from service.web.charts.said import Said, said_in

_OUTLOOK: Final = "demand_outlook"
_COMPARE: Final = "compare"
_OF: Final = "of-"  # begins the name of a compared value
_DEMAND: Final = re.compile(r"demand-(\d{4})")


def answer_chart(knowledge: Knowledge, answer: Answer) -> Chart:
    """The chart that says most of an answer."""
    said = said_in(answer["language"])
    if answer["tool"] == _OUTLOOK:
        return _outlook(knowledge, answer, said)
    if answer["tool"] == _COMPARE:
        return _compared(knowledge, answer, said)
    label = answer["headline"]["label"]
    if len(answer["estimates"]) > 1:
        points = _ranked([_estimated(each, answer["citations"]) for each in answer["estimates"]])
        return _of(knowledge, answer, said("estimates", label=label), points)
    return _of(knowledge, answer, said("results", label=label), _ranked(_alike(answer)))


def _of(knowledge: Knowledge, answer: Answer, title: str, points: Sequence[Point]) -> Chart:
    return Chart(
        answer["tool"].replace("_", "-"), "ranking", title, points[0].unit, points, knowledge.version, of_answer=True
    )


def _ranked(points: Sequence[Point]) -> list[Point]:
    return sorted(points, key=lambda point: (-point.value, point.id))


def _alike(answer: Answer) -> list[Point]:
    """The results that can stand on the axis of the headline."""
    unit = answer["headline"]["unit"]
    alike = [each for each in answer["results"] if each["unit"] == unit]
    return [_result(each, each["label"], preferred=each is answer["results"][0]) for each in alike]


def _result(result: ResultValue, label: str, *, preferred: bool) -> Point:
    return Point(
        id=result["name"],
        label=label,
        value=result["value"],
        low=result["low"],
        high=result["high"],
        unit=result["unit"],
        preferred=preferred,
        group="computed",
    )


def _estimated(estimate: Estimate, citations: Sequence[Citation]) -> Point:
    cited = next((each for each in citations if each["figure"] == estimate["figure"]), None)
    return Point(
        id=estimate["figure"],
        label=estimate["label"],
        value=estimate["value"],
        low=estimate["low"],
        high=estimate["high"],
        unit=estimate["unit"],
        as_of=estimate["as_of"],
        checked=cited["checked"] if cited else None,
        preferred=estimate["preferred"],
        link=f"/v1/figures/{cited['figure']}" if cited else None,
    )


def _compared(knowledge: Knowledge, answer: Answer, said: Said) -> Chart:
    """The compared values, highest first, each under the name of its subject."""
    found = [each for each in answer["results"] if each["name"].startswith(_OF)]
    points = []
    for each in found:
        name = said.words.local(knowledge.subject(each["name"].removeprefix(_OF)).name)
        points.append(_result(each, name, preferred=False))
    quantity = knowledge.figure(answer["citations"][0]["figure"]).quantity
    title = said("compare", quantity=said.words.local(knowledge.quantity(quantity).name))
    return _of(knowledge, answer, title, _ranked(points))


def _outlook(knowledge: Knowledge, answer: Answer, said: Said) -> Chart:
    """Every year on record, then what competes for the year that was asked for."""
    headline = answer["headline"]
    unit = headline["unit"]
    year = str(answer["inputs"]["year"]["value"])
    points = [_yearly(knowledge, year, headline, answer, said)]
    for each in answer["results"]:
        dated = _DEMAND.fullmatch(each["name"])
        if dated:
            points.append(_yearly(knowledge, dated[1], each, answer, said))
    if headline["name"] == "demand":
        points += [
            _dated(_estimated(each, answer["citations"]), answer["citations"])
            for each in answer["estimates"]
            if not each["preferred"]
        ]
    points.sort(key=lambda point: (point.year, not point.preferred, point.value, point.id))
    figure = knowledge.figure(answer["citations"][0]["figure"])
    quantity, subject = knowledge.quantity(figure.quantity).name, knowledge.subject(figure.subject).name
    title = said("subject", quantity=quantity, subject=subject)
    return Chart("demand-outlook", "outlook", title, unit, points, knowledge.version, of_answer=True)


def _yearly(knowledge: Knowledge, year: str, result: ResultValue, answer: Answer, said: Said) -> Point:
    """A result as the value of a year, under the name of whoever published it."""
    cited = _source(year, result, answer["citations"])
    group: Group = _group(year, cited) if cited else "computed"
    return Point(
        id=cited["figure"] if cited else result["name"],
        label=knowledge.cited_as(cited["figure"]) if cited else said("here"),
        value=result["value"],
        low=result["low"],
        high=result["high"],
        unit=result["unit"],
        as_of=year,
        checked=cited["checked"] if cited else None,
        preferred=True,
        group=group,
        link=f"/v1/figures/{cited['figure']}" if cited else None,
    )


def _dated(point: Point, citations: Sequence[Citation]) -> Point:
    """A competing estimate as history or projection."""
    cited = next((each for each in citations if each["figure"] == point.id), None)
    year = point.as_of.rpartition("/")[2][:4]
    return replace(point, group=_group(year, cited))


def _source(year: str, result: ResultValue, citations: Sequence[Citation]) -> Citation | None:
    """The figure that is the value of a year."""
    for cited in citations:
        if cited["as_of"].rpartition("/")[2][:4] == year and isclose(_in(cited, result["unit"]), result["value"]):
            return cited
    return None


def _in(cited: Citation, unit: str) -> float:
    if parse_unit(cited["unit"]).dimension != parse_unit(unit).dimension:
        return float("nan")
    return Quantity(cited["value"], cited["unit"]).to(unit).value


def _group(year: str, cited: Citation | None) -> Group:
    """A value that was published before its year was over is a projection."""
    issued = cited["issued"] if cited else None
    return "projection" if issued and last_day(issued) <= last_day(year) else "history"
