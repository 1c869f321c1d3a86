"""What a kind of number must be about to answer a question: whatever the question names, and nothing that it does not.

The id of a kind of number, or of its subject, says in words what it is about: `water-per-query` is about water, and
`cooling-share-of-electricity` is a share. A topic of the question that no such word bears makes the number an answer
to another question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from service.ask.quantities import candidates, priced
from service.ask.quantities import special as special_of

if TYPE_CHECKING:
    from service.ask.case import Case

Topics = tuple[frozenset[str], ...]  # of each part of a question: the topics of which one must be borne

_EACH: Final = (
    "query", "image", "video", "session", "use", "charge", "token", "page", "trip", "email", "transaction", "minute", "request", "task", "question",
)  # fmt: skip
# topic → the words of ids that bear it
_BORNE: Final[Mapping[str, frozenset[str]]] = {
    topic: frozenset(words.split())
    for topic, words in {
        "emissions": "emission emissions carbon co2 combustion waste",
        "water": "water wue withdrawal",
        "cost": "price cost lcoe ppa",
        "money": "price cost lcoe ppa",
        "training": "training utilization development pue compute parameters duration count",
        "save": "saving avoided reduction gain uptake fall growth factor uptake",
        "benefit": "saving avoided reduction gain growth",
        "cooling": "cooling pue wue chiller immersion",
        "liquid": "cooling immersion plate",
        "share": "share fraction utilization efficiency reporting occupancy saving growth capacity gain factor since coverage avoided",
        "users": "users user",
        "requests": "requests tokens videos",
        "parameter": "parameters",
        "growth": "growth factor since change fall",
        "rack": "rack nvl72 kyber",
        "carbon-free": "free renewable low",
        "renewable": "renewable low green",
        "pue": "pue",
        "wue": "wue",
        "token": "token tokens",
        "lifetime": "lifetime",
        "embodied": "embodied making",
        "policy": "limit threshold required target policy offered",
        "home": "household home",
        "image": "image",
        "video": "video videos",
        "session": "session",
        "transaction": "transaction",
        "intensity": "intensity emission factor",
        "battery": "battery storage hydro",
        "solar": "solar",
        "wind": "wind",
        "nuclear": "nuclear reactor",
        "coal": "coal",
        "gas": "gas",
        "hydropower": "hydropower hydro dam gorges itaipu",
        "chips-number": "count accelerators",
        "duration": "duration lifetime time hours",
        "one-use": " ".join(_EACH),
    }.items()
}
# word of the id of a kind of number → the concepts of which the question must have one
_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "growth": ("growth", "outlook", "times", "save", "more"),
    "since": ("growth",),
    "factor": ("growth", "times", "save", "more"),
    "saving": ("save", "benefit"),
    "avoided": ("save", "benefit"),
    "reduction": ("save", "benefit", "growth", "times"),
    "share": ("share", "of-all", "inference"),
    "ratio": ("times", "compare", "more", "differ", "reasoning-model"),
    "limit": ("policy",),
    "threshold": ("policy",),
    "required": ("policy",),
    "target": ("policy", "outlook"),
    "price": ("cost", "money", "household-tariff", "industry-tariff", "commercial-tariff"),
    "users": ("users", "person"),
    "parameters": ("parameter",),
    "count": ("chips-number",),
}  # fmt: skip
_MATTERS: Final = frozenset(
    {"cooling", "liquid", "policy", "rack"}
)  # what a number is of, which its sentence may say alone
_OTHERS: Final = frozenset(
    {"emission", "emissions", "carbon", "co2", "water", "wue", "price", "cost", "lcoe", "users", "parameters"}
)
_ELECTRIC: Final = ("electricity", "grid", "intensity", "life-cycle", "operational", "power")
_MEASURED: Final = frozenset({"emissions", "water", "cost", "money"})
_PER_USE: Final = re.compile(r"-per-(?:" + "|".join(_EACH) + r")(?:-|$)")
_TIMES: Final = ("query", "image", "video", "session", "transaction", "token", "email")


def topics(case: Case) -> Topics:
    """What the parts of a question name that a kind of number can be about."""
    found = []
    before_per = False
    for segment in case.q.segments:
        said = {name for sort, name in segment.meanings if sort == "concept"}
        if not segment.means("filler") and not segment.inner:
            named = said & _BORNE.keys()
            if named and "person" not in said:
                found.append(frozenset(named))
            if before_per and "query" in said:
                found.append(frozenset({"one-use"}))
        before_per = "per" in said
    return tuple(found)


def answers(case: Case, wanted: Topics, subject: str, quantity: str) -> bool:
    """Whether a kind of number of a subject is about all that the question names."""
    words = _words(quantity)
    both = words | _words(subject)
    left = [part for part in wanted if not _bear(both, part)]
    if left and not all(_bear(_said_of(case, subject, quantity), part & _MATTERS) for part in left):
        return False
    named = quantity in candidates(case)[: special_of(case)]  # by its own name: carbon intensity of electricity
    if case.measures == ["electricity"] and not wanted and not named and not _OTHERS.isdisjoint(words):
        return False
    whole = case.period or case.year or case.q.has("total")
    return not (whole and _PER_USE.search(quantity) and not case.q.has(*_TIMES))


def measures(wanted: Topics, quantity: str) -> bool:
    """Whether a kind of number measures all that the question wants measured, of whatever subject."""
    return all(_bear(_words(quantity), part) for part in wanted if part <= _MEASURED)


def _bear(words: frozenset[str], part: frozenset[str]) -> bool:
    return any(not _BORNE[topic].isdisjoint(words) for topic in part)


def _said_of(case: Case, subject: str, quantity: str) -> frozenset[str]:
    """The words of the sentence that states the figure in force."""
    parameter = case.knowledge.parameter(subject, quantity)
    if parameter is None or case.knowledge.derived(parameter.choices[-1].figure):
        return frozenset()
    return frozenset(case.knowledge.figure(parameter.choices[-1].figure).statement.en.lower().split())


def asked(case: Case, quantity: str) -> bool:
    """Whether the question asks for what sets a kind of number apart: a growth, a share, a limit."""
    kinds, special = candidates(case), special_of(case)
    if quantity.startswith("electricity-price-") and not priced(case):
        return False
    if quantity.startswith("grid-carbon-") and not (case.q.has(*_ELECTRIC) or "kWh" in _units(case)):
        return False  # what a country emits is not what its electricity does
    return quantity in kinds[:special] or all(case.q.has(*_ASKED[word]) for word in _words(quantity) & _ASKED.keys())


def _units(case: Case) -> set[str]:
    """The units that the question names without a number, and those of its amounts."""
    return {name for segment in case.q.of("unit") for name in segment.names("unit")} | {
        s.unit for s in case.q.amounts("kWh")
    }


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(name.split("-"))
