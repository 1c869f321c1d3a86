"""What a number of a text is a value of: the subject and the kind of number that fit it best."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from service.check.atlas import Group, atlas
from service.check.comparing import matches, value_of
from service.check.context import Around, nearest_year
from service.check.forms import ENERGY, dimension, fits, form, in_form_of
from service.check.kinds import Kind, kinds
from service.check.mentions import Mention
from service.check.readings import Fit, Reading, likeliest
from service.check.subjects import Candidate, candidates
from service.check.written import follows, is_fraction, is_ratio
from service.core.model import Subject
from service.reading.lexicon import lexicon
from service.store.queries import Knowledge
from service.store.shelf import Held, shelf

_MUCH: Final = 3.6e15  # mJ or g·m²/s²: a yearly use is said without `a year` from a gigawatt-hour on
_MORE, _NEVER, _NAMED, _SAME_PERIOD = 0.25, 2.0, 1.5, 0.5
_TIMELY: Final = 1.5  # for a figure of the very year that is named
_WORTH: Final = (0.0, 0.3, 0.7, 1.5)  # of a cue that is said before, in the sentence, in the clause
_APART: Final = 0.35  # for a word that is needed and stands in another clause
_IN_CLAUSE: Final = 3
_IN_SENTENCE: Final = 2
_NEAR_SUBJECT: Final = 1.0
_ODD: Final = (2.0, 4.0, 6.0)  # orders of magnitude beyond which a kind of number is less likely, each by this much
_UNLIKELY: Final = 0.8
_CLOSE: Final = 0.9  # at most, for a value that is near
_DISTINCT: Final = 4  # digits that are no coincidence
_LEAST: Final = -4.5
_SHARE: Final = "share-of-electricity"
_TIME: Final = "s"
_MANY: Final = 1000
_OTHER: Final = Kind(named=True)  # any other kind
_QUERY: Final = "query"
_USUAL: Final = ("query", "token", "video", "person")  # of which texts count a few without any meaning
_MACHINES: Final = frozenset({"server", "device"})
_ASKED: Final = ("service", "model", "task")
_FEWEST: Final = 2
_CARRIED: Final = 2.0  # from here on a subject is not named in the sentence itself
_WHOLE: Final = ("sector", "company", "region")
_TINY: Final = 1e-7
_SIGNS: Final = ("+", "-", "−", "±")  # of a change, where no word says what changes
_PARTS: Final = ("token", "image", "video", "session")


def reading(knowledge: Knowledge, around: Around, mention: Mention, others: Sequence[Mention]) -> Reading | None:
    """What a number is taken for, as far as figures are held of it; None where of nothing. `others` stand in its sentence."""
    found: list[Fit] = []
    blocked = False  # by a service or model of which no such number is held
    for candidate in candidates(knowledge, around, mention):
        subject = knowledge.subjects.get(candidate.subject)
        asked = subject is not None and subject.kind in _ASKED
        if blocked and asked:
            continue
        fitting = [group for group in atlas(knowledge).groups(candidate.subject) if fits(mention.form, group.form)]
        blocked = blocked or (asked and not fitting and candidate.cost < _NEAR_SUBJECT and not candidate.generic)
        for group in fitting:
            fit = _fitting(around, mention, others, candidate, subject, group)
            if fit is not None and fit.points > _LEAST:
                found.append(fit)
    return likeliest(knowledge, found)


def _fitting(
    around: Around,
    mention: Mention,
    others: Sequence[Mention],
    candidate: Candidate,
    subject: Subject | None,
    group: Group,
) -> Fit | None:
    """A number as one of a group of figures, with how well it fits; None where it cannot be one."""
    kind, named = kinds().get(group.quantity, _OTHER), _names(around, group.quantity)
    unlike = subject is not None and kind.kinds and subject.kind not in kind.kinds
    if unlike or (kind.named and not named) or not _allowed(around, mention, kind):
        return None
    said = _said(around, mention, kind)
    if said is None or not _of_one_such(mention, group.quantity) or not _period_said(around, mention, group, kind):
        return None
    if group.quantity == _SHARE and _is_of_sector(mention):
        return None
    points, hits, near, barred = said
    meant = _shared(mention, others) if kind.of == _QUERY else mention
    points += _NAMED * named - candidate.cost + _closeness(meant, group.figures)
    points += _SAME_PERIOD * bool(mention.form.period and mention.form.period == group.form.period)
    sure = bool(hits or kind.must or named) or candidate.cost < _NEAR_SUBJECT
    year, generic = _year(meant, group.figures), candidate.generic
    points += _TIMELY * (
        year is not None and any(_is_of(each, year) and matches(meant, each) for each in group.figures)
    )
    sure = sure or (year is not None and any(_is_of(each, year) for each in group.figures))
    read = Reading(meant, around, candidate.subject, group.quantity, group.figures, year, sure, generic, candidate.firm)
    if _is_elsewhere(read, candidate, near=near) or (not read.repeats and _is_tiny(meant, subject, group.figures)):
        return None
    barred = barred and points < 0
    return Fit(points, candidate.cost, barred, read)


def _is_of_sector(mention: Mention) -> bool:
    """Whether a share is one of a sector rather than of all electricity: 数据中心的一成, 10% of a data centre's electricity."""
    q = mention.passage.q
    for each in mention.passage.named:
        if each.subject.kind != "sector":
            continue
        before = q.folded.text[q.tokens[each.after - 1].end : q.tokens[mention.first].start]
        if each.after <= mention.first and before.strip() in lexicon().fraction_of:
            return True
        behind = [token.text for token in q.tokens[mention.after : each.first]]
        if behind[:1] and behind[0] in lexicon().fraction_of and set(behind[1:]) <= lexicon().articles | {"the", "all"}:
            return True
    return False


def _is_elsewhere(read: Reading, candidate: Candidate, *, near: bool) -> bool:
    """Whether a percentage is of what neither its sentence nor its subject tells: the stock market behind a company's emissions."""
    if not read.mention.form.percent or near or candidate.cost < _CARRIED:
        return False
    passage, first = read.mention.passage, read.mention.first
    before = passage.q.folded.text[: passage.q.tokens[first].start].rstrip()
    return not read.repeats or before.endswith(_SIGNS)


def _is_tiny(mention: Mention, subject: Subject | None, figures: Sequence[Held]) -> bool:
    """Whether a number is far too small for what a whole sector or company uses: the watts of an air conditioner that is called AI."""
    if subject is None or subject.kind not in _WHOLE or mention.form.is_number or mention.segment.each:
        return False
    least = min((value_of(each, mention) for each in figures), default=0.0)
    return mention.based < least * _TINY


def _year(mention: Mention, figures: Sequence[Held]) -> int | None:
    """The year that a number is said of; one that another clause names counts where it fits, not where it does not."""
    year = nearest_year(mention)
    if year is None or year.near:
        return year.value if year else None
    fitting = [each for each in figures if matches(mention, each)]
    timely = [each for each in figures if _is_of(each, year.value)]
    return year.value if timely and (not fitting or any(each in timely for each in fitting)) else None


def _is_of(each: Held, year: int) -> bool:
    """Whether a figure is of a year."""
    return each.begins.year <= year <= each.ends.year


def _shared(mention: Mention, others: Sequence[Mention]) -> Mention:
    """What one of several prompts takes, where a number is what they take together: 500 mL for 20 to 50 questions."""
    many = [
        each
        for each in others
        if each.what == "query" and not each.form.period and each.low >= _FEWEST and each.value < _MANY
    ]
    if not many or mention.segment.each or mention.clause - many[0].clause > 2:
        return mention
    count = many[0]
    if count.start > mention.end and not _per(mention, count):
        return mention
    return replace(
        mention,
        value=mention.value / count.value,
        low=mention.low / count.high,
        high=mention.high / count.low,
        ranged=False,
    )


def _per(mention: Mention, count: Mention) -> bool:
    """Whether a number is said to be for so many: 500 mL for every 20 questions."""
    q, clauses = mention.passage.q, mention.passage.clauses
    near = clauses[mention.first] == clauses[count.first]
    return near and any(mention.after <= s.first < count.first for s in q.find("per"))


def _allowed(around: Around, mention: Mention, kind: Kind) -> bool:
    """Whether a number that counts something, or nothing, can be one of this kind."""
    segment, what = mention.segment, mention.what
    if segment.sort == "amount" and not what:
        reduced = (
            mention.form.percent
            and segment.value != 0
            and is_fraction(mention)
            and around.says("fall", mention.clause) == _IN_CLAUSE
        )
        return mention.form.above != dimension(_TIME) and not reduced
    if what:
        many = mention.value >= _MANY or what not in _USUAL
        return many and what in kind.counted
    if not _MACHINES.isdisjoint(kind.counted):
        return follows(mention, kind.counted[0])
    return kind.bare and is_ratio(mention)


def _names(around: Around, quantity: str) -> bool:
    return any(segment.means("quantity", quantity) for segment in around.passage.q.of("quantity"))


def _of_one_such(mention: Mention, quantity: str) -> bool:
    """Whether a number that is said to be per token, per image … can be of a kind: only of what is so."""
    return mention.segment.each not in _PARTS or quantity.endswith(f"-per-{mention.segment.each}")


def _said(around: Around, mention: Mention, kind: Kind) -> tuple[float, int, bool, bool] | None:
    """How well words fit a kind of number, how many of its cues are said, whether any of its words is said in the sentence,
    whether some speak against it; None where they do not fit.
    """
    told = {mention.segment.each: _IN_CLAUSE}
    needed = max((told.get(name) or around.says(name, mention.clause) for name in kind.must), default=_IN_CLAUSE)
    if not needed or (kind.close and needed < _IN_CLAUSE):
        return None
    if kind.also and max(around.says(name) for name in kind.also) < _IN_SENTENCE:
        return None
    cued = [told.get(name) or around.says(name, mention.clause) for name in kind.cues]
    worth = [_WORTH[near] for near in cued]
    points = max(worth, default=0.0) + _MORE * sum(worth) - _APART * (_IN_CLAUSE - needed)
    against = sum(1 for name in kind.never if around.speaks_against(name, mention.clause))
    hits = sum(1 for near in cued if near >= _IN_SENTENCE)
    return points - _NEVER * against, hits, hits > 0 or needed >= _IN_SENTENCE, against > 0


def _period_said(around: Around, mention: Mention, group: Group, kind: Kind) -> bool:
    """Whether a number that is left without its period can be per the period of a kind of number."""
    if kind.of == _QUERY and around.times(mention.clause) and around.says("query", mention.clause) < _IN_CLAUSE:
        return False
    if mention.form.period or not group.form.period or mention.form.is_number:
        return True
    if group.form.period == "day":
        return bool(around.says("daily")) or _rates(around, "day")
    if mention.form.above == dimension(ENERGY) and not group.quantity.endswith("household"):
        return mention.based >= _MUCH or _rates(around, "year")
    return True


def _rates(around: Around, period: str) -> bool:
    """Whether a sentence speaks of a time."""
    q = around.passage.q
    return any(s.means("rate", period) or s.means("span", period) for s in (*q.of("rate"), *q.of("span")))


def _closeness(mention: Mention, figures: Sequence[Held]) -> float:
    """A little for a value that is near, to tell apart what nothing else does."""
    if mention.based <= 0:
        return 0.0
    values = [in_form_of(each.value, each.unit, mention.form) for each in figures]
    away = min((abs(math.log10(value / mention.based)) for value in values if value > 0), default=9.0)
    return _CLOSE * math.exp(-away) - _UNLIKELY * sum(away > odd for odd in _ODD)


def anyone(knowledge: Knowledge, around: Around, mention: Mention, quantity: str | None) -> Reading | None:
    """The figure that a number repeats to the last digit, where nobody is named whose number it is: one AI model emits 626,155 lb."""
    if quantity is None and mention.what == "times" and around.says("overestimate", mention.clause) >= 2:
        quantity = "overestimate-factor"
    told = any(each.subject.kind in {"service", "model", "company", "facility"} for each in around.passage.named)
    if quantity is None or told or around.passage.strangers:
        return None
    if quantity != "overestimate-factor" and len(re.sub(r"\D", "", mention.text).strip("0")) < _DISTINCT:
        return None
    held = shelf(knowledge)
    for figure in held.of_quantity(quantity):
        value = (
            in_form_of(figure.value, figure.unit, mention.form) if fits(mention.form, form(figure.unit.text)) else 0.0
        )
        if value and mention.low * mention.form.factor <= value <= mention.high * mention.form.factor:
            figures = held.of(figure.subject)[quantity]
            return Reading(
                mention, around, figure.subject, quantity, figures, _year(mention, figures), sure=True, generic=True
            )
    return None
