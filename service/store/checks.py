"""What must hold between the records: references, units, dates, names. Each check adds its faults to the draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, cast

from service.core.errors import UnknownUnit
from service.core.model import Figure, QuantityKind, Region, Subject, first_day
from service.core.units import Unit, dimension_name, parse_unit
from service.store.draft import Draft, RowSite, Site, Sort
from service.store.faults import shown
from service.store.fold import squeeze
from service.store.rows import allowed_placeholders, unknown_placeholders
from service.store.strict_yaml import FieldPath

_PROJECTIONS: Final = ("modelled", "estimated", "assumed")
_NUMBER: Final = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CLOSE: Final = 0.02

Named = Subject | Region | QuantityKind


def check_records(draft: Draft) -> None:
    """Check everything but the parameters."""
    for quantity in draft.quantities.values():
        _quantity(draft, quantity)
    for region in draft.regions.values():
        _region(draft, region)
    for subject in draft.subjects.values():
        _subject(draft, subject)
    for source in draft.sources.values():
        site = draft.site("source", source.id)
        if source.issued and first_day(source.issued) > draft.today:
            draft.faults.append(site.fault(("issued",), shown(source.issued), f"a date up to today, {draft.today}"))
        for i, table in enumerate(source.tables):
            if draft.refer(site, ("tables", i, "quantity"), "quantity", table.quantity):
                check_unit(draft, site, ("tables", i, "unit"), table.unit, table.quantity)
    for figure in draft.figures.values():
        _figure(draft, figure)
    _names(draft, "region", draft.regions)
    for kind in sorted({subject.kind for subject in draft.subjects.values()}):
        _names(draft, "subject", {s.id: s for s in draft.subjects.values() if s.kind == kind})


def unit_of(draft: Draft, site: Site, path: FieldPath, text: str) -> Unit | None:
    """The unit that `text` names; None, and a fault, when it names none."""
    try:
        return parse_unit(text)
    except UnknownUnit:
        draft.faults.append(
            site.fault(path, shown(text), "a unit made of the names in units.txt, such as kWh or g/kWh")
        )
        return None


def check_unit(draft: Draft, site: Site, path: FieldPath, text: str, quantity_id: str) -> None:
    """Check that `text` is a unit, and of a dimension that the quantity may have."""
    unit = unit_of(draft, site, path, text)
    quantity = draft.quantities.get(quantity_id)
    if unit is not None and quantity is not None:
        check_dimension(draft, site, path, unit, quantity)


def check_dimension(draft: Draft, site: Site, path: FieldPath, unit: Unit, quantity: QuantityKind) -> None:
    """Check that `unit` has a dimension that `quantity` may have."""
    units = dict.fromkeys((quantity.unit, *quantity.also))
    try:
        fitting = {parse_unit(text).dimension for text in units}
    except UnknownUnit:
        return  # told at the quantity itself
    if unit.dimension not in fitting:
        found = f"{shown(unit.text)} ({dimension_name(unit)})"
        listed = ", ".join(f"{shown(text)} ({dimension_name(parse_unit(text))})" for text in units)
        draft.faults.append(site.fault(path, found, f"a unit like those of {quantity.id}: {listed}"))


def _quantity(draft: Draft, quantity: QuantityKind) -> None:
    site = draft.site("quantity", quantity.id)
    unit_of(draft, site, ("unit",), quantity.unit)
    for i, text in enumerate(quantity.also):
        unit_of(draft, site, ("also", i), text)
    unknown = unknown_placeholders(quantity.statement) if quantity.statement else []
    if unknown:
        draft.faults.append(site.fault(("statement",), ", ".join(unknown), allowed_placeholders()))
    for language, text in (("en", quantity.statement.en), ("zh", quantity.statement.zh)) if quantity.statement else ():
        if "{value}" not in text:
            found = "a sentence for rows without {value}"
            draft.warnings.append(site.fault(("statement", language), found, "a sentence that states the figure"))


def _region(draft: Draft, region: Region) -> None:
    site = draft.site("region", region.id)
    if region.part_of is not None and draft.refer(site, ("part_of",), "region", region.part_of):
        _no_circle(draft, site, region.id, lambda code: draft.regions[code].part_of if code in draft.regions else None)


def _subject(draft: Draft, subject: Subject) -> None:
    site = draft.site("subject", subject.id)
    if subject.region is not None:
        draft.refer(site, ("region",), "region", subject.region)
    elif subject.kind == "home":
        draft.faults.append(site.fault(("region",), "nothing", "the code of the region whose home it is"))
    if subject.part_of is not None and draft.refer(site, ("part_of",), "subject", subject.part_of):
        _no_circle(
            draft, site, subject.id, lambda name: draft.subjects[name].part_of if name in draft.subjects else None
        )


def _no_circle(draft: Draft, site: Site, start: str, above: Callable[[str], str | None]) -> None:
    passed, here = [start], above(start)
    while here is not None and here not in passed:
        passed.append(here)
        here = above(here)
    if here == start:
        draft.faults.append(
            site.fault(("part_of",), " in ".join([*passed, start]), "parts that do not contain their whole")
        )


def _figure(draft: Draft, figure: Figure) -> None:
    site = draft.site("figure", figure.id)
    draft.refer(site, ("subject",), "subject", figure.subject)
    draft.refer(site, ("region",), "region", figure.region)
    # the unit of rows is checked once, at the table of their source
    if draft.refer(site, ("quantity",), "quantity", figure.quantity) and not isinstance(site, RowSite):
        check_unit(draft, site, ("unit",), figure.unit, figure.quantity)
    for i, link in enumerate(figure.relates):
        if link.figure == figure.id:
            draft.faults.append(site.fault(("relates", i, "figure"), "the figure itself", "the id of another figure"))
        else:
            draft.refer(site, ("relates", i, "figure"), "figure", link.figure)
    if figure.basis not in _PROJECTIONS and first_day(figure.as_of.split("/")[-1]) > draft.today:
        allowed = f"a date up to today, {draft.today}, or a basis of a projection: {', '.join(_PROJECTIONS)}"
        draft.faults.append(site.fault(("as_of",), f"{shown(figure.as_of)} ({figure.basis})", allowed))
    if not isinstance(site, RowSite):
        _statement(draft, site, figure)


def _statement(draft: Draft, site: Site, figure: Figure) -> None:
    for language, text in (("en", figure.statement.en), ("zh", figure.statement.zh)):
        stated = [
            number for number in (figure.value, figure.low, figure.high) if number is not None and _says(text, number)
        ]
        if figure.value not in stated and stated != [figure.low, figure.high]:
            found = f"a sentence without the number {figure.value:g}"
            draft.warnings.append(site.fault(("statement", language), found, "a sentence that states the figure"))


def _says(text: str, value: float) -> bool:
    """Whether a number in `text` is `value`, perhaps rounded; words such as million, 万 or kilo only move the point."""
    wanted = _digits(value)
    stated = (float(re.sub(r"[^\d.]", "", number)) for number in _NUMBER.findall(text))
    return any(abs(_digits(number) - wanted) <= _CLOSE * wanted for number in stated)


def _digits(value: float) -> float:
    return float(f"{abs(value):e}".partition("e")[0])


def _names(draft: Draft, sort: Sort, things: Mapping[str, Subject] | Mapping[str, Region]) -> None:
    """Each name belongs to one thing: what people type must not mean two."""
    owner: dict[str, str] = {}
    for thing in cast("Iterable[Named]", things.values()):
        for path, name in _named(thing):
            key = squeeze(name)
            if not key:
                allowed = "a name with letters or digits"
                draft.faults.append(draft.site(sort, thing.id).fault(path, shown(name), allowed))
            elif owner.setdefault(key, thing.id) != thing.id:
                found = f"{shown(name)}, also a name of {owner[key]}"
                draft.faults.append(
                    draft.site(sort, thing.id).fault(path, found, f"a name of one {sort} of its kind only")
                )


def _named(thing: Named) -> Iterable[tuple[FieldPath, str]]:
    yield ("name", "en"), thing.name.en
    yield ("name", "zh"), thing.name.zh
    for language, aliases in thing.aliases.items():
        yield from ((("aliases", language, i), alias) for i, alias in enumerate(aliases))
