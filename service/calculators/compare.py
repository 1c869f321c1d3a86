"""Several subjects on one quantity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.core.calculator import EVERY, Figures, Result, Words, calculator
from service.core.energy import rate_of
from service.core.errors import BadCall, Fault
from service.core.inputs import Inputs, QuantityChoice, Subjects, Year
from service.core.model import Subject, last_day
from service.core.quantity import Quantity

# Tried in this order where the caller names none.
_USUAL = (
    "electricity-per-query", "electricity-per-image", "electricity-per-video", "electricity-per-session",
    "electricity-per-year", "electricity-per-day", "national-electricity-demand", "training-electricity",
    "training-emissions", "electricity-per-household", "electricity-per-hour", "electricity-per-use",
    "electricity-per-km", "emissions-per-passenger-km", "emissions-per-km", "emissions-per-query", "water-per-query",
    "emissions-per-year", "grid-carbon-intensity", "lifecycle-carbon-intensity", "generation-per-year", "pue", "wue",
    "rated-power", "requests-per-day", "weekly-users", "monthly-users",
)  # fmt: skip
_RATE = "electricity-per-year"
_YEARS_APART = 2


class CompareInputs(Inputs):
    """Inputs of `compare`."""

    subjects: Subjects
    quantity: QuantityChoice = None
    year: Year = None


@calculator(reads=(EVERY,), charted=True)
def compare(inputs: CompareInputs, figures: Figures) -> Iterator[Result]:
    """Two to eight subjects on one quantity: how many times the first is the second, and all values in order.

    For example a ChatGPT prompt against a Google search, GPT-3's training against BLOOM's, bitcoin against data centres.
    Published figures only. Where they count different things (boundary, basis, year, place, gas) the answer says so: the
    ratio then holds only as far as these agree. For a share of a country's electricity use share_of.
    """
    twice = sorted({name for name in inputs.subjects if inputs.subjects.count(name) > 1})
    if twice:
        raise BadCall("compare", [Fault("subjects", "given-twice", "names the same thing more than once.", twice[0])])
    subjects = [figures.subject(name) for name in inputs.subjects]
    quantity, values = _values(inputs, subjects, figures)
    first, second, *_ = values
    _of_one_currency(subjects, values, figures)
    about: Words = {"first": subjects[0], "second": subjects[1], "quantity": figures.quantity(quantity)}
    yield Result("ratio", (first / second).named("ratio", ""), {**about, "one": first, "other": second})
    _differences(values[:2], figures)
    ranked = sorted(zip(subjects, values, strict=True), key=lambda pair: -pair[1].to(first.unit).value)
    for subject, value in ranked:
        same = value if value.unit.text == first.unit.text else (value * 1).named("same_unit", first.unit)
        yield Result(f"of-{subject.id}", same, {**about, "subject": subject}, "compared", spoken=True)


def _of_one_currency(subjects: Sequence[Subject], values: Sequence[Quantity], figures: Figures) -> None:
    """Raise `NothingKnown` where prices of one kind are told in different currencies."""
    for subject, value in zip(subjects, values, strict=True):
        if value.unit.dimension != values[0].unit.dimension:
            raise figures.absent("currencies_differ", first=subjects[0], second=subject)


def _values(inputs: CompareInputs, subjects: Sequence[Subject], figures: Figures) -> tuple[str, list[Quantity]]:
    """The quantity, and what is known of it for each subject. Raises `NothingKnown` where one of them lacks it."""
    tried = _USUAL if inputs.quantity is None else (inputs.quantity,)
    for quantity in tried:
        if all(figures.knows(quantity, subject.id) for subject in subjects):
            values = [_read(quantity, subject, inputs.year, figures) for subject in subjects]
            if all(values):
                return quantity, [value for value in values if value is not None]
    if inputs.quantity is None:
        rates = [rate_of(subject, figures) for subject in subjects]
        if all(rates):
            return _RATE, [rate for rate in rates if rate is not None]
        raise figures.absent("nothing_in_common", nearest=figures.known_of(subjects[0].id), subject=subjects[0])
    lacking = next(subject for subject in subjects if _read(inputs.quantity, subject, inputs.year, figures) is None)
    kind = figures.quantity(inputs.quantity)
    raise figures.absent("no_figure", nearest=figures.known_of(lacking.id), subject=lacking, quantity=kind)


def _read(quantity: str, subject: Subject, year: int | None, figures: Figures) -> Quantity | None:
    return figures.find(quantity, subject.id) if year is None else figures.at(quantity, subject.id, year)


def _differences(values: Sequence[Quantity], figures: Figures) -> None:
    """Remark in which respects the figures of the ratio don't count the same."""
    one, other = (figures.stated(value)[-1] for value in values)
    years = [last_day(figure.as_of.rpartition("/")[2]).year for figure in (one, other)]
    if one.scope.en != other.scope.en:
        figures.remark("boundaries_differ")
    if one.basis != other.basis:
        figures.remark("bases_differ", first=one.basis, second=other.basis)
    if abs(years[0] - years[1]) >= _YEARS_APART:
        figures.remark("years_differ", first=one.as_of, second=other.as_of)
    if one.region != other.region:
        figures.remark("regions_differ", first=figures.region(one.region), second=figures.region(other.region))
    if one.gas != other.gas:
        figures.remark("gas_differs")
