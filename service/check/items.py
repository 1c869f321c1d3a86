"""The numbers of a text that bear on energy, each with what it is taken for."""

from __future__ import annotations

from dataclasses import dataclass

from service.check.context import Around
from service.check.mentions import Mention
from service.check.readings import Reading

_HERE = 2
_TIMES = (("daily", "day"), ("weekly", "week"), ("monthly", "month"), ("yearly", "year"))
_EACH = ("electricity-per-query", "electricity-per-image", "electricity-per-video", "electricity-per-session")


@dataclass(frozen=True, eq=False)
class Item:
    """One number: where it stands, what it is a value of, as far as that is known."""

    mention: Mention
    around: Around
    reading: Reading | None
    guess: str | None  # the kind of number, where no figure is held of its subject

    @property
    def quantity(self) -> str | None:
        """The kind of number that it is."""
        return self.reading.quantity if self.reading else self.guess

    @property
    def subject(self) -> str | None:
        """Whom it is said of, where that is known."""
        return self.reading.subject if self.reading else None

    @property
    def is_each(self) -> bool:
        """Whether it is what one request takes."""
        return bool(self.mention.segment.each) or self.quantity in _EACH

    @property
    def daily(self) -> bool:
        """Whether its sentence speaks of a day."""
        return self.around.says("daily") >= _HERE

    @property
    def yearly(self) -> bool:
        """Whether its sentence speaks of a year."""
        return self.around.says("yearly") >= _HERE

    @property
    def period(self) -> str:
        """The time that its sentence speaks of; empty where of none."""
        return next((name for cue, name in _TIMES if self.around.says(cue) >= _HERE), "")
