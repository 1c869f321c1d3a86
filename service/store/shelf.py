"""Every published figure and derived number in brief, by what it is of: what a number in a text is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal, NamedTuple

from service.core.model import Basis, Checked, Kind, Relation, first_day, last_day
from service.core.units import Unit, parse_unit
from service.store.kept import kept
from service.store.queries import Knowledge
from service.store.standing import standing

Role = Literal["chosen", "former", "rival", "other"]
_FIGURES: Final = (
    "SELECT figure.id, subject, quantity, value, low, high, unit, as_of, region, basis, figure.checked, source, "
    "source.kind, publisher, issued, title, (SELECT group_concat(name, ' ') FROM author WHERE author.source = source.id) AS authors "
    "FROM figure JOIN source ON source.id = figure.source ORDER BY figure.number"
)
_CHOICES: Final = (
    "SELECT parameter, coalesce(figure, derived) AS figure, position, since FROM choice ORDER BY parameter, position"
)


class Link(NamedTuple):
    """How a figure stands to another."""

    type: Relation
    other: str


@dataclass(frozen=True, slots=True)
class Held:
    """A figure, or a number derived from figures: what it is of, its value, and how much it is worth."""

    id: str
    subject: str
    quantity: str
    value: float
    low: float
    high: float
    unit: Unit
    begins: date  # of the time that it speaks of
    ends: date
    region: str
    basis: Basis
    checked: Checked
    kind: Kind | None  # of its source; None where it is derived
    source: str
    signed: str  # publisher, title and authors, in small letters
    issued: str
    role: Role
    links: tuple[Link, ...]
    uses: tuple[str, ...]  # the figures that it is made of, itself where it is published


class Shelf:
    """All figures of one knowledge base, by subject and quantity."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._links = self._relations()
        self._roles = self._chosen()
        self.by_id: dict[str, Held] = {}
        about: dict[str, dict[str, list[Held]]] = defaultdict(lambda: defaultdict(list))
        for held in (*self._published(), *self._derived()):
            self.by_id[held.id] = held
            about[held.subject][held.quantity].append(held)
        self._about: Mapping[str, Mapping[str, Sequence[Held]]] = about

    def of_quantity(self, quantity: str) -> list[Held]:
        """The figures of a kind of number, of whatever subject."""
        return [each for each in self.by_id.values() if each.quantity == quantity]

    def of(self, subject: str) -> Mapping[str, Sequence[Held]]:
        """The figures of a subject, by quantity."""
        return self._about.get(subject, {})

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The subjects of which there are figures."""
        return frozenset(self._about)

    def _relations(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = defaultdict(list)
        for row in self._knowledge.connection.rows("SELECT figure, type, other FROM relation ORDER BY position"):
            found[row["figure"]].append(Link(row["type"], row["other"]))
        return {figure: tuple(links) for figure, links in found.items()}

    def _chosen(self) -> Mapping[str, Role]:
        """What parameters make of figures: the one that is chosen, those that were, those that compete."""
        rows = self._knowledge.connection.rows
        last = {row["parameter"]: row["figure"] for row in rows(_CHOICES)}
        roles: dict[str, Role] = {}
        for row in rows("SELECT coalesce(figure, derived) AS figure FROM rival"):
            roles[row["figure"]] = "rival"
        for row in rows(_CHOICES):
            chosen = last[row["parameter"]] == row["figure"]
            if chosen or roles.get(row["figure"]) != "chosen":
                roles[row["figure"]] = "chosen" if chosen else "former"
        return roles

    def _published(self) -> list[Held]:
        return [
            Held(
                row["id"], row["subject"], row["quantity"], row["value"], _or(row["low"], row["value"]), _or(row["high"], row["value"]),
                parse_unit(row["unit"]), *_days(row["as_of"]), row["region"], row["basis"], row["checked"], row["kind"], row["source"],
                f"{row['publisher']} {row['title']} {row['authors']}".lower(), row["issued"] or "", self._roles.get(row["id"], "other"), self._links.get(row["id"], ()), (row["id"],),
            )
            for row in self._knowledge.connection.rows(_FIGURES)
        ]  # fmt: skip

    def _derived(self) -> list[Held]:
        found = []
        for row in self._knowledge.connection.rows(
            "SELECT derived.id, subject, quantity, as_of, region FROM derived JOIN parameter ON parameter.id = derived.parameter"
        ):
            quantity, rests = standing(self._knowledge).known(row["id"])
            found.append(
                Held(
                    row["id"], row["subject"], row["quantity"], quantity.value, quantity.low, quantity.high, quantity.unit,
                    *_days(row["as_of"]), row["region"], "derived", "primary", None, "", "", "", self._roles.get(row["id"], "other"),
                    (), tuple(rests),
                )
            )  # fmt: skip
        return found


def _or(bound: float | None, value: float) -> float:
    return value if bound is None else bound


def _days(as_of: str) -> tuple[date, date]:
    begins, _, ends = as_of.partition("/")
    return first_day(begins), last_day(ends or begins)


shelf = kept(Shelf)
