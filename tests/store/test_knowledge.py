"""The knowledge that is shipped: one test for each of its files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from service.store.faults import Fault, KnowledgeError
from service.store.files import inputs
from service.store.load import load

ROOT = Path(__file__).parents[2] / "knowledge"
FILES = [path.relative_to(ROOT).as_posix() for path in inputs(ROOT)]


@cache
def faults() -> tuple[Fault, ...]:
    try:
        load(ROOT)
    except KnowledgeError as error:
        return error.faults
    return ()


@pytest.mark.parametrize("file", FILES)
def test_file(file: str) -> None:
    assert [str(fault) for fault in faults() if fault.file == file] == []


def test_nothing_is_wrong_elsewhere() -> None:
    assert [str(fault) for fault in faults() if fault.file not in FILES] == []
