"""What is worked out of a knowledge base once, and kept as long as that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from service.store.queries import Knowledge

T = TypeVar("T")


def kept(make: Callable[[Knowledge], T]) -> Callable[[Knowledge], T]:
    """Make a function of a knowledge base one that works only once for each."""

    @wraps(make)
    def once(knowledge: Knowledge) -> T:
        try:
            found: T = knowledge.kept[make]
        except KeyError:
            found = knowledge.kept.setdefault(make, make(knowledge))
        return found

    return once
