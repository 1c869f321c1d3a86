"""What counts as a right answer to a question of the sets beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import yaml

from service.ask.asking import ask
from service.ask.inputs import AskInputs, checked
from service.ask.shapes import Answered
from service.core.errors import QuantityError
from service.core.units import Unit, parse_unit
from service.store.queries import Knowledge

VOICES: Final = tuple(sorted(path.stem for path in Path(__file__).parent.glob("voices-*.yaml")))
SETS: Final = ("questions", "heldout", *VOICES)
_COUNTED: Final = {"home", "car", "flight", "kettle", "panel", "reactor", "phone-charge", "tree", "wash", "person"}
_MANY: Final = {"people": "person"}
_ASKED: Final[WeakKeyDictionary[Knowledge, dict[str, list[tuple[dict[str, Any], Answered]]]]] = WeakKeyDictionary()
_TIMES: Final = ("", "day", "week", "month", "year")


@cache
def questions(name: str) -> list[dict[str, Any]]:
    """The questions of a set."""
    path = Path(__file__).with_name(f"{name}.yaml")
    found: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def answer(knowledge: Knowledge, entry: Mapping[str, Any]) -> Answered:
    """What is answered to a question, after the call of its context where it has one."""
    raw = {"question": entry["question"], "context": entry.get("context")}
    return ask(knowledge, checked(knowledge, raw, AskInputs))


def answers(knowledge: Knowledge, name: str) -> list[tuple[dict[str, Any], Answered]]:
    """The questions of a set with what is answered to each, asked once."""
    kept = _ASKED.setdefault(knowledge, {})
    if name not in kept:
        kept[name] = [(entry, answer(knowledge, entry)) for entry in questions(name)]
    return kept[name]


def misses(entry: Mapping[str, Any], answered: Answered) -> list[str]:
    """What is wrong with an answer; empty where it is right."""
    if not entry["answered"]:
        return ["answered, should be declined"] if answered["answered"] else []
    if not answered["answered"]:
        return ["declined, should be answered"]
    found, head = list(_values(answered)), list(_headline(answered))
    wrong = [f"no value is {_said(want)}" for want in entry["expect"] if not _met(want, found)]
    wrong += [f"the headline is not {_said(want)}" for want in entry.get("expect_headline", ()) if not _met(want, head)]
    wrong += [f"no source is {name}" for name in entry["sources"] if not _cited(name, answered)]
    return wrong + [f"the text lacks {words}" for words in entry.get("says", ()) if words not in answered["text"]]


def confident(entry: Mapping[str, Any], answered: Answered) -> bool:
    """Whether a number was given where there is none."""
    return not entry["answered"] and answered["headline"] is not None


def _values(answered: Answered) -> Iterator[tuple[float, str]]:
    for result in answered["results"]:
        for value in (result["value"], result["low"], result["high"]):
            if value is not None:
                yield value, result["unit"]
    for each in (*answered["estimates"], *answered["citations"]):
        yield each["value"], each["unit"]


def _headline(answered: Answered) -> Iterator[tuple[float, str]]:
    head = answered["headline"]
    if head is not None and head["value"] is not None:
        yield head["value"], head["unit"]


def _said(want: Mapping[str, Any]) -> str:
    return " or ".join(f"{each['value']:g} {each['unit']}" for each in want.get("any_of", (want,)))


def _met(want: Mapping[str, Any], found: list[tuple[float, str]]) -> bool:
    return any(_meets(each, *value) for each in want.get("any_of", (want,)) for value in found)


def _cited(name: str, answered: Answered) -> bool:
    told = " ".join(
        " ".join([each["publisher"], each["title"], *each["authors"], each["figure"]]) for each in answered["citations"]
    )
    return re.search(name, told, re.IGNORECASE) is not None


def _meets(want: Mapping[str, Any], value: float, unit: str) -> bool:
    number, tolerance, wanted = float(want["value"]), float(want["tolerance"]), str(want["unit"])
    if wanted in _COUNTED:
        return _MANY.get(unit, unit).partition("-")[0] == wanted.partition("-")[0] and _near(value, number, tolerance)
    try:
        here, there = parse_unit(unit), parse_unit(wanted)
    except QuantityError:
        return False
    return any(_same(value, here, number, each, tolerance) for each in (there, *_over(wanted)))


def _over(wanted: str) -> Iterator[Unit]:
    """The same amount over a time: 182.5 GWh of a year meet 182.5 GWh/year, and the other way round."""
    for time in _TIMES[1:]:
        for text in (f"{wanted}/{time}", wanted.removesuffix(f"/{time}")):
            try:
                yield parse_unit(text)
            except QuantityError:
                continue


def _same(value: float, here: Unit, number: float, there: Unit, tolerance: float) -> bool:
    return here.dimension == there.dimension and _near(value * here.factor, number * there.factor, tolerance)


def _near(value: float, number: float, tolerance: float) -> bool:
    return abs(value - number) <= abs(number) * tolerance + 1e-12
