"""What is asked of the knowledge for every number, worked out once: whose services are whose, what figures are held of whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from weakref import ref

from service.check.forms import Form, form
from service.check.kinds import family
from service.core.model import Subject
from service.reading.text import book
from service.store.kept import kept
from service.store.queries import Knowledge
from service.store.shelf import Held, shelf


class Group(NamedTuple):
    """The figures of one kind of number that are held of a subject."""

    quantity: str
    form: Form
    figures: Sequence[Held]


class Atlas:
    """What is kept of one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = ref(knowledge)  # it is the key under which this is kept
        self._groups: dict[str, Sequence[Group]] = {}
        self._parts: dict[tuple[str, str], str] = {}
        self._own: dict[tuple[str, str], list[str]] = {}

    @property
    def _known(self) -> Knowledge:
        knowledge = self._knowledge()
        assert knowledge is not None
        return knowledge

    @cached_property
    def services(self) -> Mapping[str, list[str]]:
        """What each company offers."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject in self._known.subjects.values():
            if subject.kind == "service" and subject.part_of:
                found[subject.part_of].append(subject.id)
        return dict(found)

    @cached_property
    def _owned(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject in self._known.subjects.values():
            if subject.kind == "sector" and subject.part_of:
                found[subject.part_of].append(subject.id)
        return dict(found)

    def own(self, company: str, sector: str) -> Sequence[str]:
        """What a company has of a sector of its own: machine learning at Google."""
        key = company, sector
        if key not in self._own:
            names = _names(self._known.subjects[sector]) if self._known.subjects[sector].kind == "sector" else []
            owned = (self._known.subjects[each] for each in self._owned.get(company, ()))
            self._own[key] = [each.id for each in owned if any(name in part for name in names for part in _names(each))]
        return self._own[key]

    def variants(self, family: str) -> Mapping[str, str]:
        """The subjects whose id begins with that of another, by what follows in it: CogVideoX 1.5 of CogVideoX, Scout of Llama 4."""
        return self._variants.get(family, {})

    @cached_property
    def _variants(self) -> Mapping[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name in self._known.subjects:
            for at in (at for at, sign in enumerate(name) if sign == "-"):
                found[name[:at]][name[at + 1 :]] = name
        return dict(found)

    def groups(self, subject: str) -> Sequence[Group]:
        """The figures held of a subject, by the kind of number and by what they are measured in."""
        found = self._groups.get(subject)
        if found is None:
            made: dict[tuple[str, Form], list[Held]] = defaultdict(list)
            for quantity, figures in shelf(self._known).of(subject).items():
                usual = form(self._known.quantity(quantity).unit)
                alike = (each for each in figures if form(each.unit.text).above == usual.above)
                made[family(quantity), usual].extend(alike)
            found = [Group(quantity, usual, figures) for (quantity, usual), figures in made.items() if figures]
            self._groups[subject] = found
        return found

    def part(self, sector: str, region: str) -> str:
        """The part of a sector in a place, or in a part of that place; a name that nothing has where it is not told apart."""
        key = sector, region
        if key not in self._parts:
            inside = (region, *book(self._known).inside.get(region, ()))
            parts = (self._known.part_in(sector, code) for code in inside)
            found = next((part.id for part in parts if part is not None), None)
            self._parts[key] = found or f"{sector} in {region}"
        return self._parts[key]


def _names(subject: Subject) -> list[str]:
    """Every name of a subject in small letters; those in letters with a space on either side."""
    names = [subject.name.en, subject.name.zh, *(each for said in subject.aliases.values() for each in said)]
    return [f" {name.lower()} " if name.isascii() else name.lower() for name in names if name]


atlas = kept(Atlas)
