"""Declaring a package of others that is asked for its own result where it happens to be installed.

    @package(series="0.11")
    def ecologits(question: Answered) -> Quantity:
        from ecologits.impacts.llm import compute_llm_impacts
        ...

The name of the function is that of the distribution, of the subject in the knowledge base, and of the file. The package
is imported inside the function, on the first question: nothing is paid where it is not installed or not asked. Which
version answers is read from its metadata, and enters whatever an answer is kept under (`stamp`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any, Final

from service.core.model import Subject
from service.core.quantity import Quantity

PACKAGE: Final = (
    "package:"  # begins the reference of a leaf that a package computed; the figure that describes it follows
)


@dataclass(frozen=True, slots=True)
class Computed:
    """What an installed package said: a leaf of the derivation, cited by the source that describes the package."""

    quantity: Quantity
    package: Subject
    version: str


@dataclass(frozen=True)
class Package:
    """A declared package. `series` begins the versions whose interface `ask` was written for."""

    name: str
    series: str
    ask: Callable[[Any], Quantity] = field(repr=False)

    @cached_property
    def version(self) -> str | None:
        """The version installed, None where there is none or none of the series."""
        try:
            found = version(self.name)
        except PackageNotFoundError:
            return None
        return found if found.startswith(f"{self.series}.") else None


_registry: dict[str, Package] = {}
packages: Mapping[str, Package] = MappingProxyType(_registry)


def package(*, series: str) -> Callable[[Callable[[Any], Quantity]], Callable[[Any], Quantity]]:
    """Register a function as the way to ask the package of its name. Raises TypeError for a twin name."""

    def register(ask: Callable[[Any], Quantity]) -> Callable[[Any], Quantity]:
        if ask.__name__ in _registry:
            raise TypeError(f"two packages are called {ask.__name__!r}")
        _registry[ask.__name__] = Package(ask.__name__, series, ask)
        return ask

    return register


@cache
def stamp() -> str:
    """Every declared package that is installed, with its version: what answers may depend on besides the knowledge."""
    return stamped({name: each.version for name, each in packages.items() if each.version})


def stamped(versions: Mapping[str, str]) -> str:
    """Packages with their versions, as they follow the version of the knowledge: +ecocost-0.2.4+ecologits-0.11.3."""
    return "".join(f"+{name}-{versions[name]}" for name in sorted(versions))
