"""What every test shares: the knowledge that is shipped, built once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from service.settings import Settings
from service.store.build import ensure
from service.store.queries import Knowledge

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.testing import TestClient

# The same examples on every machine: a check that passed for one contributor passes for the next.
settings.register_profile("wattcite", derandomize=True, deadline=None, database=None)
settings.load_profile("wattcite")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the shipped knowledge is built into."""
    return ensure(Path(__file__).parents[1] / "knowledge", tmp_path_factory.mktemp("knowledge") / "knowledge.sqlite")


@pytest.fixture(scope="session")
def knowledge(built: Path) -> Iterator[Knowledge]:
    """The knowledge that is shipped."""
    opened = Knowledge(built)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def client(built: Path) -> Iterator[TestClient[Litestar]]:
    """A client of the whole service, without a network between."""
    from litestar.testing import TestClient as Client

    from service.app import create_app

    with Client(create_app(Settings(knowledge=built)), raise_server_exceptions=False) as opened:
        yield opened
