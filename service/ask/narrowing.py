"""Which of the figures that fit are meant: from whom, of which year, of which value."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from service.core.errors import QuantityError
from service.core.model import last_day
from service.core.units import parse_unit
from service.store.queries import Knowledge
from service.store.search import search
from service.store.standing import standing

_NEAR: Final = 0.03
_FAR: Final = 1e4
_MOST: Final = 12
_LETTERS: Final = re.compile(r"[a-z]{2,}")
_SMALL: Final = frozenset({"and", "the", "of", "in", "on", "for", "to"})
_COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "home": ("household-equivalents",), "car": ("car-equivalents",), "bottle": ("water-per-query",),
    "query": ("requests-per-day",), "person": ("weekly-users", "monthly-users", "daily-users", "paid-users", "population"),
}  # fmt: skip
_QUOTED: Final = re.compile(r"[《“\"「『]([^》”\"」』]{3,80})[》”\"」』]")
FAMOUS: Final = ("chatgpt", "gpt-3", "data-centre", "artificial-intelligence", "gemini", "google")


class Narrower:
    """Narrows the figures of one look-up, and finds them by their value or their source."""

    def __init__(self, knowledge: Knowledge, options: Mapping[str, Any], typed: str) -> None:
        self.knowledge = knowledge
        self.options = options
        self.typed = typed
        self._standing = standing(knowledge)

    @property
    def quotes(self) -> bool:
        """Whether the question quotes a title."""
        return _QUOTED.search(self.typed) is not None

    def narrowed(self, groups: list[list[str]]) -> list[list[str]]:
        """The groups of figures that what is said of publishers, years and values leaves, in their order."""
        options = self.options
        if options["publishers"]:
            groups = self.published(groups)
        if options["year"] and not options["list"]:
            groups = [group for group in groups if any(self._held(figure, options["year"]) for figure in group)]
            groups = sorted(
                (self._by_year(group, options["year"]) for group in groups),
                key=lambda g: not self._held(g[0], options["year"]),
            )
        if options["as_of"]:
            groups = [known for group in groups if (known := self._known_on(group, options["as_of"]))]
        if options["values"]:
            groups = [group for group in groups if options["list"] or self._same_kind(group)]
            groups = self._valued(groups)
            if options["earliest"] and not any(map(self.near, itertools.chain(*groups))):
                return []  # whose number it is cannot be told of another number
        if options["latest"]:
            groups = [sorted(group, key=self._date, reverse=True) for group in groups]
        return groups

    def published(self, groups: list[list[str]]) -> list[list[str]]:
        """The groups in which a publisher named has a figure, which then stands first."""
        kept = [(group, list(filter(self._published, group))) for group in groups]
        return [[*own, *(f for f in group if f not in own)] for group, own in kept if own]

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

    def _known_on(self, group: list[str], day: str) -> list[str]:
        """The figures that hold on a day or before, the newest first."""
        held = [figure for figure in group if last_day(self._date(figure).rpartition("/")[2]).isoformat() <= day]
        return sorted(held, key=self._date, reverse=True)

    def _date(self, figure: str) -> str:
        return (self.knowledge.derived(figure) or self.knowledge.figure(figure)).as_of

    def _valued(self, groups: list[list[str]]) -> list[list[str]]:
        """With figures of a value that the question states first."""
        ordered = []
        for group in groups:
            near = [figure for figure in group if self.near(figure)]
            if near and self.options["earliest"]:
                near.sort(key=self._issued)
            ordered.append((not near, [*near, *(figure for figure in group if figure not in near)]))
        ordered.sort(key=lambda pair: pair[0])
        return [group for _, group in ordered]

    def _same_kind(self, group: Sequence[str]) -> bool:
        """Whether one of some figures can be what a stated amount is about: 300 MW is no use of a household."""
        ranges = [(low / _FAR, high * _FAR, unit) for low, high, unit, _ in self.options["values"] if unit]
        values = [self._standing.value(figure) for figure in group]
        return not ranges or any(_close(each.value, each.unit.text, *stated) for each in values for stated in ranges)

    def near(self, figure: str) -> bool:
        """Whether a figure has a value that the question states."""
        quantity = self._standing.value(figure)
        return any(_close(quantity.value, quantity.unit.text, *value[:3]) for value in self.options["values"])

    def by_value(self) -> list[str]:
        """Figures that say so many homes, cars …, whoever they are about."""
        found: list[str] = []
        for low, high, _, what in self.options["values"]:
            for quantity in _COUNTED.get(what, (what or "-",)):
                figures, _ = self.knowledge.find_figures(quantity=quantity, limit=200)
                found += [f.id for f in figures if low * (1 - _NEAR) <= f.value <= high * (1 + _NEAR)]
            found.sort(key=lambda figure: (abs(self._standing.value(figure).value - high), self._issued(figure)))
        return found

    def _issued(self, figure: str) -> str:
        """When a figure was published, or late where that is not known."""
        return self.knowledge.source_of(next(iter(self._standing.rests_on(figure)))).issued or "9999"

    def by_source(self) -> list[str]:
        """The figures of the publication that the question names."""
        quoted = _QUOTED.search(self.typed)
        if not quoted and not (self.options["publishers"] and (self.options["earliest"] or self.options["list"])):
            return []
        title = quoted[1] if quoted else self.typed
        found = search(self.knowledge, title, what="source", limit=20).ids if quoted or self.options["earliest"] else ()
        for source in (*self.titled(), *found):
            figures = [figure.id for figure in self.knowledge.figures_of_source(source)]
            if figures and (not self.options["publishers"] or self._published(figures[0])):
                return figures[:_MOST]
        subjects = [*self.options["subjects"][:1], *FAMOUS] if self.options["publishers"] else []
        for subject in subjects:
            about, _ = self.knowledge.find_figures(subject=subject, limit=200)
            kept = [figure.id for figure in about if self._published(figure.id)]
            if kept:
                return kept[:_MOST]
        return []

    def titled(self) -> list[str]:
        """The sources whose whole title is made of words that the question has, in whatever language."""
        said = self.options["words"]
        found = []
        for source in self.knowledge.find_sources(limit=2000)[0] if self.options["publishers"] else ():
            title = [word for word in _LETTERS.findall(source.title.lower()) if word not in _SMALL]
            if len(title) > 1 and all(word in said for word in title):
                found.append((len(title), source.issued or "", source.id))
        return [source for *_, source in sorted(found, reverse=True)]


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
