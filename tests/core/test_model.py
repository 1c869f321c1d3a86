"""The schema of the knowledge base: dates, ranges, remarks, and that nothing is read otherwise than it is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from service.core.model import Figure, PartialDate, Period, Remark, Source, first_day, last_day
from service.core.parameter import Choice, Parameter

FIGURE: dict[str, Any] = {
    "id": "chatgpt-query-electricity-altman-2025",
    "subject": "chatgpt",
    "quantity": "electricity-per-query",
    "value": 0.34,
    "unit": "Wh",
    "as_of": "2025-06",
    "region": "world",
    "basis": "reported",
    "scope": {"en": "inference", "zh": "推理"},
    "statement": {"en": "A query uses 0.34 Wh.", "zh": "一次查询用电0.34瓦时。"},
    "checked": "primary",
}
PARAMETER: dict[str, Any] = {
    "id": "chatgpt-query",
    "subject": "chatgpt",
    "quantity": "electricity-per-query",
    "region": "world",
    "choices": [{"figure": "a", "since": "2025-01", "reason": {"en": "Newest.", "zh": "最新。"}, "paired": ["c"]}],
    "rivals": ["b", {"figure": "a"}],
    "review_by": "2026-12",
}


def figure(**changes: Any) -> Figure:
    """A figure that differs from a valid one."""
    return Figure.model_validate({**FIGURE, **changes})


def faulty_fields(error: ValidationError) -> set[Any]:
    """The first part of the place of every fault."""
    return {entry["loc"][0] if entry["loc"] else "" for entry in error.errors()}


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-03-09", date(2024, 3, 9), date(2024, 3, 9)),
    ],
)
def test_days_that_a_partial_date_can_mean(partial: str, first: date, last: date) -> None:
    assert (first_day(partial), last_day(partial)) == (first, last)


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_every_day_lies_in_its_month_and_year(day: date) -> None:
    for partial in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert TypeAdapter(PartialDate).validate_python(partial) == partial
        assert first_day(partial) <= day <= last_day(partial)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-3",
        "2024-13",
        "2024-00",
        "2024-99",
        "2024-02-30",
        "2024-2-3",
        "2024/03",
        "March 2024",
        "2024\n",
        "2024-03 ",
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PartialDate).validate_python(text)


@pytest.mark.parametrize("number", [2024, 2024.0, date(2024, 3, 9)])
def test_a_date_is_text(number: object) -> None:
    with pytest.raises(ValidationError):
        figure(as_of=number)


@pytest.mark.parametrize("text", ["2024", "2024-03", "2020/2030", "2024-03-09/2024-04", "2024/2024"])
def test_periods(text: str) -> None:
    assert figure(as_of=text).as_of == text


@pytest.mark.parametrize(
    "text", ["2030/2020", "2020/", "/2020", "2020/2021/2022", "2020/20", "2020-13/2021", "2020/2021-13"]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Period).validate_python(text)


@pytest.mark.parametrize(
    ("low", "value", "high", "held"),
    [
        (None, 5, None, True),
        (1, 5, None, True),
        (None, 5, 9, True),
        (5, 5, 5, True),
        (6, 5, 9, False),
        (1, 5, 4, False),
        (9, 5, 1, False),
        (None, 5, 4, False),
    ],
)
def test_value_lies_in_its_range(low: float | None, value: float, high: float | None, held: bool) -> None:
    if held:
        made = figure(low=low, value=value, high=high)
        assert (made.low, made.value, made.high) == (low, value, high)
    else:
        with pytest.raises(ValidationError, match="lies outside its own range"):
            figure(low=low, value=value, high=high)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "x", None, [1]])
def test_value_is_a_finite_number(value: object) -> None:
    with pytest.raises(ValidationError) as error:
        figure(value=value)
    assert faulty_fields(error.value) == {"value"}


def test_a_bare_string_is_an_english_remark() -> None:
    made = figure(scope="Inference only.", caveats=["Said in a blog.", {"en": "No training.", "zh": "不含训练。"}])
    assert made.scope == Remark(en="Inference only.", zh=None)
    assert [caveat.zh for caveat in made.caveats] == [None, "不含训练。"]


@pytest.mark.parametrize("scope", ["", {"zh": "推理"}, {"en": "x", "fr": "y"}, 5, ["x"]])
def test_what_is_no_remark(scope: object) -> None:
    with pytest.raises(ValidationError) as error:
        figure(scope=scope)
    assert faulty_fields(error.value) == {"scope"}


def test_a_statement_is_said_in_both_languages() -> None:
    for statement in ("A query uses 0.34 Wh.", {"en": "A query uses 0.34 Wh."}):
        with pytest.raises(ValidationError):
            figure(statement=statement)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Has Capitals"),
        ("id", "double--hyphen"),
        ("id", "x\n"),
        ("id", "x" * 91),
        ("unit", 5),
        ("region", "usa!"),
        ("basis", "guessed"),
        ("checked", "yes"),
        ("gas", "CH4"),
        ("locator", 12),
        ("surprise", "x"),
    ],
)
def test_every_field_is_strict(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as error:
        figure(**{field: value})
    assert faulty_fields(error.value) == {field}


@pytest.mark.parametrize(
    "field", ["id", "subject", "value", "unit", "as_of", "region", "basis", "scope", "statement", "checked"]
)
def test_what_a_figure_must_have(field: str) -> None:
    with pytest.raises(ValidationError) as error:
        Figure.model_validate({key: value for key, value in FIGURE.items() if key != field})
    assert field in faulty_fields(error.value)


def test_records_are_unchangeable() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        figure().value = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "ftp://x"), ("url", "https://a b"), ("doi", "doi:10.1/x"), ("language", "english"), ("kind", "blog")],
)
def test_a_source_is_strict(field: str, value: str) -> None:
    least = {"id": "x-2024", "title": "T", "publisher": "P", "language": "en", "kind": "press", "checked": "primary"}
    assert Source.model_validate(least).figures == []
    with pytest.raises(ValidationError) as error:
        Source.model_validate({**least, field: value})
    assert faulty_fields(error.value) == {field}


def test_candidates_of_a_parameter_come_each_once_choices_first() -> None:
    parameter = Parameter.model_validate(PARAMETER)
    assert parameter.candidates() == ["a", "b"]
    assert parameter.paired_with("a") == ["c"]
    assert parameter.paired_with("b") == []
    assert parameter.derived_by_id("a") is None
    assert isinstance(parameter.choices[0], Choice)


def test_a_parameter_chooses_something() -> None:
    with pytest.raises(ValidationError):
        Parameter.model_validate({**PARAMETER, "choices": []})
