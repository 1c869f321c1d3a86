"""Numbers of a text that are to follow from one another: what a prompt takes times the prompts is what a day takes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from service.check.context import said_between
from service.check.forms import ENERGY, INTENSITY, MASS, POWER, dimension, seconds
from service.check.items import Item
from service.check.mentions import Mention

Rule = Literal["requests", "period", "run", "overhead", "load", "emitted", "converted", "times", "homes", "cars"]
_SLACK: Final = 1.03
_WRONG: Final = 1.15
_WRONG_ABOUT: Final = 1.3
_NEAR: Final = 2  # clauses
_FEW: Final = 4  # tokens
_CLAUSE: Final = 3  # said in the clause


@dataclass(frozen=True, slots=True)
class Sum:
    """A number with what it should be by the others, in base units per the time that it is per."""

    rule: Rule
    target: Item
    parts: tuple[Item, ...]
    low: float
    high: float

    @property
    def gap(self) -> float:
        """How many times the stated number is too large or too small; 1 where both overlap."""
        mention = self.target.mention
        low, high = mention.low * mention.form.factor, mention.high * mention.form.factor
        if low <= self.high * _SLACK and self.low <= high * _SLACK:
            return 1.0
        if high <= 0:
            return inf
        return low / self.high if low > self.high else self.low / high

    @property
    def expected(self) -> float:
        """The middle of what it should be."""
        return (self.low + self.high) / 2

    @property
    def wrong(self) -> bool:
        """Whether it is too far off to be rounding."""
        hedged = self.target.mention.hedge or any(part.mention.hedge for part in self.parts)
        return self.gap > (_WRONG_ABOUT if hedged else _WRONG)


def sums(target: Item, window: Sequence[Item]) -> Sum | None:
    """The sum that a number is the result of: one that fits where there is one, else one that does not."""
    options = [each for each in _options(target, window) if each.high > 0]
    best = min(options, key=lambda each: each.gap, default=None)
    return None if best is not None and best.wrong and _drawn(best, window) else best


def _drawn(total: Sum, window: Sequence[Item]) -> bool:
    """Whether another number before it is what the parts of a sum make, so that this one is something else."""
    mention = total.target.mention
    for other in window:
        theirs = other.mention
        if other in total.parts or theirs.start >= mention.start or theirs.passage is not mention.passage:
            continue
        if theirs.form[:2] == mention.form[:2]:
            made = [each for each in _options(other, window) if set(each.parts) <= set(total.parts)]
            if any(each.gap <= 1 for each in made):
                return True
    return False


def _options(target: Item, window: Sequence[Item]) -> Iterator[Sum]:
    above = target.mention.form.above
    before = [each for each in window if each is not target]
    if above == dimension(ENERGY):
        yield from _requests(target, before)
        yield from _periods(target, before)
        yield from _runs(target, before)
        yield from _overheads(target, before)
    if above == dimension(MASS):
        yield from _emitted(target, before)


def _ends(item: Item) -> tuple[float, float]:
    mention = item.mention
    if mention.hedge in {"over", "under"}:  # reckoned with as it is written
        return mention.based, mention.based
    return mention.low * mention.form.factor, mention.high * mention.form.factor


def _product(rule: Rule, target: Item, parts: tuple[Item, ...], factor: float = 1.0) -> Sum:
    low = high = factor
    for part in parts:
        least, most = _ends(part)
        low, high = low * least, high * most
    return Sum(rule, target, parts, low, high)


def _requests(target: Item, others: Sequence[Item]) -> Iterator[Sum]:
    """What one prompt takes times how many there are."""
    if target.is_each or target.quantity in {"training-electricity", "electricity-per-household"}:
        return
    for each in others:
        if not each.is_each or each.mention.form.above != dimension(ENERGY):
            continue
        for count in others:
            if count.mention.what != "query" or count.mention.value <= 1:
                continue
            wanted, per = target.mention.form.period, count.mention.form.period
            if wanted and not per and not count.daily:
                continue
            per = per or ("day" if count.daily else "")
            factor = seconds(wanted) / seconds(per) if wanted and per else 1.0
            yield _product("requests", target, (each, count), factor)
            if not wanted and target.yearly and per == "day":
                yield _product("requests", target, (each, count), seconds("year") / seconds("day"))


def _periods(target: Item, others: Sequence[Item]) -> Iterator[Sum]:
    """So much a day as so much a year."""
    wanted = target.mention.form.period
    for other in others:
        per = other.mention.form.period
        if other.mention.form.above != target.mention.form.above or not wanted or not per or per == wanted:
            continue
        if (
            other.mention.start < target.mention.start
            and _consequence(other.mention, target.mention)
            and _alike(other, target)
        ):
            yield _product("period", target, (other,), seconds(wanted) / seconds(per))


def _runs(target: Item, others: Sequence[Item]) -> Iterator[Sum]:
    """The power of so many chips over a time."""
    if target.mention.form.period:
        yield from _loads(target, others)
        return
    lengths = [each for each in others if each.mention.form.above == dimension("s") and not each.mention.what]
    for power in others:
        if power.mention.form.above != dimension(POWER) or power.mention.form.period:
            continue
        counts = _chips(others)
        elsewhere = not counts or counts[0].mention.passage is not target.mention.passage
        single = elsewhere or target.around.says("each", target.mention.clause) == _CLAUSE
        for parts in (*([(power, counts[0])] if counts else []), *([(power,)] if single else [])):
            for length in lengths:
                yield _product("run", target, (*parts, length))
            if not lengths and target.period:
                yield _product("run", target, parts, seconds(target.period))


def _overheads(target: Item, others: Sequence[Item]) -> Iterator[Sum]:
    """The electricity of computers times the power usage effectiveness of where they stand."""
    for pue in others:
        mention = pue.mention
        if mention.segment.sort != "number" or pue.around.says("pue", mention.clause) < _CLAUSE:
            continue
        for energy in others:
            if energy.mention.form.above == dimension(ENERGY) and energy.mention.start < target.mention.start:
                yield _product("overhead", target, (energy, pue))


def _loads(target: Item, others: Sequence[Item]) -> Iterator[Sum]:
    """A power that is drawn all the time: what is used is that, or less, but not more."""
    counts = _chips(others)
    for power in others:
        if power.mention.form.above != dimension(POWER) or power.mention.form.period:
            continue
        for parts in ((power,), *([(power, counts[0])] if counts else ())):
            found = _product("load", target, parts, seconds(target.mention.form.period))
            if target.mention.based >= found.low / _SLACK:
                yield found


def _chips(items: Sequence[Item]) -> list[Item]:
    """The numbers of chips that are given."""
    return [each for each in items if each.mention.what.startswith("accelerator:") and each.mention.value > 1]


def _emitted(target: Item, others: Sequence[Item]) -> Iterator[Sum]:
    """Electricity times what a unit of it emits."""
    for rate in others:
        if rate.mention.form.above != dimension(INTENSITY):
            continue
        for energy in others:
            if energy.mention.form.above != dimension(ENERGY):
                continue
            wanted, per = target.mention.form.period or target.period, energy.mention.form.period
            if target.mention.form.period and not per:
                continue
            factor = seconds(wanted) / seconds(per) if wanted and per else 1.0
            found = _product("emitted", target, (energy, rate), factor)
            if found.gap <= 1 or not (energy.is_each or per):
                yield found


# -- the same again ---------------------------------------------------------------------------------------------------


def restated(target: Item, window: Sequence[Item]) -> Sum | None:
    """A number that only says one before it in another unit: 1,287 MWh, that is 1.287 GWh."""
    mention = target.mention
    for other in reversed(window):
        theirs = other.mention
        if other is target or theirs.start >= mention.start or theirs.passage is not mention.passage:
            continue
        if theirs.form[:2] != mention.form[:2] or mention.form.is_number or theirs.unit == mention.unit:
            continue
        few = mention.first - theirs.after <= _FEW and mention.clause - theirs.clause <= _NEAR
        if few and said_between(mention.passage, "restating", _end(theirs), _start(mention)):
            return _product("converted", target, (other,))
    return None


def ratio(target: Item, window: Sequence[Item]) -> Sum | None:
    """How many times one amount of the sentence is another, where it says so and has just two that can be meant."""
    mention = target.mention
    own = [each for each in window if each.mention.passage is mention.passage and each.mention.segment.sort == "amount"]
    for first, second in itertools.pairwise(own):
        one, other = first.mention, second.mention
        alike = one.form[:2] == other.form[:2] and not one.form.percent and one.based > 0 and other.based > 0
        if alike and min(abs(mention.clause - one.clause), abs(mention.clause - other.clause)) <= 1:
            (low, high), (least, most) = sorted((_ends(first), _ends(second)), key=sum, reverse=True)
            return Sum("times", target, (first, second), low / most, high / least)
    return None


def _consequence(earlier: Mention, later: Mention) -> bool:
    """Whether a number is said to follow from one before it."""
    if earlier.passage is later.passage and said_between(later.passage, "consequence", _end(earlier), _start(later)):
        return True
    # a sentence that begins with it: that makes 300 MWh a day and 110 GWh a year
    until = _start(earlier) if earlier.passage is later.passage else _start(later)
    return said_between(later.passage, "consequence", 0, until)


def _start(mention: Mention) -> int:
    return mention.passage.q.tokens[mention.first].start


def _end(mention: Mention) -> int:
    return mention.passage.q.tokens[mention.segment.after - 1].end


def _alike(one: Item, other: Item) -> bool:
    """Whether two numbers are not said of different subjects."""
    return one.subject is None or other.subject is None or one.subject == other.subject


def follows(target: Item, part: Item) -> bool:
    """Whether a number of an earlier sentence is taken up by one of this."""
    return part.mention.passage is target.mention.passage or _consequence(part.mention, target.mention)
