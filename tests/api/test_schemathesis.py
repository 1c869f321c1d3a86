"""Schemathesis finds nothing: every documented operation, all of its checks, against a real server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.api.conftest import ROOT

EXAMPLES = "15"  # of each operation in the random phases, beside those that cover every bound
SCENARIOS = "100"  # of calls in turn, each made with what came of the one before
LEAST = 1 / 4  # of the links of the document, which are followed at random


def schemathesis(address: str, folder: Path, hooks: str, *options: str) -> str:
    """What a run that finds nothing says."""
    configured = ("--config-file", str(Path(__file__).with_name("schemathesis.toml")))
    wanted = ("run", f"{address}/openapi.yaml", "--checks", "all", "--seed", "1", "--no-shrink", *options)
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": hooks, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "schemathesis.cli", *configured, *wanted]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "❌" not in done.stdout  # warnings tell that names and amounts are text to a schema; they are no findings
    return done.stdout


def test_schemathesis_finds_nothing(address: str, tmp_path: Path) -> None:
    phases = ("--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES)
    schemathesis(address, tmp_path, "tests.api.hooks", *phases)


def test_schemathesis_finds_nothing_in_calls_that_follow_from_one_another(address: str, tmp_path: Path) -> None:
    phases = ("--phases", "stateful", "--mode", "positive", "--max-examples", SCENARIOS)
    said = schemathesis(address, tmp_path, "tests.api.hooks_in_turn", *phases)
    found = re.search(r"API Links:\s+(\d+) covered / (\d+) selected", said)
    assert found, said[-3000:]
    assert int(found[1]) >= LEAST * int(found[2])
