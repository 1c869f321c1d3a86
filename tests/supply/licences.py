"""`make licences`: the licence of every pinned dependency, and whether it goes with distribution under Apache-2.0.

A licence is what the metadata of the installed distribution says: its SPDX expression, else its older `License` field or its
classifiers where they are clear. What they leave open has been read by hand; `licences.yaml` says so, with the digest of the
text, which must be read again once it changes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

import yaml
from license_expression import ExpressionError, get_spdx_licensing
from pydantic import BaseModel, ConfigDict

from tests.supply.pins import DEVELOPMENT, RUNTIME, Pin, pins

_SPDX: Final = get_spdx_licensing()


class Strict(BaseModel):
    """A record in which nothing is unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Read(Strict):
    """A licence that was read by hand, and the SHA-256 of the text."""

    licence: str
    sha256: str


class Copyleft(Strict):
    """Why a licence may be there that asks something of whoever changes the work, and in which packages it is known to be."""

    why: str
    packages: frozenset[str]


class Policy(Strict):
    """What `licences.yaml` says."""

    allowed: frozenset[str]
    copyleft: Mapping[str, Copyleft]
    spelled: Mapping[str, str]
    read: Mapping[str, Read]
    elsewhere: Mapping[str, str]

    def admits(self, package: str, expression: str) -> bool:
        """Whether a package may come under an SPDX expression. Raises `ExpressionError` where it is none."""
        return self._admits(package, _SPDX.parse(expression, validate=True, strict=True))

    def _admits(self, package: str, node: Any) -> bool:
        if isinstance(node, _SPDX.OR):
            return any(self._admits(package, each) for each in node.args)
        if isinstance(node, _SPDX.AND):
            return all(self._admits(package, each) for each in node.args)
        copyleft = self.copyleft.get(str(node))
        return str(node) in self.allowed or (copyleft is not None and package in copyleft.packages)


def policy() -> Policy:
    """The policy that holds here."""
    return Policy.model_validate(yaml.safe_load(Path(__file__).with_name("licences.yaml").read_text(encoding="utf-8")))


def stated(found: Distribution, spelled: Mapping[str, str]) -> str | None:
    """The SPDX expression that metadata gives, if they are clear."""
    for expression in _headers(found, "License-Expression"):
        return expression
    older = [text.strip().partition("\n")[0].strip() for text in _headers(found, "License")]
    classifiers = [text for text in _headers(found, "Classifier") if text.startswith("License ::")]
    for texts in (older, classifiers):
        known = [spelled.get(text, text) for text in texts]
        if known and all(map(_known, known)):
            return " AND ".join(sorted(set(known)))
    return None


def _headers(found: Distribution, name: str) -> list[str]:
    return found.metadata.get_all(name) or []


def _known(text: str) -> bool:
    try:
        return _SPDX.parse(text, validate=True, strict=True) is not None  # None of an empty text
    except ExpressionError:
        return False


def licence(pin: Pin, rules: Policy, find: Callable[[str], Distribution] = distribution) -> str:
    """The SPDX expression of a pin. Raises `ValueError`, which says what to do, where it cannot be told."""
    if not pin.here:
        if pin.name not in rules.elsewhere:
            raise ValueError(f"is installed only where {pin.marker}; read its licence and write it under elsewhere")
        return rules.elsewhere[pin.name]
    try:
        found = find(pin.name)
    except PackageNotFoundError as error:
        raise ValueError("is not installed") from error
    if found.version != pin.version:
        raise ValueError(f"is installed in version {found.version}, not {pin.version}")
    if said := stated(found, rules.spelled):
        return said
    if pin.name not in rules.read:
        raise ValueError("its metadata name no licence that is clear; read its text and write it under read")
    if rules.read[pin.name].sha256 not in _digests(found):
        raise ValueError("has another licence text than the one that was read; read it again")
    return rules.read[pin.name].licence


def _digests(found: Distribution) -> Iterator[str]:
    for file in found.files or ():
        if "licen" in file.name.lower():
            yield hashlib.sha256(file.read_binary()).hexdigest()


def judged(every: Iterable[Pin], rules: Policy) -> tuple[list[tuple[Pin, str]], list[str]]:
    """Each pin with its licence, and every fault."""
    licences, faults = [], []
    for pin in every:
        try:
            expression = licence(pin, rules)
            if not rules.admits(pin.name, expression):
                faults.append(f"{pin.name} {pin.version}: {expression} is not allowed")
            licences.append((pin, expression))
        except (ValueError, ExpressionError) as error:
            faults.append(f"{pin.name} {pin.version}: {error}")
    return licences, faults


def pinned() -> list[Pin]:
    """Every pin once, those of the service first."""
    return list(dict.fromkeys([*pins(RUNTIME), *pins(DEVELOPMENT)]))


def main() -> int:
    """Print each licence, then each fault; 1 where there is any."""
    licences, faults = judged(pinned(), policy())
    for pin, expression in licences:
        print(f"{pin.name:40} {pin.version:20} {expression}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(licences)} licences, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
