"""Knowledge built once for all tests of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from service.store.build import build
from service.store.load import Library, load
from service.store.queries import Knowledge
from tests.store import tree


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small tree, loaded."""
    return load(tree.write(tmp_path_factory.mktemp("tree")), date(2026, 1, 15))


@pytest.fixture(scope="session")
def small(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """The small tree, built."""
    path = tmp_path_factory.mktemp("small") / "k.sqlite"
    build(library, path)
    knowledge = Knowledge(path)
    yield knowledge
    knowledge.close()


@pytest.fixture(scope="session")
def shipped(knowledge: Knowledge) -> Knowledge:
    """The knowledge that is shipped, in contrast to the small one."""
    return knowledge
