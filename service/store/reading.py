"""What a calculator reads in one run: which figure was chosen for each parameter, and everything it used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from service.core.calculator import EVERY, Figures
from service.core.errors import NothingKnown, UndeclaredRead
from service.core.facts import DERIVED, Noted
from service.core.live import LIVE, Seen, Sight, intensity
from service.core.model import Figure, QuantityKind, Region, Subject, Text, last_day
from service.core.packages import PACKAGE, Computed, packages, stamped
from service.core.quantity import Quantity, variants
from service.store.queries import Knowledge
from service.store.series import Series, series
from service.store.standing import Candidate, Chosen, Held, Stand, Values, standing

_FIGURE: Final = "figure:"
_LIFE_CYCLE: Final = "lifecycle-carbon-intensity"  # of a kind of power plant
_NOTHING: Final[frozenset[str]] = frozenset()
_PICKS: Final = {"lowest": min, "highest": max}


class Reading(Figures):
    """One run's view of the knowledge as of a day. The methods are those of `Figures`."""

    def __init__(
        self,
        knowledge: Knowledge,
        reads: frozenset[str],
        as_of: date,
        estimate: str = "preferred",
        amounts: Mapping[str, Quantity | Subject | str] | None = None,
        values: Values | None = None,
        sight: Sight | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.chosen: dict[str, Chosen] = {}
        self.used: dict[str, None] = {}
        self.notes: dict[str, Noted] = {}
        self.asked: dict[str, str] = {}
        self.estimate_applied = estimate == "preferred"
        self._estimate = estimate
        self._reads = reads
        self._amounts = amounts or {}
        self._sight = sight
        self._seen: Seen | None = None
        self._paired: frozenset[str] = frozenset()
        self._standing = standing(knowledge)
        self._values = values or self._standing
        self._stands: dict[str, Stand] = {}

    @property
    def version(self) -> str:
        """The version of the knowledge, and of each installed package that computed a part."""
        return self.knowledge.version + stamped(self.asked)

    def under(self, quantity: Quantity, chosen: Chosen) -> Sequence[Quantity]:
        """A result of this run as it would be with each rival of a chosen figure; none where it does not rest on it.

        Figures of other parameters that the rival's own publication combined it with take their places too.
        """
        paired = self._stands[chosen.parameter.id].paired
        if paired.keys().isdisjoint(chosen.rivals):
            values = [self._values.value(rival) for rival in chosen.rivals]
            return variants(quantity, {_operand(chosen.figure): values, DERIVED + chosen.figure: values}) or ()
        made: list[Quantity] = []
        for rival in chosen.rivals:
            found = variants(quantity, self._swaps(chosen, rival))
            if found is None:
                break
            made += found
        return made

    def _swaps(self, chosen: Chosen, rival: str) -> dict[str, Sequence[Quantity]]:
        value = (self._values.value(rival),)
        swaps: dict[str, Sequence[Quantity]] = {_operand(chosen.figure): value, DERIVED + chosen.figure: value}
        for paired in self._stands[chosen.parameter.id].paired.get(rival, ()):
            for name, stand in self._stands.items():
                if paired in stand.figures:
                    swaps[_operand(self.chosen[name].figure)] = (self._values.value(paired),)
        return swaps

    def read(self, quantity: str, subject: str, region: str | None = None) -> Quantity:  # noqa: D102 - see Figures
        found = self.find(quantity, subject, region)
        if found is None:
            raise self.absent("no_figure", subject=self.subject(subject), quantity=self.knowledge.quantity(quantity))
        return found

    def find(self, quantity: str, subject: str, region: str | None = None) -> Quantity | None:  # noqa: D102
        if quantity not in self._reads:
            self._declared(quantity)
        stand = self._standing.of(subject, quantity, region)
        figure = self._choose(stand) if stand else None
        return self._value(figure) if figure else None

    def knows(self, quantity: str, subject: str, region: str | None = None) -> bool:  # noqa: D102
        stand = self._stand(quantity, subject, region)
        return stand is not None and stand.on(self.as_of) is not None

    def in_year(self, quantity: str, subject: str, year: int) -> Quantity | None:  # noqa: D102
        stand = self._stand(quantity, subject, None)
        held = stand.on(self.as_of) if stand else None
        known = tuple(c for c in held.known if c.as_of.startswith(f"{year:04}")) if held else ()
        if stand is None or held is None or not known:
            return None
        chosen = {choice.figure for choice in stand.parameter.choices}
        preferred = next((c for c in reversed(known) if c.figure in chosen), known[0])
        within = replace(held, chosen=stand.choosing(preferred.figure, known), known=known)
        return self._value(self._take(stand, within))

    def years(self, quantity: str, subject: str, region: str | None = None) -> tuple[int, ...]:  # noqa: D102
        return tuple(y for y, stand in self._series(quantity, subject, region).items() if stand.on(self.as_of))

    def latest_year(self, quantity: str, subject: str, region: str | None = None) -> int | None:  # noqa: D102
        stand = self._stand(quantity, subject, region)
        held = stand.on(self.as_of) if stand else None
        used = [c.as_of for c in held.known if c.figure == held.chosen.figure] if held else []
        return last_day(used[0]).year if used else None

    def at(self, quantity: str, subject: str, year: int, region: str | None = None) -> Quantity | None:  # noqa: D102
        stand = self._series(quantity, subject, region).get(year)
        figure = self._choose(stand) if stand else None
        return self._value(figure) if figure else None

    def computed(self, package: str, quantity: str, question: object) -> Computed | None:  # noqa: D102
        declared = packages.get(package)
        version = declared.version if declared else None
        described = self.find(quantity, package) if version else None
        if declared is None or version is None or described is None:
            return None
        self.asked[package] = version
        said, reference = declared.ask(question), PACKAGE + described.reference.removeprefix(_FIGURE)
        return Computed(Quantity(said.value, said.unit, said.low, said.high, reference), self.subject(package), version)

    @property
    def observes(self) -> bool:
        """Whether what a live source says was used."""
        return self._seen is not None

    def observed(self, region: str, boundary: str | None) -> Seen | None:  # noqa: D102
        sight = self._sight
        if sight is None or region != sight.region or boundary not in {None, sight.boundary}:
            return None
        if self._seen is None:
            self._seen = Seen(intensity(sight, self._factor), sight.at)
            self.asked[sight.provider] = sight.at.replace(" ", "-").replace(":", "")
            self.remark("live", region=self.region(region), at=sight.at)
        return self._seen

    def _factor(self, subject: str) -> Quantity:
        stand = self._standing.of(subject, _LIFE_CYCLE, None)
        figure = self._choose(stand) if stand else None
        if figure is None:
            raise self.absent("no_figure", subject=self.subject(subject), quantity=self.quantity(_LIFE_CYCLE))
        return self._value(figure)

    def gases(self, quantity: Quantity) -> frozenset[str]:  # noqa: D102
        references = [leaf.reference for leaf in quantity.leaves()]
        figures = [self.knowledge.figure(each.removeprefix(_FIGURE)) for each in references if each.startswith(_FIGURE)]
        observed = {LIVE + each.figure.id: each.figure for each in (self._sight.parts if self._sight else ())}
        figures += [observed[each] for each in references if each in observed]
        return frozenset(figure.gas for figure in figures if figure.gas)

    def amount(self, name: str) -> Quantity | Subject:  # noqa: D102
        amount = self._amounts[name]
        return self._value(amount) if isinstance(amount, str) else amount

    def given(self, name: str, value: float, unit: str) -> Quantity:  # noqa: D102
        return Quantity(value, unit, reference=f"input:{name}")

    def quantity(self, quantity_id: str) -> QuantityKind:  # noqa: D102
        return self.knowledge.quantity(quantity_id)

    def known_of(self, subject_id: str) -> tuple[str, ...]:  # noqa: D102
        return tuple(dict.fromkeys(p.quantity for p in self.knowledge.parameters(subject=subject_id)))

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

    def part_in(self, subject_id: str, code: str) -> Subject | None:  # noqa: D102
        return self.knowledge.part_in(subject_id, code)

    def stated(self, quantity: Quantity) -> list[Figure]:  # noqa: D102
        references = dict.fromkeys(leaf.reference for leaf in quantity.leaves())
        return [self.knowledge.figure(name[len(_FIGURE) :]) for name in references if name.startswith(_FIGURE)]

    def remark(self, code: str, **words: Any) -> None:  # noqa: D102
        self.notes.setdefault(f"{code} {sorted(map(_known_as, words.values()))}", Noted(code, words))

    def absent(self, code: str, *, nearest: tuple[str, ...] = (), **words: Any) -> NothingKnown:  # noqa: D102
        subject = words.get("subject")
        if not nearest and isinstance(subject, Subject):
            others = self.knowledge.with_figures(tuple(sorted(self._reads)), subject.kind)
            nearest = tuple(name for name in others if name != subject.id)
        return NothingKnown(code, words, "no-figure-published", nearest)

    def explain(self, chosen: Chosen) -> None:
        """Say why a figure is used although others compete with it."""
        parameter = chosen.parameter
        choice = next((choice for choice in parameter.choices if choice.figure == chosen.figure), None)
        if choice is not None:
            quantity, subject = self.knowledge.quantity(parameter.quantity), self.subject(parameter.subject)
            self.remark("choice", quantity=quantity, subject=subject, reason=choice.reason)

    def contested(self) -> list[Chosen]:
        """The parameters read so far for which published figures compete, in the order of reading."""
        return [chosen for chosen in self.chosen.values() if chosen.rivals]

    def _stand(self, quantity: str, subject: str, region: str | None) -> Stand | None:
        if quantity not in self._reads:
            self._declared(quantity)
        return self._standing.of(subject, quantity, region)

    def _declared(self, quantity: str) -> None:
        if quantity not in self._reads and EVERY not in self._reads:
            raise UndeclaredRead(f"the calculator reads {quantity!r} without declaring it")

    def _series(self, quantity: str, subject: str, region: str | None) -> Series:
        self._declared(quantity)
        return series(self.knowledge, subject, quantity, region)

    def _value(self, figure: str) -> Quantity:
        value, origins = self._values.known(figure)
        self.used.update(origins)
        return value

    def _choose(self, stand: Stand) -> str | None:
        chosen = self.chosen.get(stand.name)
        if chosen is not None:
            return chosen.figure
        held = stand.on(self.as_of)
        return self._take(stand, held) if held else None

    def _take(self, stand: Stand, held: Held) -> str:
        name, chosen = stand.name, held.chosen
        if chosen.rivals and (self._paired or not self.estimate_applied):
            other = self._wanted(held.known)
            chosen = stand.choosing(other, held.known) if other else chosen
        self._stands[name] = stand
        self.chosen[name] = chosen
        if stand.paired:
            self._paired |= stand.paired.get(chosen.figure, _NOTHING)
        if held.stale:
            quantity, subject = self.knowledge.quantity(stand.parameter.quantity), self.subject(stand.parameter.subject)
            self.remark("stale", quantity=quantity, subject=subject, review_by=stand.parameter.review_by)
        return chosen.figure

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


def _known_as(word: object) -> str:
    """What tells a word of a remark from others: the id of a record, which is shorter than all that it says."""
    if isinstance(word, Text):
        return word.en
    if isinstance(word, Quantity):  # by what it is made of
        return word.reference or f"{word.name} {id(word.parts)}"
    return str(word.id if isinstance(word, Subject | Region | QuantityKind) else word)


def _operand(figure: str) -> str:
    """How a figure is known inside an expression."""
    return f"figure:{figure}"
