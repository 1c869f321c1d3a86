"""What the running service was built from, as far as that is known: a checkout, or a package that was installed."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from service import __version__
from service.core.resources import checkout

_REFERENCE = "ref: "


@dataclass(frozen=True, slots=True)
class Build:
    """Release, Python, and where the code came from."""

    release: str
    python: str
    origin: str  # checkout or wheel
    commit: str  # empty where it is not known


def build() -> Build:
    """What runs here."""
    root = checkout()
    return Build(
        __version__,
        f"{platform.python_implementation()} {platform.python_version()}",
        "checkout" if root else "wheel",
        commit_of(root) if root else _installed_commit(),
    )


def commit_of(root: Path) -> str:
    """The commit that a checkout stands at; empty where its folder of Git has none, or is none."""
    folder = root / ".git"
    head = _text(folder / "HEAD")
    if not head.startswith(_REFERENCE):
        return head
    name = head.removeprefix(_REFERENCE)
    packed = (line.partition(" ") for line in _text(folder / "packed-refs").splitlines())
    return _text(folder / name) or next((commit for commit, _, packed_name in packed if packed_name == name), "")


def _installed_commit() -> str:
    try:
        return noted_commit(distribution("wattcite"))
    except PackageNotFoundError:
        return ""


def noted_commit(installed: Distribution) -> str:
    """The commit that an installer noted where it took a package from version control (PEP 610), else nothing."""
    noted = json.loads(installed.read_text("direct_url.json") or "{}")
    return str(noted.get("vcs_info", {}).get("commit_id", ""))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
