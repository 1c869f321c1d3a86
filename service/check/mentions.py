"""The numbers of a passage as they are meant: about 500, more than 500, 20 to 50, hundreds; and how exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from service.check.exactness import Hedge, hedged, meant
from service.check.forms import ENERGY, MASS, VOLUME, Form, dimension, form
from service.check.passages import Passage
from service.reading.findings import Segment
from service.reading.lexicon import lexicon

_NEAR: Final = 18  # characters before or behind a number among which a hedge is looked for
_MOST: Final = 40  # numbers of one sentence
_BETWEEN: Final = 4  # tokens between a number and what it counts
_ONE_KWH: Final = "kilowatt-hour"
_PER: Final = 7  # tokens between a number and what it is per: g of CO2e per kWh


@dataclass(frozen=True, slots=True)
class Mention:
    """One number that a passage states, between `low` and `high` as a reader understands it."""

    passage: Passage
    segment: Segment
    after: int  # the token after it
    start: int  # its characters in the text
    end: int
    value: float
    low: float
    high: float
    unit: str
    form: Form
    hedge: Hedge
    ranged: bool
    what: str  # what it counts, where it counts

    @property
    def first(self) -> int:
        """Its first token."""
        return self.segment.first

    @property
    def clause(self) -> int:
        """The clause in which it stands."""
        return self.passage.clauses[self.segment.first]

    @property
    def text(self) -> str:
        """As the text has it."""
        return self.passage.q.folded.typed[self.start - self.passage.start : self.end - self.passage.start]

    @property
    def based(self) -> float:
        """Its value in base units, per the time that it is per."""
        return self.value * self.form.factor


def mentions(passage: Passage) -> list[Mention]:
    """The amounts, counts and bare numbers of a passage, in order; the two ends of a range are one.

    No sentence has many: of what has, a heap of numbers, the first are taken.
    """
    found: list[Mention] = []
    numbers = {"amount", "count", "number"}
    segments = [s for s in passage.q.segments if not s.inner and s.sort in numbers]
    for segment in segments[:_MOST]:
        mention = _mention(passage, segment)
        if found and _per_the_same(found[-1], mention):
            mention = replace(mention, unit=found[-1].unit, form=found[-1].form)
        if found and _continues(passage, found[-1], mention):
            found[-1] = _ranged(found[-1], mention)
        else:
            found.append(mention)
    return found


def _per_the_same(before: Mention, mention: Mention) -> bool:
    """Whether a number is per what the one before is per: 44 g per kWh in France, 709 g in India."""
    above, _, below = before.unit.partition("/")
    told = mention.form.above in {dimension(MASS), dimension(VOLUME)}
    return bool(below) and mention.unit == above and told and is_energy(below)


def is_energy(unit: str) -> bool:
    """Whether a unit is one of energy."""
    return dimension(unit) == dimension(ENERGY)


def _mention(passage: Passage, segment: Segment) -> Mention:
    typed = passage.q.typed(segment)
    hedge = hedged(passage, segment)
    low, high = meant(typed, segment, hedge)
    what = _counted(passage, segment)
    unit, after = _unit(passage, segment, what)
    start, end = passage.q.span(segment)
    if after > segment.after:
        end = passage.q.folded.end(passage.q.tokens[after - 1].end)
    return Mention(
        passage, segment, after, passage.start + start, passage.start + end, segment.value, low, high, unit, form(unit),
        hedge, segment.low < segment.high, what,
    )  # fmt: skip


# -- ranges -----------------------------------------------------------------------------------------------------------


def _continues(passage: Passage, lower: Mention, upper: Mention) -> bool:
    """Whether a number is the upper end of a range that the one before begins: 15% to 20%, not from 5% to 22%."""
    counted = lower.segment.sort == "number" and upper.what != "" and "." not in lower.text
    if (lower.form != upper.form or lower.segment.sort != "amount") and not counted:
        return False
    if lower.value >= upper.value or lower.ranged:
        return False
    tokens, words = passage.q.tokens, lexicon()
    between = tokens[lower.segment.after : upper.first]
    gap = passage.q.folded.text[tokens[lower.segment.after - 1].end : tokens[upper.first].start].strip()
    joined = len(between) == 1 and between[0].text in words.ranges and gap == between[0].text
    dashed = not between and gap in {"-", "–", "~", "—"}
    if not joined and not dashed:
        return False
    return not begins_change(lower) and (gap != "and" or _ends_with(_before(passage, lower.segment), "between"))


def begins_change(mention: Mention) -> bool:
    """Whether a number is what something has changed from."""
    before = _before(mention.passage, mention.segment)
    return any(_ends_with(before, word) for said in lexicon().said.values() for word in said["change_from"])


def _before(passage: Passage, segment: Segment) -> str:
    start = passage.q.tokens[segment.first].start
    return passage.q.folded.text[max(0, start - _NEAR) : start].rstrip()


def _ranged(lower: Mention, upper: Mention) -> Mention:
    middle = lower.value / 2 + upper.value / 2
    return replace(
        lower, after=upper.after, end=upper.end, value=middle, low=lower.value, high=upper.value, ranged=True, hedge="",
        what=upper.what, unit=upper.unit, form=upper.form,
    )  # fmt: skip


def _ends_with(text: str, word: str) -> bool:
    """Whether a text ends with a whole word."""
    return text.endswith(word) and (not word[0].isascii() or not text[: -len(word)][-1:].isalpha())


# -- per what ---------------------------------------------------------------------------------------------------------


def _unit(passage: Passage, segment: Segment, what: str) -> tuple[str, int]:
    """The unit of a number with what it is per, and the token after all that says it."""
    if what:
        below = f"1/{segment.rate}" if segment.rate and what != "times" else ""
        return ("h" if what == "device-hour" else below), _noun(passage, segment, what)
    if segment.sort == "number" or segment.rate or segment.each:
        return segment.unit, segment.after
    if segment.parsed.dimension in {dimension(MASS), dimension(VOLUME)}:
        per = _below(passage, segment)
        if per is not None:
            return f"{segment.unit}/{per}", segment.after
    return segment.unit, segment.after


def _below(passage: Passage, segment: Segment) -> str | None:
    """The unit of energy that an amount is per: each kWh causes 350 g; 350 g of CO2 per kWh; a kWh that is made emits 44 g."""
    clauses = passage.clauses
    for one in passage.q.sorted("amount"):
        near = one.first < segment.first or one.first - segment.after <= _PER
        said = one.implied or (one.value == 1 and one.first < segment.first)
        if said and near and is_energy(one.unit) and clauses[one.first] == clauses[segment.first]:
            return one.unit
    for one in passage.q.of("subject"):
        if (
            one.means("subject", _ONE_KWH)
            and one.first < segment.first
            and clauses[one.first] == clauses[segment.first]
        ):
            return "kWh"
    return None


_TIMES: Final = re.compile(r"[x×]\b(?!\s*[a-z]*\d)")  # 10x a search; 8x H100 are eight


def _counted(passage: Passage, segment: Segment) -> str:
    """What a number counts; times where it says so, even of something that is asked per day."""
    following = next((s for s in passage.q.segments if s.first == segment.after and not s.inner), None)
    if segment.sort != "amount" and following is not None and following.means("concept", "times"):
        return "times"
    if segment.sort == "number" and _TIMES.match(passage.q.folded.text, passage.q.tokens[segment.after - 1].end):
        return "times"
    return segment.what or _chips(passage, segment)


def _chips(passage: Passage, segment: Segment) -> str:
    """What 1000块 counts behind the name of a chip: no money."""
    chips = [each for each in passage.named if each.subject.kind == "accelerator"]
    before = [each.subject.id for each in chips if each.first < segment.first]
    behind = [each.subject.id for each in chips if each.first in {segment.after, segment.after + 1}]
    tokens = passage.q.tokens
    last, following = tokens[segment.after - 1].text, tokens[min(segment.after, len(tokens) - 1)].text
    money = segment.sort == "amount" and segment.unit == "CNY" and lexicon().has(last, "classifier")
    plain = segment.sort == "number" and lexicon().has(following, "classifier")
    named = behind or before
    return f"accelerator:{named[-1]}" if named and (money or (plain and behind)) else ""


def _noun(passage: Passage, segment: Segment, what: str) -> int:
    """The token after the noun that a count counts, and after the rate behind it."""
    after = segment.after
    for following in passage.q.segments:
        if following.inner or following.first < after:
            continue
        if (
            following.first > segment.after + _BETWEEN
            or passage.clauses[following.first] != passage.clauses[segment.first]
        ):
            break
        name = what.partition(":")[2]
        if following.means("concept", what) or (name and following.means("subject", name)):
            after = following.after
        elif after > segment.after:
            return following.after if following.first == after and following.means("rate") else after
    return after
