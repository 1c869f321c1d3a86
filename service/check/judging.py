"""How a number stands against what is published of the same kind of number of the same subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from service.check.comparing import NEAR, SAME, gap, inside, matches, ratio, value_of
from service.check.equivalents import Comparison
from service.check.forms import form
from service.check.items import Item
from service.check.kinds import family, kinds
from service.check.mentions import Mention, begins_change
from service.check.readings import Reading
from service.check.sums import Sum
from service.core.claim import Claim, Verdict
from service.store.shelf import Held, Link, Shelf

Why = Literal[
    "matches", "rounded", "computed", "matches-disputed", "statement", "estimate", "close", "in-range", "rival", "outdated", "older-near", "between", "far",
    "other-year", "unknown", "attributed", "recomputed", "sum-right", "sum-wrong", "equal-right", "equal-wrong", "equal-rival", "recorded", "typical",
]  # fmt: skip
_ROUNDED: Final = 1.05
_APART: Final = 1.25
_DISPUTED: Final = 1.5
_OUTLIER: Final = 5.0
_FAR_GENERIC: Final = 10.0
_TIGHT: Final = 4.0
_SOFT: Final = frozenset({"estimated", "assumed"})
_TOLD: Final = ("company-statement", "press")
_RULES: Final = ("policy", "standard")  # what they set is no estimate
_WORKED_OUT: Final = frozenset({"modelled", "estimated", "assumed"})
_RANKS: Final = {"chosen": 0, "former": 1, "rival": 2, "other": 3}
_YEAR: Final = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why, and the figures it rests on: the best known first, then those that the number is or is not."""

    verdict: Verdict
    why: Why
    best: Held | None = None  # the best known, in whose terms the factor is
    said: Held | None = None  # the figure that the text repeats
    other: Held | None = None  # one that disputes it
    factor: float | None = None
    total: Sum | None = None  # the sum that it follows from, or does not
    compared: Comparison | None = None  # what it is compared with, reckoned again
    claim: Claim | None = None  # the claim on record that it repeats

    @property
    def figures(self) -> list[str]:
        """The ids of the figures it rests on, each once."""
        held = [each for each in (self.said, self.best, self.other) if each is not None]
        used = [used for each in held for used in each.uses]
        if self.compared is not None:
            used += self.compared.figures
        if self.claim is not None:
            used += self.claim.figures
        return list(dict.fromkeys(used))


def judge(held: Shelf, found: Reading) -> Judgement:
    """The standing of a number whose subject and kind are known."""
    mention = found.mention
    timely = _timely(found)
    figures = timely or found.figures
    best = _alike(mention, _best(figures, found.year if timely else None), figures)
    factor = mention.based / value_of(best, mention) if value_of(best, mention) else None
    matched = [each for each in figures if matches(mention, each)]
    if not matched:
        return _unmatched(found, figures, best, factor, off_year=found.year is not None and not timely)
    nearest = min(matched, key=lambda each: _first_hand(mention, each, matched))
    exact = ratio(value_of(best, mention), mention.based) <= _ROUNDED
    meant = best in matched and (exact or mention.hedge in {"over", "under", "upto"})
    said = best if meant or ratio(value_of(nearest, mention), mention.based) > SAME else nearest
    said = said if said in matched else nearest
    if said.begins > best.ends:  # of what is expected, the best known is what else is expected
        best = _best([each for each in figures if each.begins > best.ends], None)
    theirs = _ascribed(found, figures)
    if theirs and not any(each in matched for each in theirs) and not found.generic:
        return Judgement("disputed", "attributed", theirs[0], said, None, factor)
    if found.year is not None and not timely:
        near = min(abs(found.year - year) for each in matched for year in (each.begins.year, each.ends.year))
        if near > 1:
            return Judgement("no-source-known", "other-year", best, said, None, factor)
        return Judgement("supported-with-caveat", "other-year", best, said, None, factor)
    if said is best or ratio(value_of(said, mention), value_of(best, mention)) <= SAME:
        return _accepted(held, found, said, best, factor)
    return _rivalling(held, found, said, matched, best, factor)


def _alike(mention: Mention, best: Held, figures: Sequence[Held]) -> Held:
    """Of what one study has for short, medium and long prompts, the one that a number is nearest to."""
    kind = kinds().get(family(best.quantity))
    if kind is None or not kind.of:
        return best
    cases = [each for each in figures if each.source == best.source and each.ends == best.ends]
    return min(cases, key=lambda each: gap(mention, each), default=best)


def _ascribed(found: Reading, figures: Sequence[Held]) -> list[Held]:
    """The figures of those whom the sentence names as its source."""
    q = found.mention.passage.q
    names = [name.lower() for segment in q.of("publisher") for name in segment.names("publisher")]
    return [each for each in figures if any(name in each.signed for name in names)]


def _accepted(held: Shelf, found: Reading, said: Held, best: Held, factor: float | None) -> Judgement:
    """The text repeats what is best known."""
    other, apart = _disputing(held, found, said)
    if found.generic:
        return Judgement("supported-with-caveat", "typical", best, said, None, factor)
    theirs = other is not None and other.subject == said.subject  # what is known of another only sets it in a light
    if other is not None and theirs and apart >= _OUTLIER and said.basis in _WORKED_OUT:
        return Judgement("disputed", "matches-disputed", best, said, other, factor)
    if other is not None and apart >= _DISPUTED:
        return Judgement("supported-with-caveat", "matches-disputed", best, said, other, factor)
    if said.kind is None:
        told = any(held.by_id[used].kind in _TOLD for used in said.uses)
        return Judgement("supported-with-caveat" if told else "supported", "computed", best, said, None, factor)
    if said.kind == "company-statement":
        return Judgement("supported-with-caveat", "statement", best, said, None, factor)
    if (said.basis in _SOFT and said.kind not in _RULES) or said.checked == "memory":
        return Judgement("supported-with-caveat", "estimate", best, said, None, factor)
    rounded = ratio(value_of(said, found.mention), found.mention.based) > SAME and not found.mention.ranged
    return Judgement("supported", "rounded" if rounded else "matches", best, said, None, factor)


def _rivalling(
    held: Shelf, found: Reading, said: Held, matched: Sequence[Held], best: Held, factor: float | None
) -> Judgement:
    """The text repeats a figure that is not the best known."""
    apart = ratio(value_of(said, found.mention), value_of(best, found.mention))
    if all(_is_old(held, each, best) for each in matched):
        if begins_change(found.mention):
            return Judgement("supported-with-caveat", "other-year", best, said, None, factor)
        if apart > _APART:
            return Judgement("outdated", "outdated", best, said, None, factor)
        return Judgement("supported-with-caveat", "older-near", best, said, None, factor)
    fresh = next(each for each in matched if not _is_old(held, each, best))
    modelled = fresh.basis in _WORKED_OUT and best.basis in _WORKED_OUT
    if apart <= (_DISPUTED if modelled else _APART):
        return Judgement("supported-with-caveat", "rival", best, fresh, None, factor)
    return Judgement("disputed", "rival", best, fresh, None, factor)


def _unmatched(
    found: Reading, figures: Sequence[Held], best: Held, factor: float | None, *, off_year: bool
) -> Judgement:
    mention = found.mention
    nearest = min(figures, key=lambda each: gap(mention, each))
    away = gap(mention, nearest)
    within = [each for each in figures if inside(mention, each)]
    if within and not off_year:
        wide = max(each.high for each in within) / max(min(each.low for each in within), 1e-300)
        verdict: Verdict = "supported-with-caveat" if wide <= _TIGHT else "disputed"
        if not found.firm and verdict == "disputed":
            return Judgement("no-source-known", "unknown", best, None, None, None)
        return Judgement(verdict, "in-range", best, within[0], None, factor)
    if away <= NEAR and not off_year:
        return Judgement("supported-with-caveat", "close", best, nearest, None, factor)
    values = sorted(value_of(each, mention) for each in figures)
    if found.generic or not found.sure or not found.firm or off_year:
        if found.firm and away >= _FAR_GENERIC and (mention.form.percent or not mention.form.is_number):
            return Judgement("contradicted", "far", best, None, None, factor)
        return Judgement("no-source-known", "unknown", best, None, None, None)
    if values[0] < mention.based < values[-1] and values[-1] > _DISPUTED * values[0]:
        return Judgement("disputed", "between", best, None, None, factor)
    return Judgement("contradicted", "far", best, None, None, factor)


# -- by arithmetic -----------------------------------------------------------------------------------------------------


def judge_sum(total: Sum, verdicts: Mapping[Item, Judgement]) -> Judgement:
    """A number that is to follow from others of the text."""
    factor = total.target.mention.based / total.expected if total.expected else None
    if total.wrong:
        return Judgement("arithmetic-wrong", "sum-wrong", factor=factor, total=total)
    return Judgement(_inherited(total.parts, verdicts), "sum-right", factor=factor, total=total)


def judge_comparison(held: Shelf, found: Comparison, verdicts: Mapping[Item, Judgement]) -> Judgement:
    """A count of things that an amount equals."""
    mention = found.target.mention
    factor = mention.value / found.value if found.value else None
    if _apart(mention, found.low, found.high) <= (_APART if mention.hedge else NEAR):
        parts = [each for each in (found.base, found.each) if each is not None]
        verdict = _inherited(parts, verdicts) if parts else "supported-with-caveat"
        return Judgement(verdict, "equal-right", factor=factor, compared=found)
    if found.base is not None:
        verdict = "arithmetic-wrong" if found.each is not None else "contradicted"
        return Judgement(verdict, "equal-wrong", factor=factor, compared=found)
    for estimate in found.answer["estimates"] if found.answer else ():
        known = held.by_id.get(estimate["figure"])
        if known is not None and _apart(mention, estimate["value"], estimate["value"]) <= NEAR:
            best = (
                next((held.by_id.get(e["figure"]) for e in found.answer["estimates"] if e["preferred"]), None)
                if found.answer
                else None
            )
            old = best is not None and _is_old(held, known, best)
            return Judgement(
                "outdated" if old else "disputed", "equal-rival", None, known, None, factor, compared=found
            )
    return Judgement("contradicted", "equal-wrong", factor=factor, compared=found)


def _apart(mention: Mention, low: float, high: float) -> float:
    if mention.low <= high and low <= mention.high:
        return 1.0
    return ratio(mention.low, high) if mention.low > high else ratio(low, mention.high)


def _inherited(parts: Sequence[Item], verdicts: Mapping[Item, Judgement]) -> Verdict:
    """A right sum is worth as much as its parts."""
    worst = {verdicts[part].verdict for part in parts if part in verdicts}
    return "supported" if worst <= {"supported"} else "supported-with-caveat"


# -- comparing --------------------------------------------------------------------------------------------------------


def _timely(found: Reading) -> list[Held]:
    """The figures of the year that the text speaks of, else those published in it; all where it names none."""
    if found.year is None:
        return list(found.figures)
    spoken = [each for each in found.figures if each.begins.year <= found.year <= each.ends.year]
    return spoken or [each for each in found.figures if each.issued[:4] == str(found.year)]


def _best(figures: Sequence[Held], year: int | None) -> Held:
    """The figure to hold a number against: the one calculators use, of those of the year asked for."""
    names = {each.id for each in figures}

    def rank(each: Held) -> tuple[bool, bool, bool, int, int, str]:
        spot_on = year is not None and not (each.begins.year <= year <= each.ends.year)
        superseded = any(link.type == "superseded-by" and (year is None or link.other in names) for link in each.links)
        recent = -each.ends.toordinal() if each.begins <= date.max else 0
        return spot_on, superseded, each.quantity != family(each.quantity), _RANKS[each.role], recent, each.id

    return min(figures, key=rank)


def _is_old(held: Shelf, each: Held, best: Held, depth: int = 3) -> bool:
    """Whether a figure has been overtaken by the best one, or was made from one that has."""
    if any(link.type == "superseded-by" for link in each.links):
        return True
    made_from = [link.other for link in each.links if link.type == "derived-from"]
    if depth and any(_is_old(held, held.by_id[name], best, depth - 1) for name in made_from):
        return True
    # it is said to be wrong, not to have been right once
    disputed = Link("disputed-by", best.id) in each.links or Link("disputed-by", each.id) in best.links
    return not disputed and (each.ends + _YEAR < best.ends and each.begins <= best.begins)


def _first_hand(mention: Mention, each: Held, matched: Sequence[Held]) -> tuple[bool, float, int]:
    """Of figures that a number may repeat, the one that it most likely goes back to: nearest, original, known to be used."""
    names = {other.id for other in matched}
    copied = any(link.type == "derived-from" and link.other in names for link in each.links)
    return copied, ratio(value_of(each, mention), mention.based), _RANKS[each.role]


def _disputing(held: Shelf, found: Reading, said: Held) -> tuple[Held | None, float]:
    """The figure that disputes one most, and how far the two are apart."""
    value = value_of(said, found.mention)
    named = [held.by_id[link.other] for link in said.links if link.type == "disputed-by"]
    others = [each for each in named if Link("superseded-by", said.id) not in each.links]
    apart = [
        (ratio(value, value_of(each, found.mention)), each)
        for each in others
        if form(each.unit.text).above == found.mention.form.above
    ]
    most = max(apart, key=lambda pair: pair[0], default=None)
    return (most[1], most[0]) if most else (None, 1.0)
