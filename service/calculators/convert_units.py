"""An amount in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from service.core.calculator import Exactly, Figures, Result, calculator
from service.core.errors import BadCall, DimensionMismatch, Fault
from service.core.inputs import Inputs
from service.core.markers import MAX_TEXT, Amount, UnitName
from service.core.quantity import Quantity

_MAX_UNIT = 60


class ConvertUnitsInputs(Inputs):
    """Inputs of `convert_units`."""

    amount: Annotated[
        str,
        Amount(()),
        Field(
            min_length=1,
            max_length=MAX_TEXT,
            description="A number with its unit, or a figure id, at most 120 characters: energy, power, mass, volume, "
            "emissions per energy. Example: 50 tce",
            examples=["50 tce", "1287 MWh", "3 gallon", "50万度"],
        ),
    ]
    to: Annotated[
        str,
        UnitName(),
        Field(
            min_length=1,
            max_length=_MAX_UNIT,
            description="The unit wanted, of the same dimension, at most 60 characters. Example: MWh",
            examples=["MWh", "kg/MWh", "度"],
        ),
    ]


@calculator(reads=())
def convert_units(inputs: ConvertUnitsInputs, figures: Figures) -> Iterator[Result]:
    """An amount of energy, power, mass, volume or emissions per energy in another unit.

    Knows kWh, MJ, BTU, therm, toe, tce (吨标准煤), 度 and 万千瓦时, US gallon, pound, short ton, g/kWh, lb/MWh and the like.
    Definitions only: no emission factor, efficiency or price comes in. From electricity to CO2e, money or homes use
    electricity_emissions, electricity_cost or energy_equivalents.
    """
    amount = figures.amount("amount")
    assert isinstance(amount, Quantity)
    try:
        converted = amount.to(inputs.to)
    except DimensionMismatch as error:
        raise BadCall("convert_units", [Fault("to", error.code, str(error), inputs.to)]) from error
    one = Quantity(1, amount.unit)
    about = {"amount": Exactly(amount), "converted": Exactly(converted)}
    yield Result("converted", converted, about)
    yield Result("unit-factor", one.to(inputs.to), {"one": Exactly(one), "factor": Exactly(one.to(inputs.to))})
