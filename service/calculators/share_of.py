"""Electricity as a share of a place's, or of what a power plant makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from service.core.calculator import Figures, Result, Words, calculator
from service.core.energy import READS, electricity_of, is_rate, rate_of
from service.core.inputs import Energy, Inputs, Year
from service.core.markers import Names, OptionalText, Place, optional
from service.core.model import Subject
from service.core.period import use_of
from service.core.quantity import Quantity

_PUBLISHED = "share-of-electricity"
_TOTAL = "national-electricity-demand"
_MADE = "generation-per-year"
_USED = "electricity-per-year"
_PLANT = "nuclear-reactor"


class ShareOfInputs(Inputs):
    """Inputs of `share_of`."""

    energy: Energy
    region: Annotated[
        OptionalText,
        Place(),
        optional(
            "Whose electricity is the whole: ISO 3166 code (US, IE), world, or a name in English or Chinese, at "
            "most 120 characters. Default: where `energy` is, else the world.",
            "IE",
        ),
    ] = None
    to: Annotated[
        OptionalText,
        Names(("energy-source", "facility", "region", "company", "service", "sector", "home")),
        optional(
            "Instead of a region: a power plant (nuclear-reactor, three-gorges, hoover-dam), a city, a company "
            "or another user of electricity known here, at most 120 characters. Example: nuclear-reactor",
            "nuclear-reactor",
        ),
    ] = None
    year: Year = None


@calculator(reads=tuple(dict.fromkeys((*READS, _PUBLISHED, _TOTAL, _MADE, _USED))))
def share_of(inputs: ShareOfInputs, figures: Figures) -> Iterator[Result]:
    """What share of the electricity of a country, the world, a city or a power plant something uses.

    Takes an amount, a rate, or a service, company, sector (data-centre) or model known here. A share that a source states
    itself comes first, the one computed from totals beside it: their boundaries differ. An amount counts against one
    year. Electricity against electricity. Homes and everyday things: energy_equivalents; two users: compare.
    """
    named = figures.amount("energy")
    if inputs.to is not None:
        yield from _of_user(named, figures.subject(inputs.to), inputs.year, figures)
        return
    code = inputs.region or (named.region if isinstance(named, Subject) else None) or "world"
    about: Words = {"energy": named, "region": figures.region(code), "use": "amount"}
    part, published = named, None
    if isinstance(named, Subject):
        part = figures.part_in(named.id, code) or named
        if named.kind == "sector" and (part.region or "world") != code:
            raise figures.absent("no_part_there", subject=named, region=figures.region(code))
        about = {**about, "energy": part}
        published = _read(_PUBLISHED, part.id, inputs.year, figures)
        if published is not None:
            yield Result("published-share", published, about)
    yield from _computed(part, code, inputs.year, figures, about, stated=published is not None)


def _read(quantity: str, subject: str, year: int | None, figures: Figures) -> Quantity | None:
    return figures.find(quantity, subject) if year is None else figures.at(quantity, subject, year)


def _energy(named: Quantity | Subject, year: int | None, figures: Figures) -> Quantity | None:
    if isinstance(named, Quantity):
        return named
    if year is not None:
        return figures.at(_USED, named.id, year)
    return electricity_of(named, figures)


def _computed(
    named: Quantity | Subject, code: str, year: int | None, figures: Figures, about: Words, *, stated: bool
) -> Iterator[Result]:
    if stated and isinstance(named, Subject) and rate_of(named, figures) is None:
        return
    energy = _energy(named, year, figures)
    total = _read(_TOTAL, code.lower(), year, figures)
    if energy is None or total is None:
        if not stated:
            raise figures.absent("no_share", region=figures.region(code))
        return
    about = {**about, "use": use_of(named, energy, figures)}
    if not is_rate(energy):
        total = (total * figures.given("one_year", 1, "year")).named("national_year", "TWh")
    yield Result("electricity-share", (energy / total).named("electricity-share", "%"), about)
    made = figures.find(_MADE, _PLANT)
    if made is not None:
        yield from _against(energy, made, {**about, "user": figures.subject(_PLANT)}, "made")


def _of_user(named: Quantity | Subject, user: Subject, year: int | None, figures: Figures) -> Iterator[Result]:
    made = _read(_MADE, user.id, year, figures)
    whole = made if made is not None else rate_of(user, figures)
    energy = _energy(named, year, figures)
    if whole is None or energy is None:
        raise figures.absent("no_electricity", subject=user)
    about = {"energy": named, "user": user, "use": use_of(named, energy, figures)}
    yield from _against(energy, whole, about, "used" if made is None else "made")


def _against(energy: Quantity, whole: Quantity, about: Words, kind: str) -> Iterator[Result]:
    """A rate as a share of what is made or used, an amount as the time in which that much is."""
    if is_rate(energy):
        share = (energy / whole).named(f"share-{kind}", "%")
        many = share.value >= 100  # from the whole on, a multiple reads better
        yield Result(f"share-{kind}", share.to("") if many else share, {**about, "many": "x" if many else ""})
        return
    time = (energy / whole).named(f"time-{kind}", "h")
    units = [unit for unit in ("h", "day", "year") if time.to(unit).value >= 1]
    yield Result(f"time-{kind}", time.to(units[-1] if units else "h"), about)
