"""Units of measurement: pint over our own ``knowledge/units.txt``, each unit string parsed once.

A unit string is names joined by ``*`` and ``/`` with small powers (``MWh/day``, ``g/kWh``, ``m**3``, ``1/day``); pint
knows what each name means. Units are interned and their products and factors cached, so arithmetic on the hot path is
dictionary look-ups.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, Final

from service.core.errors import DimensionMismatch, OutOfRange, UnknownUnit
from service.core.resources import resource

if TYPE_CHECKING:
    import pint

Dimension = tuple[tuple[str, float], ...]
Terms = tuple[tuple[str, int], ...]

_MAX_LENGTH: Final = 60
_SPELLINGS: Final = (("²", "**2"), ("³", "**3"), ("^", "**"), ("·", "*"), ("⋅", "*"), ("%", "percent"), (" per ", "/"))
_TERM: Final = re.compile(r"\s*([*/]?)\s*(1|[^\W\d][\w-]*)(?:\s*\*\*\s*(-?[1-9]))?(?![\w.])\s*")


class Unit:
    """One unit: its text, the names and powers it is made of, its dimension, and how many base units it is.

    Raises `UnknownUnit`, or `OutOfRange` where so many powers meet that the unit has no size.
    """

    __slots__ = ("dimension", "factor", "terms", "text")

    def __init__(self, text: str, terms: Terms) -> None:
        self.text = text
        self.terms = terms
        self.factor = 1.0
        powers: dict[str, float] = defaultdict(float)
        for name, power in terms:
            factor, dimension = _meaning(name)
            self.factor *= _raised(factor, power)
            for base, exponent in dimension:
                powers[base] += exponent * power
        if not 0 < self.factor < inf:
            raise OutOfRange(f"{text[:60]!r} is too large or too small for a unit.")
        self.dimension: Dimension = tuple(sorted((base, power) for base, power in powers.items() if power))

    def __repr__(self) -> str:
        return f"Unit({self.text!r})"

    @property
    def is_number(self) -> bool:
        """Whether the unit has no dimension: a pure number, a share, or a count of things."""
        return not self.dimension

    @property
    def counts(self) -> bool:
        """Whether the unit is a thing that is counted, or one over a time: homes, home-years; no pure number and no share."""
        counted, _, per = self.text.partition("-")
        if self.is_number:
            return bool(self.text) and self.factor == 1
        return bool(per) and parse_unit(counted).counts


@cache
def registry() -> pint.UnitRegistry[Any]:
    """The registry made from ``units.txt``, without pint's own definitions."""
    import pint  # noqa: PLC0415 - slower to import than all else together

    return pint.UnitRegistry(str(resource("knowledge/units.txt")))


Meaning = tuple[float, Dimension]
_taught: dict[str, Meaning] = {}


def teach(meanings: Mapping[str, Meaning]) -> None:
    """Take over a `vocabulary` that was worked out before, so that pint need not be loaded: it takes 30 MB and 80 ms."""
    _taught.update(meanings)


def vocabulary() -> dict[str, Meaning]:
    """What every name of ``units.txt`` means, and by what every prefix (``kilo-``) multiplies."""
    found: dict[str, Meaning] = {}
    for line in resource("knowledge/units.txt").read_text(encoding="utf-8").splitlines():
        spelled = [part.strip() for part in line.split("=")]
        if len(spelled) < 2 or line.startswith("#"):
            continue
        for name in (spelled[0], *spelled[2:]):
            if name.endswith("-"):
                found[name] = float(spelled[1]), ()
            elif name != "_" and _is_unit(name):
                found[name] = _meaning(name)
    return found


def spellings() -> list[str]:
    """The names that a caller may mean: every unit, and behind the short prefixes those with a short name."""
    known = vocabulary()
    names = [name for name in known if not name.endswith("-")]
    prefixes = [name[0] for name in known if name.endswith("-") and len(name) == len("k-")]
    return [*names, *(prefix + name for prefix in prefixes for name in names if name.isascii() and len(name) < 4)]


def _is_unit(name: str) -> bool:
    try:
        _meaning(name)
    except (UnknownUnit, OutOfRange):
        return False
    return True


@lru_cache(maxsize=4096)
def _meaning(name: str) -> Meaning:
    """How many base units one `name` is, and their dimension. Raises `UnknownUnit`."""
    written = name.replace("-", "_")
    if _taught:
        return _composed(written) or _unknown(name)
    # looked up as a name first: what is no name, pint would read as an expression (m⁹⁹⁹, nan, ½)
    if not registry().parse_unit_name(written):
        raise UnknownUnit(name)
    base: Any = registry().Quantity(1.0, written).to_base_units()
    return float(base.magnitude), tuple(sorted((str(k), float(v)) for k, v in base.dimensionality.items()))


def _composed(written: str) -> Meaning | None:
    """A taught name, with a prefix and an English plural as pint reads them; None where it is none."""
    for single in (written, written.removesuffix("s")):
        if single in _taught:
            return _taught[single]
        for end in range(1, len(single)):
            if f"{single[:end]}-" in _taught and single[end:] in _taught:
                factor, dimension = _taught[single[end:]]
                return _taught[f"{single[:end]}-"][0] * factor, dimension
    return None


def _unknown(name: str) -> Meaning:
    raise UnknownUnit(name)


def _raised(factor: float, power: int) -> float:
    try:
        return float(factor**power)
    except OverflowError:
        return inf


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """The unit that `text` names: ``MWh/day``, ``g/kWh``, ``%``, or empty for a pure number.

    Raises `UnknownUnit` when it is none.
    """
    cleaned = text.strip()
    if len(cleaned) > _MAX_LENGTH:
        raise UnknownUnit(text)
    spelled = cleaned
    for sign, word in _SPELLINGS:
        spelled = spelled.replace(sign, word)
    powers: dict[str, int] = defaultdict(int)
    position = 0
    while position < len(spelled):
        found = _TERM.match(spelled, position)
        if not found or (position > 0) != bool(found[1]) or (found[2] == "1" and position > 0):
            raise UnknownUnit(text)
        if found[2] != "1":
            _meaning(found[2])  # a name that cancels (foo/foo) must be known too
            powers[found[2]] += int(found[3] or 1) * (-1 if found[1] == "/" else 1)
        position = found.end()
    try:
        return Unit(cleaned, _terms(powers))
    except OutOfRange as error:
        raise UnknownUnit(text) from error


def _terms(powers: dict[str, int]) -> Terms:
    return tuple((name, power) for name, power in powers.items() if power)


NUMBER: Final = Unit("", ())


@lru_cache(maxsize=4096)
def product(left: Unit, right: Unit, sign: int = 1) -> Unit:
    """The unit of a product (`sign` 1) or quotient (`sign` -1), equal names cancelled: Wh × 1/day = Wh/day.

    Raises `OutOfRange` where the product of so many units has no size.
    """
    powers: dict[str, int] = defaultdict(int, left.terms)
    for name, power in right.terms:
        powers[name] += sign * power
    terms = _terms(powers)
    return Unit(_text(terms), terms)


def _text(terms: Terms) -> str:
    above = [_power(name, power) for name, power in terms if power > 0]
    below = [_power(name, -power) for name, power in terms if power < 0]
    text = "*".join(above) or ("1" if below else "")
    return "/".join([text, *below])


def _power(name: str, power: int) -> str:
    shown = "%" if name == "percent" else name
    return shown if power == 1 else f"{shown}**{power}"


@lru_cache(maxsize=8192)
def conversion(given: Unit, wanted: Unit) -> float:
    """What to multiply a number of `given` by to have it in `wanted`. Raises `DimensionMismatch`."""
    if given.dimension != wanted.dimension:
        raise DimensionMismatch("convert", given.text, dimension_name(given), wanted.text, dimension_name(wanted))
    return given.factor / wanted.factor


def dimension_name(unit: Unit) -> str:
    """A dimension in words, for messages: energy, mass per energy …; its base powers where it has no name."""
    if not unit.dimension:
        return "pure number"
    powers = (f"{name.strip('[]')}" + (f"^{power:g}" if power != 1 else "") for name, power in unit.dimension)
    return _names().get(unit.dimension) or "·".join(powers)


@cache
def _names() -> dict[Dimension, str]:
    known = {
        "J": "energy", "W": "power, energy per time", "g": "mass", "s": "time", "m": "length", "L": "volume",
        "g/J": "mass per energy", "L/J": "volume per energy", "1/s": "count per time", "g/s": "mass per time",
        "L/s": "volume per time", "J/m": "energy per length", "g/m": "mass per length", "USD": "money (USD)",
        "USD/J": "money (USD) per energy", "FLOP": "computation", "FLOP/s": "computation per time",
    }  # fmt: skip
    return {parse_unit(text).dimension: name for text, name in known.items()}
