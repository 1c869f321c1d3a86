"""The wheel stands alone: it carries the built knowledge and the prompts, and installs nothing beside ``service``."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def build(source: Path, target: str, folder: Path, umask: int = -1, **environment: str) -> Path:
    """What hatchling builds of a source tree."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    run = subprocess.run(
        command, cwd=source, env=os.environ | environment, umask=umask, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel unpacks to."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)  # noqa: S202 - it was built here
    return folder


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


def test_it_is_the_same_bytes_from_another_folder_at_another_time(wheel: Path, tmp_path: Path) -> None:
    """What is published as source gives the wheel of the checkout, whatever the machine has set."""
    with tarfile.open(build(ROOT, "sdist", tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    for path in source.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    again = build(source, "wheel", tmp_path / "wheel", umask=0o077, PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")
    assert again.name == wheel.name
    assert _digests(again) == _digests(wheel)
    assert again.read_bytes() == wheel.read_bytes()


def _digests(wheel: Path) -> dict[str, str]:
    """The digest of each file, which tells a difference where bytes do not."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
