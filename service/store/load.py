"""Loading the knowledge strictly: all files in one run, all faults in one error.

>>> from pathlib import Path
>>> load(Path("no/such/folder"))
Traceback (most recent call last):
    ...
FileNotFoundError: there is no knowledge at no/such/folder
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from service.core.claim import Claim, Collection
from service.core.model import Figure, QuantityKind, Region, Source, Subject, last_day
from service.core.parameter import Derived, Parameter
from service.store.checks import check_records
from service.store.choices import check_parameters
from service.store.claim_checks import check_claims
from service.store.draft import Draft, Sort, YamlSite
from service.store.faults import Fault, KnowledgeError, shown
from service.store.files import CLAIMS, SOURCES, TABLES, UNITS, fingerprint, strays
from service.store.records import record
from service.store.rows import read_rows
from service.store.strict_yaml import Document

R = TypeVar("R", bound=BaseModel)
P = TypeVar("P", bound=BaseModel)


@dataclass(frozen=True)
class Library:
    """The whole knowledge, checked. Each mapping is by id; `figures` holds those of the tables too.

    `origin` gives the id of each figure's source, `topics` the folder of each source.
    """

    sources: Mapping[str, Source]
    figures: Mapping[str, Figure]
    subjects: Mapping[str, Subject]
    quantities: Mapping[str, QuantityKind]
    regions: Mapping[str, Region]
    parameters: Mapping[str, Parameter]
    derived: Mapping[str, Derived]
    claims: Mapping[str, Claim]
    collections: Mapping[str, Collection]
    origin: Mapping[str, str]
    topics: Mapping[str, str]
    units: str
    fingerprint: str
    warnings: tuple[Fault, ...]


def load(root: Path, today: date | None = None) -> Library:
    """Read and check everything below `root`.

    `today` is the day after which nothing can have been published; the actual day by default.

    Raises:
        KnowledgeError: something is wrong; its `faults` hold everything that is, each with file, line and field.
        FileNotFoundError: there is no folder `root`.
    """
    if not root.is_dir():
        raise FileNotFoundError(f"there is no knowledge at {root}")
    draft = Draft(today or date.today())  # noqa: DTZ011 - publication dates have no time zone
    mark = fingerprint(root)
    _lists(draft, root, "regions.yaml", "region", Region, draft.regions)
    _lists(draft, root, "quantities.yaml", "quantity", QuantityKind, draft.quantities)
    _lists(draft, root, "subjects/*.yaml", "subject", Subject, draft.subjects)
    generated = _regions_as_subjects(draft)
    for path in sorted(root.glob(SOURCES)):
        _source(draft, root, path)
    for path in sorted(path for pattern in TABLES for path in root.glob(pattern)):
        read_rows(draft, path, path.relative_to(root).as_posix())
    _lists(draft, root, "parameters/*.yaml", "parameter", Parameter, draft.parameters)
    for path in sorted(root.glob(CLAIMS)):
        _collection(draft, root, path)
    for path in strays(root):
        name = path.relative_to(root).as_posix()
        allowed = f"a file like {SOURCES}, subjects/*.yaml, parameters/*.yaml, {CLAIMS}, {', '.join(TABLES)}"
        draft.faults.append(Fault(name, 1, "(the whole file)", "a file that would not be read", allowed))
    check_records(draft)
    check_parameters(draft)
    check_claims(draft)
    draft.subjects.update(generated)
    faults = draft.faults + [fault for document in draft.documents for fault in document.faults]
    if faults:
        raise KnowledgeError(faults)
    return _library(draft, root, mark)


def due(library: Library, today: date) -> list[Parameter]:
    """The parameters whose day of review has passed on `today`, longest overdue first."""
    late = [parameter for parameter in library.parameters.values() if last_day(parameter.review_by) < today]
    return sorted(late, key=lambda parameter: (last_day(parameter.review_by), parameter.id))


def _document(draft: Draft, root: Path, path: Path) -> Document:
    name = path.relative_to(root).as_posix()
    try:
        document = Document(name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        document = Document(name, "")
        document.faults.append(
            Fault(name, 1, "(the whole file)", f"bytes that are not UTF-8 ({error.reason})", "UTF-8")
        )
        document.spoiled.add(())
    draft.documents.append(document)
    return document


def _lists(draft: Draft, root: Path, pattern: str, sort: Sort, model: type[R], into: dict[str, R]) -> None:
    """Read the files whose whole content is a list of records of one sort."""
    for path in sorted(root.glob(pattern)):
        document = _document(draft, root, path)
        if not isinstance(document.data, list):
            _not_a(document, f"a list of records: lines that begin with `- id:` ({sort})")
            continue
        for i, raw in enumerate(document.data):
            made = _record(draft, document, (i,), raw, sort, model)
            if made is not None:
                into[str(raw["id"])] = made


def _record(
    draft: Draft, document: Document, path: tuple[str | int, ...], raw: object, sort: Sort, model: type[R]
) -> R | None:
    first = draft.declare(sort, raw["id"], YamlSite(document, path)) if isinstance(raw, dict) and "id" in raw else True
    made = record(model, raw, document, path)
    return made if first else None


def _source(draft: Draft, root: Path, path: Path) -> None:
    source, kept = _whole(draft, root, path, ("source", Source), ("figure", Figure))
    draft.figures.update((figure.id, figure) for figure in kept)
    if source is not None:
        draft.sources[source.id] = source.model_copy(update={"figures": kept})
        draft.topics[source.id] = path.parent.name
        draft.origin.update((figure.id, source.id) for figure in kept)


def _collection(draft: Draft, root: Path, path: Path) -> None:
    collection, kept = _whole(draft, root, path, ("collection", Collection), ("claim", Claim))
    draft.claims.update((claim.id, claim) for claim in kept)
    if collection is not None:
        draft.collections[collection.id] = collection.model_copy(update={"claims": kept})


def _whole(
    draft: Draft, root: Path, path: Path, whole: tuple[Sort, type[R]], part: tuple[Sort, type[P]]
) -> tuple[R | None, list[P]]:
    """Read a record of a file of its own and its parts one by one, so that a fault in one hides none in another."""
    document = _document(draft, root, path)
    raw, name = document.data, f"{part[0]}s"
    if not isinstance(raw, dict):
        _not_a(document, f"one {whole[0]}: lines such as `id:` and `title:`")
        return None, []
    listed = raw.get(name) or []
    alone = {**raw, name: []} if isinstance(listed, list) else raw
    made = _record(draft, document, (), alone, *whole)
    parts = [
        _record(draft, document, (name, i), each, *part)
        for i, each in enumerate(listed if isinstance(listed, list) else [])
    ]
    if isinstance(raw.get("id"), str) and raw["id"] != path.stem:
        document.faults.append(document.fault(("id",), shown(raw["id"]), f"the name of the file, {path.stem}"))
    return made, [each for each in parts if each is not None]


def _not_a(document: Document, allowed: str) -> None:
    if not document.faults:
        document.faults.append(document.fault((), shown(document.data), allowed))


def _regions_as_subjects(draft: Draft) -> dict[str, Subject]:
    """Every region is also something that figures are about."""
    made: dict[str, Subject] = {}
    for region in draft.regions.values():
        name = region.id.lower()
        declared = draft.subjects.get(name)
        if declared is None:
            draft.declare("subject", name, draft.site("region", region.id))
            made[name] = Subject(id=name, kind="region", name=region.name, aliases=region.aliases, region=region.id)
        elif declared.kind != "region":
            allowed = f"another id, or kind region: {name} means the region {region.id}"
            draft.faults.append(
                draft.site("subject", name).fault(("id",), f"{shown(name)} of kind {declared.kind}", allowed)
            )
    return made


def _library(draft: Draft, root: Path, mark: str) -> Library:
    units = root / UNITS
    return Library(
        sources=dict(sorted(draft.sources.items())),
        figures=dict(sorted(draft.figures.items())),
        subjects=dict(sorted(draft.subjects.items())),
        quantities=dict(sorted(draft.quantities.items())),
        regions=dict(sorted(draft.regions.items())),
        parameters=dict(sorted(draft.parameters.items())),
        derived=dict(sorted(draft.derived.items())),
        claims=dict(sorted(draft.claims.items())),
        collections=dict(sorted(draft.collections.items())),
        origin=dict(sorted(draft.origin.items())),
        topics=dict(sorted(draft.topics.items())),
        units=units.read_text(encoding="utf-8") if units.is_file() else "",
        fingerprint=mark,
        warnings=tuple(sorted(draft.warnings)),
    )
