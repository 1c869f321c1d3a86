"""The steps from figures and inputs to results, read off the quantities themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from service.core.quantity import Quantity

Token = Quantity | str
_SIGNS: Final = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_BINDING: Final = {"leaf": 3, "*": 2, "/": 2, "+": 1, "-": 1}


@dataclass(frozen=True, slots=True)
class Step:
    """One named result: operands and signs in reading order, and what came of them."""

    number: int
    quantity: Quantity
    tokens: tuple[Token, ...]
    uses: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that the calculator gave to this step."""
        return self.quantity.name

    def __str__(self) -> str:
        shown = "".join(t if isinstance(t, str) else plain(t) for t in self.tokens)
        return f"{shown} = {plain(self.quantity)}"


def plain(quantity: Quantity) -> str:
    """A value and its unit, without any language: ``2.5e+09 1/day``."""
    return f"{quantity.value:g} {quantity.unit.text}".strip()


def steps(results: Iterable[Quantity]) -> list[Step]:
    """Every named step that the results rest on, each once, in the order in which they are needed."""
    found: dict[tuple[str, int], Step] = {}
    for result in results:
        _collect(result, found)
    return list(found.values())


def _key(quantity: Quantity) -> tuple[str, int]:
    # a conversion copies the quantity but keeps its parts: the step is the same one
    return quantity.name, id(quantity.parts)


def _collect(quantity: Quantity, found: dict[tuple[str, int], Step]) -> None:
    """Add the steps below a quantity, then its own where it is named."""
    if quantity.operation == "leaf" or (quantity.name and _key(quantity) in found):
        return
    for part in quantity.parts:
        if part.operation != "leaf":
            _collect(part, found)
    if quantity.name:
        tokens: list[Token] = []
        _spell(quantity, tokens, top=True)
        uses = [_use(token, found) for token in tokens if not isinstance(token, str)]
        distinct = tuple(dict.fromkeys([use for use in uses if use]))
        found[_key(quantity)] = Step(len(found) + 1, quantity, tuple(tokens), distinct)


def _use(operand: Quantity, found: dict[tuple[str, int], Step]) -> str:
    return operand.reference if operand.operation == "leaf" else f"step:{found[_key(operand)].number}"


def _spell(quantity: Quantity, tokens: list[Token], *, top: bool = False) -> None:
    """Append the expression down to leaves and named steps, with brackets where they are needed."""
    if quantity.operation == "leaf" or (quantity.name and not top):
        tokens.append(quantity)
        return
    left, right = quantity.parts
    sign = quantity.operation
    binding = _BINDING[sign]
    _operand(left, tokens, bracket=_binding(left) < binding)
    tokens.append(_SIGNS[sign])
    loose = _binding(right)
    _operand(right, tokens, bracket=loose < binding or (loose == binding and sign in "-/"))


def _binding(quantity: Quantity) -> int:
    return _BINDING["leaf"] if quantity.name else _BINDING[quantity.operation]


def _operand(quantity: Quantity, tokens: list[Token], *, bracket: bool) -> None:
    if bracket:
        tokens.append("(")
    _spell(quantity, tokens)
    if bracket:
        tokens.append(")")
