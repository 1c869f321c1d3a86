"""A call: the name of a tool and its raw inputs, checked and resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote_plus

from pydantic import ValidationError

from service import calculators, packages
from service.core.answer import InputValue
from service.core.calculator import Calculator, discover, registry
from service.core.errors import BadCall, Fault
from service.core.inputs import USUAL_REGION, Inputs
from service.core.live import WISH, Live, Sight
from service.core.model import Subject
from service.core.quantity import Quantity
from service.store.queries import Knowledge
from service.store.resolve import Resolver, faults_of, nearest

_QUOTED: Final = {code: quote_plus(chr(code)) for code in range(128)}

discover(calculators)
discover(packages)


@dataclass(slots=True)  # not frozen, which would double the time it takes to make one
class Call:
    """A call that holds: its inputs resolved, and how each came to its value."""

    calculator: Calculator
    inputs: Inputs
    amounts: Mapping[str, Quantity | Subject | str]
    given: frozenset[str]
    sight: Sight | None = None  # what a live source was heard to say of the grid

    @property
    def wants_live(self) -> bool:
        """Whether it asks for the grid of the moment."""
        return bool(self.inputs.__dict__.get("grid") == WISH)

    @property
    def region(self) -> str:
        """The region whose grid it means."""
        return str(self.inputs.__dict__.get("region") or USUAL_REGION)

    @property
    def shown(self) -> dict[str, InputValue]:
        """Every input that has a value, with its status."""
        values = self.inputs.__dict__
        return {
            name: {"value": values[name], "status": "given" if name in self.given else "default"}
            for name in self.calculator.order
            if values[name] is not None
        }

    def addresses(self, estimates: int) -> tuple[str, str | None]:
        """The GET path that makes this call again, and that of its chart where that shows more than the sentence."""
        tool, values = self.calculator.name, self.inputs.__dict__
        given = [(name, values[name]) for name in self.calculator.order if name in self.given]
        # what `quote_plus` makes of a text, in a fifth of the time where it is plain
        parts = [
            f"{name}={value.translate(_QUOTED)}" if type(value) is str and value.isascii() else _parameter(name, value)
            for name, value in given
        ]
        query = "&".join(parts)
        query = f"?{query}" if query else ""
        charted = self.calculator.charted or estimates > 1
        chart = f"/v1/charts/calculators/{tool}.png{query}" if charted else None
        return f"/v1/calculators/{tool}{query}", chart


def _parameter(name: str, value: object) -> str:
    """An input as a parameter of a query: a list is a repeated one."""
    if isinstance(value, list):
        return "&".join([f"{name}={quote_plus(text)}" for text in value])
    return f"{name}={quote_plus(repr(value) if isinstance(value, float) else str(value))}"


def find(name: str) -> Calculator:
    """The calculator of this name. Raises `BadCall` naming the nearest ones."""
    found = registry.get(name)
    if found is None:
        fault = Fault("tool", "unknown-tool", "there is no such tool.", name, tuple(registry), nearest(name, registry))
        raise BadCall(name, [fault])
    return found


def prepare(knowledge: Knowledge, tool: str, raw: Mapping[str, Any], live: Live | None = None) -> Call:
    """Check and resolve all inputs of a call. Raises `BadCall` with every fault."""
    calculator = find(tool)
    resolver = Resolver(knowledge)
    if type(raw) is not dict or None in raw.values():  # strict callers send null for what they omit
        raw = {name: value for name, value in raw.items() if value is not None}
    faults: list[Fault] = []
    try:
        inputs = calculator.check(raw)
        values: Mapping[str, Any] = inputs.__dict__
    except ValidationError as error:
        inputs, faults, values = None, faults_of(error, calculator.inputs), raw
    resolved = resolver.resolve(calculator.inputs, values, skip=[fault.field for fault in faults])
    faults += resolver.faults
    if faults or inputs is None:
        raise BadCall(tool, faults)
    given = frozenset(inputs.model_fields_set)
    inputs.__dict__.update(resolved)  # made for this call alone; a copy would cost as much as all the checking
    call = Call(calculator, inputs, resolver.amounts, given)
    return replace(call, sight=_sight(call, live)) if live is not None and call.wants_live else call


def _sight(call: Call, live: Live) -> Sight | None:
    """What a live source was heard to say; nothing of a day gone by."""
    values = call.inputs.__dict__
    past = values.get("as_of") or values.get("year")
    return None if past else live.seen(call.region, values.get("boundary"))
