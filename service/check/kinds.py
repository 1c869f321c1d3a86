"""By what words a text tells which kind of number it means, where unit and subject leave several; and whom, where it names nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import yaml

from service.core.resources import resource

_FOLDER: Final = "knowledge/lexicon/check"
_FAMILY: Final = "electricity-per-query"


class Kind(NamedTuple):
    """When a number may be a value of a quantity, told by concepts of the sentence or of those before it."""

    kinds: Sequence[str] = ()  # of subjects; empty for any
    must: Sequence[str] = ()  # one of these is said
    cues: Sequence[str] = ()  # these speak for it
    never: Sequence[str] = ()  # these, in its clause, speak against it
    also: Sequence[str] = ()  # one of these is said in the sentence too
    close: bool = False  # what must be said is said in its clause
    counted: Sequence[str] = ()  # what it counts, where it counts
    bare: bool = False  # a plain ratio, without a unit
    of: str = ""  # what one of takes it
    named: bool = False  # its own name is said


class Meant(NamedTuple):
    """The subjects that texts mean without naming them."""

    things: Mapping[str, str]  # by the concept that says them
    sites: Mapping[str, Sequence[str]]  # those that numbers are told of too, by the subject named
    typical: Sequence[str]  # whose a prompt is, where nobody says


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of number that texts speak of, by quantity. Raises TypeError where a file has a part that is none."""
    return {name: Kind(**parts) for name, parts in _read("quantities").items()}


@cache
def meant() -> Meant:
    """The subjects that texts mean without naming them. Raises TypeError where a file has a part that is none."""
    return Meant(**_read("subjects"))


def _read(name: str) -> dict[str, Any]:
    path = resource(f"{_FOLDER}/{name}.yaml")
    said: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return said


def family(quantity: str) -> str:
    """The kind of number that a quantity is a case of: a long query is a query."""
    return _FAMILY if quantity.startswith(_FAMILY) else quantity
