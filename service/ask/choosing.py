"""Which published figures a question means: whose, and of which kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from service.ask.narrowing import FAMOUS, Narrower
from service.core.parameter import Parameter
from service.store.queries import Knowledge

_MOST: Final = 12
_KINDS: Final = frozenset({"service", "model", "company", "task", "sector", "facility"})
_PARTIES: Final = frozenset({"service", "model", "facility", "accelerator", "energy-source", "company"})
_MADE: Final = frozenset({"service", "model", "accelerator"})  # by companies, which may be named beside them
_ANYWHERE: Final = frozenset({"sector", "service", "model", "technology"})
_WHOLE: Final = ("-per-year", "-per-day")
_OF_ANYONE: Final = (
    "electricity-per-",
    "emissions-per-",
    "water-per-",
    "energy-saving",
    "emission",
    "share-",
    "ai-share",
    "pue",
    "wue",
    "training-",
    "inference-share",
    "carbon-free",
)
_BEGINNINGS: Final = {
    "electricity": ("electricity-per-", "power-", "it-electricity-", "data-centre-electricity-"),
    "emissions": ("emissions-per-", "co2-per-", "training-emissions", "embodied-emissions"),
    "water": ("water-per-", "water-consumption-", "data-centre-water-", "training-water"),
    "cost": ("cost-per-", "electricity-price-"),
}  # fmt: skip


class Looker:
    """Finds the figures of one look-up."""

    def __init__(self, knowledge: Knowledge, options: Mapping[str, Any], typed: str) -> None:
        self.knowledge = knowledge
        self.options = options
        self._narrower = Narrower(knowledge, options, typed)

    def found(self) -> tuple[list[str], list[str]]:
        """The figures to show, the headline first, and those that compete with it."""
        if (
            self.options["earliest"]
            and not self.options["values"]
            and (self._narrower.quotes or self._narrower.titled())
        ):
            ids = self._narrower.by_source()
            if ids:
                return ids[:1], []
        groups = self._narrower.narrowed(list(self._groups()))
        if not groups:
            ids = self._narrower.by_value() or self._narrower.by_source()
            return ids[:1], ids[1:]
        first, *others = groups
        return [first[0], *(group[0] for group in others)], first[1:]

    def _groups(self) -> Iterator[list[str]]:
        """For each purpose that fits: the chosen figure and its rivals."""
        subjects, quantities = self.options["subjects"], self.options["quantities"]
        if self.options["anyone"] and quantities:
            yield from self._of_anyone(quantities)
            return
        stated = self._stated(subjects, quantities)
        if stated:
            yield from stated
            return
        alike = () if self.options["together"] else filter(self._alike, self._known(subjects))
        for n, quantity in enumerate((*(quantities or self._known(subjects)), *alike)):
            groups = self._of(subjects, quantity, parts=n < self.options["special"] or bool(self.options["publishers"]))
            if self.options["publishers"]:
                groups = self._narrower.published(groups)
            if groups and (len(groups) >= len(subjects) or not self._leaves(subjects, quantity)):
                yield from groups
                return

    def _stated(self, subjects: Sequence[str], quantities: Sequence[str]) -> list[list[str]]:
        """The figures of the kind of number of which the question states a value."""
        for quantity in dict.fromkeys((*quantities, *self._known(subjects))) if self.options["values"] else ():
            groups = self._of(subjects, quantity, parts=False)
            if any(map(self._narrower.near, itertools.chain(*groups))):
                return groups
        return []

    def _of(self, subjects: Sequence[str], quantity: str, *, parts: bool) -> list[list[str]]:
        """The figures of a kind for each subject that has them, else for its parts: Google has DeepMind."""
        groups: list[list[str]] = []
        for subject in subjects:
            own = self._purpose(subject, quantity)
            inside = self._parts(subject) if parts and not own else ()
            groups += [own] if own else [group for part in inside if (group := self._purpose(part, quantity))]
        return groups

    def _leaves(self, subjects: Sequence[str], quantity: str) -> bool:
        """Whether a kind of number is not known of all that the question is about."""
        if self.options["together"]:
            return True
        if self.options["list"] or self.options["values"]:
            return False
        told = [
            subject
            for subject in subjects
            if self._purpose(subject, quantity) or any(self._purpose(part, quantity) for part in self._parts(subject))
        ]
        around = {each for subject in told for each in self._owners(subject)}
        rest = [self.knowledge.subject(subject) for subject in subjects if subject not in told]
        made = any(self.knowledge.subject(subject).kind in _MADE for subject in told)
        return any(
            each.kind in _PARTIES and around.isdisjoint(self._owners(each.id)) and not (made and each.kind == "company")
            for each in rest
        )

    def _owners(self, subject: str) -> set[str]:
        """A subject and what it belongs to."""
        found: set[str] = set()
        at: str | None = subject
        while at and at not in found and at in self.knowledge.subjects:
            found.add(at)
            at = self.knowledge.subject(at).part_of
        return found

    def _known(self, subjects: Sequence[str]) -> list[str]:
        """Every kind of number that is on record for the subjects."""
        return list(
            dict.fromkeys(p.quantity for subject in subjects for p in self.knowledge.parameters(subject=subject))
        )

    def _parts(self, subject: str) -> list[str]:
        """The companies and services that belong to a company, and what belongs to these."""
        if self.knowledge.subject(subject).kind != "company":
            return []
        inside = (each for each in self.knowledge.subjects if subject in self._owners(each))
        return [each for each in inside if each != subject]

    def _alike(self, quantity: str) -> bool:
        """Whether a kind of number measures what is asked for."""
        return any(quantity.startswith(_BEGINNINGS.get(measure, ())) for measure in self.options["measures"])

    def _purpose(self, subject: str, quantity: str) -> list[str]:
        if not self.options["fits"](subject, quantity):
            return []
        region = self.options["region"]
        parameter = self.knowledge.parameter(subject, quantity, region) if region else None
        parameter = parameter or self.knowledge.parameter(subject, quantity)
        if self._elsewhere(subject, parameter):
            return []
        if parameter is not None:
            return self._ranked(parameter)
        figures, _ = self.knowledge.find_figures(subject=subject, quantity=quantity, region=region, limit=_MOST)
        if not figures and region:
            figures, _ = self.knowledge.find_figures(subject=subject, quantity=quantity, limit=_MOST)
        return [figure.id for figure in figures]

    def _elsewhere(self, subject: str, parameter: Parameter | None) -> bool:
        """Whether a place is asked for in which the subject, a kind of thing that is everywhere, is not told of."""
        region, known = self.options["region"], self.knowledge.subject(subject)
        if region in {None, "world"} or known.kind not in _ANYWHERE or region in self._around(known.region):
            return False
        return parameter is None or parameter.region != region

    def _around(self, code: str | None) -> list[str]:
        """A place and those that contain it."""
        found: list[str] = []
        while code and code not in found:
            found.append(code)
            code = self.knowledge.region(code).part_of
        return found

    def _ranked(self, parameter: Parameter) -> list[str]:
        """The figure in force before the others, and with them what is published beside the parameter."""
        chosen = parameter.choices[-1].figure
        others = [each for each in parameter.candidates() if each != chosen]
        more, _ = self.knowledge.find_figures(subject=parameter.subject, quantity=parameter.quantity, limit=_MOST)
        beside = (
            [f.id for f in more if f.id not in {chosen, *others}]
            if self.options["list"]
            or self.options["year"]
            or self.options["as_of"]
            or self.options["publishers"]
            or self.options["values"]
            else []
        )
        return [chosen, *others, *beside]

    def _anyone(self, subject: str, quantity: str) -> bool:
        """Whether a subject may answer where nobody is named: not by what a whole company takes or emits."""
        kind = self.knowledge.subject(subject).kind
        return kind in _KINDS and (kind != "company" or not quantity.endswith(_WHOLE))

    def _of_anyone(self, quantities: Sequence[str]) -> Iterator[list[str]]:
        for quantity in filter(lambda name: name.startswith(_OF_ANYONE), quantities):
            parameters = [
                p
                for p in self.knowledge.parameters(quantity=quantity)
                if self._anyone(p.subject, quantity) and self.options["fits"](p.subject, quantity)
            ]
            ordered = sorted(parameters, key=lambda p: FAMOUS.index(p.subject) if p.subject in FAMOUS else len(FAMOUS))
            for parameter in ordered[:_MOST]:
                yield self._ranked(parameter)
            if ordered:
                return
