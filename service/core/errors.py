"""Everything that can go wrong with a call, as one tree.

    WattciteError
    ├── BadCall               the caller's inputs: every fault of the call at once
    ├── NothingKnown          a fair question that no figure answers: says why, and what is nearest
    └── QuantityError         arithmetic that means nothing
        ├── UnknownUnit
        ├── DimensionMismatch
        ├── DivisionByRange
        ├── CorrelatedRange
        └── OutOfRange
    UndeclaredRead            a calculator read a parameter that it does not declare (our fault, not the caller's)

Messages are written for a language model that must repair its call: what was given, what is allowed, what is nearest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Absence = Literal["no-figure-published", "not-yet-collected", "refused"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one input."""

    field: str
    code: str
    message: str
    given: Any = None
    allowed: Sequence[str] = ()
    nearest: Sequence[str] = ()

    def as_dict(self) -> dict[str, Any]:
        """The fault as plain data, without what it does not say."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
            if value not in (None, (), [])
        }

    def __str__(self) -> str:
        hint = f" Did you mean {' or '.join(map(repr, self.nearest))}?" if self.nearest else ""
        if not hint and self.allowed and self.allowed[0] not in self.message:
            hint = f" Allowed: {', '.join(self.allowed)}."
        return f"{self.field}: {self.message}{hint}"


class WattciteError(Exception):
    """Base of all errors that a caller can cause or must be told of."""

    code: str = "error"


@dataclass(eq=False)
class BadCall(WattciteError):
    """The inputs of a call do not fit; every fault is listed."""

    tool: str
    faults: list[Fault]
    code: str = field(default="bad-call", init=False)

    def __str__(self) -> str:
        return f"{self.tool}: " + " ".join(map(str, self.faults))


class NothingKnown(WattciteError):
    """No figure answers this. `reason` is a key of the absences in words/<language>.yaml, filled with `words`."""

    code = "nothing-known"

    def __init__(
        self, reason: str, words: Mapping[str, Any], absence: Absence = "not-yet-collected", nearest: Sequence[str] = ()
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.words = words
        self.absence = absence
        self.nearest = nearest
        self.message = reason

    def __str__(self) -> str:
        return self.message


class QuantityError(WattciteError, ValueError):
    """Arithmetic on quantities that has no meaning."""

    code = "quantity"


class UnknownUnit(QuantityError):
    """A text that names no unit of units.txt."""

    code = "unknown-unit"

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"{text[:60]!r} is not a unit that is known here; write for example kWh, MWh/day, g/kWh, L or t."
        )


class DimensionMismatch(QuantityError):
    """Two units of different dimension where the same is needed; both sides are named."""

    code = "dimension-mismatch"

    def __init__(self, action: str, left: str, left_name: str, right: str, right_name: str) -> None:
        between = "to" if action == "convert" else "and"
        super().__init__(f"cannot {action} {left or '1'!r} ({left_name}) {between} {right or '1'!r} ({right_name}).")


class DivisionByRange(QuantityError):
    """Division by a quantity whose range contains zero."""

    code = "division-by-zero"

    def __init__(self, low: float, high: float, unit: str) -> None:
        super().__init__(f"cannot divide by {low:g} to {high:g} {unit}: the range contains zero.".replace(" :", ":"))


class CorrelatedRange(QuantityError):
    """The same uncertain number enters an expression in a way whose range cannot be told exactly."""

    code = "correlated-range"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"the range of this expression cannot be told: {', '.join(sorted(names))} enters it more than once, other than as a ratio or difference."
        )


class OutOfRange(QuantityError):
    """A result that is too large to be a number."""

    code = "out-of-range"


class UndeclaredRead(RuntimeError):
    """A calculator read a parameter that its declaration does not name."""
