"""What stands around the content of every page: made once with marks for a page's own values, then filled for each page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

# noncharacters, which stand in no text that is written: around a mark, and between the parts that a page gives
_AROUND: Final = "\ufdd0"
SEAM: Final = "\ufdd1"
_MARK: Final = re.compile(f"{_AROUND}([A-Za-z_-]+){_AROUND}")


def marks(names: Iterable[str]) -> dict[str, str]:
    """A mark for each name, to make a shell of."""
    return {name: f"{_AROUND}{name}{_AROUND}" for name in names}


class Shell:
    """The pieces of a text with marks.

    >>> Shell("<b>{a}</b> {b} {a}".format_map(marks("ab"))).around({"a": "1", "b": "2"})
    '<b>1</b> 2 1'
    """

    def __init__(self, text: str) -> None:
        self._pieces = _MARK.split(text)
        self._names = self._pieces[1::2]

    def around(self, values: Mapping[str, str]) -> str:
        """The text with these values, which are HTML, in the places of the marks of their names."""
        pieces = self._pieces.copy()
        pieces[1::2] = [values[name] for name in self._names]
        return "".join(pieces)
