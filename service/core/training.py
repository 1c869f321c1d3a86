"""A training run from the hours of its chips, or from its arithmetic: electricity, and what is compared with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, Protocol

from service.core import grid
from service.core.calculator import Figures, Result, Words
from service.core.emissions import compare_gases, gas_of, weighed
from service.core.energy import scaled
from service.core.errors import NothingKnown
from service.core.quantity import Quantity

_RATED, _MEASURED, _PEAK = "rated-power", "average-power-per-accelerator", "peak-dense-16bit-throughput"
_HOURS, _COMPUTE, _UTILISATION = "training-accelerator-hours", "training-compute", "model-flops-utilization"
_EMBODIED, _LIFE = "embodied-emissions-per-accelerator", "hardware-lifetime"
_CAR, _HOME = "emissions-per-year", "electricity-per-household"
_PUE: Final = "pue"
_TYPICAL: Final = "frontier-models"  # whose utilisation and overhead stand for a large run
_SERVER: Final = "gpu-server"
# What these functions may read: calculators that use them declare these too.
READS: Final = (
    _RATED, _MEASURED, _PEAK, _HOURS, _COMPUTE, _UTILISATION, _EMBODIED, _LIFE, _CAR, _HOME, _PUE, grid.USUAL,
)  # fmt: skip


class Described(Protocol):
    """How a caller describes a run; what is None is not given."""

    @property
    def model(self) -> str | None: ...  # noqa: D102 - the inputs of the same names
    @property
    def device_hours(self) -> float | None: ...  # noqa: D102
    @property
    def flop(self) -> float | None: ...  # noqa: D102
    @property
    def accelerator(self) -> str | None: ...  # noqa: D102
    @property
    def power(self) -> str | None: ...  # noqa: D102
    @property
    def utilisation(self) -> float | None: ...  # noqa: D102
    @property
    def pue(self) -> float | None: ...  # noqa: D102


class Run:
    """One described run. Its quantities raise `NothingKnown` where a figure that they need is missing."""

    def __init__(self, described: Described, figures: Figures) -> None:
        self._described = described
        self._figures = figures

    @cached_property
    def hours(self) -> Quantity:
        """Hours of all chips together: given, published of the model, or from its arithmetic."""
        given, model = self._described, self._described.model
        if given.device_hours is not None:
            return self._figures.given("device_hours", given.device_hours, "h")
        if given.flop is None and model and self._figures.knows(_HOURS, model):
            return self._figures.read(_HOURS, model)
        peak = self._figures.read(_PEAK, self._chip())
        return (self._arithmetic() / (peak * self._share())).named("accelerator_hours", "h")

    def _chip(self) -> str:
        if self._described.accelerator is None:
            raise self._figures.absent("no_accelerator")
        return self._described.accelerator

    def _arithmetic(self) -> Quantity:
        if self._described.flop is not None:
            return self._figures.given("flop", self._described.flop, "FLOP")
        if self._described.model and self._figures.knows(_COMPUTE, self._described.model):
            return self._figures.read(_COMPUTE, self._described.model)
        raise self._figures.absent("no_training_hours", subject=self._figures.subject(self._described.model or ""))

    def _share(self) -> Quantity:
        if self._described.utilisation is not None:
            return self._figures.given("utilisation", self._described.utilisation, "")
        own = self._figures.find(_UTILISATION, self._described.model) if self._described.model else None
        return own or self._figures.read(_UTILISATION, _TYPICAL)

    @cached_property
    def electricity(self) -> Quantity:
        """Electricity of the data centre for the run."""
        chips = scaled((self.hours * self._power()).named("chip_electricity", "kWh"))
        given = self._described.pue
        overhead = self._figures.read(_PUE, _TYPICAL) if given is None else self._figures.given("pue", given, "")
        return scaled((chips * overhead).named("training-electricity", "kWh"))

    def _power(self) -> Quantity:
        if self._described.power is not None:
            power = self._figures.amount("power")
            assert isinstance(power, Quantity)
            return power
        chip = self._chip()
        rated = self._figures.find(_RATED, chip)
        if rated is None:
            return self._figures.read(_MEASURED, chip)
        self._figures.remark("rated_power", accelerator=self._figures.subject(chip))
        return rated

    def embodied(self) -> Quantity | None:
        """The run's share of making the servers; None where no figure tells."""
        making = self._figures.find(_EMBODIED, _SERVER)
        life = self._figures.find(_LIFE, _SERVER)
        if making is None or life is None:
            return None
        return weighed((self.hours / life * making).named("training-embodied-emissions", "t"))


def emitted(
    electricity: Quantity, name: str, region: str, figures: Figures, about: Words, sentence: str = ""
) -> Iterator[Result]:
    """The emissions of some electricity on a region's grid; nothing, and a remark, where its factor is not known.

    With a `sentence` of its own the text gives it among what it must.
    """
    found = grid.intensity_in(region, figures)
    if found is None:
        figures.remark("no_grid_left_out", region=figures.region(region))
        return
    each, where = found
    emissions = weighed((electricity * each).named(name, "t"))
    of = {**about, "region": where, "gas": gas_of(each, figures)}
    yield Result(name, emissions, of, sentence, spoken=bool(sentence))


def homes(electricity: Quantity, region: str, figures: Figures, about: Words) -> Iterator[Result]:
    """For how many homes of a region the electricity would do for a year."""
    try:
        home = figures.home_in(region)
    except NothingKnown:
        figures.remark("no_home_left_out", region=figures.region(region))
        return
    each = figures.read(_HOME, home.id)
    yield Result("home-year", (electricity / each).named("home-year", "home-year"), about, spoken=True)


def cars(emissions: Quantity, figures: Figures, about: Words) -> Iterator[Result]:
    """How many US passenger cars emit as much in a year; nothing where that is not known."""
    each = figures.find(_CAR, "passenger-car-us")
    if each is not None:
        compare_gases(emissions, each, figures)
        yearly = each * figures.given("year", 1, "year")
        yield Result("car", (emissions / yearly).named("car", "car"), about, spoken=True)
