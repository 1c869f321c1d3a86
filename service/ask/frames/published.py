"""What has been published: a single figure, every figure, who says so, why they differ."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import LOOKING, Proposal
from service.ask.quantities import candidates, named, named_kind, special
from service.ask.topics import answers, asked, topics
from service.core.model import Subject
from service.reading.findings import Segment
from service.reading.lexicon import lexicon
from service.reading.text import book

_SAID: Final = (
    "device-hour",
    "use", "electricity", "emissions", "water", "cost", "training", "query", "image", "video", "session", "token", "list", "source", "money", "differ", "power", "pue", "wue",
    "carbon-free", "renewable", "intensity", "grid", "requests", "users", "embodied", "lifetime", "parameter", "average", "claim", "save",
    "benefit", "share", "growth", "footprint", "total", "reasoning-model", "usual-model", "times", "compare", "more", "rack", "cooling",
    "liquid", "bottle", "email", "household-tariff", "industry-tariff", "commercial-tariff", "bibtex", "ris", "latest", "according", "outlook", "cover", "convert",
    "inference", "policy", "on-site", "of-all", "document", "long", "reasoning", "life-cycle", "operational", "ai", "capacity", "solar", "wind", "nuclear", "coal", "gas", "hydropower", "battery",
    "residential", "if", "model-noun", "world", "and", "as-of", "transaction", "chips-number", "population", "equal", "device-hour",
)  # fmt: skip
_LOOKS: Final = ("list", "source", "differ", "claim", "bibtex", "ris")
_SITE: Final = "data-centre"
_AI_SHARE: Final = "ai-share-of-data-centre-electricity"
_LEAST: Final = 0.6
_LEAST_OF_PLACES: Final = 0.85
_PEOPLED: Final = frozenset({"region", "home", "everyday"})
_KINDS: Final = (
    "model", "service", "task", "company", "facility", "accelerator", "sector", "technology", "energy-source", "policy", "everyday", "method", "region",
)  # fmt: skip
_FEW: Final = 3
_OF_SITES: Final = frozenset({"pue", "wue"})
_RACK: Final = "server-rack"
_AI: Final = "artificial-intelligence"
_LEARNING: Final = "machine-learning"
_AI_SITES: Final = "ai-data-centres"
_ANYONE: Final = ("artificial-intelligence", "generative-ai", "ai-task", "email", "water-bottle")
_MEASURED: Final = frozenset({"Wh", "kWh", "MWh", "GWh", "TWh", "J", "kJ", "MJ"})  # units of what is used
_SOURCED: Final = ("source", "bibtex", "ris")


LOOKS: Final = True
LEAST: Final = -0.2  # what is to be said for a look-up where nothing asks for one


def wanted(case: Case) -> bool:
    """Whether something speaks for a look-up: a word for one, the name of a kind of number, or whose number it is."""
    return case.q.has(*_LOOKS) or bool(case.q.of("quantity") or case.q.of("publisher"))


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of search_figures and cite_source."""
    q = case.q
    if case.owned:
        return  # what somebody has is not published
    quantities = candidates(case)
    subjects = list(_subjects(case))
    if _of_sites(quantities) and all(subject.kind == "region" for _, subject in subjects):
        site = case.knowledge.subject(_SITE)  # they are of data centres where nobody else is named
        subjects.insert(0, (None, case.part(site) or site))
    subjects = subjects or [(None, subject) for subject in _only(case)]
    implied = bool(subjects) and subjects[0][0] is None
    numbers = [
        s for sort in ("amount", "count", "number") for s in q.sorted(sort) if not (s.implied or s in case.years)
    ]
    numbers.sort(key=lambda s: s.first)
    publishers = q.of("publisher")
    known = quantities or (q.has(*_LOOKS) and (numbers or publishers or q.has("list")))
    if not known or not (subjects or publishers or numbers):
        return
    told = [subject for _, subject in subjects]
    if case.shared_out and not all(subject.kind in _PEOPLED for subject in told):
        return  # of nobody's employees is it published
    used: list[Segment] = [segment for segment, _ in subjects if segment is not None]
    used += [*publishers, *(s for s, _ in case.times), *case.years, *q.of("quantity")]
    used += _placed(case, [subject for _, subject in subjects], quantities)
    if any(subject.kind in {"home", "region", "everyday"} for _, subject in subjects):
        used += q.find("home", "person")
    if case.asks("cost"):
        used += [s for s in q.amounts("kWh") if s.implied]
    if q.has(*_LOOKS):
        used += [*numbers, *q.find("home", "car", "person")]
    tool = "cite_source" if q.has(*_SOURCED) else "search_figures"
    yield Proposal(
        tool, {}, used, _SAID, _bonus(case, numbers), generic=implied or _anyone(told), measured=named_kind(case),
        looks=partial(_options, case, told, quantities, numbers), least=_LEAST_OF_PLACES if _places_alone(told) else _LEAST,
    )  # fmt: skip


def _only(case: Case) -> list[Subject]:
    """The few of whom the kind of number that the question names is known at all."""
    return _told_of(case, named(case)[0]) if named(case) else []


def _told_of(case: Case, quantity: str) -> list[Subject]:
    """The few subjects of which a kind of number is known, that with the most rivals first; none where they are many."""
    known = sorted(case.knowledge.parameters(quantity=quantity), key=lambda each: -len(each.candidates()))
    subjects = list(dict.fromkeys(each.subject for each in known))
    return [case.knowledge.subject(each) for each in subjects] if len(subjects) <= _FEW else []


def _of_sites(quantities: list[str]) -> bool:
    """Whether a ratio of data centres, or a limit of one, is the likeliest to be asked for."""
    return quantities[:1] != [] and quantities[0].partition("-")[0] in _OF_SITES


def _places_alone(subjects: list[Subject]) -> bool:
    """Whether nothing but places is named, of which much else can be asked."""
    return bool(subjects) and all(subject.kind == "region" for subject in subjects)


def _anyone(subjects: list[Subject]) -> bool:
    """Whether nobody is named of whom figures would be."""
    return all(subject.id in _ANYONE for subject in subjects)


def _options(case: Case, subjects: list[Subject], quantities: list[str], numbers: list[Segment]) -> dict[str, Any]:
    """Which figures are meant."""
    q = case.q
    publishers = [segment.names("publisher")[0] for segment in q.of("publisher")]
    wanted = topics(case)

    def fits(subject: str, quantity: str) -> bool:
        if case.measures and _counts(case, quantity):
            return False
        return answers(case, wanted, subject, quantity) and (q.has(*_LOOKS) or asked(case, quantity))

    return {
        **LOOKING, "quantities": quantities, "special": special(case), "measures": case.measures,
        "subjects": [subject.id for subject in subjects], "anyone": _anyone(subjects),
        "region": case.region, "year": case.year, "as_of": q.as_of, "publishers": publishers,
        "values": [(s.low, s.high, s.unit, s.what) for s in numbers], "list": q.has("list", "differ"), "latest": q.has("latest"),
        "fits": fits,
        "together": len(subjects) > 1 and case.set_side_by_side and not q.has("list"), "earliest": q.has(*_SOURCED),
        "format": "bibtex" if q.has("bibtex") else "ris" if q.has("ris") else "",
        "words": _english(case) if q.has("source") and publishers else frozenset(),
    }  # fmt: skip


def _counts(case: Case, quantity: str) -> bool:
    """Whether a kind of number has no unit, where one is asked for: so many users are no kWh."""
    bare = any(
        s.sort == "words" and not s.means("rate") and set(s.names("unit")) & _MEASURED for s in case.q.of("unit")
    )
    return bare and case.knowledge.quantity(quantity).unit == ""


def _bonus(case: Case, numbers: list[Segment]) -> float:
    """How much is to be said for a look-up: much where one is asked for, little where numbers are there to be reckoned with."""
    q = case.q
    looks = q.has(*_LOOKS)
    bonus = 1.2 if q.has("list", "differ", *_SOURCED) else 0.3 if looks else LEAST
    return bonus + (0.3 if q.of("quantity") else 0.0) - (1.5 if numbers and not looks else 0.0)


def _subjects(case: Case) -> Iterator[tuple[Segment | None, Subject]]:
    """The subjects named, with the part of each that lies in the place named, and the place itself."""
    chips = case.subjects("accelerator")
    for segment, subject in case.subjects(*_KINDS):
        if subject.id == _RACK and chips:
            continue  # of which the rack is
        if subject.id == _AI and case.q.has("inference") and case.q.has("share"):
            subject = case.knowledge.subject(_LEARNING)  # noqa: PLW2901 - of which such shares are told
        if (
            subject.id == _AI
            and case.asks("electricity")
            and not case.q.has("query", "image", "video", "training", "save", "benefit")
            and not (case.q.has("share") and len(case.subjects("sector")) > 1)
        ):
            subject = case.knowledge.subject(_AI_SITES)  # noqa: PLW2901 - the electricity of AI is counted where it runs
        elif subject.id == _AI and case.q.has("share") and case.asks("electricity"):
            subject = next(iter(_told_of(case, _AI_SHARE)), subject)  # noqa: PLW2901 - the share of data centres that AI has
        part = case.part(subject) if case.region and subject.kind == "sector" else None
        yield segment, part or subject
    if case.q.has("rack") and not case.subjects("accelerator", "technology"):
        yield case.q.find("rack")[0], case.knowledge.subject(_RACK)
    if case.places and not case.subjects("service", "model", "company", "sector"):
        segment, code = case.places[0]
        home = case.knowledge.home_of(code) if case.q.has("home") else None
        if home is not None:
            yield segment, home
        place = case.knowledge.subjects.get(code.lower())
        if place is not None:
            yield segment, place


def _placed(case: Case, subjects: list[Subject], quantities: list[str]) -> list[Segment]:
    """The places named for which there are figures: of the subjects that lie there, or of a kind that is told by place."""
    found = []
    for segment, code in case.places:
        wider = book(case.knowledge).inside.get(code, ())
        here = any(
            subject.region == code or subject.region in wider or subject.id == code.lower() for subject in subjects
        )
        told = any(case.knowledge.parameter(s.id, q, code) for s in subjects for q in quantities)
        if here or told or code == "world":
            found.append(segment)
    return found


def _english(case: Case) -> frozenset[str]:
    """The English words for everything that was understood, by which titles are recognised."""
    said = lexicon().said["en"]["concepts"]
    phrases: list[str] = []
    for segment in case.q.segments:
        for each in segment.meanings:
            if each.sort == "concept":
                phrases += said.get(each.name, ())
            elif each.sort == "subject":
                subject = case.q.subjects[each.name]
                phrases += [subject.name.en, *subject.aliases.get("en", ())]
    return frozenset(word for phrase in phrases for word in phrase.lower().split())
