"""A call that a question may mean, and how its inputs are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

from service.core.calculator import registry
from service.reading.findings import Segment

PERIODS: Final = ("hour", "day", "week", "month", "year")  # over which a rate can be told
Measure = Literal["electricity", "emissions", "water", "cost", ""]
# what a look-up is told, where nothing is said
LOOKING: Final[Mapping[str, Any]] = {
    "quantities": [], "subjects": [], "region": None, "year": None, "as_of": None, "publishers": [], "values": [], "anyone": False, "list": False,
    "format": "", "earliest": False, "latest": False, "measures": [], "fits": lambda *_: True, "together": False, "special": 0, "words": frozenset(),
}  # fmt: skip


@dataclass(slots=True)
class Proposal:
    """A call that a frame proposes, with the segments and concepts of the question that it explains."""

    tool: str
    inputs: dict[str, Any]
    used: list[Segment] = field(default_factory=list)
    explains: tuple[str, ...] = ()  # concepts
    bonus: float = 0.0
    before: Proposal | None = None  # a call that is made before, and said with it
    feeds: str = ""  # the input of this one that its result is
    rate: str = ""  # the period that this result is one of: 68 MWh of a day are 68 MWh a day
    measured: bool = False  # what it gives is of a kind that the question names
    least: float = 0.6  # of the weight of all that was found, to be explained
    generic: bool = False  # it stands for whatever is not named: a name that is not known must not be passed over
    looks: Callable[[], Mapping[str, Any]] | None = None  # of a look-up: which figures are meant

    @property
    def options(self) -> Mapping[str, Any]:
        """Which figures a look-up means; nothing where it is none."""
        return self.looks() if self.looks else {}


def written(segment: Segment) -> str:
    """An amount as an input takes it."""
    if segment.low < segment.high:
        return f"{plain(segment.low)}-{plain(segment.high)} {segment.unit}"
    return f"{plain(segment.value)} {segment.unit}"


def plain(number: float) -> str:
    """A number without exponent where it has few digits."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:.12g}"


@cache
def takes(tool: str) -> frozenset[str]:
    """The inputs of a calculator."""
    return frozenset(registry[tool].inputs.model_fields)
