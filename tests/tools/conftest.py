"""The tools over the shipped knowledge: in this process, and as a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.desk import Desk
from service.settings import Settings
from service.store.queries import Knowledge
from tests.api.conftest import serving


@pytest.fixture(scope="session")
def desk(knowledge: Knowledge, built: Path) -> Desk:
    """What the tools work with."""
    return Desk(knowledge, Settings(knowledge=built, public_url="https://wattcite.example.org"))


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where a real server listens."""
    with serving(built) as found:
        yield found
