"""An amount in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from service.ask.case import Case
from service.ask.proposals import Proposal, written
from service.core.units import parse_unit
from service.reading.findings import Segment
from service.reading.text import book

_SAID: Final = (
    "use",
    "convert",
    "electricity",
    "water",
    "toward",
    "compare",
    "emissions",
    "total",
    "power",
    "and",
    "also-do",
)
ASKS: Final = frozenset({"amount"})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of convert_units."""
    amounts = [s for s in case.q.sorted("amount") if s.unit]
    scaled = [s for s in amounts if len(amounts) > 1 and _only_scaled(case, s)]  # 换算成亿度
    amounts = [s for s in amounts if s not in scaled]
    if len(amounts) != 1:
        return
    amount = amounts[0]
    scaled = [s for s in scaled if s.parsed.dimension == amount.parsed.dimension]
    wanted = (scaled[0], scaled[0].unit) if scaled else _unit(case, amount)
    if wanted is None:
        return
    segment, unit = wanted
    rate = amount.unit.partition("/")[2]
    to = f"{unit}/{rate}" if rate and parse_unit(unit).dimension != amount.parsed.dimension else unit
    # the unit explains itself and nothing else: a place or a subject in the question makes it another one
    yield Proposal("convert_units", {"amount": written(amount), "to": to}, [amount, segment], _SAID, 0.9)


def _only_scaled(case: Case, segment: Segment) -> bool:
    """Whether an amount is a unit with a scale before it and no number of its own."""
    return case.q.tokens[segment.first].text in book(case.knowledge).lexicon.scales


def _unit(case: Case, amount: Segment) -> tuple[Segment, str] | None:
    """A unit without a number that measures the same as the amount, the last one named."""
    for segment in reversed(case.q.of("unit")):
        if segment.sort != "words" or segment is amount:
            continue
        for unit in segment.names("unit"):
            same = "/" not in unit and parse_unit(unit).dimension == parse_unit(amount.unit.partition("/")[0]).dimension
            if (same or parse_unit(unit).dimension == amount.parsed.dimension) and unit != amount.unit:
                return segment, unit
    return None
