"""The numbers of a text that bear on energy, each with what it is taken for."""

from __future__ import annotations

from dataclasses import dataclass

from service.check.context import Around
from service.check.finding import Reading
from service.check.mentions import Mention

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
        return "day" in self.spans

    @property
    def yearly(self) -> bool:
        """Whether its sentence speaks of a year."""
        return "year" in self.spans

    @property
    def spans(self) -> list[str]:
        """The times that its sentence speaks of, in order."""
        q = self.mention.passage.q
        found = [
            (s.first, name) for s in (*q.of("rate"), *q.of("span")) for name in (*s.names("rate"), *s.names("span"))
        ]
        return list(dict.fromkeys(name for _, name in sorted(found)))
