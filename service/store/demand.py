"""Records by id, each made when it is first asked for: of all that is known, most answers need a handful."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from typing import Any, Final, TypeVar, cast

R = TypeVar("R")

_SINGLY: Final = 100  # who asks for more one by one is soon through them all


class OnDemand(Mapping[str, R]):
    """A mapping of `ids` to records; `fetch` makes those of some ids, or all where it is given none."""

    def __init__(self, ids: Sequence[str], fetch: Callable[[Sequence[str] | None], Mapping[str, R]]) -> None:
        self._made: dict[str, R | None] = dict.fromkeys(ids)
        self._fetch = fetch
        self._left = _SINGLY

    def __getitem__(self, name: str) -> R:
        found = self._made[name]
        return self._one(name) if found is None else found

    def get(self, name: str, default: Any = None) -> Any:
        """The record of this id; `default` where there is none."""
        return self[name] if name in self._made else default

    def __contains__(self, name: object) -> bool:
        return name in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def values(self) -> ValuesView[R]:
        """All records."""
        return self._all().values()

    def items(self) -> ItemsView[str, R]:
        """All records with their ids."""
        return self._all().items()

    def _one(self, name: str) -> R:
        self._left -= 1
        if self._left < 0:
            return self._all()[name]
        return self._kept(self._fetch([name]))[name]

    def _all(self) -> Mapping[str, R]:
        if None in self._made.values():
            self._kept(self._fetch(None))
        return cast("Mapping[str, R]", self._made)  # of which none is missing now

    def _kept(self, fetched: Mapping[str, R]) -> Mapping[str, R]:
        for name, record in fetched.items():  # one that was given out before stays the one
            if self._made[name] is None:
                self._made[name] = record
        return cast("Mapping[str, R]", self._made)
