"""Records of the built knowledge by id, each made once."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, TypeVar

from service.core.model import Figure, QuantityKind, Region, Source, Subject
from service.core.parameter import Derived, Parameter
from service.core.units import teach
from service.store import revive
from service.store.cite_names import renamed, short
from service.store.connection import Connection, marks
from service.store.demand import OnDemand

R = TypeVar("R", Figure, Source, Parameter)
T = TypeVar("T", Subject, QuantityKind, Region)

_KEPT: Final = 8192  # of each sort of record; a figure takes about 4 kB, and a tour of a catalogue asks for every one
_LISTED: Final = 12
_AT_ONCE: Final = 500
_WORLD: Final = "world"


class Lookup:
    """The records in the SQLite file at `path`. Look-ups by id raise KeyError when there is no such thing."""

    def __init__(self, path: Path) -> None:
        self.connection = Connection(path)
        self.kept: dict[Hashable, Any] = {}  # what service.store.kept keeps
        self._figures: dict[str, Figure] = {}
        self._sources: dict[str, Source] = {}
        self._origin: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._parameters: dict[str, Parameter] = {}
        self._purposes: dict[tuple[str, str], list[Parameter]] = {}
        self._derived: dict[str, Parameter | None] = {}
        teach(revive.unit_meanings(self.connection))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    # -- the knowledge as a whole -------------------------------------------------------------------------------

    @cached_property
    def version(self) -> str:
        """The digest of its content, quoted in answers."""
        return self._meta("version")

    @cached_property
    def as_of(self) -> str:
        """The day (YYYY-MM-DD) of its latest choice or publication."""
        return self._meta("as_of")

    def _meta(self, key: str) -> str:
        row = self.connection.row("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row["value"]) if row else ""

    def check(self) -> None:
        """Read from the file; raises sqlite3.Error when it cannot be."""
        self.connection.number("SELECT count(*) FROM meta")

    def verify(self) -> None:
        """Read all of the file; raises sqlite3.DatabaseError when it is damaged or none of ours."""
        found = self.connection.rows("PRAGMA quick_check(1)")
        if [row[0] for row in found] != ["ok"]:
            raise sqlite3.DatabaseError(f"the file is damaged: {found[0][0] if found else 'it is empty'}")
        self.check()

    # -- figures and sources ------------------------------------------------------------------------------------

    def figure(self, figure_id: str) -> Figure:
        """The figure of this id."""
        return self._figures.get(figure_id) or self.figures([figure_id])[0]

    def figures(self, ids: Sequence[str]) -> list[Figure]:
        """The figures of these ids, in this order."""
        return _many(self._figures, ids, lambda missing: revive.figures(self.connection, missing))

    def has_figure(self, figure_id: str) -> bool:
        """Whether there is a figure of this id."""
        return figure_id in self._figure_ids

    @cached_property
    def _figure_ids(self) -> frozenset[str]:
        return frozenset(row["id"] for row in self.connection.rows("SELECT id FROM figure"))

    def has_source(self, source_id: str) -> bool:
        """Whether there is a source of this id."""
        known = source_id in self._sources
        return known or self.connection.row("SELECT 1 FROM source WHERE id = ?", (source_id,)) is not None

    def source(self, source_id: str) -> Source:
        """The source of this id, without its figures."""
        return self._sources.get(source_id) or self.sources([source_id])[0]

    def sources(self, ids: Sequence[str]) -> list[Source]:
        """The sources of these ids, in this order, without their figures."""
        return _many(self._sources, ids, lambda missing: revive.sources(self.connection, missing))

    def source_of(self, figure_id: str) -> Source:
        """The source that a figure is taken from, without its figures."""
        if figure_id not in self._origin:
            row = self.connection.row("SELECT source FROM figure WHERE id = ?", (figure_id,))
            if row is None:
                raise KeyError(figure_id)
            self._origin[figure_id] = row["source"]
        return self.source(self._origin[figure_id])

    def label(self, source_id: str) -> str:
        """Who and when, as readers know a source: de Vries (2023)."""
        if source_id not in self._labels:
            self._labels[source_id] = short(self.source(source_id))
        return self._labels[source_id]

    def cited_as(self, figure_id: str, bodies: Mapping[str, str] | None = None) -> str:
        """Who states a figure, and when; `bodies` gives other names of those that sign."""
        source = self.source_of(figure_id)
        other = renamed(source, bodies) if bodies else source
        return self.label(source.id) if other is source else short(other)

    def figures_of_source(self, source_id: str) -> list[Figure]:
        """All figures taken from a source, those most likely wanted first."""
        rows = self.connection.rows("SELECT id FROM figure WHERE source = ? ORDER BY number", (source_id,))
        return self.figures([row["id"] for row in rows])

    # -- what figures are about ---------------------------------------------------------------------------------

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """All subjects by id."""
        return self._on_demand("subject", revive.subjects)

    @cached_property
    def quantities(self) -> Mapping[str, QuantityKind]:
        """All quantities by id."""
        return self._on_demand("quantity", revive.quantities)

    @cached_property
    def _regions(self) -> Mapping[str, Region]:
        return self._on_demand("region", revive.regions)

    def _on_demand(
        self, table: str, make: Callable[[Connection, Sequence[str] | None], Mapping[str, T]]
    ) -> OnDemand[T]:
        return OnDemand(revive.ids(self.connection, table), partial(make, self.connection))

    def subject(self, subject_id: str) -> Subject:
        """The subject of this id."""
        return self.subjects[subject_id]

    def quantity(self, quantity_id: str) -> QuantityKind:
        """The quantity of this id."""
        return self.quantities[quantity_id]

    def region(self, code: str) -> Region:
        """The region of this code."""
        return self._regions[code]

    def regions(self) -> list[Region]:
        """All regions in the order of their codes."""
        return list(self._regions.values())

    @cached_property
    def _homes(self) -> dict[str, str]:
        rows = self.connection.rows("SELECT id, region FROM subject WHERE kind = 'home' ORDER BY id DESC")
        return {row["region"]: row["id"] for row in rows if row["region"]}

    def home_of(self, region: str) -> Subject | None:
        """What a home is in the region of this code; None where that is not known."""
        home = self._homes.get(region)
        return None if home is None else self.subject(home)

    def part_in(self, subject_id: str, code: str) -> Subject | None:
        """The subject itself where it lies in a region, else the nearest part of it that does; None where none does."""
        near = [self.subject(subject_id)]
        seen: set[str] = set()
        while near:
            for subject in near:
                if (subject.region or _WORLD) == code:
                    return subject
            seen |= {subject.id for subject in near}
            parts = self.connection.rows(
                f"SELECT id FROM subject WHERE part_of IN ({marks(seen)}) ORDER BY id", tuple(seen)
            )
            near = [self.subject(row["id"]) for row in parts if row["id"] not in seen]
        return None

    # -- parameters ---------------------------------------------------------------------------------------------

    def _revived(self, ids: Sequence[str]) -> list[Parameter]:
        """The parameters of these ids, in this order, each made once."""
        return _many(self._parameters, ids, lambda missing: revive.parameters(self.connection, missing))

    def parameter(self, subject: str, quantity: str, region: str | None = None) -> Parameter | None:
        """The parameter for this purpose.

        Without a `region`: the one for the world, or else for the subject's own region, or else the only one.
        """
        there = self._purpose(subject, quantity)
        own = self.subjects[subject].region if region is None and len(there) > 1 else None
        for wanted in (region,) if region else (_WORLD, own):
            for parameter in there:
                if parameter.region == wanted:
                    return parameter
        return there[0] if region is None and len(there) == 1 else None

    def _purpose(self, subject: str, quantity: str) -> list[Parameter]:
        found = self._purposes.get((subject, quantity))
        if found is None:
            found = self._purposes[subject, quantity] = self.parameters(subject=subject, quantity=quantity)
        return found

    def parameters(
        self, *, quantity: str | None = None, subject: str | None = None, region: str | None = None
    ) -> list[Parameter]:
        """All parameters, or those with this quantity, subject and region."""
        wanted = {"quantity": quantity, "subject": subject, "region": region}
        conditions = [f"{column} = ?" for column, value in wanted.items() if value is not None] or ["1"]
        values = [value for value in wanted.values() if value is not None]
        rows = self.connection.rows(f"SELECT id FROM parameter WHERE {' AND '.join(conditions)} ORDER BY id", values)
        return self._revived([row["id"] for row in rows])

    def derived(self, derived_id: str) -> Derived | None:
        """The derived number of this id; None for the id of a figure, and for any other."""
        if derived_id not in self._derived:
            row = self.connection.row("SELECT parameter FROM derived WHERE id = ?", (derived_id,))
            self._derived[derived_id] = self._revived([row["parameter"]])[0] if row else None
        owner = self._derived[derived_id]
        return owner.derived_by_id(derived_id) if owner else None

    def parameter_of(self, derived_id: str) -> Parameter:
        """The parameter that declares a derived number."""
        owner = self._derived.get(derived_id) if self.derived(derived_id) else None
        if owner is None:
            raise KeyError(derived_id)
        return owner

    def used_by(self, figure_id: str) -> list[Parameter]:
        """The parameters that point at a figure or derived number: as choice, rival or pair, or in a formula."""
        return self._revived(list(self._pointing.get(figure_id, ())))

    @cached_property
    def _pointing(self) -> Mapping[str, Mapping[str, None]]:
        """The ids of the parameters that point at each figure or derived number, in order."""
        rows = self.connection.rows(
            "SELECT parameter, figure, derived FROM choice "
            "UNION SELECT parameter, figure, derived FROM rival "
            "UNION SELECT parameter, figure, derived FROM pairing "
            "UNION SELECT parameter, figure, NULL FROM derived JOIN derived_use ON derived = derived.id ORDER BY 1"
        )
        found: dict[str, dict[str, None]] = {}
        for row in rows:
            for pointed in filter(None, (row["figure"], row["derived"])):
                found.setdefault(pointed, {})[row["parameter"]] = None
        return found

    def with_figures(self, quantities: Sequence[str], kind: str | None = None) -> tuple[str, ...]:
        """Up to twelve subjects, of that kind, for which a figure of one of these quantities is chosen."""
        sql = f"SELECT DISTINCT subject FROM parameter WHERE quantity IN ({marks(quantities)}) ORDER BY subject"
        names = (row["subject"] for row in self.connection.rows(sql, quantities))
        return tuple(itertools.islice((name for name in names if kind in (None, self.subjects[name].kind)), _LISTED))


def _many(kept: dict[str, R], ids: Sequence[str], fetch: Callable[[list[str]], list[R]]) -> list[R]:
    """The records of `ids` in order, those not yet `kept` fetched at once. Raises KeyError for an unknown id."""
    missing = [name for name in dict.fromkeys(ids) if name not in kept]
    fetched: dict[str, R] = {}
    for start in range(0, len(missing), _AT_ONCE):  # SQLite takes a limited number of placeholders
        fetched.update((record.id, record) for record in fetch(missing[start : start + _AT_ONCE]))
    found = [kept[name] if name in kept else fetched[name] for name in ids]
    over = len(kept) + len(fetched) - _KEPT
    if over > 0:
        for name in list(kept)[: over + _KEPT // 4]:  # those made first; were it all, a busy worker would begin anew
            kept.pop(name, None)
    kept.update(fetched)
    return found
