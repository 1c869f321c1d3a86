"""What stretches of words can mean, one thing or several; worked out once for every question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

Sort = Literal[
    "concept", "unit", "small-money", "tenth-money", "tens", "rate", "span", "filler", "subject", "region", "quantity",
    "publisher", "refused", "version", "classifier", "between", "place-word", "owner", "owner-after", "that", "negation", "common", "counting", "family",
]  # fmt: skip


class Meaning(NamedTuple):
    """What a stretch of words can mean."""

    sort: Sort
    name: str


# how much it takes to leave a stretch unexplained that can mean this
_WEIGHTS: Final = {
    "subject": 3.0, "region": 2.0, "quantity": 2.0, "publisher": 1.0, "concept": 1.0, "rate": 1.0, "span": 0.6, "refused": 3.0, "family": 1.5, "common": 0.3,
}  # fmt: skip
_LITTLE: Final = 0.3
_FAINT: Final = frozenset({
    "if", "own-rate", "and", "also-do", "compare", "more", "average", "total", "according", "cover", "each", "per", "model-noun", "claim",
    "save", "convert", "of-all", "outlook", "capacity", "times", "list", "growth", "inference", "long", "differ", "power", "car-km", "latest",
    "use", "query", "highest", "lowest", "benefit", "grid", "person",
    "amount-asked", "threshold", "equal", "single", "newly", "reporting", "correction", "consumption", "against", "everyone",
})  # fmt: skip


class Meanings:
    """All that a stretch can mean, with what is asked of it most often; there is one for each combination."""

    __slots__ = ("_parts", "all", "concepts", "each", "sorts", "weight")

    def __init__(self, each: tuple[Meaning, ...]) -> None:
        self.each = each
        self.all: frozenset[tuple[str, str]] = frozenset(each)
        self.sorts: frozenset[str] = frozenset(meaning.sort for meaning in each)
        self.concepts = tuple(meaning.name for meaning in each if meaning.sort == "concept")
        self.weight = self._weight()  # how much it takes to leave it unexplained
        self._parts: dict[tuple[str, ...], Meanings] = {}

    def __iter__(self) -> Iterator[Meaning]:
        return iter(self.each)

    def __bool__(self) -> bool:
        return bool(self.each)

    def _weight(self) -> float:
        weights = [
            _LITTLE if each.sort == "concept" and each.name in _FAINT else _WEIGHTS.get(each.sort, 0.0)
            for each in self.each
        ]
        most = max(weights, default=0.0)
        return min(_LITTLE, most) if "filler" in self.sorts else most

    def of(self, *sorts: str) -> Meanings:
        """Those of some sorts."""
        found = self._parts.get(sorts)
        if found is None:
            found = self._parts[sorts] = meanings_of(each for each in self.each if each.sort in sorts)
        return found


_MADE: Final[dict[tuple[Meaning, ...], Meanings]] = {}


def meanings_of(each: Iterable[Meaning]) -> Meanings:
    """Some meanings together."""
    key = tuple(each)
    found = _MADE.get(key)
    if found is None:
        found = _MADE[key] = Meanings(key)
    return found


NOTHING: Final = meanings_of(())
BARE: Final = meanings_of((Meaning("filler", ""),))
