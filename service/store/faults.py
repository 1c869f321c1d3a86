"""What can be wrong with the knowledge, told so that whoever wrote the file can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_MOST_COMPARED: Final = 40
_ALIKE: Final = 0.6
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong at one place: `file` below the knowledge folder, `line` from 1, `field` as a path."""

    file: str
    line: int
    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: found {self.found}; allowed: {self.allowed}"


class KnowledgeError(ValueError):
    """The knowledge cannot be used; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        count = len(self.faults)
        super().__init__("\n".join([f"{count} fault{'s' * (count != 1)} in the knowledge:", *map(str, self.faults)]))


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The up to `most` of `known` that are written most like `word`, best first.

    Only the few that share most letter triples with it are compared in full, so this stays fast for many names.
    """
    wanted = word[:_LONGEST].lower()
    triples = _triples(wanted)
    shared = [(len(triples & _triples(name.lower())), name) for name in known]
    likely = sorted(((n, name) for n, name in shared if n), key=lambda pair: (-pair[0], pair[1]))[:_MOST_COMPARED]
    rated = [(SequenceMatcher(None, wanted, name.lower()).ratio(), name) for _, name in likely]
    return [name for rate, name in sorted(rated, key=lambda pair: (-pair[0], pair[1])) if rate >= _ALIKE][:most]


def _triples(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for the end of a message, or nothing when no name is close."""
    close = nearest(word, known)
    return f" (did you mean {' or '.join(map(repr, close))}?)" if close else ""


def shown(value: object) -> str:
    """A value as a message shows it: quoted like Python, cut where it is long."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
