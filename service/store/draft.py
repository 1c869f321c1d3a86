"""The knowledge while it is being read: records so far, where each stands, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from service.core.claim import Claim, Collection
from service.core.model import Figure, QuantityKind, Region, Source, Subject
from service.core.parameter import Derived, Parameter
from service.store.faults import Fault, did_you_mean, shown
from service.store.strict_yaml import Document, FieldPath

Sort = Literal["source", "figure", "subject", "quantity", "region", "parameter", "derived", "claim", "collection"]


class Site(Protocol):
    """Where a record stands; it can tell what is wrong with one of its fields."""

    def fault(self, path: FieldPath, found: str, allowed: str) -> Fault:
        """A fault of the field at `path` within the record."""
        ...

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class YamlSite:
    """A record in a YAML file."""

    document: Document
    path: FieldPath

    def fault(self, path: FieldPath, found: str, allowed: str) -> Fault:
        """A fault of the field at `path` within the record."""
        return self.document.fault(self.path + path, found, allowed)

    def __str__(self) -> str:
        return f"{self.document.file}:{self.document.line(self.path)}"


@dataclass(frozen=True, slots=True)
class RowSite:
    """A record in a row of a CSV file."""

    file: str
    line: int

    def fault(self, path: FieldPath, found: str, allowed: str) -> Fault:
        """A fault of the column that `path` begins with."""
        return Fault(self.file, self.line, str(path[0]) if path else "(row)", found, allowed)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass
class Draft:
    """Everything read so far. `declared` also knows the ids of records that were too faulty to keep."""

    today: date
    sources: dict[str, Source] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    quantities: dict[str, QuantityKind] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    collections: dict[str, Collection] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    declared: dict[Sort, dict[str, Site]] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def declare(self, sort: Sort, name: object, site: Site, path: FieldPath = ("id",)) -> bool:
        """Note that `name` stands at `site`; False, and a fault, when it already stands elsewhere."""
        if not isinstance(name, str):
            return False
        first = self.declared.setdefault(sort, {}).setdefault(name, site)
        if first is not site:
            self.faults.append(site.fault(path, f"{shown(name)} a second time", f"an id once; it is also at {first}"))
        return first is site

    def site(self, sort: Sort, name: str) -> Site:
        """Where the record of that id stands."""
        return self.declared[sort][name]

    def known(self, sort: Sort) -> dict[str, Site]:
        """The ids of one sort."""
        return self.declared.get(sort, {})

    def refer(self, site: Site, path: FieldPath, sort: Sort, name: str, others: Container[str] = ()) -> bool:
        """Whether `name` is a known id of `sort` (or one of `others`); a fault naming the nearest one where not."""
        known = self.known(sort)
        if name in known or name in others:
            return True
        hint = did_you_mean(name, known)
        self.faults.append(site.fault(path, f"{shown(name)}, which is not there", f"the id of a {sort}{hint}"))
        return False
