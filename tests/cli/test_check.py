from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import ROOT, Wattcite

TEXT = "Training GPT-3 took 1,287 MWh of electricity."  # Patterson et al. (2021)


def test_check_a_file(wattcite: Wattcite, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    result = wattcite("check", str(path))
    assert result.exit_code == 0
    assert "1,287 MWh" in result.stdout
    assert "Patterson" in result.stdout
    found = json.loads(wattcite("check", str(path), "--json").stdout)
    assert [each["verdict"] for each in found["claims"]] == ["supported"]


def test_check_standard_input(wattcite: Wattcite, environment: dict[str, str]) -> None:
    assert callable(wattcite)  # by then the knowledge is built
    command = [sys.executable, "-m", "service", "check", "-", "--json", "--language", "zh-Hans"]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=TEXT.encode(), capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert (found["language"], len(found["claims"])) == ("zh-Hans", 1)


def test_a_wrong_call(wattcite: Wattcite, tmp_path: Path) -> None:
    assert wattcite("check", str(tmp_path / "none.txt")).exit_code == 2
    assert wattcite("check").exit_code == 2
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert wattcite("check", str(empty)).exit_code == 2
