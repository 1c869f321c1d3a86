"""Formulas of derived numbers."""

from __future__ import annotations

import pytest

from service.store.formula import FormulaError, evaluate, names


@pytest.mark.parametrize(
    ("formula", "result"),
    [("a", 6.0), ("a * b", 12.0), ("a - b - c", 1.0), ("a / (b + c)", 1.2), ("(a)", 6.0), (" a+b*c ", 12.0)],
)
def test_evaluate(formula: str, result: float) -> None:
    # a = 6, b = 2, c = 3
    assert evaluate(formula, {"a": 6.0, "b": 2.0, "c": 3.0}) == result


def test_names() -> None:
    assert names("a * (b + a) / c_2") == {"a", "b", "c_2"}


@pytest.mark.parametrize(
    "formula",
    ["", "2 * a", "a ** b", "-a", "a // b", "a % b", "f(a)", "a.b", "a[0]", "a if b else c", "[a]", "a; b", "a = b",
     "__import__('os')", "lambda: a", "a < b", "a and b", "f'{a}'", "(" * 600, "a" + "+a" * 400, "a\0"],
)  # fmt: skip
def test_anything_else_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        names(formula)
