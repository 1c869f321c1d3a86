"""What a calculator reads in one run: which figure was chosen for each parameter, and everything it used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from service.core.calculator import Figures
from service.core.errors import NothingKnown, UndeclaredRead
from service.core.facts import DERIVED, Noted
from service.core.model import Parameter, Region, Subject
from service.core.quantity import Quantity, replaced
from service.store.queries import Knowledge
from service.store.standing import Candidate, Stand, standing

_NOTHING: Final[frozenset[str]] = frozenset()
_PICKS: Final = {"lowest": min, "highest": max}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One parameter as it was read: the figure that was used, and those that compete with it."""

    parameter: Parameter
    figure: str
    rivals: tuple[str, ...]


class Reading(Figures):
    """One run's view of the knowledge as of a day. The methods are those of `Figures`."""

    def __init__(
        self,
        knowledge: Knowledge,
        reads: frozenset[str],
        as_of: date,
        estimate: str = "preferred",
        amounts: Mapping[str, Quantity | Subject | str] | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.chosen: dict[str, Chosen] = {}
        self.used: dict[str, None] = {}
        self.notes: dict[str, Noted] = {}
        self.estimate_applied = estimate == "preferred"
        self._estimate = estimate
        self._reads = reads
        self._amounts = amounts or {}
        self._paired: frozenset[str] = frozenset()
        self._standing = standing(knowledge)
        self._stands: dict[str, Stand] = {}

    def under(self, quantity: Quantity, chosen: Chosen, rival: str) -> Quantity:
        """A result of this run as it would be with `rival` in place of the chosen figure.

        Figures of other parameters that the rival's own publication combined it with take their places too.
        """
        swaps = {chosen.figure: rival}
        for paired in self._stands[chosen.parameter.id].paired.get(rival, ()):
            for name, stand in self._stands.items():
                if any(candidate.figure == paired for candidate in stand.candidates):
                    swaps[self.chosen[name].figure] = paired
        others = {figure: self._standing.value(other) for figure, other in swaps.items()}
        return replaced(quantity, lambda operand: others.get(_figure(operand)))

    def read(self, quantity: str, subject: str, region: str | None = None) -> Quantity:  # noqa: D102 - see Figures
        found = self.find(quantity, subject, region)
        if found is None:
            raise self.absent("no_figure", subject=self.subject(subject), quantity=self.knowledge.quantity(quantity))
        return found

    def find(self, quantity: str, subject: str, region: str | None = None) -> Quantity | None:  # noqa: D102
        stand = self._stand(quantity, subject, region)
        if stand is None:
            return None
        figure = self._choose(stand)
        return self._value(figure) if figure else None

    def knows(self, quantity: str, subject: str, region: str | None = None) -> bool:  # noqa: D102
        stand = self._stand(quantity, subject, region)
        return stand is not None and stand.preferred(self.as_of) is not None

    def amount(self, name: str) -> Quantity | Subject:  # noqa: D102
        amount = self._amounts[name]
        return self._value(amount) if isinstance(amount, str) else amount

    def given(self, name: str, value: float, unit: str) -> Quantity:  # noqa: D102
        return Quantity(value, unit, reference=f"input:{name}")

    def subject(self, subject_id: str) -> Subject:  # noqa: D102
        return self.knowledge.subject(subject_id)

    def region(self, code: str) -> Region:  # noqa: D102
        return self.knowledge.region(code)

    def home_in(self, code: str) -> Subject:  # noqa: D102
        home = self.knowledge.home_of(code)
        if home is None or not self.knows("electricity-per-household", home.id):
            known = sorted({p.region for p in self.knowledge.parameters(quantity="electricity-per-household")})
            raise NothingKnown("no_home", {"region": self.region(code)}, "not-yet-collected", known)
        return home

    def remark(self, code: str, **words: Any) -> None:  # noqa: D102
        self.notes.setdefault(f"{code} {sorted(map(str, words.values()))}", Noted(code, words))

    def absent(self, code: str, *, nearest: tuple[str, ...] = (), **words: Any) -> NothingKnown:  # noqa: D102
        subject = words.get("subject")
        if not nearest and isinstance(subject, Subject):
            nearest = self.knowledge.with_figures(tuple(sorted(self._reads)), subject.kind)
        return NothingKnown(code, words, "no-figure-published", nearest)

    def contested(self) -> list[Chosen]:
        """The parameters read so far for which published figures compete, in the order of reading."""
        return [chosen for chosen in self.chosen.values() if chosen.rivals]

    def _stand(self, quantity: str, subject: str, region: str | None) -> Stand | None:
        if quantity not in self._reads:
            raise UndeclaredRead(f"the calculator reads {quantity!r} without declaring it")
        return self._standing.of(subject, quantity, region)

    def _value(self, figure: str) -> Quantity:
        for published in self._standing.rests_on(figure):
            self.used[published] = None
        return self._standing.value(figure)

    def _choose(self, stand: Stand) -> str | None:
        name = stand.parameter.id
        if name in self.chosen:
            return self.chosen[name].figure
        preferred = stand.preferred(self.as_of)
        if preferred is None:
            return None
        known = [c for c in stand.candidates if c.published <= self.as_of or c.figure == preferred]
        figure = self._wanted(known) or preferred if len(known) > 1 else preferred
        self._stands[name] = stand
        self.chosen[name] = Chosen(stand.parameter, figure, tuple([c.figure for c in known if c.figure != figure]))
        self._paired |= stand.paired.get(figure, _NOTHING)
        if stand.review_by < self.as_of:
            self.remark("stale", parameter=name, review_by=stand.parameter.review_by)
        return figure

    def _wanted(self, known: Sequence[Candidate]) -> str | None:
        """The figure that a pairing with an earlier choice, or the caller's `estimate`, asks for here."""
        paired = next((c.figure for c in known if c.figure in self._paired), None)
        if paired or self.estimate_applied:
            return paired
        if any(c.figure == self._estimate for c in known):
            self.estimate_applied = True
            return self._estimate
        if self._estimate not in (*_PICKS, "latest"):
            return None
        self.estimate_applied = True
        if self._estimate == "latest":
            return max(known, key=lambda c: (c.as_of, c.published)).figure
        return _PICKS[self._estimate](known, key=lambda c: self._size(c.figure)).figure

    def _size(self, figure: str) -> float:
        value = self._standing.value(figure)
        return value.value * value.unit.factor


def _figure(operand: Quantity) -> str:
    """The figure or derived number that an operand is, or nothing."""
    return operand.reference.removeprefix("figure:") or operand.name.removeprefix(DERIVED)
