"""What counts as a right answer to a question of the sets beside this file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from service.ask.asking import ask
from service.ask.inputs import AskInputs, checked
from service.ask.shapes import Answered
from service.core.errors import QuantityError
from service.core.units import Unit, parse_unit
from service.store.queries import Knowledge

SETS: Final = ("questions", "heldout")
_COUNTED: Final = {"home": ("home",), "car": ("car",), "flight": ("flight",), "kettle": ("kettle",), "panel": ("panel",), "reactor": ("reactor",),
    "phone-charge": ("phone-charge",), "tree": ("tree",), "wash": ("wash",)}  # fmt: skip
_TIMES: Final = ("", "day", "week", "month", "year")


def questions(name: str) -> list[dict[str, Any]]:
    """The questions of a set."""
    path = Path(__file__).with_name(f"{name}.yaml")
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def answer(knowledge: Knowledge, entry: Mapping[str, Any]) -> Answered:
    """What is answered to a question, after the call of its context where it has one."""
    raw = {"question": entry["question"], "context": entry.get("context")}
    return ask(knowledge, checked(knowledge, raw, AskInputs))


def misses(entry: Mapping[str, Any], answered: Answered) -> list[str]:
    """What is wrong with an answer; empty where it is right."""
    if not entry["answered"]:
        return ["answered, should be declined"] if answered["answered"] else []
    if not answered["answered"]:
        return ["declined, should be answered"]
    values = list(_values(answered))
    return [
        f"no value is {want['value']:g} {want['unit']}"
        for want in entry["expect"]
        if not any(_meets(want, *value) for value in values)
    ]


def confident(entry: Mapping[str, Any], answered: Answered) -> bool:
    """Whether a number was given where there is none."""
    return not entry["answered"] and answered["headline"] is not None


def _values(answered: Answered) -> Iterator[tuple[float, str, str]]:
    for result in answered["results"]:
        for value in (result["value"], result["low"], result["high"]):
            if value is not None:
                yield value, result["unit"], result["name"]
    for estimate in answered["estimates"]:
        yield estimate["value"], estimate["unit"], ""


def _meets(want: Mapping[str, Any], value: float, unit: str, name: str) -> bool:
    number, tolerance, wanted = float(want["value"]), float(want["tolerance"]), str(want["unit"])
    if wanted in _COUNTED:
        named = unit.partition("-")[0] == wanted.partition("-")[0]
        return named and _near(value, number, tolerance)
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
