"""What better cooling of a data centre saves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core.core_schema import ValidationInfo

from service.core import energy as electricity
from service.core import money
from service.core.calculator import Figures, Result, Words, calculator
from service.core.energy import scaled
from service.core.inputs import USUAL_REGION, Inputs, OptionalEnergy, Region, StatedPeriod
from service.core.machine_inputs import PueAfter, PueBefore
from service.core.markers import optional
from service.core.model import Subject
from service.core.period import over, span_of, use_of
from service.core.quantity import Quantity
from service.core.readable import MASSES, VOLUMES, readable
from service.core.water import READS as WATER
from service.core.water import at_power_plants

Cooling = Literal["cold-plate", "immersion"]
Part = Literal["electricity", "share", "cooling-share", "published"]
_TECHNOLOGIES: dict[Cooling, str] = {"cold-plate": "cold-plate-cooling", "immersion": "liquid-cooling"}
_OWN = ("pue", "energy-saving", "cooling-share-of-electricity", "grid-carbon-intensity")
_LIQUID = "liquid-cooling"
_BUSINESS: tuple[money.Sector, ...] = ("industry", "commercial")


class CoolingSavingsInputs(Inputs):
    """Inputs of `cooling_savings`."""

    energy: OptionalEnergy = None
    pue_before: PueBefore = None
    pue_after: PueAfter = None
    cooling: Annotated[
        Cooling,
        Field(
            description="Liquid cooling that replaces air, for its published PUE: cold-plate or immersion. Not used where "
            "`pue_after` is given. Default: cold-plate.",
            examples=["cold-plate"],
        ),
    ] = "cold-plate"
    region: Region = USUAL_REGION
    period: StatedPeriod = None
    to: Annotated[
        Part | SkipJsonSchema[None],
        optional(
            "What to put first: electricity saved, share saved, cooling-share (the most that cooling can take at "
            "`pue_before`) or published (savings that studies state). Omit for electricity, or share without `energy`.",
            "share",
        ),
    ] = None

    @field_validator("pue_after")
    @classmethod
    def _no_worse(cls, after: float | None, info: ValidationInfo) -> float | None:
        before = info.data.get("pue_before")
        if after is not None and before is not None and after > before:
            raise ValueError("pue_after must not be above pue_before")
        return after


@calculator(reads=tuple(dict.fromkeys((*electricity.READS, *WATER, *money.READS, *_OWN))))
def cooling_savings(inputs: CoolingSavingsInputs, figures: Figures) -> Iterator[Result]:
    """How much electricity a data centre saves when its PUE falls, as from air to liquid cooling.

    `energy` is the whole site's electricity before the change: saved = energy × (1 − pue_after ÷ pue_before), with the
    computers' own use unchanged. Gives the share saved, CO2e, money and power-plant water, and the most that cooling can
    take at a PUE. Without `energy`: the shares alone. What AI saves elsewhere: net_benefit.
    """
    before, after = _pues(inputs, figures)
    share = (Quantity(1) - after / before).named("share-saved", "%")
    about = {"before": before, "after": after}
    wanted = inputs.to or "electricity"
    if wanted == "electricity" and inputs.energy is None:
        wanted = "share"
    parts: tuple[Part, ...] = ("electricity", "share", "cooling-share", "published")
    for part in (wanted, *(part for part in parts if part != wanted)):
        match part:
            case "electricity":
                yield from _saved(inputs, share, about, figures)
            case "share":
                yield Result("share-saved", share, about)
            case "cooling-share":
                for name, pue in (("cooling-share-before", before), ("cooling-share-after", after)):
                    yield Result(name, ((pue - Quantity(1)) / pue).named(name, "%"), {"pue": pue})
            case _:
                yield from _published(after, figures, needed=part == wanted)


def _pues(inputs: CoolingSavingsInputs, figures: Figures) -> tuple[Quantity, Quantity]:
    named = figures.amount("energy") if inputs.energy is not None else None
    if inputs.pue_before is not None:
        before = figures.given("pue_before", inputs.pue_before, "")
    elif isinstance(named, Subject) and figures.knows("pue", named.id):
        before = figures.read("pue", named.id)
    else:
        before = figures.find("pue", "data-centre", inputs.region) or figures.read("pue", "data-centre", "world")
    if inputs.pue_after is not None:
        after = figures.given("pue_after", inputs.pue_after, "")
    else:
        after = figures.read("pue", _TECHNOLOGIES[inputs.cooling])
    if after.value > before.value:
        raise figures.absent("pue_rises", before=before, after=after)
    return before, after


def _saved(inputs: CoolingSavingsInputs, share: Quantity, about: Words, figures: Figures) -> Iterator[Result]:
    if inputs.energy is None:
        return
    named = figures.amount("energy")
    energy = named if isinstance(named, Quantity) else electricity.electricity_of(named, figures)
    span = span_of(energy, inputs.period)
    about = {**about, "energy": named, "period": span, "use": use_of(named, energy, figures)}
    saved = scaled((over(energy, span, figures) * share).named("electricity-saved", "kWh"))
    yield Result("electricity-saved", saved, about)
    region = figures.region(inputs.region)
    intensity = figures.find("grid-carbon-intensity", inputs.region.lower())
    if intensity is None:
        figures.remark("no_grid_for_saving", region=region)
    else:
        avoided = (saved * intensity).named("cooling-emissions-avoided", "t")
        yield Result("cooling-emissions-avoided", readable(avoided, MASSES), about)
    price = money.price_in(inputs.region, _BUSINESS, figures)
    if price is None:
        figures.remark("no_business_price", region=region)
    else:
        yield Result("money-saved", money.cost(saved, price[0], "money-saved"), about)
    water = at_power_plants(inputs.region, figures)
    if water is not None:
        name = "power-plant-water-saved"
        yield Result(name, readable((saved * water).named(name, "L"), VOLUMES), about)


def _published(after: Quantity, figures: Figures, *, needed: bool) -> Iterator[Result]:
    """Savings and shares that publications state, and the PUEs that they imply."""
    studied = figures.find("energy-saving", _LIQUID, "world")
    if studied is not None:
        yield Result("published-saving", studied)
    elif needed:
        raise figures.absent("no_published_saving")
    saving = figures.find("energy-saving", _LIQUID, "CN")
    if saving is not None:
        yield Result("claimed-saving", saving)
        name = "pue-before-for-claimed-saving"
        yield Result(name, (after / (Quantity(1) - saving)).named(name, ""), {"after": after})
    share = figures.find("cooling-share-of-electricity", _LIQUID)
    if share is not None:
        yield Result("claimed-cooling-share", share)
        name = "pue-for-claimed-cooling-share"
        yield Result(name, (Quantity(1) / (Quantity(1) - share)).named(name, ""))
