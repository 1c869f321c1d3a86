"""Which published figures a question means, and the answer made of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from service.answers.extent import Brief
from service.answers.figures import Shown, figures_answer
from service.answers.voice import voice
from service.ask.case import Proposal
from service.core.answer import Answer, InputValue
from service.core.errors import NothingKnown, QuantityError
from service.core.parameter import Parameter
from service.core.units import parse_unit
from service.store.cite import citation
from service.store.queries import Knowledge
from service.store.search import search
from service.store.standing import standing

_NEAR: Final = 0.03
_MOST: Final = 12
_LETTERS: Final = re.compile(r"[a-z]{2,}")
_SMALL: Final = frozenset({"and", "the", "of", "in", "on", "for", "to"})
_KINDS: Final = frozenset({"service", "model", "company", "task", "sector", "facility"})
_FAMOUS: Final = ("chatgpt", "gpt-3", "data-centre", "artificial-intelligence", "gemini", "google")
_COUNTED: Final = {"home": "household-equivalents", "car": "car-equivalents", "bottle": "water-per-query"}
_WORDS: Final = {"electricity": ("electricity", "power", "energy"), "emissions": ("emission", "carbon", "co2"), "water": ("water", "wue"), "cost": ("price", "cost")}
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
        if self.options["earliest"] and _QUOTED.search(self.typed) and not self.options["values"]:
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
                groups = [group for subject in subjects for part in self._parts(subject) if (group := self._purpose(part, quantity))]
            if groups:
                yield from groups
                return
        for quantity in self._known(subjects):
            if self._alike(quantity):
                yield from (group for subject in subjects if (group := self._purpose(subject, quantity)))
                return

    def _known(self, subjects: Sequence[str]) -> list[str]:
        """Every kind of number that is on record for the subjects."""
        return list(dict.fromkeys(p.quantity for subject in subjects for p in self.knowledge.parameters(subject=subject)))

    def _parts(self, subject: str) -> list[str]:
        """The companies and services that belong to a company."""
        if self.knowledge.subject(subject).kind != "company":
            return []
        return [each.id for each in self.knowledge.subjects.values() if each.part_of == subject]

    def _alike(self, quantity: str) -> bool:
        """Whether a kind of number measures what is asked for."""
        words = {word for measure in self.options["measures"] for word in _WORDS.get(measure, ())}
        return any(word in quantity for word in words)

    def _purpose(self, subject: str, quantity: str) -> list[str]:
        region = self.options["region"]
        parameter = self.knowledge.parameter(subject, quantity, region) if region else None
        parameter = parameter or self.knowledge.parameter(subject, quantity)
        if parameter is not None:
            return self._ranked(parameter)
        figures, _ = self.knowledge.find_figures(subject=subject, quantity=quantity, region=region, limit=_MOST)
        if not figures and region:
            figures, _ = self.knowledge.find_figures(subject=subject, quantity=quantity, limit=_MOST)
        return [figure.id for figure in figures]

    def _ranked(self, parameter: Parameter) -> list[str]:
        """The figure in force before the others, and with them what is published beside the parameter."""
        chosen = parameter.choices[-1].figure
        others = [each for each in parameter.candidates() if each != chosen]
        more, _ = self.knowledge.find_figures(subject=parameter.subject, quantity=parameter.quantity, limit=_MOST)
        beside = [f.id for f in more if f.id not in {chosen, *others}] if self.options["list"] or self.options["year"] or self.options["publishers"] or self.options["values"] else []
        return [chosen, *others, *beside]

    def _of_anyone(self, quantities: Sequence[str]) -> Iterator[list[str]]:
        for quantity in quantities:
            parameters = [p for p in self.knowledge.parameters(quantity=quantity) if self.knowledge.subject(p.subject).kind in _KINDS]
            ordered = sorted(parameters, key=lambda p: _FAMOUS.index(p.subject) if p.subject in _FAMOUS else len(_FAMOUS))
            for parameter in ordered[:_MOST]:
                yield self._ranked(parameter)
            if ordered:
                return

    def _titled(self) -> list[str]:
        """The sources whose whole title is made of words that the question has, in whatever language."""
        said = self.options["words"]
        found = []
        for source in self.knowledge.find_sources(limit=2000)[0]:
            title = [word for word in _LETTERS.findall(source.title.lower()) if word not in _SMALL]
            if title and all(word in said for word in title):
                found.append((len(title), source.issued or "", source.id))
        return [source for *_, source in sorted(found, reverse=True)]

    # -- which of them are meant --------------------------------------------------------------------------------

    def _narrowed(self, groups: list[list[str]]) -> list[list[str]]:
        options = self.options
        if options["publishers"]:
            groups = [[*kept, *(f for f in group if f not in kept)] for group in groups if (kept := list(filter(self._published, group)))]
        if options["year"] and not options["list"]:
            groups = sorted((self._by_year(group, options["year"]) for group in groups), key=lambda g: not self._held(g[0], options["year"]))
        if options["values"]:
            groups = self._valued(groups)
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
            found.sort(key=lambda figure: (abs(self._standing.value(figure).value - high), self._issued(figure)))  # noqa: B023
        return found

    def _issued(self, figure: str) -> str:
        """When a figure was published, or late where that is not known."""
        return self.knowledge.source_of(next(iter(self._standing.rests_on(figure)))).issued or "9999"

    def _by_source(self) -> list[str]:
        """The figures of the publication that the question names."""
        if not self.options["publishers"] and not _QUOTED.search(self.typed):
            return []
        quoted = _QUOTED.search(self.typed)
        title = quoted[1] if quoted else self.typed
        sources = search(self.knowledge, title, what="source", limit=20).ids if quoted or self.options["earliest"] else ()
        titled = self._titled() if self.options["publishers"] else []
        for source in (*titled, *sources):
            figures = [figure.id for figure in self.knowledge.figures_of_source(source)]
            if figures and (not self.options["publishers"] or self._published(figures[0])):
                return figures[:_MOST]
        subject = next(iter(self.options["subjects"]), None)
        figures, _ = self.knowledge.find_figures(subject=subject, limit=200)
        kept = [figure.id for figure in figures if self.options["publishers"] and self._published(figure.id)]
        if kept or subject is None:
            return kept[:_MOST]
        figures, _ = self.knowledge.find_figures(subject="data-centre", limit=200)
        return [figure.id for figure in figures if self._published(figure.id)][:_MOST]


def _close(value: float, unit: str, low: float, high: float, stated: str) -> bool:
    """Whether a figure has a value that is stated, in whatever unit of its dimension; a bare number counts as in its own."""
    try:
        here, there = parse_unit(unit), parse_unit(stated)
    except QuantityError:
        return False
    if stated and here.dimension != there.dimension:
        energy_day = parse_unit(f"{stated}/day")
        if here.dimension != energy_day.dimension:
            return False
        there = energy_day
    factor = there.factor / here.factor if stated else 1.0
    return low * factor * (1 - _NEAR) <= value <= high * factor * (1 + _NEAR)


def look(knowledge: Knowledge, proposal: Proposal, typed: str, language: str, brief: Brief | None) -> Answer:
    """The answer of a look-up. Raises `NothingKnown` where no figure fits."""
    looker = Looker(knowledge, proposal.options, typed)
    ids, rivals = looker.found()
    if not ids:
        error = NothingKnown("nothing_published", {}, "not-yet-collected")
        error.message = voice(knowledge, language).words.say("absences", error.reason, error.words)
        raise error
    said = voice(knowledge, language)
    shown, competing = _shown(knowledge, ids), _shown(knowledge, rivals)
    origin = knowledge.source_of(shown[0].rests_on[0])
    inputs = _inputs(proposal, knowledge, shown[0], origin.id)
    address = f"/v1/sources/{origin.id}" if proposal.tool == "cite_source" else f"/v1/figures/{shown[0].rests_on[0]}"
    day = date.fromisoformat(knowledge.as_of)
    made = figures_answer(
        proposal.tool, inputs, shown, competing, said, as_of=day, every=bool(proposal.options["list"]), permalink=address, brief=brief
    )
    form = proposal.options["format"]
    if form:
        made["text"] += f"\n```\n{citation(origin, form, language).strip()}\n```\n"
    return made


def _shown(knowledge: Knowledge, ids: Iterable[str]) -> list[Shown]:
    stand = standing(knowledge)
    return [Shown(each, stand.value(each), tuple(stand.rests_on(each))) for each in dict.fromkeys(ids)]


def _inputs(proposal: Proposal, knowledge: Knowledge, first: Shown, source: str) -> dict[str, InputValue]:
    figure = knowledge.figure(first.rests_on[0])
    if proposal.tool == "cite_source":
        given: dict[str, Any] = {"id": source}
        if proposal.options["format"]:
            given["format"] = proposal.options["format"]
    else:
        quantity, subject = knowledge.quantity(figure.quantity), knowledge.subject(figure.subject)
        given = {"query": f"{subject.name.en} {quantity.name.en}"[:300], "subject": subject.id, "quantity": quantity.id}
    return {name: InputValue(value=value, status="given") for name, value in given.items()}
