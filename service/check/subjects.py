"""Whom or what a number may be said of, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from service.check.atlas import Atlas, atlas
from service.check.context import Around, walk
from service.check.forms import ENERGY, dimension
from service.check.kinds import meant
from service.check.mentions import Mention
from service.check.passages import Named
from service.reading.lexicon import lexicon
from service.store.queries import Knowledge

_LISTED: Final = 1  # tokens between the names of a list
_OF_NEAR: Final = 8  # tokens
_NEAREST: Final = 12  # names of one sentence that are looked at for a number
_FAR: Final = 0.02  # a token between
_BEHIND, _OTHER_CLAUSE, _LATER, _EARLIER_SENTENCE, _GENERIC = 1.0, 0.6, 2.0, 2.0, 2.5
_CLAUSE, _AGE = 0.5, 0.5
_YARDSTICK, _PART, _SIBLING = 2.0, 2.0, 0.4
_OFFERED: Final = 0.4  # the service of a company that is named
_COMPARED: Final = ("compare", "more")
_SITE: Final = "data-centre"
_CHINA: Final = "CN"
_OWN: Final = ("service", "model", "accelerator", "company", "facility", "task")  # of which a sentence speaks
_HERE: Final = 2  # said in the sentence
_ASKED: Final = ("service", "model")
_OVERALL: Final = ("average", "world", "all-ai")  # said of sites anywhere rather than of somebody's own
_IN_ITS_REGION: Final = 0.3  # a sector behind a sentence on a country


class Candidate(NamedTuple):
    """A subject that a number may be said of, and how far that is from certain."""

    subject: str
    cost: float
    generic: bool = False  # only a typical one of what is meant
    firm: bool = True  # it is said or plainly meant, so that a number can be wrong of it


def candidates(knowledge: Knowledge, around: Around, mention: Mention) -> list[Candidate]:
    """The subjects that a number may be said of, those with the least cost first, each once."""
    search = _Search(knowledge, atlas(knowledge), around, mention, where(around, mention))
    best: dict[str, Candidate] = {}
    limit = search.stranger()
    for each in search.all():
        if each.cost <= limit and (each.subject not in best or each.cost < best[each.subject].cost):
            best[each.subject] = each
    return sorted(best.values(), key=lambda each: each.cost)


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for whom one number is said of."""

    knowledge: Knowledge
    atlas: Atlas
    around: Around
    mention: Mention
    region: str | None

    def all(self) -> Iterator[Candidate]:
        """Every subject that may be meant, some several times."""
        yield from self._named()
        yield from self._placed()
        yield from self._things()
        if self.around.says("pue") or self.around.says("wue"):
            average = max(self.around.says(cue) for cue in _OVERALL) >= _HERE
            yield from (each._replace(firm=average) for each in self._told(_SITE, _GENERIC))
        yield from self._remembered()
        if (
            self.around.says("query") >= (1 if self.mention.form.above == dimension(ENERGY) else _HERE)
            and self.around.concerns_ai
        ):
            yield from (Candidate(name, _GENERIC + 3, generic=True) for name in meant().typical)

    def _named(self) -> Iterator[Candidate]:
        named = self.around.passage.named
        clauses, own = self.around.passage.clauses, self.mention.clause
        asked = self.around.says("query") and not any(
            each.subject.kind in _ASKED and clauses[each.first] == own for each in named
        )
        owners = [each.subject.id for each in named if each.subject.kind == "company"]
        counted = {at for _, at in self.around.passage.many}
        for each in sorted(named, key=lambda named: abs(named.first - self.mention.first))[:_NEAREST]:
            if each.subject.kind == "everyday" and each.first in counted:
                continue  # what something is compared with
            subject, cost = each.subject.id, self._cost(each.first, each.after)
            owner = self._owner(each)
            firm = owner is not None or each.subject.kind != "sector" or not self._is_of_others()
            firm = firm and not self._is_listed(each)
            yield from (told._replace(firm=firm) for told in self._told(owner or subject, cost))
            if each.subject.kind == "sector" and owner is None:
                yield from self._there(subject, cost + _IN_ITS_REGION)
            yield from self._variants(subject)
            if each.subject.kind == "model":
                siblings = self.atlas.variants(subject).values()
                yield from (Candidate(sibling, cost + _SIBLING, generic=True) for sibling in siblings)
            yield from (Candidate(own, cost - 0.1) for owner in owners for own in self.atlas.own(owner, subject))
            if asked and each.subject.kind == "company" and clauses[each.first] == own:
                offered = self.atlas.services.get(subject, ())
                yield from (Candidate(service, cost + _OFFERED, firm=False) for service in offered)

    def _is_listed(self, one: Named) -> bool:
        """Whether a sector is one of several that are told together: data centres, AI and cryptocurrencies."""
        beside = [
            each
            for each in self.around.passage.named
            if each.subject.id != one.subject.id
            and each.subject.kind == "sector"
            and 0 <= max(each.first - one.after, one.first - each.after) <= _LISTED
        ]
        return one.subject.kind == "sector" and bool(beside)

    def _owner(self, site: Named) -> str | None:
        """The company whose sites are meant by: its data centres."""
        passage = self.around.passage
        if site.subject.id != _SITE or not passage.is_owned(site.first):
            return None
        before = [each.subject for each in passage.named if each.first < site.first and each.subject.kind == "company"]
        told = [self.knowledge.subjects.get(name) for _, topic in walk(self.around.before) for name in topic.subjects]
        owners = (each for each in (*reversed(before), *told) if each is not None and each.kind == "company")
        return next((each.id for each in owners), None)

    def _is_of_others(self) -> bool:
        """Whether a number is of something that belongs to somebody told before: its systems take a tenth of a data centre."""
        passage, clause = self.around.passage, self.mention.clause
        if any(each.subject.kind in _OWN for each in passage.named):
            return False
        if any(s.means("owner") and passage.clauses[s.first] == clause for s in passage.q.segments):
            return True  # 2.5 % of our electricity
        own = [
            at for at in range(1, self.mention.first + 1) if passage.clauses[at - 1] == clause and passage.is_owned(at)
        ]
        return bool(own)

    def _there(self, sector: str, cost: float) -> Iterator[Candidate]:
        """The part of a sector in the country that the sentence before is about."""
        last = self.around.before[-1] if self.around.before else None
        world = self.around.says("world", self.mention.clause) > _HERE
        if last is None or world or self.region is not None or self.knowledge.subjects[sector].region is not None:
            return
        subjects = [self.knowledge.subjects.get(name) for name in last.subjects]
        regions = [*last.regions, *(each.id.upper() for each in subjects if each is not None and each.kind == "region")]
        yield from (Candidate(self.atlas.part(sector, region), cost, firm=False) for region in regions[:1])

    def _placed(self) -> Iterator[Candidate]:
        """The places named, and what a home is there where one home is spoken of."""
        clauses = self.around.passage.clauses
        sectors = [each for each in self.around.passage.named if each.subject.kind == "sector"]
        part = _PART * any(clauses[each.first] == self.mention.clause for each in sectors)  # of the country is meant
        for place in self.around.passage.places:
            cost = self._cost(place.first, place.after)
            yield Candidate(place.code.lower(), cost + 0.1 + part)
            home = self.knowledge.home_of(place.code)
            if home is not None and self.around.passage.one_home:
                yield Candidate(home.id, cost)
        if self.region and max(self.around.says("nation"), self.around.says("country-use")) >= _HERE:
            yield Candidate(self.region.lower(), 0.5 + part)

    def _things(self) -> Iterator[Candidate]:
        passage = self.around.passage
        for concept, thing in meant().things.items():
            for segment in passage.q.find(concept):
                own = self.mention.first <= segment.first < self.mention.after
                if not own and (concept, segment.first) not in passage.many:
                    yield Candidate(thing, self._cost(segment.first, segment.after) + 0.2)

    def _told(self, subject: str, cost: float, region: str | None = None) -> Iterator[Candidate]:
        """A subject, or the part of it in the place that is spoken of, and those whose numbers are told of it."""
        known, region = self.knowledge.subjects[subject], region or self.region
        if known.kind == "sector" and region is not None and known.region is None:
            yield Candidate(self.atlas.part(subject, region), cost)
            return
        yield Candidate(subject, cost)
        yield from (Candidate(site, cost + 0.05 + 0.05 * i) for i, site in enumerate(meant().sites.get(subject, ())))

    def _variants(self, named: str) -> Iterator[Candidate]:
        """The variants of a family that are told by their last name alone: Llama 4 Maverick … Scout; the 70B variant."""
        told = self.around.passage.variants
        for family in (named, named.rpartition("-")[0]):
            for last, variant in self.atlas.variants(family).items():
                yield from (Candidate(variant, self._cost(at, at + 1) - 0.1) for at in told.get(last, ()))

    def _remembered(self) -> Iterator[Candidate]:
        passage = self.around.passage
        here = passage.places or max(self.around.says("nation"), self.around.says("country-use")) >= _HERE
        free = not self._others_named()
        for age, topic in walk(self.around.before):
            cost = _EARLIER_SENTENCE + _AGE * age
            known = [each for each in topic.subjects if each in self.knowledge.subjects]
            firm = free and len({self._whole(each) if here and self.region else each for each in known}) == 1
            free = free and not topic.subjects
            for i, subject in enumerate(known):
                whole = self._whole(subject) if here and self.region else subject
                told = self._told(whole, cost + 0.1 * i) if here else [Candidate(subject, cost + 0.1 * i)]
                yield from (each._replace(firm=firm) for each in told)
                yield from self._variants(subject)
            if passage.one_home and not passage.places:
                homes = (self.knowledge.home_of(code) for code in topic.regions)
                yield from (Candidate(home.id, cost) for home in homes if home is not None)

    def _others_named(self) -> bool:
        """Whether the sentence names somebody of its own, known or not, or something that is somebody's own."""
        passage = self.around.passage
        known = any(each.subject.kind in _OWN for each in passage.named)
        return known or any(not s.inner and (s.strange or s.owned or s.means("owner")) for s in passage.q.segments)

    def _whole(self, subject: str) -> str:
        """The sector that a part of it in one place belongs to."""
        found = self.knowledge.subjects[subject]
        while found.kind == "sector" and found.region and found.part_of:
            found = self.knowledge.subjects[found.part_of]
        return found.id

    def _cost(self, first: int, after: int) -> float:
        return self._distance(first, after) + _YARDSTICK * self._is_yardstick(first)

    def _is_yardstick(self, first: int) -> bool:
        """Whether what is named before a number, in another clause, is only what something is compared with: ten times a search: 2.9 Wh."""
        passage = self.around.passage
        if first > self.mention.first or passage.clauses[first] == self.mention.clause:
            return False
        return any(
            0 < first - s.first <= _OF_NEAR and passage.clauses[s.first] == passage.clauses[first]
            for concept in (*_COMPARED, "times")
            for s in passage.q.find(concept)
        )

    def _distance(self, first: int, after: int) -> float:
        clauses, mention = self.around.passage.clauses, self.mention
        if first < mention.first:
            between = mention.clause - clauses[first]
            return (_OTHER_CLAUSE + _CLAUSE * between if between else 0.0) + _FAR * (mention.first - after)
        between = clauses[first] - mention.clause
        if between:
            return _LATER + _CLAUSE * between
        tokens = self.around.passage.q.tokens
        of = any(tokens[at].text in lexicon().belonging for at in range(max(mention.after, first - 3), first))
        near = first - mention.after
        of = of and not any(mention.after <= s.first < first for s in self.around.passage.q.counts())
        return (-0.1 if of and near <= _OF_NEAR else _BEHIND) + _FAR * near

    def stranger(self) -> float:
        """What a subject may cost at most, where something that is not known is nearer."""
        strangers = self.around.passage.strangers
        if strangers:
            return min(self._cost(s.first, s.after) for s in strangers)
        for age, topic in walk(self.around.before):
            if topic.strange:
                return _EARLIER_SENTENCE + _AGE * age
            if topic.subjects:
                break
        return float("inf")


def where(around: Around, mention: Mention) -> str | None:
    """The region that a number is said of: named before it, or behind it but not as a comparison."""
    passage = around.passage
    if around.says("world", mention.clause) > _HERE:
        return None
    before = [place for place in passage.places if place.first < mention.first]
    behind = [
        place for place in passage.places if place.first >= mention.after and _belongs(around, mention, place.first)
    ]
    named = [*reversed(before), *behind]
    if named:
        return named[0].code
    if max(around.says("nation"), around.says("country-use")) < _HERE:
        return None
    for _, topic in walk(around.before):
        if topic.regions:
            return topic.regions[0].partition("-")[0]
    return _CHINA if passage.q.language == "zh-Hans" else None


def _belongs(around: Around, mention: Mention, first: int) -> bool:
    """Whether a place behind a number is that of the number: in its clause, or in the next for a bare ratio."""
    apart = around.passage.clauses[first] - mention.clause
    near = apart <= (mention.segment.sort == "number")
    return near and not _compared(around, mention, first)


def _compared(around: Around, mention: Mention, first: int) -> bool:
    """Whether what stands behind a number is only what it is compared with."""
    q = around.passage.q
    return any(mention.after <= s.first < first for concept in _COMPARED for s in q.find(concept))
