"""Which kinds of numbers a question can be about, from its measure and what it is per."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from service.ask.case import Case
from service.ask.proposals import Measure

_PER: Final[dict[tuple[Measure, str], tuple[str, ...]]] = {
    ("electricity", "training"): ("training-electricity", "training-power"),
    ("electricity", "query"): (
        "electricity-per-query", "electricity-per-session", "electricity-per-image", "electricity-per-video", "electricity-per-token",
        "electricity-per-use", "electricity-per-charge",
    ),
    ("electricity", "transaction"): ("electricity-per-transaction",),
    ("electricity", "image"): ("electricity-per-image",),
    ("electricity", "video"): ("electricity-per-video", "electricity-per-video-minute"),
    ("electricity", "session"): ("electricity-per-session",),
    ("electricity", "token"): ("electricity-per-token",),
    ("electricity", "home"): ("electricity-per-household",),
    ("electricity", "person"): ("electricity-per-capita", "residential-electricity-per-capita"),
    ("electricity", "day"): ("electricity-per-day",),
    ("electricity", "hour"): ("electricity-per-hour",),
    ("electricity", ""): (
        "electricity-per-query", "electricity-per-session", "electricity-per-year", "data-centre-electricity-per-year", "electricity-per-day",
        "national-electricity-demand", "electricity-per-household", "electricity-per-image", "electricity-per-video", "training-electricity",
        "electricity-per-hour", "electricity-per-use", "electricity-per-charge", "electricity-per-km", "electricity-per-transaction",
        "rated-power", "system-power-max", "power-demand", "power-capacity", "generation-per-year",
    ),
    ("electricity", "year"): (
        "electricity-per-year", "data-centre-electricity-per-year", "national-electricity-demand", "electricity-per-household",
        "it-electricity-per-year", "residential-electricity", "electricity-per-day",
    ),
    ("emissions", "training"): (
        "training-emissions", "training-lifecycle-emissions", "training-and-use-emissions",
    ),
    ("emissions", "query"): ("emissions-per-query", "emissions-per-image", "emissions-per-use", "emissions-per-trip", "emissions-per-hour", "emissions-per-kg"),
    ("emissions", "image"): ("emissions-per-image",),
    ("emissions", "person"): ("co2-per-capita", "emissions-per-capita"),
    ("emissions", "year"): ("emissions-per-year", "energy-related-co2-per-year"),
    ("emissions", ""): (
        "emissions-per-query", "emissions-per-trip", "emissions-per-year", "training-emissions", "emissions-per-passenger-km", "emissions-per-km",
        "lifecycle-carbon-intensity", "emissions-per-use", "emissions-per-hour", "emissions-per-kg", "co2-per-capita", "embodied-emissions",
        "share-of-world-emissions", "energy-related-co2-per-year", "grid-carbon-intensity",
    ),
    ("water", "training"): ("training-water", "training-and-use-water"),
    ("water", "query"): ("water-per-query", "water-per-use"),
    ("water", "year"): (
        "data-centre-water-consumption-per-year", "water-consumption-per-year", "data-centre-water-withdrawal-per-year", "water-withdrawal-per-year",
        "indirect-water-consumption-per-year",
    ),
    ("water", "day"): ("water-per-day",),
    ("water", ""): (
        "water-per-query", "data-centre-water-consumption-per-year", "water-consumption-per-year", "data-centre-water-withdrawal-per-year",
        "water-withdrawal-per-year", "water-per-use", "wue", "water-intensity-of-electricity", "training-water", "training-and-use-water", "water-footprint-per-kg",
    ),
    ("cost", ""): ("electricity-price-industry", "electricity-price-commercial", "electricity-price-household", "cost-per-developer-day", "lcoe", "battery-pack-price"),
}  # fmt: skip
# concept → the kinds of numbers that it names by itself
_NAMED: Final = (
    ("household-tariff", ("electricity-price-household",)),
    ("industry-tariff", ("electricity-price-industry",)),
    ("commercial-tariff", ("electricity-price-commercial",)),
    ("device-hour", ("training-accelerator-hours",)),
    ("pue", ("pue",)),
    ("wue", ("wue",)),
    ("carbon-free", ("carbon-free-energy-share",)),
    ("renewable", ("renewable-electricity-share", "low-carbon-share", "renewable-electricity-bought-per-year")),
    ("intensity", ("grid-carbon-intensity", "lifecycle-carbon-intensity")),
    ("grid", ("grid-carbon-intensity",)),
    ("requests", ("requests-per-day", "tokens-per-day")),
    ("withdrawal", ("data-centre-water-withdrawal-per-year", "water-withdrawal-per-year")),
    ("users", ("weekly-users", "monthly-users", "daily-users", "paid-users")),
    ("embodied", ("embodied-emissions", "embodied-emissions-per-accelerator")),
    ("lifetime", ("hardware-lifetime",)),
    ("parameter", ("parameters-total", "parameters-active")),
    ("rack", ("rack-power", "system-power-max")),
    ("chips-number", ("training-accelerator-count", "accelerator-count", "server-count")),
    ("population", ("population",)),
    ("duration", ("training-duration",)),
)
_POWER: Final = (
    "rated-power",
    "system-power-max",
    "rack-power",
    "server-power-per-accelerator",
    "power-capacity",
    "training-power",
    "power-demand",
)
_THRESHOLDS: Final = ("policy-threshold-power", "policy-threshold-energy", "policy-threshold-investment")
_SAVING: Final = (
    "energy-saving",
    "electricity-saving-per-year",
    "emission-saving",
    "emissions-avoided-per-year",
    "water-saving",
)
_SHARE: Final = (
    "share-of-electricity",
    "ai-share-of-data-centre-electricity",
    "cooling-share-of-electricity",
    "inference-share",
)
_GROWTH: Final = (
    "electricity-growth",
    "electricity-growth-since-base",
    "emissions-growth-since-base",
    "electricity-growth-factor",
)
_FOOTPRINT: Final[list[Measure]] = ["emissions", "electricity"]
_ALL: Final[list[Measure]] = ["electricity", "emissions", "water"]
_TARIFFS: Final = ("household-tariff", "industry-tariff", "commercial-tariff")
_RATIOS: Final = (("image", "image"), ("query", "text-query"))
_PERS: Final = ("training", "transaction", "image", "video", "session", "token", "query", "person", "home")


def candidates(case: Case) -> list[str]:
    """The kinds of numbers that a question can be about, the likeliest first."""
    return _told(case)[0]


def named_kind(case: Case) -> bool:
    """Whether the question names a kind of number, so that it is plain what is asked for."""
    concepts = (concept for concept, _ in _NAMED)
    return bool(case.q.of("quantity")) or case.q.has(*concepts, "save", "benefit", "reasoning-model")


def special(case: Case) -> int:
    """How many of the first candidates the question names by something other than its measure."""
    return _told(case)[1]


def _told(case: Case) -> tuple[list[str], int]:
    """The candidates, and how many of them are special; worked out once for a question."""
    if case.kinds is None:
        first = dict.fromkeys(_special(case))
        case.kinds = list(dict.fromkeys([*first, *_measured(case)])), len(first)
    return case.kinds


def named(case: Case) -> list[str]:
    """The kinds of numbers that a question names, those with the most words first."""
    segments = sorted(case.q.of("quantity"), key=lambda s: s.first - s.after)
    return [name for segment in segments for name in segment.names("quantity")]


def _shares(case: Case) -> tuple[str, ...]:
    """Shares of what is measured."""
    if case.asks("water") or case.asks("cost"):
        return ()
    if case.asks("emissions"):
        return ("share-of-world-emissions",)
    if case.q.has("inference"):
        return ("inference-share",)  # of what AI takes, and not of what everybody does
    if not case.measures and not case.q.has("cooling", "of-all"):
        return ()  # a share of nothing that is measured
    sectors = {subject.id for _, subject in case.subjects("sector")}
    return (_SHARE[1], *_SHARE) if "data-centre" in sectors and len(sectors) > 1 else _SHARE  # of AI in data centres


def _savings(case: Case) -> tuple[str, ...]:
    """Savings in the order in which they answer: an amount, or a share where a share is asked for."""
    if not case.asks("emissions"):
        return _SAVING
    return (
        ("emission-saving", "emissions-avoided-per-year")
        if case.q.has("share")
        else ("emissions-avoided-per-year", "emission-saving")
    )


def _stated(case: Case) -> list[Measure]:
    """What the amounts of a question measure."""
    found: list[Measure] = []
    for measure, unit in (("electricity", "Wh"), ("emissions", "t"), ("water", "L")):
        if case.q.amounts(unit, f"{unit}/day"):
            found.append(measure)  # type: ignore[arg-type]
    return found


def _limits(case: Case) -> Iterator[str]:
    """What the law says of a kind of number, for new sites first where they are spoken of."""
    for concept in ("pue", "wue"):
        if case.q.has(concept):
            limits = (f"{concept}-limit", f"{concept}-limit-new")
            yield from reversed(limits) if case.q.has("newly") else limits
    if case.q.has("renewable"):
        yield "renewable-share-required"
    if case.subjects("policy"):
        yield from _THRESHOLDS  # from where on a rule holds


def _special(case: Case) -> Iterator[str]:
    q = case.q
    if q.has("policy"):
        yield from _limits(case)
    yield from named(case)
    if q.has("cleaner") and case.places:
        yield "grid-carbon-intensity"
    for concept, quantities in _NAMED:
        if q.has(concept) and not (concept in _TARIFFS and case.asks("electricity") and not case.asks("cost")):
            timed = tuple(quantity for quantity in quantities if case.period and quantity.startswith(case.period[:-1]))
            yield from (*timed, *quantities)
    if q.has("times", "compare", "more"):
        yield from _ratios(case)
    if q.has("residential"):
        yield "residential-electricity-per-capita" if q.has("person") else "residential-electricity"
    yield from _aspects(case)
    if not case.measures and q.has("token") and case.period:
        yield from ("tokens-per-day", "output-tokens-per-day", "input-tokens-per-day")
    if not case.measures and q.has("query") and (case.period or q.has("list")):
        yield from ("requests-per-day", "requests-per-user-day")


def _ratios(case: Case) -> Iterator[str]:
    """How many times one kind of task is another."""
    if case.q.has("image", "video"):
        yield from (f"electricity-ratio-to-{other}" for concept, other in _RATIOS if case.q.has(concept))
    if case.q.has("reasoning-model"):
        yield "electricity-ratio-reasoning-to-standard"


def _aspects(case: Case) -> Iterator[str]:
    """What is asked of an amount: a power, a saving, a share, a growth."""
    q = case.q
    if q.has("power") and not q.has("training"):
        yield from _POWER
    if q.has("save", "benefit"):
        yield from _savings(case)
    if q.has("share"):
        yield from _shares(case)
    if q.has("growth") and case.measures and not case.asks("cost") and not case.asks("emissions"):
        yield from _GROWTH


def _measured(case: Case) -> tuple[str, ...]:
    q = case.q
    measures = (
        case.measures
        or _stated(case)
        or (_FOOTPRINT if q.has("footprint") else ["electricity", "emissions"] if q.has("training") else [])
        or (_ALL if q.of("publisher") and q.of("subject") else [])
    )
    pers = (*(per for per in _PERS if q.has(per)), *([case.period] if case.period else []), "")
    found = _per(tuple(measures), pers)
    if "cost" in measures and not priced(case):
        found = tuple(name for name in found if q.has("cost") and not name.startswith("electricity-price-"))
    return found


def priced(case: Case) -> bool:
    """Whether the price of electricity is asked for, and not that of something else."""
    units = any("kWh" in segment.names("unit") for segment in case.q.of("unit"))
    return units or case.asks("electricity") or bool(case.q.amounts("kWh")) or case.q.has("unit-price", *_TARIFFS)


@cache
def _per(measures: tuple[Measure, ...], pers: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of numbers of some measures, per some things."""
    if "training" in pers:
        pers = pers[: pers.index("training") + 1]  # of training and nothing else
    return tuple(dict.fromkeys(name for measure in measures for per in pers for name in _PER.get((measure, per), ())))
