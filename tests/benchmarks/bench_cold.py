"""From a cold start: one answer at the command line against importing the web framework alone."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.benchmarks.load import ROOT
from tests.benchmarks.table import Measured, compared

_CALC = ("-m", "service", "calc", "energy_equivalents", "energy=chatgpt", "region=US", "--json")
_IMPORT = ("-c", "import litestar")
_ROUNDS = 9


def measure() -> list[Measured]:
    """The median of rounds taken in turn; the knowledge is built and the modules are compiled before."""
    compileall.compile_dir(str(ROOT / "service"), quiet=1)
    times = [(_seconds(_CALC), _seconds(_IMPORT)) for _ in range(_ROUNDS + 1)][1:]
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    return [compared("wattcite calc … --json, cold, against `import litestar`", "s", ours, theirs, most=2)]


def _seconds(arguments: Sequence[str]) -> float:
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
