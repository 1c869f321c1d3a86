"""The names in the inputs of look-ups: subjects, regions, quantities, figures and sources, replaced by their ids."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from service.core.errors import Fault
from service.core.model import Subject
from service.store.fold import squeeze
from service.store.queries import Knowledge, Thing

Named = Literal["subject", "region", "quantity", "figure", "source", "record"]


@dataclass(frozen=True, slots=True)
class Names:
    """The text names a thing of this sort; `record` is a figure or a source, whichever has that id."""

    thing: Named


class Namer:
    """Resolves the names in the inputs of one call; what names nothing is added to `faults`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.faults: list[Fault] = []

    def resolve(self, model: type[BaseModel], given: Mapping[str, Any], skip: Collection[str]) -> dict[str, str]:
        """The ids of what the inputs name."""
        resolved: dict[str, str] = {}
        for name, info in model.model_fields.items():
            marker = next((item for item in info.metadata if isinstance(item, Names)), None)
            text = given.get(name)
            if marker is not None and name not in skip and isinstance(text, str):
                found = self._id(name, marker.thing, text)
                if found is not None:
                    resolved[name] = found
        return resolved

    def _id(self, name: str, thing: Named, text: str) -> str | None:
        match thing:
            case "subject":
                return self._subject(name, text)
            case "region":
                region = self.knowledge.resolve_region(text)
                return region.id if region else self._unknown(name, "region", text)
            case "quantity":
                return self._quantity(text) or self._unknown(name, "quantity", text)
            case _:
                return self._record(name, thing, text)

    def _subject(self, name: str, text: str) -> str | None:
        found = self.knowledge.resolve_subject(text)
        if isinstance(found, Subject):
            return found.id
        if not found:
            return self._unknown(name, "subject", text)
        several = tuple(subject.id for subject in found)
        self.faults.append(
            Fault(name, "ambiguous-name", "several things go by that name; use one id.", text, (), several)
        )
        return None

    def _quantity(self, text: str) -> str | None:
        wanted = squeeze(text)
        for kind in self.knowledge.quantities.values():
            aliases = [alias for names in kind.aliases.values() for alias in names]
            if wanted in map(squeeze, (kind.id, kind.name.en, kind.name.zh, *aliases)):
                return kind.id
        return None

    def _record(self, name: str, thing: Named, text: str) -> str | None:
        kind, colon, bare = text.partition(":")
        wanted = [kind] if colon else ["figure", "source"] if thing == "record" else [thing]
        record = bare if colon else text
        if "figure" in wanted and thing != "source" and self.knowledge.has_figure(record):
            return f"figure:{record}" if thing == "record" else record
        if "source" in wanted and thing != "figure" and self.knowledge.has_source(record):
            return f"source:{record}" if thing == "record" else record
        if thing == "source" and self.knowledge.has_figure(record):  # a figure's id serves: what is cited is its source
            return self.knowledge.source_of(record).id
        return self._unknown(name, thing, record)

    def _unknown(self, name: str, thing: Named, text: str) -> str | None:
        sorts: tuple[Thing, ...] = ("figure", "source") if thing == "record" else (thing,)
        close = tuple(near for sort in sorts for near in self.knowledge.suggest(text, sort))
        code = {"region": "unknown-region", "subject": "unknown-name", "quantity": "unknown-name"}.get(
            thing, "unknown-id"
        )
        shown = " or ".join(sorts)
        self.faults.append(Fault(name, code, f"no {shown} of that name or id is known.", text, (), close))
        return None
