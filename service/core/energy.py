"""How much electricity a subject uses, from whichever figures are known of it."""

from __future__ import annotations

from service.core.calculator import Figures
from service.core.model import Subject
from service.core.quantity import Quantity

_RATES = ("electricity-per-day", "electricity-per-year", "national-electricity-demand", "electricity-per-household")
_AMOUNTS = ("training-electricity", "electricity-per-query")
# What `electricity_of` and `rate_of` may read: calculators that use them declare these too.
READS = (*_RATES, *_AMOUNTS, "requests-per-day")
_LADDER = ("Wh", "kWh", "MWh", "GWh", "TWh")


def rate_of(subject: Subject, figures: Figures) -> Quantity | None:
    """Electricity per time of a service, company, facility or country; None where nothing is known.

    A published total comes first; else requests per day × electricity per request.
    """
    for quantity in _RATES:
        if figures.knows(quantity, subject.id):
            return figures.read(quantity, subject.id)
    if figures.knows("requests-per-day", subject.id) and figures.knows("electricity-per-query", subject.id):
        requests = figures.read("requests-per-day", subject.id)
        each = figures.read("electricity-per-query", subject.id)
        return scaled((requests * each).named("electricity_per_day", "kWh/day"))
    return None


def electricity_of(subject: Subject, figures: Figures) -> Quantity:
    """Electricity of a subject: a rate where one is known, else the amount of its training or of one request.

    Raises `NothingKnown` where no figure tells.
    """
    rate = rate_of(subject, figures)
    if rate is not None:
        return rate
    for quantity in _AMOUNTS:
        if figures.knows(quantity, subject.id):
            return figures.read(quantity, subject.id)
    raise figures.absent("no_electricity", subject=subject)


def is_rate(quantity: Quantity) -> bool:
    """Whether it is energy per time rather than an amount of energy."""
    return dict(quantity.unit.dimension).get("[time]") == -3  # power: mass·length²·time⁻³


def scaled(quantity: Quantity) -> Quantity:
    """An energy, or an energy per time, in the unit in which its number is easiest to read; anything else as it is.

    The time stays: 850,000 kWh/day becomes 850 MWh/day, not 35.4 MW.
    """
    family, _, per = quantity.unit.text.partition("/")
    if family not in _LADDER:
        return quantity
    ladder = [f"{unit}/{per}" if per else unit for unit in _LADDER]
    readable = [unit for unit in ladder if abs(quantity.to(unit).value) >= 1]
    return quantity.to(readable[-1] if readable else ladder[0])
