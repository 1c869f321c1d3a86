"""The service as a process of its own, over the knowledge that is shipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(built: Path, **environment: str) -> Iterator[str]:
    """Serve on a free port; gives the address, once it is up."""
    with running(built, **environment) as (address, _):
        yield address


@contextmanager
def running(built: Path, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The same with the process."""
    command = [sys.executable, "-m", "service", "serve", "--port", "0"]
    settings = {**os.environ, "WATTCITE_KNOWLEDGE": str(built), **environment}
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found
            Thread(target=deque, args=(process.stdout, 0), daemon=True).start()  # a full pipe would stop the server
            yield found[0], process
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where a real server listens."""
    with serving(built, PYTHONHASHSEED="1") as found:
        yield found


@pytest.fixture(scope="session")
def web(address: str) -> Iterator[httpx.Client]:
    """A client of the real server."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as opened:
        yield opened
