"""Electricity, greenhouse gas and water of training a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal, LiteralString, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from service.core.calculator import Figures, Result, Words, calculator
from service.core.emissions import gas_of
from service.core.inputs import USUAL_REGION, Inputs, Model, OptionalRegion
from service.core.machine_inputs import Accelerator, AcceleratorPower, DeviceHours, Flop, Pue, Utilisation
from service.core.quantity import Quantity
from service.core.training import READS, Run, cars, emitted, homes

Part = Literal["electricity", "emissions", "water"]
# what is published of a model, by part; the first of each is the training itself
_PUBLISHED: Final[dict[Part, tuple[str, ...]]] = {
    "electricity": ("training-electricity",),
    "emissions": ("training-emissions", "training-lifecycle-emissions", "training-and-use-emissions"),
    "water": ("training-water", "training-and-use-water"),
}
_GRID: Final = "grid-emissions"
_HOURS: Final = "training-accelerator-hours"


class TrainingFootprintInputs(Inputs):
    """Inputs of `training_footprint`."""

    model: Model = None
    device_hours: DeviceHours = None
    flop: Flop = None
    accelerator: Accelerator = None
    power: AcceleratorPower = None
    utilisation: Utilisation = None
    pue: Pue = None
    region: OptionalRegion = None
    to: Annotated[
        Part,
        Field(
            description="What to put first: electricity, emissions or water. Default: electricity.",
            examples=["electricity"],
        ),
    ] = "electricity"

    @model_validator(mode="after")
    def _enough(self) -> Self:
        fault = _fault(self)
        if fault:
            raise PydanticCustomError("not-enough", fault)
        return self

    @property
    def computed(self) -> bool:
        """Whether to compute a run rather than to tell what is published of the model."""
        return any(value is not None for value in (self.device_hours, self.flop, self.accelerator, self.power))


def _fault(inputs: TrainingFootprintInputs) -> LiteralString:
    """What does not hold between the inputs, for the caller; empty where all is well."""
    if inputs.model is None and inputs.device_hours is None and inputs.flop is None:
        return "give a `model`, or `device_hours` or `flop` with an `accelerator`"
    if inputs.device_hours is not None and (inputs.flop is not None or inputs.utilisation is not None):
        return "give `device_hours`, or `flop` with `utilisation`, not both"
    if inputs.device_hours is not None and not (inputs.accelerator or inputs.power):
        return "`device_hours` need an `accelerator`, such as nvidia-h100-sxm, or the `power` of one"
    if inputs.flop is not None and not inputs.accelerator:
        return "`flop` needs an `accelerator`, such as nvidia-h100-sxm"
    if not inputs.computed and (inputs.pue is not None or inputs.utilisation is not None):
        return "`pue` and `utilisation` are for a computed run; give an `accelerator` too, such as nvidia-h100-sxm"
    return ""


@calculator(reads=(*READS, *(quantity for part in _PUBLISHED.values() for quantity in part)))
def training_footprint(inputs: TrainingFootprintInputs, figures: Figures) -> Iterator[Result]:
    """Electricity, CO2e and water of training an AI model, with homes and cars beside them.

    Give a `model` for what is published of it, or describe a run: `device_hours` or `flop` with an `accelerator` (and
    `power`, `utilisation`, `pue`, `region`); a model with an accelerator is computed from its published hours. The
    training alone, not the later use: query_footprint. More comparisons: emissions_equivalents, energy_equivalents.
    """
    model = figures.subject(inputs.model) if inputs.model else None
    about: Words = {
        "model": model or "",
        "accelerator": figures.subject(inputs.accelerator) if inputs.accelerator else "",
        "region": figures.region(inputs.region or USUAL_REGION),
        "computed": "computed" if inputs.computed else "",
    }
    if inputs.computed:
        yield from _computed(inputs, figures, about)
    else:
        yield from _published(inputs, figures, about)


def _order(first: Part) -> tuple[Part, ...]:
    return (first, *(part for part in _PUBLISHED if part != first))


def _published(inputs: TrainingFootprintInputs, figures: Figures, about: Words) -> Iterator[Result]:
    model = figures.subject(inputs.model or "")
    electricity = figures.find("training-electricity", model.id)
    known: dict[str, Quantity] = {}
    for part in _order(inputs.to):
        if part == "emissions" and inputs.region and electricity is not None:
            for result in emitted(electricity, _GRID, inputs.region, figures, about, "training-grid-emissions"):
                known[_GRID] = result.quantity  # what was asked for stands before what is published of another grid
                yield result
            figures.remark("location_based")
        for quantity in _PUBLISHED[part]:
            found = figures.find(quantity, model.id)
            if found is not None:
                known[quantity] = found
                yield Result(quantity, found.named(quantity), {**about, "gas": gas_of(found, figures)}, spoken=True)
        if not any(quantity in known for quantity in (*_PUBLISHED[part], *((_GRID,) if part == "emissions" else ()))):
            figures.remark(f"no_training_{part}", model=model)
    if not known:
        raise figures.absent("no_training", subject=model)
    yield from _beside(inputs, figures, about, known)


def _beside(
    inputs: TrainingFootprintInputs, figures: Figures, about: Words, known: dict[str, Quantity]
) -> Iterator[Result]:
    """Hours, and what everybody knows that uses or emits as much."""
    hours = figures.find(_HOURS, inputs.model or "")
    if hours is not None:
        yield Result(_HOURS, hours.named(_HOURS), about)
    if "training-electricity" in known:
        yield from homes(known["training-electricity"], inputs.region or USUAL_REGION, figures, about)
    emissions = known.get(_GRID, known.get("training-emissions"))
    if emissions is not None:
        yield from cars(emissions, figures, about)


def _computed(inputs: TrainingFootprintInputs, figures: Figures, about: Words) -> Iterator[Result]:
    run = Run(inputs, figures)
    region = inputs.region or USUAL_REGION
    emissions: Quantity | None = None
    for part in _order(inputs.to):
        if part == "electricity":
            yield Result("training-electricity", run.electricity, about)
        elif part == "emissions":
            for result in emitted(run.electricity, "training-emissions", region, figures, about):
                emissions = result.quantity
                yield result
        else:
            figures.remark("no_run_water")
    embodied = run.embodied()
    if embodied is not None:
        yield Result("training-embodied-emissions", embodied, about, spoken=True)
    yield from homes(run.electricity, region, figures, about)
    if emissions is not None:
        yield from cars(emissions, figures, about)
    figures.remark("location_based")
