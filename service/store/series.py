"""The figures of one purpose year by year, where its sources give several: history beside projections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from service.core.model import Figure, first_day, last_day
from service.core.parameter import Parameter
from service.store.kept import kept
from service.store.queries import Knowledge
from service.store.standing import Candidate, Stand, standing

_ALL: Final = 10_000  # more than one purpose has figures
_A_YEAR: Final = 366
Series = Mapping[int, Stand]


def series(knowledge: Knowledge, subject: str, quantity: str, region: str | None) -> Series:
    """For each calendar year that figures of a parameter's purpose are published for, what stands for it.

    A year's figure is the parameter's own choice where it has one of that year; else one of the source that it then
    follows; else the newest that was verified. All others for that year compete with it. Nothing where no parameter
    serves the purpose.
    """
    parameter = knowledge.parameter(subject, quantity, region)
    if parameter is None:
        return {}
    known = _known(knowledge)
    if parameter.id not in known:
        known[parameter.id] = _by_year(knowledge, parameter)
    return known[parameter.id]


@kept
def _known(_: Knowledge) -> dict[str, Series]:
    """The series that were asked for, by parameter."""
    return {}


def _by_year(knowledge: Knowledge, parameter: Parameter) -> Series:
    found, _ = knowledge.find_figures(
        subject=parameter.subject, quantity=parameter.quantity, region=parameter.region, limit=_ALL
    )
    by_year: dict[int, list[Figure]] = defaultdict(list)
    for figure in found:
        year = _year(figure.as_of)
        if year is not None:
            by_year[year].append(figure)
    return {year: _stand(knowledge, parameter, year, by_year[year]) for year in sorted(by_year)}


def _year(as_of: str) -> int | None:
    """The calendar year that a date or short period falls in or ends in; None for a period of several years."""
    start, _, end = as_of.partition("/")
    first, last = first_day(start), last_day(end or start)
    return last.year if (last - first).days <= _A_YEAR else None


def _stand(knowledge: Knowledge, parameter: Parameter, year: int, figures: Sequence[Figure]) -> Stand:
    known = tuple(standing(knowledge).candidate(figure.id) for figure in figures)
    verified = {figure.id for figure in figures if figure.checked != "memory"}
    first = min(one.published for one in known)
    turns = {first_day(choice.since) for choice in parameter.choices}
    days = sorted({one.published for one in known} | {day for day in turns if day > first})
    choices = tuple((day, _best(knowledge, parameter, known, verified, day)) for day in days)
    return Stand(parameter.model_copy(update={"id": f"{parameter.id}-{year}"}), known, choices)


def _best(knowledge: Knowledge, parameter: Parameter, known: Sequence[Candidate], verified: set[str], day: date) -> str:
    """Which of a year's figures stands on a day on which some are published."""
    past = [choice.figure for choice in parameter.choices if first_day(choice.since) <= day]
    follows = knowledge.source_of(past[-1]).id if past and knowledge.has_figure(past[-1]) else ""

    def merit(one: Candidate) -> tuple[int, bool, bool, date, bool]:
        chosen = past.index(one.figure) if one.figure in past else -1
        figure = knowledge.figure(one.figure)
        central = figure.low is not None and figure.high is not None  # the case between a publisher's scenarios
        same = knowledge.source_of(one.figure).id == follows
        return chosen, same, one.figure in verified, one.published, central

    # the first of equals: figures come in the order in which they are most likely wanted
    return max((one for one in known if one.published <= day), key=merit).figure
