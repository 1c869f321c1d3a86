"""Where the files that are not Python stand: in a checkout, or inside an installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "_data"


def checkout() -> Path | None:
    """Return the top folder of the checkout this code runs from; None when it runs from an installed package."""
    root = _PACKAGE.parent
    if _INSTALLED.is_dir() or not (root / "pyproject.toml").is_file():
        return None
    return root


def resource(name: str) -> Path:
    """Return the path of a file or folder that comes with the service.

    The same names serve both places: ``prompts`` and ``prompts/…``, ``knowledge/units.txt``, ``knowledge/lexicon/…``,
    ``tests/cases/…``.
    The other folders of ``knowledge`` are there in a checkout only; an installed package carries them built, as
    ``knowledge.sqlite``.

    Raises:
        FileNotFoundError: there is no such resource here; the message gives the place that was looked at.
    """
    path = (checkout() or _INSTALLED) / name
    if not path.exists():
        raise FileNotFoundError(f"no resource {name!r}: looked at {path}")
    return path


def packaged_knowledge() -> Path | None:
    """Return the built knowledge that an installed package carries; None in a checkout, where it is built on first start."""
    path = _INSTALLED / "knowledge.sqlite"
    return path if checkout() is None and path.is_file() else None
