"""Where dots and labels go so that none lies on another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from service.web.charts.marks import SMALL, Anchor, Box, Label

_GAP: Final = 4.0
_TRIED: Final = 60  # places tried beside one another for a dot


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a dot belongs, and what its error bar reaches from and to."""

    x: float
    y: float
    top: float
    bottom: float


def swarm(wanted: Sequence[Wanted], radius: float, reach: float) -> list[float]:
    """Where dots go sideways, by no more than `reach`, until none covers another or its bar; in the same order.

    Where that leaves no room, a dot stays where it belongs.
    """
    apart = 2 * radius + 0.5
    taken: dict[int, list[tuple[float, Wanted]]] = defaultdict(list)

    def rows(one: Wanted) -> range:
        return range(int((one.top - radius) // apart), int((one.bottom + radius) // apart) + 1)

    def free(x: float, one: Wanted) -> bool:
        near = (each for row in rows(one) for each in taken[row])
        return all(
            abs(x - place) >= apart or one.bottom + apart <= other.top or other.bottom + apart <= one.top
            for place, other in near
        )

    moved = []
    for one in wanted:
        place = next((one.x + aside for aside in _aside(apart, reach) if free(one.x + aside, one)), one.x)
        for row in rows(one):
            taken[row].append((place, one))
        moved.append(place)
    return moved


def _aside(step: float, reach: float) -> Iterator[float]:
    """Distances from the middle, nearest first, to the right before to the left."""
    yield 0.0
    for number in range(1, _TRIED):
        if number * step > reach:
            return
        yield number * step
        yield -number * step


def beside(
    x: float, y: float, radius: float, text: str, strong: str, taken: Iterable[Box], inside: Box
) -> Label | None:
    """A label for the dot at a place, where there is room for one beside it; None where there is not."""
    obstacles = list(taken)
    for across, down, anchor in _sides(radius):
        label = Label(x + across, y + down, text, "name", anchor, strong, SMALL)
        box = label.box
        # the next label keeps a distance; the dot itself is near on purpose
        left, right = (0.0 if anchor == side else _GAP for side in ("start", "end"))
        around = Box(box.left - left, box.top, box.right + right, box.bottom)
        if box.within(inside) and not any(around.meets(other) for other in obstacles):
            return label
    return None


def _sides(radius: float) -> tuple[tuple[float, float, Anchor], ...]:
    middle, off = SMALL * 0.3, radius + _GAP
    return (
        (off, middle, "start"),
        (-off, middle, "end"),
        (0.0, -off - 1, "middle"),
        (0.0, off + SMALL * 0.8, "middle"),
        (off, -off, "start"),
        (off, off + SMALL * 0.5, "start"),
    )
