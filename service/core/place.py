"""Where electricity is used."""

from __future__ import annotations

from service.core.model import Subject
from service.core.quantity import Quantity


def place_of(named: Quantity | Subject, asked: str) -> str:
    """The region asked for; but where the electricity of a country is named, that country."""
    if isinstance(named, Subject) and named.kind == "region" and named.region:
        return named.region
    return asked
