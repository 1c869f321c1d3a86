"""Which files the knowledge consists of, and the one digest that tells whether any of them has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from service.core import claim, model, parameter

YAML_LISTS: Final = ("subjects/*.yaml", "parameters/*.yaml", "quantities.yaml", "regions.yaml")
SOURCES: Final = "sources/*/*.yaml"
CLAIMS: Final = "claims/*.yaml"
TABLES: Final = ("grids/*.csv", "countries/*.csv")
UNITS: Final = "units.txt"
_FOLDERS: Final = ("sources", "subjects", "parameters", "grids", "countries", "claims")


def inputs(root: Path) -> list[Path]:
    """Every file of `root` that goes into the database, in a fixed order."""
    patterns = (*YAML_LISTS, SOURCES, CLAIMS, *TABLES, UNITS)
    return sorted({path for pattern in patterns for path in root.glob(pattern)})


def strays(root: Path) -> Iterator[Path]:
    """Files in the folders of records that would never be read: a wrong ending, or one folder too deep."""
    read = set(inputs(root))
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path not in read and path.suffix != ".md" and not path.name.startswith("."):
                yield path


def fingerprint(root: Path) -> str:
    """A digest of the name, size and content of every input file, and of the code that turns them into a database."""
    digest = hashlib.sha256(_code().encode())
    for path in inputs(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@cache
def _code() -> str:
    """A digest of the record schema and of this package, so that a database of older code counts as stale."""
    digest = hashlib.sha256()
    records = [Path(str(each.__file__)) for each in (claim, model, parameter)]
    for path in [*records, *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()
