"""What AI saves elsewhere against the electricity that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.calculator import Figures, Result, calculator
from service.core.energy import READS, electricity_of, is_rate, scaled
from service.core.inputs import Energy, Inputs, Period
from service.core.markers import ENERGY_USERS, Amount, OptionalText, optional
from service.core.period import use_of
from service.core.quantity import Quantity

_EXAMPLE = "smart-factory-china"
_SAVING = "emission-saving"
_GAIN = "production-efficiency-gain"


class NetBenefitInputs(Inputs):
    """Inputs of `net_benefit`."""

    energy: Energy
    baseline: Annotated[
        OptionalText,
        Amount(("kWh", "kW"), ENERGY_USERS),
        optional(
            "Energy that the improved activity used before, at most 120 characters: an amount with its unit, a "
            "rate, a figure id, or a subject known here. Omit to get the break-even alone. Example: 10 GWh/year",
            "10 GWh/year",
        ),
    ] = None
    saving: Annotated[
        Annotated[float, Field(ge=0, le=100)] | SkipJsonSchema[None],
        optional(
            "Share of `baseline` that AI saves, in percent, 0 to 100. Omit to use what China's ministry reports "
            "of its smart factories (carbon, taken as energy). Example: 10",
            10,
        ),
    ] = None
    rebound: Annotated[
        float,
        Field(
            ge=0,
            le=100,
            description="Share of the saving that is eaten up because cheaper use grows, in percent, 0 (none) to 100 (all). "
            "Default: 0.",
            examples=[30],
        ),
    ] = 0.0
    period: Period = "year"


@calculator(reads=(*READS, _SAVING, _GAIN))
def net_benefit(inputs: NetBenefitInputs, figures: Figures) -> Iterator[Result]:
    """What AI saves elsewhere minus what it uses itself, and from which baseline on it pays: energy, with rebound.

    Net = baseline × saving × (1 − rebound) − use; break-even baseline = use ÷ (saving × (1 − rebound)). Rates are taken
    over `period`. The saving is the caller's or one published example, not a forecast for any plant; whether AI alone
    brought it is not known. For cooling of data centres use cooling_savings.
    """
    use = _amount("energy", "energy_used", inputs, figures)
    kept = _kept(inputs, figures)
    named = figures.amount("energy")
    about: dict[str, Any] = {"energy": named, "period": inputs.period, "rebound": Quantity(inputs.rebound, "%")}
    about["use"] = use_of(named, named if isinstance(named, Quantity) else electricity_of(named, figures), figures)
    pays = kept.low > 0
    if inputs.baseline is not None:
        saved = scaled((_amount("baseline", "baseline", inputs, figures) * kept).named("energy-saved", "kWh"))
        about["baseline"] = figures.amount("baseline")
        yield Result("net-benefit", scaled((saved - use).named("net-benefit", "kWh")), about)
        yield Result("energy-saved", saved, about)
        if use.low > 0:
            yield Result("saved-per-used", (saved / use).named("saved-per-used", ""), about)
    if pays:
        yield Result("break-even", scaled((use / kept).named("break-even", "kWh")), about)
    elif inputs.baseline is None:
        raise figures.absent("no_break_even", nearest=("saving", "rebound"))
    gain = figures.find(_GAIN, _EXAMPLE) if inputs.saving is None else None
    if gain is not None:
        yield Result("efficiency-gain", gain, about)


def _amount(name: str, step: str, inputs: NetBenefitInputs, figures: Figures) -> Quantity:
    named = figures.amount(name)
    energy = named if isinstance(named, Quantity) else electricity_of(named, figures)
    if not is_rate(energy):
        return energy
    return scaled((energy * figures.given("period", 1, inputs.period)).named(step, "kWh"))


def _kept(inputs: NetBenefitInputs, figures: Figures) -> Quantity:
    """The share that stays saved after the rebound."""
    if inputs.saving is None:
        saving = figures.read(_SAVING, _EXAMPLE)
        figures.remark("saving_is_carbon", subject=figures.subject(_EXAMPLE))
    else:
        saving = figures.given("saving", inputs.saving, "%")
    if inputs.rebound == 0:
        figures.remark("no_rebound")
        return saving
    lasting = figures.given("whole", 100, "%") - figures.given("rebound", inputs.rebound, "%")
    return (saving * lasting).named("lasting_saving", "%")
