"""Which published figures a question means: whose, of which kind, from whom, of which year, of which value."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from service.core.errors import QuantityError
from service.core.parameter import Parameter
from service.core.units import parse_unit
from service.store.queries import Knowledge
from service.store.search import search
from service.store.standing import standing

_NEAR: Final = 0.03
_MOST: Final = 12
_LETTERS: Final = re.compile(r"[a-z]{2,}")
_SMALL: Final = frozenset({"and", "the", "of", "in", "on", "for", "to"})
_KINDS: Final = frozenset({"service", "model", "company", "task", "sector", "facility"})
_ANYWHERE: Final = frozenset({"sector", "service", "model", "technology"})
_FAMOUS: Final = ("chatgpt", "gpt-3", "data-centre", "artificial-intelligence", "gemini", "google")
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
_COUNTED: Final = {"home": "household-equivalents", "car": "car-equivalents", "bottle": "water-per-query"}
_BEGINNINGS: Final = {
    "electricity": ("electricity-per-", "power-", "it-electricity-", "data-centre-electricity-"),
    "emissions": ("emissions-per-", "co2-per-", "training-emissions", "embodied-emissions"),
    "water": ("water-per-", "water-consumption-", "data-centre-water-", "training-water"),
    "cost": ("cost-per-", "electricity-price-"),
}  # fmt: skip
_QUOTED: Final = re.compile(r"[《“\"「『]([^》”\"」』]{3,80})[》”\"」』]")


class Looker:
    """Finds the figures of one look-up."""

    def __init__(self, knowledge: Knowledge, options: Mapping[str, Any], typed: str) -> None:
        self.knowledge = knowledge
        self.options = options
        self.typed = typed
        self._standing = standing(knowledge)

    def found(self) -> tuple[list[str], list[str]]:
        """The figures to show, the headline first, and those that compete with it."""
        if self.options["earliest"] and not self.options["values"] and (_QUOTED.search(self.typed) or self._titled()):
            ids = self._by_source()
            if ids:
                return ids[:1], []
        groups = self._narrowed(list(self._groups()))
        if not groups:
            ids = self._by_value() or self._by_source()
            return ids[:1], ids[1:]
        first, *others = groups
        return [first[0], *(group[0] for group in others)], first[1:]

    def _groups(self) -> Iterator[list[str]]:
        """For each purpose that fits: the chosen figure and its rivals."""
        subjects, quantities = self.options["subjects"], self.options["quantities"]
        if self.options["anyone"] and quantities:
            yield from self._of_anyone(quantities)
            return
        if self.options["values"]:  # what is stated tells which kind of number is meant
            for quantity in dict.fromkeys((*quantities, *self._known(subjects))):
                groups = [group for subject in subjects if (group := self._purpose(subject, quantity))]
                if any(map(self._near, itertools.chain(*groups))):
                    yield from groups
                    return
        for n, quantity in enumerate(quantities or self._known(subjects)):
            groups = [group for subject in subjects if (group := self._purpose(subject, quantity))]
            if not groups and n < self.options["special"]:  # what its parts have: Google has DeepMind
                groups = [
                    group
                    for subject in subjects
                    for part in self._parts(subject)
                    if (group := self._purpose(part, quantity))
                ]
            if groups and (not self.options["together"] or len(groups) >= len(subjects)):
                yield from groups
                return
        for quantity in self._known(subjects) if not self.options["together"] else ():
            if self._alike(quantity):
                yield from (group for subject in subjects if (group := self._purpose(subject, quantity)))
                return

    def _known(self, subjects: Sequence[str]) -> list[str]:
        """Every kind of number that is on record for the subjects."""
        return list(
            dict.fromkeys(p.quantity for subject in subjects for p in self.knowledge.parameters(subject=subject))
        )

    def _parts(self, subject: str) -> list[str]:
        """The companies and services that belong to a company."""
        if self.knowledge.subject(subject).kind != "company":
            return []
        return [each.id for each in self.knowledge.subjects.values() if each.part_of == subject]

    def _alike(self, quantity: str) -> bool:
        """Whether a kind of number measures what is asked for."""
        return any(quantity.startswith(_BEGINNINGS.get(measure, ())) for measure in self.options["measures"])

    def _purpose(self, subject: str, quantity: str) -> list[str]:
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
            if self.options["list"] or self.options["year"] or self.options["publishers"] or self.options["values"]
            else []
        )
        return [chosen, *others, *beside]

    def _of_anyone(self, quantities: Sequence[str]) -> Iterator[list[str]]:
        for quantity in filter(lambda name: name.startswith(_OF_ANYONE), quantities):
            parameters = [
                p
                for p in self.knowledge.parameters(quantity=quantity)
                if self.knowledge.subject(p.subject).kind in _KINDS
            ]
            ordered = sorted(
                parameters, key=lambda p: _FAMOUS.index(p.subject) if p.subject in _FAMOUS else len(_FAMOUS)
            )
            for parameter in ordered[:_MOST]:
                yield self._ranked(parameter)
            if ordered:
                return

    def _titled(self) -> list[str]:
        """The sources whose whole title is made of words that the question has, in whatever language."""
        said = self.options["words"]
        found = []
        for source in self.knowledge.find_sources(limit=2000)[0] if self.options["publishers"] else ():
            title = [word for word in _LETTERS.findall(source.title.lower()) if word not in _SMALL]
            if len(title) > 1 and all(word in said for word in title):
                found.append((len(title), source.issued or "", source.id))
        return [source for *_, source in sorted(found, reverse=True)]

    # -- which of them are meant --------------------------------------------------------------------------------

    def _narrowed(self, groups: list[list[str]]) -> list[list[str]]:
        options = self.options
        if options["publishers"]:
            groups = [
                [*kept, *(f for f in group if f not in kept)]
                for group in groups
                if (kept := list(filter(self._published, group)))
            ]
        if options["year"] and not options["list"]:
            groups = [group for group in groups if any(self._held(figure, options["year"]) for figure in group)]
            groups = sorted(
                (self._by_year(group, options["year"]) for group in groups),
                key=lambda g: not self._held(g[0], options["year"]),
            )
        if options["values"]:
            groups = self._valued(groups)
            if options["earliest"] and not any(map(self._near, itertools.chain(*groups))):
                return []  # whose number it is cannot be told of another number
        if options["latest"]:
            groups = [sorted(group, key=self._date, reverse=True) for group in groups]
        return groups

    def _published(self, figure: str) -> bool:
        """Whether a figure is of one of the publishers named."""
        origin = next(iter(self._standing.rests_on(figure)))
        source = self.knowledge.source_of(origin)
        text = " ".join([source.publisher, source.title, *source.authors, *source.organisations])
        return any(name.lower() in text.lower() for name in self.options["publishers"])

    def _by_year(self, group: list[str], year: int) -> list[str]:
        return sorted(group, key=lambda figure: not self._held(figure, year))

    def _held(self, figure: str, year: int) -> bool:
        begin, _, end = self._date(figure).partition("/")
        return int(begin[:4]) <= year <= int((end or begin)[:4])

    def _date(self, figure: str) -> str:
        return (self.knowledge.derived(figure) or self.knowledge.figure(figure)).as_of

    def _valued(self, groups: list[list[str]]) -> list[list[str]]:
        """With figures of a value that the question states first."""
        ordered = []
        for group in groups:
            near = [figure for figure in group if self._near(figure)]
            if near and self.options["earliest"]:
                near.sort(key=self._issued)
            ordered.append((not near, [*near, *(figure for figure in group if figure not in near)]))
        ordered.sort(key=lambda pair: pair[0])
        return [group for _, group in ordered]

    def _near(self, figure: str) -> bool:
        quantity = self._standing.value(figure)
        return any(_close(quantity.value, quantity.unit.text, *value[:3]) for value in self.options["values"])

    def _by_value(self) -> list[str]:
        """Figures that say so many homes, cars …, whoever they are about."""
        found: list[str] = []
        for low, high, _, what in self.options["values"]:
            figures, _ = self.knowledge.find_figures(quantity=_COUNTED.get(what, what or "-"), limit=200)
            found += [f.id for f in figures if low * (1 - _NEAR) <= f.value <= high * (1 + _NEAR)]
            found.sort(key=lambda figure: (abs(self._standing.value(figure).value - high), self._issued(figure)))
        return found

    def _issued(self, figure: str) -> str:
        """When a figure was published, or late where that is not known."""
        return self.knowledge.source_of(next(iter(self._standing.rests_on(figure)))).issued or "9999"

    def _by_source(self) -> list[str]:
        """The figures of the publication that the question names."""
        quoted = _QUOTED.search(self.typed)
        if not self.options["publishers"] and not quoted:
            return []
        title = quoted[1] if quoted else self.typed
        found = search(self.knowledge, title, what="source", limit=20).ids if quoted or self.options["earliest"] else ()
        for source in (*self._titled(), *found):
            figures = [figure.id for figure in self.knowledge.figures_of_source(source)]
            if figures and (not self.options["publishers"] or self._published(figures[0])):
                return figures[:_MOST]
        subjects = [*self.options["subjects"][:1], *_FAMOUS] if self.options["publishers"] else []
        for subject in subjects:
            about, _ = self.knowledge.find_figures(subject=subject, limit=200)
            kept = [figure.id for figure in about if self._published(figure.id)]
            if kept:
                return kept[:_MOST]
        return []


def _close(value: float, unit: str, low: float, high: float, stated: str) -> bool:
    """Whether a figure has a value that is stated, in whatever unit of its dimension; a bare number counts as in its own."""
    try:
        here = parse_unit(unit)
        there = [parse_unit(stated)] if stated else [here]
        if stated:
            there += [parse_unit(f"{stated}/{time}") for time in ("day", "year")]  # 415 TWh, said of what a year takes
    except QuantityError:
        return False
    factors = [each.factor / here.factor for each in there if each.dimension == here.dimension]
    return any(low * factor * (1 - _NEAR) <= value <= high * factor * (1 + _NEAR) for factor in factors)
