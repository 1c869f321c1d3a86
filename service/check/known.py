"""The numbers that answers give, as their reader may repeat them: in each unit, over each period, with their sources.

Answers are read by shape, not by name: whatever record holds a `value` in a `unit` is a number. So look-ups count as
calculators do, and what a chatbot sends of an answer suffices, however much it left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, Final

from service.core.errors import QuantityError
from service.core.units import NUMBER, Unit, parse_unit

Place = tuple[int, int]  # which answer, and the number of a citation in it
Cites = frozenset[Place] | None  # None: whichever

_YEARLY: Final = "year"
_UNCOUNTED: Final = frozenset({"percent", "percent-point", "hundred", "thousand", "million", "billion", "trillion"})
_RANKED: Final = ("results", "estimates", "citations", "figures", "derivation", "inputs", "spread")
_NAMES: Final = {
    "results": "{name}", "estimates": "estimate:{figure}", "citations": "figure:{figure}", "figures": "figure:{id}",
    "derivation": "step:{n}", "inputs": "input:{key}",
}  # fmt: skip
SHORTEST: Final = 2  # letters of a name
_FIGURE: Final = "figure:"
_CITED: Final = ("figure", "package", "live")
_STEP: Final = "step:"
_CODE: Final = re.compile(r"[\w.:/%*-]*", re.ASCII)  # a unit, a date, an id
_NO_WORDS: Final = frozenset(
    {"url", "doi", "permalink", "archived", "id", "figure", "source", "code", "tool", "uses", "formula", "substituted"}
)


@dataclass(frozen=True, slots=True)
class Known:
    """One number of an answer. `unit` is None where the answer does not say it."""

    answer: int | None
    result: str
    value: float
    unit: Unit | None
    cites: Cites = None
    rank: int = len(_RANKED)
    stated: bool = True  # whether the answer holds it so; else what a reader makes of it
    counted: str = ""  # the thing that it counts: home, kettle


def counted(unit: Unit) -> str:
    """What a unit counts, where it is the name of a thing."""
    above = [name for name, power in unit.terms if power > 0]
    plain = len(above) == 1 and not parse_unit(above[0]).dimension and above[0] not in _UNCOUNTED
    return above[0] if plain else ""


def unit_of(text: object) -> Unit | None:
    """A unit as an answer names it; None where it names none that is known."""
    try:
        return parse_unit(text) if isinstance(text, str) else None
    except QuantityError:
        return None


def known(answers: Sequence[Mapping[str, Any]]) -> list[Known]:
    """Every number of the answers, those of most weight first."""
    found = [each for at, answer in enumerate(answers) for each in _of(at, answer)]
    return sorted(found, key=lambda each: (each.rank, not each.stated))


def _of(at: int, answer: Mapping[str, Any]) -> Iterator[Known]:
    sources = _Sources(at, answer)
    over = period(answer)
    for path, record in records(answer):
        part, name = _named(path, record)
        cites = sources.behind(part, record)
        rank = _RANKED.index(part) if part in _RANKED else len(_RANKED)
        unit = unit_of(record["unit"]) if "unit" in record else None
        for value in dict.fromkeys(_numbers(record)):
            made = Known(at, name, value, unit, cites, rank, counted=counted(unit) if unit else "")
            yield made
            for spoken in said_as(unit, over) if unit else ():
                yield replace(made, unit=spoken, stated=False)
    if _is_number(answer.get("spread")):
        yield Known(at, "spread", float(answer["spread"]), NUMBER, None, _RANKED.index("spread"))


def _numbers(record: Mapping[str, Any]) -> list[float]:
    told = [record.get(part) for part in ("value", "low", "high")]
    return [float(each) for each in told if _is_number(each)]  # type: ignore[arg-type]


def _is_number(value: object) -> bool:
    """Whether it is a number that a reader can be told."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return isfinite(float(value))
    except OverflowError:
        return False


def records(answer: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Every record with a value, and the way to it."""
    for path, each in _inside(answer):
        if isinstance(each, Mapping) and _is_number(each.get("value")):
            yield path, each


def texts(at: int, answer: Mapping[str, Any]) -> Iterator[tuple[str, Cites]]:
    """Every text of an answer that may hold a number, with the citations behind the record that it stands in."""
    sources = _Sources(at, answer)
    cited: dict[tuple[str | int, ...], Cites] = {}
    for path, each in _inside(answer):
        if isinstance(each, Mapping) and _is_number(each.get("value")):
            cited[path] = sources.behind(_named(path, each)[0], each)
        elif isinstance(each, str) and path and path[-1] not in _NO_WORDS and not _CODE.fullmatch(each):
            yield each, cited.get(path[:-1])


def _inside(answer: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Everything in an answer, what holds before what is held; without recursion, for it may be anyone's."""
    left: list[tuple[tuple[str | int, ...], Any]] = [((), answer)]
    while left:
        path, each = left.pop()
        yield path, each
        if isinstance(each, Mapping):
            left += [((*path, key), value) for key, value in reversed(list(each.items()))]
        elif isinstance(each, list):
            left += [((*path, index), value) for index, value in reversed(list(enumerate(each)))]


def _named(path: tuple[str | int, ...], record: Mapping[str, Any]) -> tuple[str, str]:
    """The part of an answer that a record stands in, and what it is called."""
    part = next((str(each) for each in reversed(path[:-1]) if each in _NAMES), str(path[0]) if path else "")
    if part == "headline":
        part = "results"
    about = {"key": path[-1] if path else "", **record}
    try:
        return part, _NAMES[part].format(**about)
    except KeyError:
        return part, ".".join(map(str, path))


def said_as(unit: Unit, over: str) -> Iterator[Unit]:
    """The unit without the period that it is per, or else per the period `over`: both are said."""
    *above, below = unit.text.split("/")
    rate = unit_of(below) if above else None
    if rate is not None and rate.dimension == parse_unit("s").dimension:
        shorter = unit_of("" if above == ["1"] else "/".join(above))
        if shorter is not None:
            yield shorter
    elif unit.dimension != parse_unit("s").dimension:
        longer = unit_of(f"{unit.text or '1'}/{over}")
        if longer is not None:
            yield longer


def period(answer: Mapping[str, Any]) -> str:
    """The period that an answer is of: the one it was asked for, else a year."""
    inputs = answer.get("inputs")
    given = inputs.get("period") if isinstance(inputs, Mapping) else None
    value = given.get("value") if isinstance(given, Mapping) else None
    unit = unit_of(value)
    return str(value) if unit is not None and unit.dimension == parse_unit("s").dimension else _YEARLY


def signed(citation: Mapping[str, Any]) -> list[str]:
    """Who signs a citation, people by their family names, and who published it."""
    authors = citation.get("authors")
    people = [each.partition(",")[0] for each in authors if isinstance(each, str)] if isinstance(authors, list) else []
    publisher = citation.get("publisher")
    return [each for each in (*people, publisher) if isinstance(each, str) and len(each) >= SHORTEST]


class _Sources:
    """Which citations of an answer stand behind which of its numbers."""

    def __init__(self, at: int, answer: Mapping[str, Any]) -> None:
        self._steps = _listed(answer, "derivation")
        self._uses = {step.get("n"): step.get("uses") for step in self._steps}
        self._places: dict[str, set[Place]] = {}
        for each in _listed(answer, "citations"):
            if isinstance(each.get("n"), int):
                self._places.setdefault(str(each.get("figure")), set()).add((at, each["n"]))
        self._signed = [
            ((at, each["n"]), signed(each)) for each in _listed(answer, "citations") if isinstance(each.get("n"), int)
        ]
        headline = answer.get("headline")
        self._headline = self._result(headline) if isinstance(headline, Mapping) else None

    def behind(self, part: str, record: Mapping[str, Any]) -> Cites:
        """The citations that a number may be followed by; None where the answer does not tell."""
        if part == "citations":
            return self._cited({f"{_FIGURE}{record.get('figure')}"})
        if part == "derivation":
            return self._cited(self._closure(record.get("n")))
        if part == "results":
            return self._result(record)
        if part == "estimates":
            return self._headline if record.get("preferred") is True else self._own(record)
        return None

    def _own(self, record: Mapping[str, Any]) -> Cites:
        """The citations of an estimate: of its figure, or of whom it is named after."""
        cited = self._cited({f"{_FIGURE}{record.get('figure')}"})
        return (
            cited
            or frozenset(place for place, names in self._signed for name in names if name in str(record.get("label")))
            or None
        )

    def _result(self, record: Mapping[str, Any]) -> Cites:
        for step in self._steps:
            if (step.get("value"), step.get("unit")) == (record.get("value"), record.get("unit")):
                return self._cited(self._closure(step.get("n")))
        return None

    def _closure(self, number: object) -> set[str]:
        """Every figure that a step rests on."""
        found: set[str] = set()
        left, seen = [number], set()
        while left:
            uses = self._uses.get(left.pop())
            for use in uses if isinstance(uses, list) else ():
                if not isinstance(use, str) or use in seen:
                    continue
                seen.add(use)
                kind, _, figure = use.partition(":")
                if kind in _CITED:
                    found.add(_FIGURE + figure)
                elif use.removeprefix(_STEP).isdecimal():
                    left.append(int(use.removeprefix(_STEP)))
        return found

    def _cited(self, figures: set[str]) -> Cites:
        places = {place for each in figures for place in self._places.get(each.removeprefix(_FIGURE), ())}
        return frozenset(places) or None


def _listed(answer: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    value = answer.get(part)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
