"""The direct dependencies of the service and of each extra, as pyproject.toml declares them, and why each is there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply.licences import licence, policy
from tests.supply.pins import DEVELOPMENT, ROOT, pins

PROJECT: Final[Mapping[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REASONS: Final = Path(__file__).with_name("dependencies.yaml")

Reasons = Mapping[str, Mapping[str, str]]


class Unexplained(ValueError):
    """A dependency without a reason, or a reason without a dependency."""


def names(requirements: Iterable[str]) -> list[str]:
    """What requirements name, as indexes spell it."""
    return [canonicalize_name(Requirement(each).name) for each in requirements]


def direct() -> dict[str, list[str]]:
    """The packages of the service itself, under an empty name, and of each extra."""
    return {"": names(PROJECT["dependencies"])} | {
        extra: names(requirements) for extra, requirements in PROJECT["optional-dependencies"].items()
    }


def reasons() -> Reasons:
    """Why each is there, by language. Raises `Unexplained`, which names all that do not match."""
    said: Reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    unmatched = {name for every in direct().values() for name in every} ^ said.keys()
    if unmatched:
        raise Unexplained(f"in {REASONS.name} or in pyproject.toml, but not in both: {', '.join(sorted(unmatched))}")
    return said


def rows(language: str) -> list[tuple[str, str, str, str]]:
    """Package, licence, extra (empty: always installed) and reason, the service's own first."""
    said, rules = reasons(), policy()
    licences = {pin.name: licence(pin, rules) for pin in pins(DEVELOPMENT) if pin.here and pin.name in said}
    return [
        (name, licences[name], extra, said[name]["zh" if language.startswith("zh") else "en"])
        for extra, every in direct().items()
        for name in every
    ]
