"""The part of a subject that lies in a region, and quantities by any of their names."""

from __future__ import annotations

import pytest

from service.core.model import QuantityKind
from service.store.queries import Knowledge


@pytest.mark.parametrize(
    ("subject", "region", "part"),
    [
        ("data-centre", "world", "data-centre"),
        ("data-centre", "IE", "data-centre-ireland"),
        ("data-centre", "US-VA", "data-centre-virginia"),  # a part of a part
        ("data-centre", "CN", "data-centre-china"),  # nearer than the green ones, which are a part of it
        ("data-centre-ireland", "IE", "data-centre-ireland"),
        ("data-centre-ireland", "US", None),
        ("chatgpt", "US", None),
    ],
)
def test_the_nearest_part_in_a_region(knowledge: Knowledge, subject: str, region: str, part: str | None) -> None:
    found = knowledge.part_in(subject, region)
    assert (found.id if found else None) == part


@pytest.mark.parametrize(
    "name", ["electricity-per-query", "Electricity per query", "electricity PER query", "每次查询耗电"]
)
def test_a_quantity_by_its_names(knowledge: Knowledge, name: str) -> None:
    found = knowledge.resolve_quantity(name)
    assert isinstance(found, QuantityKind)
    assert found.id == "electricity-per-query"


def test_an_unknown_quantity_gets_suggestions(knowledge: Knowledge) -> None:
    assert knowledge.resolve_quantity("electrcity per query") == []
    assert "electricity-per-query" in knowledge.suggest_quantities("electrcity per query")
