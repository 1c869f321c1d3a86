"""The wheel stands alone: it carries the built knowledge and the prompts, and installs nothing beside ``service``."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel unpacks to."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder / "dist")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_only_the_service_is_installed(installed: Path) -> None:
    names = sorted(path.name for path in installed.iterdir() if path.suffix != ".dist-info")
    assert names == ["service"]


def test_resources_are_found_without_a_checkout(installed: Path) -> None:
    code = "from service.core.resources import checkout, resource; print(checkout()); print(resource({!r}))"
    for name in (
        "prompts/answer.md.j2",
        "prompts/words/en.yaml",
        "knowledge/units.txt",
        "knowledge/lexicon",
        "tests/cases/scale.yaml",
        "knowledge.sqlite",
    ):
        run = subprocess.run(
            [sys.executable, "-c", code.format(name)], cwd=installed, capture_output=True, text=True, check=True
        )
        assert run.stdout.splitlines() == ["None", str(installed / "service" / "_data" / name)]
