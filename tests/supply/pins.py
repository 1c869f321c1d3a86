"""What requirements.txt and requirements-dev.txt pin, as `make lock` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[2]
RUNTIME: Final = ROOT / "requirements.txt"
DEVELOPMENT: Final = ROOT / "requirements-dev.txt"

_CONTINUED: Final = re.compile(r"\\\n\s*")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """One version of one package, with the SHA-256 of each file that may be installed as it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    here: bool
    """Whether the marker holds for this Python on this machine."""


def pins(path: Path) -> Iterator[Pin]:
    """The pins of a requirements file, in its order. Raises `ValueError` for a line that pins no version with hashes."""
    for line in _CONTINUED.sub(" ", path.read_text(encoding="utf-8")).splitlines():
        text = line.split("#", 1)[0].strip()
        if text:
            yield _pin(text)


def _pin(text: str) -> Pin:
    requirement = Requirement(_HASH.sub("", text))
    (specifier,) = requirement.specifier
    hashes = tuple(_HASH.findall(text))
    if specifier.operator != "==" or not hashes:
        raise ValueError(f"not pinned with hashes: {text}")
    marker = requirement.marker
    return Pin(
        canonicalize_name(requirement.name),
        specifier.version,
        str(marker or ""),
        hashes,
        marker is None or marker.evaluate(),
    )
