"""The command line over the real knowledge, built once for all of its tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli.main import cli

ROOT = Path(__file__).parents[2]
Wattcite = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def environment(built: Path) -> dict[str, str]:
    """Settings under which nothing outside the tests is touched."""
    return {"WATTCITE_KNOWLEDGE": str(built), "COLUMNS": "200"}


@pytest.fixture(scope="session")
def wattcite(environment: dict[str, str]) -> Wattcite:
    """Run the command line inside this process; the knowledge is built before, so that none of it shows in the output."""
    runner = CliRunner(env=environment)

    def run(*arguments: str, **more: str) -> Result:
        return runner.invoke(cli, arguments, prog_name="wattcite", env=more, catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def process(wattcite: Wattcite, environment: dict[str, str]) -> Process:
    """Run the command line as a process of its own."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "service", *arguments]
        settings = {**os.environ, **environment, **more}
        return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=False, timeout=60)

    return run
