"""The unit of a ladder in which a number is easiest to read."""

from __future__ import annotations

from typing import Final

from service.core.quantity import Quantity

VOLUMES: Final = ("mL", "L")  # 5.4 million L says more to most readers than 5.4 ML
MASSES: Final = ("g", "kg", "t")
POWERS: Final = ("W", "kW", "MW", "GW")


def readable(quantity: Quantity, ladder: tuple[str, ...]) -> Quantity:
    """The quantity in the largest unit of `ladder` (smallest first) that leaves at least one, else in the smallest."""
    fitting = [unit for unit in ladder if abs(quantity.to(unit).value) >= 1]
    return quantity.to(fitting[-1] if fitting else ladder[0])
