"""Claims that are on record with a verdict of their own, which a text may repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from service.check.comparing import ratio
from service.check.forms import form
from service.check.items import Item
from service.check.judging import Judgement
from service.core.claim import Claim, ClaimedNumber
from service.store.claims import claims_about
from service.store.kept import kept
from service.store.queries import Knowledge
from service.store.shelf import shelf

_LIFETIME: Final = "lifetime"
_HERE: Final = 2
_EXACT: Final = 1.001
_About = tuple[str | None, str | None]
_Stated = Sequence[tuple[ClaimedNumber, Claim]]


@kept
def _stated(knowledge: Knowledge) -> Mapping[_About, _Stated]:
    """The claims on record by the numbers that they state; those of things that are only counted have no quantity."""
    made: dict[_About, list[tuple[ClaimedNumber, Claim]]] = {}
    for claim in claims_about(knowledge):
        for number in claim.numbers:
            about = (number.subject, number.quantity) if number.quantity else (None, None)
            made.setdefault(about, []).append((number, claim))
    return made


def recorded(
    knowledge: Knowledge,
    item: Item,
    judgement: Judgement | None,
    quantity: str | None = None,
    subject: str | None = None,
) -> Judgement | None:
    """The verdict on record, where the text repeats a claim that has one; else the one that was found."""
    about = subject or item.subject, quantity or item.quantity
    if judgement is None or about[0] is None or about[1] is None:
        return judgement
    known = [
        claim
        for number, claim in _stated(knowledge).get(about, ())
        if _same(item, number) and _on(knowledge, item, judgement, claim)
    ]
    if not known or any(judgement.verdict == claim.verdict for claim in known):
        return judgement
    claim = known[0]
    return Judgement(claim.verdict, "recorded", judgement.best, judgement.said, None, judgement.factor, claim=claim)


def counted(knowledge: Knowledge, item: Item, thing: str) -> Judgement | None:
    """The verdict on record of so many things, of which the text does not say what they equal: five cars in their lifetimes."""
    lifetimes = item.around.says("lifetime") >= _HERE
    for number, claim in _stated(knowledge).get((None, None), ()):
        life = number.of is not None and _LIFETIME in number.of.en
        if number.unit == thing and number.value == item.mention.value and life == lifetimes:
            return Judgement(claim.verdict, "recorded", claim=claim)
    return None


def _on(knowledge: Knowledge, item: Item, judgement: Judgement, claim: Claim) -> bool:
    """Whether a claim on record rests on the figure that the text repeats, and speaks of its year."""
    if judgement.said is not None and not set(judgement.said.uses) & set(claim.figures):
        return False
    year = item.reading.year if item.reading else None
    held = [shelf(knowledge).by_id[name] for name in claim.figures]
    return year is None or any(each.begins.year <= year <= each.ends.year for each in held)


def _same(item: Item, number: ClaimedNumber) -> bool:
    """Whether a number of a text is the one on record."""
    mention = item.mention
    known = form(number.unit)
    if known.above != mention.form.above or number.value is None:
        return False
    value = number.value * known.factor / mention.form.factor
    return mention.form.period in {"", known.period} and ratio(value, mention.value) <= _EXACT
