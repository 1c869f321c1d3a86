"""What the text of an answer needs to know of the knowledge base, without knowing the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from service.core.model import Figure, QuantityKind, Source
from service.core.parameter import Derived

DERIVED: Final = "derived:"  # begins the name of a step that a declared formula made


class Facts(Protocol):
    """Records by their id; each raises KeyError for an id that does not exist."""

    @property
    def version(self) -> str:
        """Content hash of the knowledge base."""
        ...

    def figure(self, figure_id: str) -> Figure:
        """A figure."""
        ...

    def source_of(self, figure_id: str) -> Source:
        """The source of a figure."""
        ...

    def quantity(self, quantity_id: str) -> QuantityKind:
        """A kind of number."""
        ...

    def derived(self, figure_id: str) -> Derived | None:
        """A derived number, or None where the id is not one."""
        ...

    def cited_as(self, figure_id: str, bodies: Mapping[str, str] | None = None) -> str:
        """Who states a figure, as a short label: de Vries (2023); `bodies` gives other names of those that sign."""
        ...


@dataclass(frozen=True, slots=True)
class Noted:
    """A caveat that a run noted: its key in words/<language>.yaml and what fills it."""

    code: str
    words: Mapping[str, Any]


class Read(Protocol):
    """What one run read."""

    @property
    def knowledge(self) -> Facts:
        """Where it was read from."""
        ...

    @property
    def as_of(self) -> date:
        """The day whose knowledge was used."""
        ...

    @property
    def used(self) -> Mapping[str, None]:
        """The ids of all figures read, in order."""
        ...

    @property
    def notes(self) -> Mapping[str, Noted]:
        """The caveats noted."""
        ...

    @property
    def version(self) -> str:
        """The version of the knowledge, and of each installed package that computed a part."""
        ...
