"""`make sbom`: a CycloneDX document of what the service runs with, as it is pinned, on this system and this Python.

The same pins give the same bytes: nothing in it is of the moment, unless SOURCE_DATE_EPOCH says which moment to write.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import distribution
from itertools import chain
from typing import Final

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from service import __version__
from tests.supply.dependencies import PROJECT
from tests.supply.licences import licence, policy
from tests.supply.pins import ROOT, RUNTIME, Pin, pins

VERSION: Final = SchemaVersion.V1_6
EPOCH: Final = "SOURCE_DATE_EPOCH"

Graph = Mapping[str, frozenset[str]]


def graph(requirements: Sequence[Requirement]) -> Graph:
    """Every package that requirements lead to here, with the packages that it needs itself, as installed metadata say."""
    needs: dict[str, frozenset[str]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    queue = list(requirements)
    while queue:
        requirement = queue.pop()
        asked = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if asked not in seen:
            seen.add(asked)
            needed = _needed(*asked)
            needs[asked[0]] = needs.get(asked[0], frozenset()) | {canonicalize_name(each.name) for each in needed}
            queue += needed
    return needs


def _needed(name: str, extras: frozenset[str]) -> list[Requirement]:
    """What a package needs here with extras of its."""
    every = map(Requirement, distribution(name).requires or ())
    return [each for each in every if any(_holds(each, extra) for extra in ("", *extras))]


def _holds(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def document() -> str:
    """The document as JSON."""
    pinned = {pin.name: pin for pin in pins(RUNTIME) if pin.here}
    direct = [each for each in map(Requirement, PROJECT["dependencies"]) if _holds(each, "")]
    extras = [
        each for each in map(Requirement, chain(*PROJECT["optional-dependencies"].values())) if each.name in pinned
    ]
    required, needs, rules = graph(direct), graph([*direct, *extras]), policy()

    def scope(name: str) -> ComponentScope:
        if name in required:
            return ComponentScope.REQUIRED
        return ComponentScope.OPTIONAL if name in needs else ComponentScope.EXCLUDED  # what builds it: hatchling

    components = {name: _component(pin, licence(pin, rules), scope(name)) for name, pin in pinned.items()}
    itself = _itself()
    bom = Bom(
        components=components.values(),
        metadata=BomMetaData(
            component=itself, timestamp=_moment(), properties=[Property(name="made-on", value=_system())]
        ),
    )
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, f"{itself.purl} {RUNTIME.read_text(encoding='utf-8')}")
    bom.register_dependency(itself, [components[canonicalize_name(each.name)] for each in [*direct, *extras]])
    for name, needed in needs.items():
        bom.register_dependency(components[name], [components[each] for each in needed])
    made = json.loads(make_outputter(bom, OutputFormat.JSON, VERSION).output_as_string())
    if EPOCH not in os.environ:
        del made["metadata"]["timestamp"]
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _itself() -> Component:
    purl = PackageURL("pypi", name=PROJECT["name"], version=__version__)
    return Component(
        name=PROJECT["name"],
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref=str(purl),
        purl=purl,
        description=PROJECT["description"],
        licenses=[LicenseFactory().make_from_string(PROJECT["license"])],
    )


def _component(pin: Pin, expression: str, scope: ComponentScope) -> Component:
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(str(purl)),
        comment="the files that may be installed",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in pin.hashes],
    )
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        scope=scope,
        licenses=[LicenseFactory().make_from_string(expression)],
        external_references=[files],
    )


def _moment() -> datetime:
    return datetime.fromtimestamp(int(os.environ.get(EPOCH, "0")), UTC)


def _system() -> str:
    return f"{platform.python_implementation()} {sys.version_info.major}.{sys.version_info.minor}, {sys.platform}"


def main() -> int:
    """Write the document beside the wheel and say where."""
    path = ROOT / "dist" / f"{PROJECT['name']}-{__version__}.cdx.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(document(), encoding="utf-8")
    print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
