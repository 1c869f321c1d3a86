"""As much as 17,000 homes, five hundred cars: comparisons, reckoned again by the calculators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from service.answers.leading import figures_of, leading
from service.check.forms import ENERGY, MASS, POWER, dimension, seconds
from service.check.items import Item
from service.core.answer import Answer
from service.core.errors import BadCall, NothingKnown
from service.run import run
from service.store.queries import Knowledge
from service.store.shelf import shelf

Of = Literal["energy", "emissions"]
# what is counted: what it is as much of, and what the calculator calls it
_THINGS: Final[Mapping[str, tuple[Of, str]]] = {
    "home": ("energy", "home"),
    "kettle": ("energy", "kettle"),
    "wash": ("energy", "wash"),
    "phone-charge": ("energy", "phone-charge"),
    "car": ("emissions", "car"),
    "flight": ("emissions", "flight"),
    "tree": ("emissions", "tree"),
}
_TOOLS: Final[Mapping[Of, str]] = {"energy": "energy_equivalents", "emissions": "emissions_equivalents"}
_DIMENSIONS: Final[Mapping[Of, tuple[str, ...]]] = {"energy": (ENERGY, POWER), "emissions": (MASS,)}
_USERS: Final = ("service", "model", "company", "facility", "sector")
_CAR, _LIFE = "passenger-car-us", "lifetime-emissions"
_EACH: Final = "electricity-per-household"
_QUANTITIES: Final[Mapping[str, str]] = {"home": "household-equivalents", "car": "car-equivalents"}
TIMES: Final = "times"
RATIO: Final = "ratio"
_HOME_DAY: Final = "day"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A count of things that something equals: what it is reckoned from, and what calculators make of it."""

    target: Item
    thing: str
    base: Item | None  # the amount of the text that it is reckoned from
    each: Item | None  # what the text says that one takes
    subject: str | None  # whose use it is reckoned from where the text gives no amount
    value: float  # what it should be
    low: float
    high: float
    answer: Answer | None  # of the calculator; None where the text itself gives all that is needed
    other: str | None = None  # with what it is compared, where it is no count of things
    held: tuple[str, ...] = ()  # figures that it is reckoned with where no calculator does it

    @property
    def figures(self) -> list[str]:
        """The figures that it is reckoned with."""
        if self.answer is None:
            return list(self.held)
        return figures_of(leading(self.answer["derivation"], self.answer["headline"]))

    @property
    def quantity(self) -> str:
        """The kind of number that it is."""
        return RATIO if self.thing == TIMES else _QUANTITIES.get(self.thing, f"{self.thing}-equivalents")


def thing(item: Item) -> str | None:
    """What a number counts, where it is something that energy or emissions are compared with."""
    mention = item.mention
    if mention.what in _THINGS:
        return mention.what
    if mention.what == "times" and item.around.says("home", mention.clause) == 3:
        return "home"  # 17,000 times what a home uses
    return None


def comparison(knowledge: Knowledge, item: Item, window: Sequence[Item]) -> Comparison | None:
    """What a count of homes, cars … should be; None where the text does not say what it equals."""
    what = thing(item)
    if what is None or (item.mention.value <= 1 and not item.mention.ranged):
        return None
    of, to = _THINGS[what]
    base = _base(item, window, of)
    each = _each(knowledge, item, window) if what == "home" else None
    if base is not None and each is not None and each is not base and each.mention.low > 0:
        return _divided(item, what, base, each)
    if what == "car" and item.around.says("lifetime") >= 2:
        return _lifetimes(knowledge, item, base)
    for raw, subject in _calls(knowledge, item, base, of):
        answer = _asked(knowledge, _TOOLS[of], raw | {"to": to} | _region(item))
        if answer is not None:
            return Comparison(item, what, base, None, subject, *result(answer), answer)
    return None


def _lifetimes(knowledge: Knowledge, item: Item, base: Item | None) -> Comparison | None:
    """Cars over their whole lives."""
    held = shelf(knowledge).of(_CAR).get(_LIFE, ())
    if base is None or not held:
        return None
    each = next(figure for figure in held if figure.role == "chosen")
    values = [base.mention.based / (figure.value * figure.unit.factor) for figure in held]
    value = base.mention.based / (each.value * each.unit.factor)
    return Comparison(
        item, "car-lifetime", base, None, base.subject, value, min(values), max(values), None, held=(each.id,)
    )


def _divided(item: Item, what: str, base: Item, each: Item) -> Comparison:
    """By the numbers of the text alone."""
    per = seconds(each.mention.form.period or "year")
    whole = seconds(base.mention.form.period) if base.mention.form.period else per
    scale = per / whole
    value = base.mention.based / each.mention.based * scale
    low = base.mention.low / each.mention.high * base.mention.form.factor / each.mention.form.factor * scale
    high = base.mention.high / each.mention.low * base.mention.form.factor / each.mention.form.factor * scale
    return Comparison(item, what, base, each, None, value, min(low, value), max(high, value), None)


def _base(item: Item, window: Sequence[Item], of: Of) -> Item | None:
    """The amount that is compared: the last one before the count, else one behind it in its sentence."""
    wanted = [dimension(unit) for unit in _DIMENSIONS[of]]
    fitting = [
        each
        for each in window
        if each.mention.form.above in wanted and each is not item and each.quantity != _EACH and not _of_one(each, of)
    ]
    before = [each for each in fitting if each.mention.start < item.mention.start]
    behind = [each for each in fitting if each.mention.passage is item.mention.passage]
    return before[-1] if before else behind[0] if behind else None


def _of_one(each: Item, of: Of) -> bool:
    """Whether an amount is what one of the counted things emits rather than what is compared."""
    return (
        of == "emissions"
        and each.subject is not None
        and each.subject.startswith(("passenger-car", "new-car", "flight"))
    )


def _each(knowledge: Knowledge, item: Item, window: Sequence[Item]) -> Item | None:
    """What the text says that one home uses: one of the place where the homes are, else the last."""
    said = [each for each in reversed(window) if each.quantity == _EACH]
    home = knowledge.home_of(_region(item).get("region", ""))
    there = [each for each in said if home is not None and each.subject == home.id]
    elsewhere = home is not None and bool(item.mention.passage.places)
    return next(iter(there if elsewhere else [*there, *said]), None)


def _calls(knowledge: Knowledge, item: Item, base: Item | None, of: Of) -> Iterator[tuple[dict[str, Any], str | None]]:
    if base is not None:
        mention = base.mention
        unit = mention.unit
        if of == "energy" and not mention.form.period and mention.form.above == dimension(ENERGY) and _is_rate(base):
            unit = f"{unit}/{'year' if base.yearly and not base.daily else 'day'}"
        yield {of: f"{mention.value!r} {unit}".replace("e+", "e")}, base.subject
        return
    for subject in _subjects(knowledge, item):
        yield {of: subject}, subject


def _is_rate(base: Item) -> bool:
    """Whether an amount without a time is what something uses in a time, which homes use too."""
    return (
        base.quantity in {"electricity-per-day", "electricity-per-year", "data-centre-electricity-per-year"}
        or base.daily
    )


def _subjects(knowledge: Knowledge, item: Item) -> list[str]:
    named = [each.subject.id for each in item.mention.passage.named if each.subject.kind in _USERS]
    told = [name for topic in reversed(item.around.before) for name in topic.subjects]
    known = [name for name in (*named, *told) if name in knowledge.subjects]
    return list(dict.fromkeys(name for name in known if knowledge.subjects[name].kind in _USERS))[:3]


def _region(item: Item) -> dict[str, str]:
    places = item.mention.passage.places
    near = [
        place.code
        for place in places
        if abs(place.first - item.mention.after) <= 4 or abs(item.mention.first - place.after) <= 4
    ]
    codes = (
        near
        or [place.code for place in places]
        or [code for topic in reversed(item.around.before) for code in topic.regions]
    )
    return {"region": codes[0]} if codes and codes[0] != "world" else {}


def _asked(knowledge: Knowledge, tool: str, raw: dict[str, Any]) -> Answer | None:
    for call in (raw, {name: value for name, value in raw.items() if name != "region"}):
        try:
            return run(knowledge, tool, call)
        except (BadCall, NothingKnown):
            continue  # no homes are known there, or no use of the subject
    return None


def result(answer: Answer) -> tuple[float, float, float]:
    """The headline, with its least and its most."""
    headline = answer["headline"]
    values = [headline["value"], headline["low"] or headline["value"], headline["high"] or headline["value"]]
    return headline["value"], min(values), max(values)
