"""What a worker carries: what it was not asked for takes none of its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_LATER = (
    "babel",
    "httpx",
    "mcp",
    "opencc",
    "pint",
    "pygments",
    "sentencex",
    "service.ask.asking",
    "service.check.checking",
)
_CODE = f"""
import sys
from service.app import create_app
from service.settings import Settings
from service.store.queries import Knowledge
from service.run import run_encoded
knowledge = Knowledge(Settings.load().knowledge)
create_app(knowledge=knowledge)
run_encoded(knowledge, "energy_equivalents", {{"energy": "chatgpt"}})
print(*[name for name in {_LATER} if name in sys.modules])
"""


def test_a_worker_that_computes_carries_nothing_that_it_does_not_need_for_that(built: Path) -> None:
    environment = os.environ | {"WATTCITE_KNOWLEDGE": str(built)}
    run = subprocess.run([sys.executable, "-c", _CODE], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
