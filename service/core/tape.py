"""Writing down what a computation does to its numbers, so that it can be done again to other numbers.

A computation is run once with a `Number` in the place of each float. A number does what a float does, and its tape keeps
every operation, and every question (is it at least one? which is larger?) with the answer. By its questions alone does a
computation choose its way. So whatever numbers answer them alike go through the same operations, and these can be done
straight, as the plain function that `Tape.compiled` makes of them; the first question that some numbers answer otherwise
tells that theirs is another way.

What cannot be written down raises `Escaped`: a number that becomes a text, an integer or a key, an operation that fails.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any, Final, NamedTuple, NoReturn, TypeVar, cast

Answer = tuple[float, ...] | int
_MOST: Final = 4000  # lines of a tape
_OPERATIONS: Final[dict[str, Callable[..., float]]] = {
    "{} + {}": operator.add,
    "{} - {}": operator.sub,
    "{} * {}": operator.mul,
    "{} / {}": operator.truediv,
    "{} ** {}": operator.pow,
    "-{}": operator.neg,
    "abs({})": abs,
}
_QUESTIONS: Final[dict[str, Callable[..., bool]]] = {
    "{} < {}": operator.lt,
    "{} <= {}": operator.le,
    "{} == {}": operator.eq,
}
_KNOWN: Final = {"inf": math.inf, "nan": math.nan}  # to a compiled function
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Escaped(Exception):
    """A number went where a tape does not follow."""


def _both(form: str) -> tuple[Callable[[Number, float], float], Callable[[Number, float], float]]:
    """An operator with the number before it, and behind it."""
    return (
        lambda number, other: number.tape.operate(form, number, other),
        lambda number, other: number.tape.operate(form, other, number),
    )


class Number:
    """A float of a computation that is being written down."""

    __slots__ = ("name", "tape", "value")

    def __init__(self, tape: Tape, name: str, value: float) -> None:
        self.tape = tape
        self.name = name
        self.value = value

    __add__, __radd__ = _both("{} + {}")
    __sub__, __rsub__ = _both("{} - {}")
    __mul__, __rmul__ = _both("{} * {}")
    __truediv__, __rtruediv__ = _both("{} / {}")
    __pow__, __rpow__ = _both("{} ** {}")

    def __neg__(self) -> float:
        return self.tape.operate("-{}", self)

    def __abs__(self) -> float:
        return self.tape.operate("abs({})", self)

    def __lt__(self, other: float) -> bool:
        return self.tape.ask("{} < {}", self, other)

    def __gt__(self, other: float) -> bool:
        return self.tape.ask("{} < {}", other, self)

    def __le__(self, other: float | Number) -> bool:
        return self._same(other) or self.tape.ask("{} <= {}", self, other)

    def __ge__(self, other: float | Number) -> bool:
        return self._same(other) or self.tape.ask("{} <= {}", other, self)

    def __eq__(self, other: object) -> bool:
        return self._same(other) or self.tape.ask("{} == {}", self, other)

    def _same(self, other: object) -> bool:
        return isinstance(other, Number) and other.name == self.name

    def __bool__(self) -> bool:
        return not self.tape.ask("{} == {}", self, 0)

    def __hash__(self) -> int:
        raise Escaped

    def _escape(self, *_: object) -> NoReturn:
        raise Escaped

    __float__ = __int__ = __index__ = __round__ = __trunc__ = __floor__ = __ceil__ = _escape
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = __rdivmod__ = _escape
    __str__ = __repr__ = __format__ = _escape


def pure(function: _Function) -> _Function:
    """A function of floats, and of tuples of such, to one or several, that may also be called with numbers on a tape.

    It must depend on its arguments alone: a tape does not look into it, and calls it again each time.
    """

    @wraps(function)
    def called(*operands: Any) -> Any:
        tape = next((number.tape for number in _numbers(operands)), None)
        return function(*operands) if tape is None else tape.call(function, operands)

    return cast("_Function", called)


log: Final = pure(math.log)


class _Line(NamedTuple):
    """An operation with the name of what it makes, or a question with none; and the names that it uses."""

    makes: str
    source: str
    uses: Sequence[str]


class Tape:
    """The operations and questions of one computation, in order."""

    def __init__(self) -> None:
        self._given: list[str] = []
        self._fixed: dict[str, float] = {}
        self._lines: list[_Line] = []
        self._made: dict[
            str, tuple[str, float]
        ] = {}  # not the numbers: they know the tape, so all would outlive their use
        self._asked: dict[str, bool] = {}
        self._functions: dict[Callable[..., Any], str] = {}

    def given(self, value: float) -> float:
        """A number that is given to the computation, in the order of the arguments of `compiled`."""
        name = f"g{len(self._given)}"
        self._given.append(name)
        return cast("float", Number(self, name, value))

    def fixed(self, value: float) -> float:
        """A number that the computation starts from each time."""
        name = f"f{len(self._fixed)}"
        self._fixed[name] = value
        return cast("float", Number(self, name, value))

    def operate(self, form: str, *operands: Any) -> float:
        """The result of an operation; the same number where it was made before."""
        source = form.format(*map(_spelled, operands))
        made = self._made.get(source)
        if made is None:
            made = self._made[source] = self._new(source, operands), _tried(_OPERATIONS[form], operands)
        return cast("float", Number(self, *made))

    def call(self, function: Callable[..., Any], operands: Sequence[Any]) -> Any:
        """What a function gives that the tape does not look into: a number, or a tuple of them."""
        found = _tried(function, operands)
        called = self._functions.setdefault(function, f"c{len(self._functions)}")
        made = Number(self, self._new(f"{called}{_spelled(tuple(operands))}", operands), 0)
        if isinstance(found, tuple):
            places = enumerate(found)
            return tuple(Number(self, self._new(f"{made.name}[{place}]", [made]), each) for place, each in places)
        made.value = found
        return made

    def _new(self, source: str, operands: Sequence[Any]) -> str:
        """Write an operation down; gives the name of what it makes."""
        name = f"v{len(self._lines)}"
        self._write(_Line(name, source, [number.name for number in _numbers(operands)]))
        return name

    def ask(self, form: str, *operands: Any) -> bool:
        """The answer to a question; it is asked once."""
        source = form.format(*map(_spelled, operands))
        answer = self._asked.get(source)
        if answer is None:
            answer = self._asked[source] = _QUESTIONS[form](*map(_plain, operands))
            used = [number.name for number in _numbers(operands)]
            self._write(_Line("", f"not ({source})" if answer else source, used))
        return answer

    def _write(self, line: _Line) -> None:
        if len(self._lines) >= _MOST:
            raise Escaped
        self._lines.append(line)

    def compiled(self, results: Sequence[float]) -> Callable[..., Answer]:
        """The computation as a function of the numbers `given`.

        It returns the `results`, or the place of the first question that its arguments answer otherwise. It raises what
        the operations raise.
        """
        needed = {number.name for number in _numbers(results)}
        body: list[str] = []
        for place, line in reversed(list(enumerate(self._lines))):
            if not line.makes:
                body.append(f" if {line.source}: return {place}")
            elif line.makes in needed:
                body.append(f" {line.makes} = {line.source}")
            else:
                continue
            needed.update(line.uses)
        arguments = [*self._given, *(f"{name}={value!r}" for name, value in self._fixed.items())]
        source = [f"def computed({', '.join(arguments)}):", *reversed(body), f" return {_spelled(tuple(results))}"]
        known = _KNOWN | {name: function for function, name in self._functions.items()}
        # nothing stands in it but the forms above, names of our own and numbers
        exec(compile("\n".join(source), "<tape>", "exec"), known)  # noqa: S102
        return cast("Callable[..., Answer]", known["computed"])


def _tried(function: Callable[..., Any], operands: Sequence[Any]) -> Any:
    try:
        return function(*_plain(tuple(operands)))
    except (ArithmeticError, ValueError) as error:
        raise Escaped from error


def _plain(operand: Any) -> Any:
    if isinstance(operand, tuple):
        return tuple(_plain(each) for each in operand)
    return operand.value if isinstance(operand, Number) else operand


def _spelled(operand: Any) -> str:
    if isinstance(operand, tuple):
        return f"({''.join(f'{_spelled(each)}, ' for each in operand)})"
    return operand.name if isinstance(operand, Number) else repr(operand)


def _numbers(operand: Any) -> Iterator[Number]:
    """The numbers on a tape among operands."""
    if isinstance(operand, Number):
        yield operand
    elif isinstance(operand, tuple | list):
        for each in operand:
            yield from _numbers(each)
