"""What kind of number one is by its unit and words alone, where no figure is held of its subject."""

from __future__ import annotations

from typing import Final

from service.check.context import Around
from service.check.forms import ENERGY, INTENSITY, MASS, POWER, VOLUME, WATER_INTENSITY, dimension, form
from service.check.mentions import Mention
from service.check.written import is_ratio
from service.core.units import parse_unit
from service.reading.lexicon import lexicon

_MANY: Final = 1000
_IN_CLAUSE: Final = 3
_IN_SENTENCE: Final = 2
_GUESSES: Final = (
    (ENERGY, "training", "training-electricity"),
    (ENERGY, "query", "electricity-per-query"),
    (ENERGY, "image", "electricity-per-image"),
    (ENERGY, "video", "electricity-per-video"),
    (ENERGY, "", "electricity-per-year"),
    (POWER, "", "power-capacity"),
    (MASS, "training", "training-emissions"),
    (MASS, "query", "emissions-per-query"),
    (MASS, "", "emissions-per-year"),
    (VOLUME, "training", "training-water"),
    (VOLUME, "query", "water-per-query"),
    (VOLUME, "", "water-consumption-per-year"),
    (INTENSITY, "", "grid-carbon-intensity"),
    (WATER_INTENSITY, "wue", "wue"),
)
# in base units (mW, mJ): by its unit alone, less is no site's power and nobody's yearly use
_SMALLEST: Final = {
    "power-capacity": parse_unit("kW").factor,
    "electricity-per-year": parse_unit("MWh").factor,
    "water-consumption-per-year": parse_unit("m**3").factor,
}
_TELLING: Final = {MASS: ("emissions",), VOLUME: ("water",)}  # what a mass or a volume must be one of


def guess(around: Around, mention: Mention) -> str | None:
    """The kind of number that one on AI is by its unit and words alone; None where it is no claim on energy."""
    if mention.what:
        return _count(around, mention)
    if mention.segment.sort == "number" and is_ratio(mention) and around.says("pue", mention.clause) == _IN_CLAUSE:
        return "pue"
    if mention.segment.sort != "amount" or (mention.form.above == dimension(POWER) and _attributive(mention)):
        return None
    return _share(around, mention) if mention.form.percent else _amount(around, mention)


def _count(around: Around, mention: Mention) -> str | None:
    daily = mention.segment.rate or around.says("daily")
    if mention.what == "query" and daily and mention.value > _MANY:
        return "requests-per-day"
    return "training-accelerator-hours" if mention.what == "device-hour" else None


def _amount(around: Around, mention: Mention) -> str | None:
    if mention.segment.each == "token" and mention.form.above == dimension(ENERGY):
        return "electricity-per-token"
    for unit, concept, quantity in _GUESSES:
        if mention.form.above != form(unit).above or (concept and not around.says(concept)):
            continue
        words = _TELLING.get(unit, ())
        if words and concept and around.says(concept, mention.clause) < _IN_SENTENCE:
            continue  # emissions or water of what, this sentence must say
        if words and not any(around.says(word, mention.clause) >= _IN_SENTENCE for word in words):
            return None
        if mention.form.period and unit == ENERGY:
            return "electricity-per-day" if mention.form.period == "day" else "electricity-per-year"
        large = mention.based >= _SMALLEST.get(quantity, 0.0) or around.says("yearly") >= _IN_SENTENCE
        return quantity if large else _small(around, unit)
    return None


def _small(around: Around, unit: str) -> str | None:
    """What an amount too small for a site or a year is: what one request to a product takes, where one is named."""
    return "electricity-per-query" if unit == ENERGY and around.passage.strangers else None


def _attributive(mention: Mention) -> bool:
    """Whether a power only says what sort of thing is spoken of: a 100 MW site, a one-gigawatt campus."""
    tokens = mention.passage.q.tokens
    before = tokens[mention.first - 1].text if mention.first else ""
    return "-" in mention.text or before in lexicon().articles


def _share(around: Around, mention: Mention) -> str | None:
    """What a percentage is of, where its clause says so."""
    clause = mention.clause
    electricity = around.says("electricity", clause) == _IN_CLAUSE
    if around.says("money") >= _IN_SENTENCE or around.says("opinion") >= _IN_SENTENCE:
        return None
    if around.says("save", clause) == _IN_CLAUSE or around.says("fall", clause) == _IN_CLAUSE:
        for concept, quantity in (
            ("emissions", "emission-saving"),
            ("water", "water-saving"),
            ("electricity", "energy-saving"),
        ):
            if around.says(concept, clause) == _IN_CLAUSE:
                return quantity
        return "energy-saving" if around.says("electricity") >= _IN_SENTENCE else None
    if around.says("cooling", clause) == _IN_CLAUSE and electricity:
        return "cooling-share-of-electricity"
    if around.says("growth", clause) == _IN_CLAUSE and electricity:
        return "electricity-growth"
    if around.says("renewable", clause) == _IN_CLAUSE:
        return "renewable-electricity-share"
    return "share-of-electricity" if electricity else None
