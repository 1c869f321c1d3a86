"""The import contract of pyproject.toml holds, and would notice if it did not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def lint(folder: Path) -> tuple[int, str]:
    """Run the contract over the packages in `folder`; give its exit code and report."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package that a test may spoil."""
    shutil.copytree(ROOT / "service", tmp_path / "service", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def module(folder: Path, name: str, text: str) -> None:
    """Write the module `name` below `folder`, with the package it stands in."""
    path = folder / f"{name.replace('.', '/')}.py"
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(text)


def test_contract_holds() -> None:
    code, report = lint(ROOT)
    assert code == 0, report


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("service.core.spoiled", "service.store.target"),  # upward, from the bottom
        ("service.calculators.spoiled", "service.store.target"),  # a neighbour in the same row
        ("service.store.spoiled", "service.api.target"),
        ("service.ask.spoiled", "service.web.target"),
    ],
)
def test_breach_is_caught(copy: Path, importer: str, imported: str) -> None:
    module(copy, imported, "")
    module(copy, importer, f"import {imported}\n")
    code, report = lint(copy)
    assert code == 1, report
    assert f"{importer} -> {imported}" in report


def test_undeclared_package_is_caught(copy: Path) -> None:
    module(copy, "service.newcomer.thing", "")
    code, report = lint(copy)
    assert code == 1, report
    assert "newcomer" in report
