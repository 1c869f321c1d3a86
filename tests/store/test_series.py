"""Figures year by year: what stands for a year, and since when."""

from __future__ import annotations

from datetime import date

from service.store.queries import Knowledge
from service.store.series import series

PURPOSE = ("data-centre", "electricity-per-year", None)


def test_years_come_in_order_and_each_has_its_own_figures(knowledge: Knowledge) -> None:
    found = series(knowledge, *PURPOSE)
    assert list(found) == sorted(found)
    for year, stand in found.items():
        assert {int(candidate.as_of[:4]) for candidate in stand.candidates} == {year}
        assert stand.parameter.id == f"data-centre-electricity-per-year-{year}"


def test_a_choice_of_the_parameter_comes_first(knowledge: Knowledge) -> None:
    held = series(knowledge, *PURPOSE)[2024].on(date(2026, 11, 1))
    assert held is not None
    assert held.chosen.figure == "dc-world-electricity-2024-iea-2025"


def test_then_the_source_that_the_parameter_follows_on_that_day(knowledge: Knowledge) -> None:
    projected = series(knowledge, *PURPOSE)[2030]
    old, new = projected.on(date(2025, 12, 1)), projected.on(date(2026, 11, 1))
    assert old is not None
    assert new is not None
    # of three cases of one report, the central one, which gives the range of the others
    assert old.chosen.figure == "dc-world-electricity-2030-base-iea-2025"
    assert new.chosen.figure == "dc-world-electricity-2030-iea-2026"
    assert "dc-world-electricity-2030-base-iea-2025" in new.chosen.rivals


def test_before_the_first_publication_there_is_nothing(knowledge: Knowledge) -> None:
    assert series(knowledge, *PURPOSE)[2030].on(date(2020, 1, 1)) is None


def test_a_period_of_several_years_belongs_to_none(knowledge: Knowledge) -> None:
    growth = series(knowledge, "data-centre", "electricity-growth", None)
    assert set(growth) == {2025}  # 2017/2024, 2022/2030 and 2024/2030 are left out


def test_without_a_parameter_there_are_no_years(knowledge: Knowledge) -> None:
    assert series(knowledge, "chatgpt", "pue", None) == {}
