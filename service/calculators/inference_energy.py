"""Electricity of running a model whose use nobody has measured, from its size: three methods side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from service.core import grid
from service.core.calculator import Figures, Result, Words, calculator
from service.core.emissions import gas_of
from service.core.inference import PACKAGES, READS, STANDS, Case, ecocost, ecologits, packaged, physics
from service.core.inputs import USUAL_REGION, Count, Grid, Inputs, Model, Region
from service.core.machine_inputs import InputTokens, Pue, Utilisation
from service.core.markers import MAX_TEXT, Names, optional
from service.core.readable import MASSES, readable

Method = Literal["physics", "ecologits", "ecocost"]
_METHODS: Final = {"physics": physics, "ecologits": ecologits, "ecocost": ecocost}
_PUBLISHED: Final = "electricity-per-query"
_SIZE = "1e6 to 1e15"


class InferenceEnergyInputs(Inputs):
    """Inputs of `inference_energy`."""

    model: Model = None
    parameters: Annotated[
        Annotated[float, Field(ge=1e6, le=1e15)] | SkipJsonSchema[None],
        optional(
            f"Parameters that work on each token (all of a dense model), {_SIZE}. Omit to use those known of "
            "`model`. Example: 70000000000",
            7e10,
        ),
    ] = None
    parameters_total: Annotated[
        Annotated[float, Field(ge=1e6, le=1e15)] | SkipJsonSchema[None],
        optional(
            f"All parameters of a mixture of experts, {_SIZE}. Omit for those known of `model`, else the same "
            "as `parameters`. Example: 671000000000",
            6.71e11,
        ),
    ] = None
    output_tokens: Annotated[
        float, Field(ge=0, le=1e15, description="Tokens of each answer, 0 to 1e15. Default: 400.", examples=[400])
    ] = 400
    input_tokens: InputTokens = None
    count: Count = 1
    method: Annotated[
        Method,
        Field(
            description="The method to put first: physics (arithmetic over speed of the chip, assumptions of Epoch AI), "
            "ecologits or ecocost. Default: physics.",
            examples=["physics"],
        ),
    ] = "physics"
    accelerator: Annotated[
        str,
        Names(("accelerator",)),
        Field(
            min_length=1,
            max_length=MAX_TEXT,
            description="Chip of the physics method by name or id, at most 120 characters. Default: nvidia-h100-sxm.",
            examples=["nvidia-h100-sxm"],
        ),
    ] = "nvidia-h100-sxm"
    utilisation: Utilisation = None
    pue: Pue = None
    region: Region = USUAL_REGION
    grid: Grid = "yearly"

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.model is None and self.parameters is None:
            raise PydanticCustomError("not-enough", "give a `model` or its number of `parameters`")
        return self


@calculator(reads=(*READS, *grid.READS, _PUBLISHED))
def inference_energy(inputs: InferenceEnergyInputs, figures: Figures) -> Iterator[Result]:
    """Estimated electricity and CO2e of answers of a model, from its number of parameters and the tokens.

    For models of which nothing is published; where something is, query_footprint is better. Three methods side by side:
    arithmetic over the speed of a chip, EcoLogits, ecocost; and what the packages of the latter two say themselves, where
    they are installed. They differ several-fold, because nobody publishes how many requests a server answers at once.
    More parameters or tokens always cost more.
    """
    case = Case(inputs, figures)
    model = figures.subject(inputs.model) if inputs.model else None
    about = {
        "model": model or "",
        "parameters": case.active,
        "count": case.count,
        "tokens": case.output_tokens,
        "region": figures.region(inputs.region),
    }
    first = _METHODS[inputs.method](case)
    if first is None:
        raise figures.absent("no_method_then", nearest=tuple(_METHODS))
    yield Result(f"{inputs.method}-electricity", first, about, method=STANDS[inputs.method])
    yield from _others(inputs.method, case, about)
    found = grid.intensity_in(inputs.region, figures)
    if found is None:
        figures.remark("no_grid_left_out", region=about["region"])
    else:
        emissions = readable((first * found[0]).named("inference-emissions", "g"), MASSES)
        yield Result(
            "inference-emissions",
            emissions,
            {**about, "region": found[1], "gas": gas_of(found[0], figures)},
            spoken=True,
        )
    published = figures.find(_PUBLISHED, model.id) if model else None
    if published is not None:
        figures.remark("published_query", model=model, value=published)
    if inputs.input_tokens:
        figures.remark("input_tokens_ecologits")
    figures.remark("estimated_from_size")


def _others(first: str, case: Case, about: Words) -> Iterator[Result]:
    """What the other methods give, and what installed packages say."""
    for name, method in _METHODS.items():
        other = None if name == first else method(case)
        if other is not None:
            yield Result(f"{name}-electricity", other, about, method=STANDS[name])
    for name in PACKAGES:
        said = packaged(case, name)
        if said is not None:
            of = {**about, "package": said.package, "version": said.version}
            yield Result(f"{name}-package", said.quantity, of, "package", method=STANDS["package"])
