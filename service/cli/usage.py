"""Which parameters of the knowledge base each calculator uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from service.core.calculator import EVERY, registry
from service.run import find
from service.store.queries import Knowledge


class Used(TypedDict):
    """One parameter that calculators use."""

    id: str
    quantity: str
    figure: str
    used_by: list[str]


def used_parameters(knowledge: Knowledge) -> list[Used]:
    """Every parameter whose quantity a calculator reads, with the figure chosen now and who reads it."""
    found = []
    for parameter in knowledge.parameters():
        users = sorted(name for name in registry if {parameter.quantity, EVERY} & find(name).reads)
        if users:
            chosen = parameter.choices[-1].figure
            found.append(Used(id=parameter.id, quantity=parameter.quantity, figure=chosen, used_by=users))
    return found


def used_quantities(used: list[Used]) -> Iterator[tuple[str, int, str]]:
    """For each calculator: how many parameters it may use, and of which quantities."""
    for name in sorted(registry):
        own = [each for each in used if name in each["used_by"]]
        quantities = sorted({each["quantity"] for each in own})
        yield name, len(own), "any" if EVERY in find(name).reads else ", ".join(quantities)
