"""What a number can be taken for, and which of that it most likely is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from service.check.comparing import matches
from service.check.context import Around
from service.check.mentions import Mention
from service.store.queries import Knowledge
from service.store.shelf import Held

# points by which a reading may fit less well and still be meant, or at least not be ruled out
_AS_WELL: Final = 0.5
_RIVALS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number is taken for."""

    mention: Mention
    around: Around
    subject: str | None
    quantity: str | None
    figures: Sequence[Held]  # those of the subject and quantity
    year: int | None
    sure: bool  # its words leave little doubt of the quantity
    generic: bool = False  # the subject is only a typical one
    firm: bool = True  # nobody else can be meant, so that the number can be wrong

    @property
    def repeats(self) -> bool:
        """Whether the number is a figure of them."""
        return any(matches(self.mention, each) for each in self.figures)


class Fit(NamedTuple):
    """A reading with how well it fits."""

    points: float
    cost: float  # of its subject
    barred: bool  # words of its clause speak against it
    reading: Reading


def likeliest(knowledge: Knowledge, found: Sequence[Fit]) -> Reading | None:
    """The reading that fits best. Where the number is none of its figures, but is another's that fits about as well, that
    is meant if it is of the same subject; if not, nobody can say that the number is wrong.
    """
    if not found:
        return None
    best = max(found, key=lambda each: each.points)
    if best.reading.repeats:
        return best.reading
    rivals = [each for each in found if _rivals(best, each) and each.reading.repeats]
    for each in rivals:
        if each.points > best.points - _AS_WELL and _of_same(knowledge, best.reading, each.reading):
            return each.reading
    if best.barred and not rivals:
        return None  # of something else, and not of what is known
    return replace(best.reading, firm=False) if rivals else best.reading


def _rivals(best: Fit, other: Fit) -> bool:
    """Whether another reading is not ruled out."""
    return other.points > best.points - _RIVALS and other.cost < best.cost + _RIVALS and not other.barred


def _of_same(knowledge: Knowledge, best: Reading, other: Reading) -> bool:
    """Whether two readings are of one subject, or the other is of a part of it, or of a variant."""
    part = knowledge.subjects.get(other.subject or "")
    variant = other.generic and str(other.subject).startswith(f"{best.subject}-")
    return other.subject == best.subject or variant or (part is not None and part.part_of == best.subject)
