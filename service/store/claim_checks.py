"""What must hold of claims: references, units, who can have said what before whom, and sums that come out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from math import isclose
from typing import Final

from service.core.claim import Claim, ClaimedNumber, Telling
from service.core.errors import QuantityError, UnknownUnit
from service.core.model import Figure, first_day, last_day
from service.core.quantity import Quantity
from service.core.units import parse_unit
from service.store.arithmetic import Sum, Term, read
from service.store.checks import check_unit, unit_of
from service.store.draft import Draft, Site
from service.store.faults import shown
from service.store.formula import FormulaError
from service.store.strict_yaml import FieldPath

# what a sum may contain without a source: powers of ten (told by their digit), the units of time and two halves
_PLAIN: Final = frozenset({1.0, 2.0, 7.0, 12.0, 24.0, 60.0, 365.0, 3600.0, 8760.0})
_SAME: Final = 1e-9
_SUM: Final = "a sum such as 500 [MWh/day] / 29 [kWh/day] = 17241"

Stated = tuple[float, str]  # a number and its unit


def check_claims(draft: Draft) -> None:
    """Check every collection and every claim."""
    for collection in draft.collections.values():
        if collection.source is not None:
            draft.refer(draft.site("collection", collection.id), ("source",), "source", collection.source)
    for claim in draft.claims.values():
        _claim(draft, draft.site("claim", claim.id), claim)


def _claim(draft: Draft, site: Site, claim: Claim) -> None:
    for i, number in enumerate(claim.numbers):
        _number(draft, site, ("numbers", i), number)
    for sort, names in (("figure", claim.figures), ("source", claim.sources)):
        for i, name in enumerate(names):
            draft.refer(site, (f"{sort}s", i), "figure" if sort == "figure" else "source", name)
    if not claim.figures and not claim.sources and claim.verdict != "no-source-known":
        found = f"{shown(claim.verdict)} without a figure or source"
        draft.faults.append(site.fault(("verdict",), found, "what it rests on in `figures` or `sources`"))
    if claim.verdict in claim.acceptable:
        draft.faults.append(site.fault(("acceptable",), shown(claim.verdict), "verdicts other than the one given"))
    if claim.verdict == "arithmetic-wrong" and not claim.arithmetic:
        draft.faults.append(site.fault(("arithmetic",), "nothing", "the sum as it comes out, for this verdict"))
    for name, partial in (("since", claim.since), ("checked", claim.checked)):
        if partial is not None and first_day(partial) > draft.today:
            draft.faults.append(site.fault((name,), shown(partial), f"a date up to today, {draft.today}"))
    _tellings(draft, site, claim)
    _arithmetic(draft, site, claim)


def _number(draft: Draft, site: Site, path: FieldPath, number: ClaimedNumber) -> None:
    if number.subject is not None:
        draft.refer(site, (*path, "subject"), "subject", number.subject)
    if number.quantity is None:
        unit_of(draft, site, (*path, "unit"), number.unit)
    elif draft.refer(site, (*path, "quantity"), "quantity", number.quantity):
        check_unit(draft, site, (*path, "unit"), number.unit, number.quantity)


def _tellings(draft: Draft, site: Site, claim: Claim) -> None:
    """Each teller is there, stands in order of date, and names another of them."""
    places: list[tuple[FieldPath, Telling]] = [(("repeated_by", i), each) for i, each in enumerate(claim.repeated_by)]
    if claim.origin is not None:
        places.insert(0, (("origin",), claim.origin))
    for i, (path, telling) in enumerate(places):
        _telling(draft, site, path, telling, [earlier.source for _, earlier in places[:i]])
    for (_, earlier), (path, later) in itertools.pairwise(places):
        before, after = _said(draft, earlier), _said(draft, later)
        if before and after and last_day(after) < first_day(before):
            found = f"{shown(later.source)} of {after}"
            draft.faults.append(site.fault((*path, "source"), found, f"one of {before} or later: the earliest first"))
    if claim.since and claim.origin and _said(draft, claim.origin):
        found = f"{shown(claim.since)} beside an origin that is dated"
        draft.faults.append(site.fault(("since",), found, "nothing: the date of the origin tells"))


def _telling(draft: Draft, site: Site, path: FieldPath, telling: Telling, told: list[str]) -> None:
    draft.refer(site, (*path, "source"), "source", telling.source)
    if telling.source in told:
        draft.faults.append(site.fault((*path, "source"), f"{shown(telling.source)} a second time", "a source once"))
    if telling.date and first_day(telling.date) > draft.today:
        draft.faults.append(site.fault((*path, "date"), shown(telling.date), f"a date up to today, {draft.today}"))
    if telling.figure is not None and draft.refer(site, (*path, "figure"), "figure", telling.figure):
        owner = draft.origin.get(telling.figure)
        if owner not in (None, telling.source):
            found = f"{shown(telling.figure)}, a figure of {owner}"
            draft.faults.append(site.fault((*path, "figure"), found, f"a figure of {telling.source}"))
    if telling.takes_from is not None and telling.takes_from not in told:
        found, allowed = shown(telling.takes_from), f"a source given before it: {', '.join(told) or 'none is'}"
        draft.faults.append(site.fault((*path, "takes_from"), found, allowed))


def _said(draft: Draft, telling: Telling) -> str | None:
    """When a teller said it; None where that is not known, or cannot be."""
    source = draft.sources.get(telling.source)
    issued = telling.date or (source.issued if source else None)
    return issued if issued and first_day(issued) <= draft.today else None


def _arithmetic(draft: Draft, site: Site, claim: Claim) -> None:
    """Compute every sum again; each number in it must be known from somewhere."""
    known = list(_stated(draft, claim))
    sourced = all(name in draft.figures for name in claim.figures)  # a figure with faults of its own is told there
    for i, text in enumerate(claim.arithmetic):
        path = ("arithmetic", i)
        line = _outcome(draft, site, path, text)
        if line is None:
            sourced = False  # its result may stand in the next one
            continue
        for term in _unsourced(line, known) if sourced else ():
            found = f"{term.written} {term.unit}".strip()
            allowed = "values of `figures` and `numbers`, results of sums above, powers of ten, units of time"
            draft.faults.append(site.fault(path, found, allowed))
        known.append((line.result.value, line.result.unit))


def _outcome(draft: Draft, site: Site, path: FieldPath, text: str) -> Sum | None:
    """The sum that comes out; None, and a fault, where it does not."""
    try:
        line = read(text)
        computed = line.computed()
    except UnknownUnit as error:
        draft.faults.append(site.fault(path, shown(error.text), "a unit made of the names in units.txt"))
    except (FormulaError, QuantityError) as error:
        draft.faults.append(site.fault(path, f"{shown(text)}: {error}", _SUM))
    else:
        if line.comes_out():
            return line
        found = f"{shown(text)}, which comes to {computed.value:.6g}"
        draft.faults.append(site.fault(path, found, f"a sum that comes out: = {computed.value:.6g}"))
    return None


def _stated(draft: Draft, claim: Claim) -> Iterator[Stated]:
    figures = [draft.figures[name] for name in claim.figures if name in draft.figures]
    records: list[Figure | ClaimedNumber] = [*figures, *claim.numbers]
    for record in records:
        yield from ((each, record.unit) for each in (record.value, record.low, record.high) if each is not None)


def _unsourced(line: Sum, known: Iterable[Stated]) -> list[Term]:
    return [
        term
        for term in line.terms
        if not _plain(term) and not any(_same((term.value, term.unit), each) for each in known)
    ]


def _plain(term: Term) -> bool:
    return term.value in _PLAIN or f"{term.value:e}".partition("e")[0] == f"{1:e}".partition("e")[0]


def _same(one: Stated, other: Stated) -> bool:
    """Whether two numbers are the same, in whatever units."""
    if isclose(one[0], other[0], rel_tol=_SAME):
        return True
    try:
        left, right = Quantity(one[0], parse_unit(one[1])), Quantity(other[0], parse_unit(other[1]))
    except QuantityError:
        return False  # told where it is written
    alike = left.unit.dimension == right.unit.dimension
    return alike and isclose(left.value * left.unit.factor, right.value * right.unit.factor, rel_tol=_SAME)
