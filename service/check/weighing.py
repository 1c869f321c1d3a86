"""The verdict on each number of a text: by its own arithmetic, by calculators, by what is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.check.context import Memory
from service.check.equivalents import RATIO, TIMES, Comparison, comparison, thing
from service.check.finding import anyone, reading
from service.check.forms import POWER, dimension
from service.check.guessing import guess
from service.check.items import Item
from service.check.judging import Judgement, judge, judge_comparison, judge_sum
from service.check.mentions import mentions
from service.check.passages import Passage, passages
from service.check.ratios import against
from service.check.recorded import counted, recorded
from service.check.sums import Sum, follows, ratio, restated, sums
from service.store.queries import Knowledge
from service.store.shelf import shelf

_KEPT = 24  # numbers of the sentences before that one may follow from
_SOUND = ("supported", "supported-with-caveat")


@dataclass(frozen=True, slots=True)
class Weighed:
    """One claim of a text with its verdict."""

    item: Item
    judgement: Judgement
    quantity: str | None
    subject: str | None

    @property
    def base(self) -> Item | None:
        """The amount that it compares."""
        return self.judgement.compared.base if self.judgement.compared else None


def weighed(knowledge: Knowledge, text: str) -> Iterator[Weighed]:
    """The claims of a text in order, each with its verdict."""
    memory = Memory()
    earlier: list[Item] = []
    verdicts: dict[Item, Judgement] = {}
    for passage in passages(knowledge, text):
        items = _items(knowledge, memory, passage)
        found = []
        for item in items:
            near = [each for each in earlier if _near(each, item)]
            window = [*(each for each in near if follows(item, each)), *items]
            claim = _weigh(knowledge, item, window, [*near, *items], verdicts)
            if claim is not None:
                verdicts[item] = claim.judgement
                found.append(claim)
        found += [
            _premise(claim.base) for claim in found if claim.base and claim.base in items and claim.base not in verdicts
        ]
        yield from sorted(found, key=lambda claim: claim.item.mention.start)
        memory.keep(passage, [claim.subject for claim in found if claim.subject])
        earlier = [*earlier, *items][-_KEPT:]


def _premise(base: Item) -> Weighed:
    """An amount of which nothing is known but what it is compared with."""
    return Weighed(base, Judgement("no-source-known", "unknown"), base.quantity, base.subject)


def _near(earlier: Item, later: Item) -> bool:
    return later.mention.passage.number - earlier.mention.passage.number <= 2


def _items(knowledge: Knowledge, memory: Memory, passage: Passage) -> list[Item]:
    around = memory.around(passage)
    found = []
    stated = mentions(passage)
    for mention in stated:
        read = reading(knowledge, around, mention, stated)
        likely = guess(around, mention) if around.concerns_ai else None
        if read is None or not read.repeats:
            read = anyone(knowledge, around, mention, likely) or read
        if read is not None and likely is None and mention.form.percent and not (read.firm or read.repeats):
            read = None  # a percentage of who knows what
        found.append(Item(mention, around, read, likely))
    return found


def _weigh(
    knowledge: Knowledge, item: Item, window: Sequence[Item], wide: Sequence[Item], verdicts: dict[Item, Judgement]
) -> Weighed | None:
    if item.mention.segment.implied:
        return None  # a kilowatt-hour: a measure, no statement
    again = restated(item, window) or (ratio(item, window) if item.mention.what == TIMES and not thing(item) else None)
    if again is not None:
        return (
            _claim(item, judge_sum(again, verdicts), "unit-conversion" if again.rule == "converted" else RATIO)
            if again.wrong
            else None
        )
    if thing(item) is not None:
        return _compared(knowledge, item, window, verdicts)
    between = against(knowledge, item) if item.mention.what == TIMES else None
    if between is not None:
        return Weighed(item, judge_comparison(shelf(knowledge), between, verdicts), between.quantity, between.subject)
    total = sums(item, window) or _fitting(sums(item, wide))
    published = judge(shelf(knowledge), item.reading) if item.reading else None
    published = recorded(knowledge, item, published)
    told = published is not None or item.guess is not None or item.around.concerns_ai
    if total is not None and (told or total.wrong or any(part in verdicts for part in total.parts)):
        return _claim(item, _summed(total, published, verdicts))
    if published is not None:
        return _claim(item, published)
    return _claim(item, Judgement("no-source-known", "unknown")) if item.guess else None


def _fitting(total: Sum | None) -> Sum | None:
    """A sum that is not said to be one, but is: what it does not fit is wrong of nothing."""
    return total if total is not None and total.gap <= 1 else None


def _summed(total: Sum, published: Judgement | None, verdicts: dict[Item, Judgement]) -> Judgement:
    """A number that follows from others is judged by that, and by what is published where both agree."""
    by_sum = judge_sum(total, verdicts)
    if (
        by_sum.verdict == "arithmetic-wrong"
        or published is None
        or published.verdict in {"contradicted", "no-source-known"}
    ):
        return by_sum
    return published


def _compared(
    knowledge: Knowledge, item: Item, window: Sequence[Item], verdicts: dict[Item, Judgement]
) -> Weighed | None:
    found: Comparison | None = comparison(knowledge, item, window)
    if found is None:
        known = counted(knowledge, item, thing(item) or "")
        return Weighed(item, known, None, None) if known else None
    powered = found.base is not None and found.base.mention.form.above == dimension(POWER)
    generated = any(each.subject.kind == "energy-source" for each in item.mention.passage.named)
    if (powered or generated) and not item.around.concerns_ai:
        return None  # an espresso machine makes two cups, a solar park is enough for homes
    judgement = recorded(
        knowledge, item, judge_comparison(shelf(knowledge), found, verdicts), found.quantity, found.subject
    )
    return Weighed(item, judgement or Judgement("no-source-known", "unknown"), found.quantity, found.subject)


def _claim(item: Item, judgement: Judgement, quantity: str | None = None) -> Weighed:
    return Weighed(item, judgement, quantity or item.quantity, item.subject)


__all__ = ["Weighed", "replace", "weighed"]
