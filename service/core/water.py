"""Litres of water per kWh: on the site of a data centre, and at the power plants that supply it."""

from __future__ import annotations

from typing import Final

from service.core.calculator import Figures
from service.core.model import Subject
from service.core.quantity import Quantity

READS: Final = ("wue", "water-intensity-of-electricity")
_SITE, _PLANT = READS
_ANY_SITE: Final = "data-centre"
_WORLD: Final = "world"


def on_site(named: Quantity | Subject, region: str, figures: Figures) -> Quantity | None:
    """Site water per kWh: of the subject or who runs it, else of the region's data centres, else of the world's."""
    subject = named if isinstance(named, Subject) else None
    while subject is not None:
        if figures.knows(_SITE, subject.id):
            return figures.read(_SITE, subject.id)
        subject = figures.subject(subject.part_of) if subject.part_of else None
    own = figures.find(_SITE, _ANY_SITE, region)
    return own or figures.find(_SITE, _ANY_SITE, "world")


def at_power_plants(region: str, figures: Figures) -> Quantity | None:
    """Water consumed at power plants per kWh in a region; the world's, with a remark, where that is not known."""
    own = figures.find(_PLANT, region.lower())
    if own is not None or region == _WORLD:
        return own
    average = figures.find(_PLANT, _WORLD)
    if average is not None:
        figures.remark("world_water_intensity", region=figures.region(region))
    return average
