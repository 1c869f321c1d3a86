"""What must hold of parameters: the figures they choose, their rivals, and the numbers they derive."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import Final

from service.core.errors import QuantityError, UnknownUnit
from service.core.model import Figure, QuantityKind, first_day
from service.core.parameter import Derived, Parameter
from service.core.quantity import Quantity
from service.core.units import parse_unit
from service.store.checks import check_dimension
from service.store.draft import Draft, Site
from service.store.faults import shown
from service.store.formula import FormulaError, evaluate, names
from service.store.strict_yaml import FieldPath

_VERIFIED: Final = ("primary", "secondary")


def check_parameters(draft: Draft) -> None:
    """Check every parameter; its derived numbers become part of the draft."""
    for parameter in draft.parameters.values():
        site = draft.site("parameter", parameter.id)
        for i, derived in enumerate(parameter.derived):
            _declare(draft, site, ("derived", i, "id"), derived)
    purposes: dict[tuple[str, str, str], str] = {}
    for parameter in draft.parameters.values():
        site = draft.site("parameter", parameter.id)
        purpose = (parameter.subject, parameter.quantity, parameter.region)
        first = purposes.setdefault(purpose, parameter.id)
        if first != parameter.id:
            found = f"{' of '.join(purpose[1::-1])} in {purpose[2]}, which {first} chooses too"
            draft.faults.append(site.fault(("quantity",), found, "one parameter for each subject, quantity and region"))
        _parameter(draft, site, parameter)


def _declare(draft: Draft, site: Site, path: FieldPath, derived: Derived) -> None:
    """Note a derived number, whose id must differ from those of figures too."""
    taken = draft.known("figure").get(derived.id) or draft.known("derived").get(derived.id)
    if taken is not None:
        draft.faults.append(
            site.fault(path, f"{shown(derived.id)} a second time", f"an id once; it is also at {taken}")
        )
    else:
        draft.declare("derived", derived.id, site, path)
        draft.derived[derived.id] = derived


def _parameter(draft: Draft, site: Site, parameter: Parameter) -> None:
    draft.refer(site, ("subject",), "subject", parameter.subject)
    draft.refer(site, ("region",), "region", parameter.region)
    draft.refer(site, ("quantity",), "quantity", parameter.quantity)
    quantity = draft.quantities.get(parameter.quantity)
    for i, derived in enumerate(parameter.derived):
        _derived(draft, site, ("derived", i), derived, quantity)
    own = {derived.id for derived in parameter.derived}
    for name, entries in (("choices", parameter.choices), ("rivals", parameter.rivals)):
        for i, entry in enumerate(entries):
            _pointed(draft, site, (name, i, "figure"), entry.figure, own, quantity)
            for j, other in enumerate(entry.paired):
                draft.refer(site, (name, i, "paired", j), "figure", other, others=draft.derived)
    for i, (earlier, later) in enumerate(itertools.pairwise(parameter.choices), start=1):
        if first_day(later.since) <= first_day(earlier.since):
            allowed = f"a date after {earlier.since}, the choice before it"
            draft.faults.append(site.fault(("choices", i, "since"), shown(later.since), allowed))
    last = len(parameter.choices) - 1
    chosen = draft.figures.get(parameter.choices[last].figure)
    if chosen is not None:
        _worthy(draft, site, ("choices", last, "figure"), chosen)


def _pointed(
    draft: Draft, site: Site, path: FieldPath, name: str, own: set[str], quantity: QuantityKind | None
) -> None:
    figure = draft.figures.get(name)
    if not draft.refer(site, path, "figure", name, others=own) or figure is None or quantity is None:
        return
    if figure.quantity != quantity.id:  # otherwise told at the figure itself
        with suppress(UnknownUnit):  # told there too
            check_dimension(draft, site, path, parse_unit(figure.unit), quantity)


def _worthy(draft: Draft, site: Site, path: FieldPath, chosen: Figure) -> None:
    """The figure in force must be the best there is: verified where one is, and not superseded."""
    if chosen.checked == "memory":
        about = (chosen.subject, chosen.quantity, chosen.region)
        better = sorted(
            figure.id
            for figure in draft.figures.values()
            if figure.checked in _VERIFIED and (figure.subject, figure.quantity, figure.region) == about
        )
        if better:
            found = f"{shown(chosen.id)}, which nobody verified (checked: memory)"
            draft.faults.append(site.fault(path, found, f"a verified figure of the same: {', '.join(better)}"))
    newer = [link.figure for link in chosen.relates if link.type == "superseded-by"]
    if newer:
        found = f"{shown(chosen.id)}, which is superseded"
        draft.faults.append(site.fault(path, found, f"the figure that supersedes it: {', '.join(newer)}"))


def _derived(draft: Draft, site: Site, path: FieldPath, derived: Derived, quantity: QuantityKind | None) -> None:
    known = [draft.refer(site, (*path, "uses", name), "figure", figure_id) for name, figure_id in derived.uses.items()]
    here = (*path, "formula")
    try:
        used = names(derived.formula)
    except FormulaError as error:
        found = f"{shown(derived.formula)}: {error}"
        draft.faults.append(site.fault(here, found, "names of `uses` joined by + - * / and brackets, no number"))
        return
    if used != set(derived.uses):
        odd = ", ".join(sorted(used ^ set(derived.uses)))
        found = f"{shown(derived.formula)} ({odd} stands on one side only)"
        draft.faults.append(site.fault(here, found, f"exactly the names of `uses`: {', '.join(derived.uses)}"))
    elif all(known):
        _result(draft, site, here, derived, quantity)


def _result(draft: Draft, site: Site, path: FieldPath, derived: Derived, quantity: QuantityKind | None) -> None:
    """Compute the number as the service will, so that a formula that cannot be computed never gets there."""
    figures = {name: draft.figures.get(figure_id) for name, figure_id in derived.uses.items()}
    try:
        values = {name: _quantity(figure) for name, figure in figures.items() if figure is not None}
        if len(values) < len(figures):
            return  # a figure with faults of its own
        unit = evaluate(derived.formula, values).unit
    except UnknownUnit:
        return  # told at the figure itself
    except QuantityError as error:
        draft.faults.append(site.fault(path, f"{shown(derived.formula)}: {error}", "a formula that can be computed"))
        return
    if quantity is not None:
        check_dimension(draft, site, path, unit, quantity)


def _quantity(figure: Figure) -> Quantity:
    return Quantity(figure.value, parse_unit(figure.unit), figure.low, figure.high, f"figure:{figure.id}")
