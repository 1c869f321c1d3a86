"""Formulas of derived numbers: names joined by + - * / and brackets, and nothing else."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar

T = TypeVar("T")

_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LONGEST: Final = 500


class FormulaError(ValueError):
    """A text that is no formula; the message names the part that is not allowed."""


def evaluate(formula: str, values: Mapping[str, T]) -> T:
    """The result of `formula` with each name replaced by its value; the operators are the values' own.

    Raises `FormulaError` when it is no formula, KeyError when a name has no value.

    >>> evaluate("a * (b - c)", {"a": 2, "b": 5, "c": 2})
    6
    """
    return _evaluate(_parse(formula), values)


def names(formula: str) -> set[str]:
    """The names in `formula`. Raises `FormulaError`."""
    return {node.id for node in ast.walk(_parse(formula)) if isinstance(node, ast.Name)}


@lru_cache(maxsize=256)
def _parse(formula: str) -> ast.expr:
    if len(formula) > _LONGEST:
        raise FormulaError(f"more than {_LONGEST} characters")
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError("not an expression") from error
    for part in _refused(tree):
        raise FormulaError(f"{ast.unparse(part)!r} in it")
    return tree


def _refused(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        yield from _refused(node.left)
        yield from _refused(node.right)
    elif not isinstance(node, ast.Name):
        yield node


def _evaluate(node: ast.expr, values: Mapping[str, T]) -> T:
    if isinstance(node, ast.Name):
        return values[node.id]
    if not isinstance(node, ast.BinOp):  # pragma: no cover - _parse has refused everything else
        raise FormulaError(ast.unparse(node))
    result: T = _OPERATORS[type(node.op)](_evaluate(node.left, values), _evaluate(node.right, values))
    return result
