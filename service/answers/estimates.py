"""The headline under competing figures, and how far these estimates lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from service.answers.voice import Voice
from service.core.calculator import Result
from service.core.live import LIVE
from service.core.model import QuantityKind, Subject
from service.core.packages import PACKAGE
from service.core.quantity import Quantity

CITED: Final = ("figure:", PACKAGE, LIVE)  # begin the reference of a leaf that a source stands behind
_MOST_ESTIMATES: Final = 4
_SIZE: Final = attrgetter("quantity.value")
_FACTOR_DIGITS: Final = 2
_NEAR: Final = 1.1


@dataclass(slots=True)  # not frozen, which would double the time it takes to make one: a run makes a dozen
class Trial:
    """The headline as it comes out under one competing figure."""

    figure: str
    preferred: bool
    quantity: Quantity
    figures: Sequence[str] | None = None  # where the quantity itself does not tell
    of: QuantityKind | Subject | None = None  # what the figure is of, where the one that is used is of something else
    by: Result | None = None  # the result that it is, where another method than the headline's gives it

    @property
    def rests_on(self) -> Sequence[str]:
        """The ids of the figures that it rests on."""
        return figures_of(self.quantity) if self.figures is None else self.figures


def figures_of(quantity: Quantity) -> list[str]:
    """The ids of the figures that a quantity rests on, each once, in the order in which they enter."""
    references = [leaf.reference for leaf in quantity.leaves()]
    return list(dict.fromkeys([r.partition(":")[2] for r in references if r.startswith(CITED)]))


@dataclass(slots=True)
class Compared:
    """How far the estimates lie apart: which are said, and the sentence of the words' `parts` that says so."""

    shown: Sequence[Trial]
    spread: float | None = None  # highest ÷ lowest; None where nothing competes or the lowest is zero
    sentence: str = ""
    factor: str = ""


def compared(trials: Sequence[Trial], voice: Voice) -> Compared:
    """Compare the estimates of a run. It decides by their numbers, and is all of an answer's words that does."""
    shown, spread = apart(trials)
    return Compared(shown, spread, *worded([trial.quantity for trial in shown], spread, voice))


def apart(trials: Sequence[Trial]) -> tuple[list[Trial], float | None]:
    """The estimates worth saying, by size, and highest ÷ lowest; None where nothing competes or the lowest is zero."""
    if len(trials) < 2:
        return [], None
    ordered = sorted(trials, key=_SIZE)
    least, most = ordered[0].quantity.value, ordered[-1].quantity.value
    return _ends(trials, ordered), most / least if least > 0 else None


def worded(shown: Sequence[Quantity], spread: float | None, voice: Voice) -> tuple[str, str]:
    """The sentence that says how far estimates lie apart, by the first and the last of them, and its factor."""
    if not shown:
        return "", ""
    near = are_near(spread)
    if near and voice.said(shown[0]) == voice.said(shown[-1]):
        return "agree", ""
    if spread is None:
        return "from_zero", ""
    factor = voice.words.units.number(spread, _FACTOR_DIGITS + near)  # 1.04 is more than 1
    return ("estimates", factor) if factor != "1" else ("from_zero", factor)


def are_near(spread: float | None) -> bool:
    """Whether the ends of the estimates may be said alike; further apart no two are, so what they are decides nothing."""
    return spread is None or spread < _NEAR


def worth_saying(trials: Sequence[Trial]) -> list[Trial]:
    """The chosen estimate, the lowest, the highest, each method's, then others as they come, by size; none if all are zero."""
    return _ends(trials, sorted(trials, key=_SIZE))


def _ends(trials: Sequence[Trial], ordered: Sequence[Trial]) -> list[Trial]:
    if len(trials) < 2 or not (ordered[0].quantity.value or ordered[-1].quantity.value):
        return []
    must = {
        trial.figure: trial for trial in (trials[0], ordered[0], ordered[-1], *[each for each in trials if each.by])
    }
    unique = must | {trial.figure: trial for trial in trials}
    return sorted(list(unique.values())[: max(_MOST_ESTIMATES, len(must))], key=_SIZE)
