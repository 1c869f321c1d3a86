"""The names that questions may hold, taken from the knowledge: subjects, regions and kinds of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from service.core.model import QuantityKind, Region, Subject
from service.reading.lexicon import Lexicon, lexicon, pieces
from service.reading.meanings import NOTHING, Meaning, meanings_of
from service.store.kept import kept
from service.store.queries import Knowledge

_SHORT: Final = 3  # letters of an abbreviation that must be written in capitals
_NUMBERED: Final = frozenset({"model", "accelerator", "service"})
_CODE: Final = 2
_NAMES: Final = frozenset({"subject", "region", "quantity", "publisher"})
# ids of kinds of numbers whose names are made of words that questions are full of: topic and count tell these
_COMPOSED: Final = (
    "electricity-per-", "emissions-per-", "water-per-", "training-", "electricity-ratio", "share-of-", "national-",
    "daily-users", "monthly-users", "paid-users", "population", "server-count", "rack-count", "requests-", "number-of-",
    "electricity-growth", "power-demand", "data-centre-", "length", "mass", "volume", "household-equivalents", "car-equivalents", "average-power",
    "residential-electricity", "emissions-growth", "energy-growth", "storage-capacity", "videos-per", "lcoe-",
    "policy-", "water-consumption", "tokens-per", "input-tokens", "output-tokens", "energy-related", "ppa", "power-capacity",
    "system-power", "rack-", "development-", "electricity-price", "electricity-saving", "electricity-emissions", "embodied-emissions",
    "emission-saving", "energy-saving", "emissions-avoided", "water-saving",
)  # fmt: skip


def _names(record: Subject | Region | QuantityKind) -> Iterator[str]:
    yield from (record.name.en, record.name.zh)
    for aliases in record.aliases.values():
        yield from aliases


@kept
def vocabulary(knowledge: Knowledge) -> Lexicon:
    """All words and names."""
    made = lexicon().copy()
    places = {region.id.upper() for region in knowledge.regions()}
    _places(made, knowledge)
    for subject in knowledge.subjects.values():
        if subject.kind == "home" or (subject.kind == "region" and subject.id.upper() in places):
            continue  # asked for by the region
        for name in (*_names(subject), subject.id):
            key = made.key(name)
            is_unit = not made.phrases.get(key, NOTHING).sorts.isdisjoint({"unit", "small-money"})
            if not is_unit:
                _add(made, name.partition("（")[0].partition(" (")[0], Meaning("subject", subject.id))
                _add(made, name, Meaning("subject", subject.id))
    for kind in knowledge.quantities.values():
        if not kind.id.startswith(_COMPOSED):
            for name in (*_names(kind), kind.id):
                _add(made, name, Meaning("quantity", kind.id))
    _families(made, knowledge)
    return made


def _families(made: Lexicon, knowledge: Knowledge) -> None:
    """What stands before the number in names: of a family, other numbers are not known (昇腾999)."""
    for subject in knowledge.subjects.values():
        for name in _names(subject) if subject.kind in _NUMBERED else ():
            words = pieces(name)
            number = next((place for place, word in enumerate(words) if word.isdigit()), 0)
            family = "".join(words[:number])
            if len(family) >= _SHORT - 1 and not made.phrases.get(made.key(family)):
                made.add(family, Meaning("family", ""))


def _places(made: Lexicon, knowledge: Knowledge) -> None:
    for region in knowledge.regions():
        for name in (*_names(region), *([region.id] if len(region.id) > _CODE else [])):
            _add(made, name, Meaning("region", region.id))
            if name == region.id and "-" in name:
                made.codes.add(made.key(name))


def _add(made: Lexicon, name: str, meaning: Meaning) -> None:
    words = pieces(name)
    key = made.key(name)
    if not key or (meaning.sort == "region" and meaning.name == "AI"):
        return
    single = len(words) == 1
    if single and not made.phrases.get(key, NOTHING).sorts.isdisjoint({"filler", "unit"}) and not name.isupper():
        return
    if meaning.sort == "subject" and single and not _keep(made, name, key, meaning):
        return
    abbreviation = single and name.isascii() and name.isalpha() and name.lower() not in made.written_small
    taken = name.isupper() and any(
        each.sort not in _NAMES for each in made.phrases.get(key, ())
    )  # NEWE has the root of new
    if abbreviation and (len(name) <= _SHORT or taken):
        made.capitals.add(key)
    made.add(name, meaning)


def _keep(made: Lexicon, name: str, key: str, meaning: Meaning) -> bool:
    """Whether a name stays beside those that have the same root: Google is not googling, a train is not training."""
    meanings = made.phrases.get(key, NOTHING)
    if "training" in meanings.concepts:
        return False
    written = name.lower()
    other = made.surfaces.setdefault(key, written)
    if other == written or not any(each.sort == "subject" and each != meaning for each in meanings):
        return True
    if len(other) < len(written):
        return False
    made.surfaces[key] = written
    made.phrases[key] = meanings_of(each for each in meanings if each.sort != "subject")
    return True
