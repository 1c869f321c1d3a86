from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.supply import dependencies
from tests.supply.pins import DEVELOPMENT, ROOT, RUNTIME, pins

UNIMPORTED = {
    "httptools": "uvicorn takes it where it is installed",
    "python-json-logger": "the configuration of logging names it",
    "redis": "limits imports it for the address of a store",
    "uvloop": "uvicorn takes it where it is installed",
}
PARTS = {"pydantic-core": "pydantic"}  # of one version with what it is a part of


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules at the top of what a file imports, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def used() -> Iterator[frozenset[str]]:
    """The distribution of each module that the service imports; those that share a module stand together."""
    modules = {
        name for path in (ROOT / "service").rglob("*.py") for name in imported(ast.parse(path.read_text("utf-8")))
    }
    found = packages_distributions()
    for module in modules & found.keys() - {"service"}:
        yield frozenset(canonicalize_name(each) for each in found[module])


def declared() -> set[str]:
    return {name for every in dependencies.direct().values() for name in every}


def test_what_is_declared_is_used() -> None:
    imports = frozenset().union(*used())
    assert sorted(declared() - imports - UNIMPORTED.keys()) == []
    assert sorted(UNIMPORTED.keys() - declared()) == []


def test_what_is_used_is_declared() -> None:
    known = declared() | {part for part, whole in PARTS.items() if whole in declared()}
    assert [sorted(each) for each in used() if not each & known] == []


def test_each_has_a_reason_in_each_language() -> None:
    english, chinese = dependencies.rows("en"), dependencies.rows("zh-Hans")
    assert [row[:3] for row in english] == [row[:3] for row in chinese]
    assert all(reason for *_, reason in [*english, *chinese])
    assert ("litestar", "MIT", "", "routes, validation and the OpenAPI document") in english
    assert ("redis", "MIT", "valkey") in [row[:3] for row in english]


def test_what_has_no_reason_and_what_is_gone_are_told_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = dependencies.REASONS.read_text("utf-8")
    changed = tmp_path / "reasons.yaml"
    changed.write_text(re.sub(r"^click:", "clack:", said, flags=re.MULTILINE), encoding="utf-8")
    monkeypatch.setattr(dependencies, "REASONS", changed)
    with pytest.raises(dependencies.Unexplained, match="not in both: clack, click"):
        dependencies.rows("en")


def test_the_image_can_install_the_extras_that_it_names() -> None:
    (named,) = re.findall(r'"\.\[([a-z,]+)\]"', (ROOT / "Dockerfile").read_text("utf-8"))
    pinned = {pin.name for pin in pins(RUNTIME)}
    assert [name for extra in named.split(",") for name in dependencies.direct()[extra] if name not in pinned] == []


def test_what_the_service_runs_with_is_what_is_tested() -> None:
    assert set(pins(RUNTIME)) <= set(pins(DEVELOPMENT))
