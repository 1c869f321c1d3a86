"""Schemathesis finds nothing: every documented operation, all of its checks, against a real server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.api.conftest import ROOT

EXAMPLES = "15"  # of each operation in the random phases, beside those that cover every bound


def test_schemathesis_finds_nothing(address: str, tmp_path: Path) -> None:
    command = [
        *(
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            str(Path(__file__).with_name("schemathesis.toml")),
        ),
        *(
            "run",
            f"{address}/openapi.yaml",
            "--checks",
            "all",
            "--max-examples",
            EXAMPLES,
            "--seed",
            "1",
            "--no-shrink",
        ),
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.hooks", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "❌" not in done.stdout  # warnings tell that names and amounts are text to a schema; they are no findings
