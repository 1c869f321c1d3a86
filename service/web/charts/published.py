"""Charts of published figures: a quantity as everyone gives it, or as it is given for one subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from service.answers.voice import Voice, voice
from service.core.errors import NothingKnown
from service.core.model import Figure
from service.core.quantity import Quantity
from service.core.units import parse_unit
from service.store.queries import Knowledge
from service.store.standing import standing
from service.web.charts.model import Chart, ChartKind, Point
from service.web.charts.said import Said, said_in

_ALL: Final = 100_000
_LISTED: Final = 40  # rows of a ranking that are still read one by one


def quantity_chart(knowledge: Knowledge, quantity: str, language: str) -> Chart:
    """All figures of a quantity. Raises `NothingKnown` where there is none."""
    return _chart(knowledge, quantity, None, language)


def subject_chart(knowledge: Knowledge, subject: str, quantity: str, language: str) -> Chart:
    """All figures of a quantity for one subject. Raises `NothingKnown` where there is none."""
    return _chart(knowledge, quantity, subject, language)


def _chart(knowledge: Knowledge, quantity: str, subject: str | None, language: str) -> Chart:
    said = said_in(language)
    name = said.words.local(knowledge.quantity(quantity).name)
    about = said.words.local(knowledge.subject(subject).name) if subject else ""
    figures, _ = knowledge.find_figures(quantity=quantity, subject=subject, limit=_ALL)
    if not figures:
        raise NothingKnown(said("nothing", quantity=name, subject=about), {}, nearest=_nearest(knowledge, subject))
    unit = _unit(figures, knowledge.quantity(quantity).unit)
    used = _used(knowledge, figures)
    points = [
        _point(figure, unit, figure.id in used, voice(knowledge, language), subject is None) for figure in figures
    ]
    points.sort(key=lambda point: (not point.drawn, point.year if point.as_of else 0.0, point.value, point.id))
    kind = _kind([point for point in points if point.drawn])
    if kind == "ranking":
        points.sort(key=lambda point: (not point.drawn, -point.value, point.id))
    title = said("subject", quantity=name, subject=about) if subject else said("quantity", quantity=name)
    return Chart(f"{subject or 'quantity'}-{quantity}", kind, title, unit, points, knowledge.version)


def _nearest(knowledge: Knowledge, subject: str | None) -> Sequence[str]:
    """What quantities there are of the subject."""
    if subject is None:
        return ()
    found, _ = knowledge.find_figures(subject=subject, limit=_ALL)
    return list(dict.fromkeys(figure.quantity for figure in found))


def _unit(figures: Sequence[Figure], usual: str) -> str:
    """The unit of the chart: the usual one, or else that of the dimension that most figures share."""
    dimensions = Counter(parse_unit(figure.unit).dimension for figure in figures)
    most, _ = dimensions.most_common(1)[0]
    if parse_unit(usual).dimension == most:
        return usual
    return next(figure.unit for figure in figures if parse_unit(figure.unit).dimension == most)


def _kind(points: Sequence[Point]) -> ChartKind:
    """In order where all are of about one time and few enough to be read one by one; else over time."""
    years = {int(point.year) for point in points}
    return "ranking" if len(years) == 1 and len(points) <= _LISTED else "time"


def _used(knowledge: Knowledge, figures: Sequence[Figure]) -> frozenset[str]:
    """Those figures that a parameter chooses on the day of the knowledge."""
    day = date.fromisoformat(knowledge.as_of)
    purposes = dict.fromkeys(
        (each.subject, each.quantity, region) for each in figures for region in (each.region, None)
    )
    stands = [standing(knowledge).of(*purpose) for purpose in purposes]
    held = [stand.on(day) for stand in stands if stand]
    return frozenset(each.chosen.figure for each in held if each)


def _point(figure: Figure, unit: str, used: bool, speaker: Voice, many: bool) -> Point:
    drawn = parse_unit(figure.unit).dimension == parse_unit(unit).dimension
    own = unit if drawn else figure.unit

    def converted(value: float) -> float:
        return value if own == figure.unit else Quantity(value, figure.unit).to(own).value

    return Point(
        id=figure.id,
        label=_label(figure, speaker, said_in(speaker.words.language), many),
        value=converted(figure.value),
        low=None if figure.low is None else converted(figure.low),
        high=None if figure.high is None else converted(figure.high),
        unit=own,
        as_of=figure.as_of,
        checked=figure.checked,
        preferred=used,
        drawn=drawn,
        link=f"/v1/figures/{figure.id}",
    )


def _label(figure: Figure, speaker: Voice, said: Said, many: bool) -> str:
    """Who says so; before it of what, where there are several subjects."""
    who = speaker.who(figure.id)
    if not many:
        return who
    facts = speaker.facts
    assert isinstance(facts, Knowledge)
    return said("both", subject=said.words.local(facts.subject(figure.subject).name), who=who)
