"""What stands around a number and bears on it: its clause, its sentence, and what the sentences before were about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from service.check.mentions import Mention
from service.check.passages import Passage
from service.reading.findings import Segment
from service.reading.lexicon import lexicon

_REMEMBERED: Final = 6  # sentences back
_SUBJECTS: Final = 6  # of one sentence
_SAME, _SENTENCE, _BEFORE = 3, 2, 1
_AI_KINDS: Final = frozenset({"service", "model", "accelerator", "sector", "task"})
_TOPICS: Final = frozenset({"service", "model", "accelerator", "company", "facility", "sector", "task", "technology"})
_AI: Final = (
    "ai",
    "model-noun",
    "inference",
    "reasoning-model",
    "all-ai",
    "pue",
    "wue",
    "token",
    "device-hour",
    "training",
)


@cache
def cues() -> Mapping[str, re.Pattern[str]]:
    """The words of texts that no question has, as patterns."""
    words: dict[str, list[str]] = {}
    for said in lexicon().said.values():
        for name, phrases in said["cues"].items():
            words.setdefault(name, []).extend(phrases)
    return {name: _pattern(phrases) for name, phrases in words.items()}


@cache
def phrase(section: str) -> re.Pattern[str]:
    """The phrases of a section of the lexicon, in all languages, as one pattern."""
    return _pattern([each for said in lexicon().said.values() for each in said[section]])


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    parts = [
        rf"(?<![a-z]){re.escape(each)}(?![a-z])" if each[0].isascii() and each[0].isalpha() else re.escape(each)
        for each in longest
    ]
    return re.compile("|".join(parts) or "(?!)")


class Around:
    """One sentence with what was said before it."""

    def __init__(self, passage: Passage, before: Sequence[Topic]) -> None:
        self.passage = passage
        self.before = before
        self._cued: dict[str, frozenset[int]] = {}
        self._said = frozenset().union(*(topic.said for topic in before))

    def says(self, name: str, clause: int | None = None) -> int:
        """How near a concept or cue is said: 3 in the clause, 2 in the sentence, 1 in a sentence before, else 0."""
        clauses = self._clauses(name)
        if clauses:
            return _SAME if clause is not None and clause in clauses else _SENTENCE
        return _BEFORE if name in self._said else 0

    def _clauses(self, name: str) -> frozenset[int]:
        """The clauses of the sentence in which a concept or cue is said."""
        found = self._cued.get(name)
        if found is None:
            q, clauses, many = self.passage.q, self.passage.clauses, self.passage.many
            found = frozenset(clauses[s.first] for s in q.find(name) if name != "home" or (name, s.first) not in many)
            pattern = cues().get(name)
            if pattern is not None:
                found |= _clauses(self.passage, pattern)
            self._cued[name] = found
        return found

    def times(self, clause: int) -> bool:
        """Whether a clause speaks of what is used over a time: a year, a day."""
        q, clauses = self.passage.q, self.passage.clauses
        return any(clauses[s.first] == clause for s in (*q.of("rate"), *q.of("span")))

    def speaks_against(self, name: str, clause: int) -> bool:
        """Whether a concept or cue is said in a clause so that it means nothing else: training once is no prompt."""
        return clause in _asked(self.passage) if name == "query" else self.says(name, clause) == _SAME

    @property
    def concerns_ai(self) -> bool:
        """Whether it, or what was just said, is about AI or where it runs."""
        return _concerns_ai(self.passage) or any(topic.ai for topic in self.before[-2:])


def said_between(passage: Passage, section: str, start: int, end: int) -> bool:
    """Whether a phrase of a section of the lexicon begins within a stretch of the folded text."""
    return any(start <= at < end for at in _found(passage, section, phrase(section)))


def _found(passage: Passage, name: str, pattern: re.Pattern[str]) -> Sequence[int]:
    """Where a pattern begins in the folded text, looked for once."""
    found = passage.places_of.get(name)
    if found is None:
        found = passage.places_of[name] = [match.start() for match in pattern.finditer(passage.q.folded.text)]
    return found


def _clauses(passage: Passage, pattern: re.Pattern[str]) -> frozenset[int]:
    """The clauses of a sentence in which a pattern occurs."""
    starts, clauses = passage.starts, passage.clauses
    return frozenset(clauses[_token_at(starts, match.start())] for match in pattern.finditer(passage.q.folded.text))


def _token_at(starts: Sequence[int], position: int) -> int:
    return max(0, bisect_right(starts, position) - 1)


def _concerns_ai(passage: Passage) -> bool:
    named = any(each.subject.kind in _AI_KINDS for each in passage.named)
    computing = cues()["computing"].search(passage.q.folded.text) is not None
    return named or computing or bool(_asked(passage)) or passage.q.has(*_AI)


def _asked(passage: Passage) -> frozenset[int]:
    """The clauses that speak of prompts, in words that are said of nothing else."""
    found = (each for each in passage.q.find("query") if _words(passage, each) not in _any_times())
    return frozenset(passage.clauses[each.first] for each in found)


def _words(passage: Passage, segment: Segment) -> str:
    tokens = passage.q.tokens
    return passage.q.folded.text[tokens[segment.first].start : tokens[segment.after - 1].end]


@cache
def _any_times() -> frozenset[str]:
    """Words for one prompt that are also said of anything else that happens: 一次."""
    return frozenset(word for said in lexicon().said.values() for word in said["times_of_anything"])


@dataclass(frozen=True)
class Topic:
    """What a sentence was about, for those that follow."""

    passage: Passage
    subjects: Sequence[str]
    strange: bool  # it was about something that is not known
    ai: bool
    said: frozenset[str]
    regions: Sequence[str]


@dataclass
class Memory:
    """The last sentences of a text."""

    topics: deque[Topic] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def around(self, passage: Passage) -> Around:
        """A sentence with what was said before it."""
        return Around(passage, list(self.topics))

    def keep(self, passage: Passage, found: Sequence[str]) -> None:
        """Remember a sentence and whom its numbers were found to be of."""
        named = [each.subject.id for each in passage.named if each.subject.kind in _TOPICS]
        said = frozenset(
            each.name for segment in passage.q.segments for each in segment.meanings if each.sort == "concept"
        )
        strange = bool(passage.strangers) and not named
        self.topics.append(
            Topic(
                passage,
                list(dict.fromkeys([*found, *named])),
                strange,
                _concerns_ai(passage),
                said,
                [place.code for place in passage.places],
            )
        )


class Year(NamedTuple):
    """The calendar year that a number is said of, and whether its own clause says so."""

    value: int
    near: bool


def nearest_year(mention: Mention) -> Year | None:
    """The calendar year that a number is said of: the nearest in its clause, else the last before it, else the only one."""
    passage = mention.passage
    same = [year for year in passage.years if passage.clauses[year.first] == mention.clause and _is_own(mention, year)]
    near = min(same, key=lambda year: _away(mention, year.first, year.after), default=None)
    told = _relative(mention)
    if told is not None and (near is None or told < _away(mention, near.first, near.after)):
        return None  # last year: which one, the text may say anywhere
    if near is not None:
        return Year(int(near.value), near=True)
    before = [year for year in passage.years if year.first < mention.first]
    alone = before[-1:] or (passage.years if len(passage.years) == 1 else [])
    return Year(int(alone[0].value), near=False) if alone else None


def _relative(mention: Mention) -> float | None:
    """How far from a number its clause says: last year."""
    passage = mention.passage
    at = [_token_at(passage.starts, place) for place in _found(passage, "relative-year", cues()["relative-year"])]
    return min((_away(mention, each, each + 1) for each in at if passage.clauses[each] == mention.clause), default=None)


def _is_own(mention: Mention, year: Segment) -> bool:
    """Whether no other amount stands between a number and a year behind it: 31 TWh, and 14 TWh in 2020."""
    return not any(mention.after <= s.first < year.first for s in mention.passage.q.sorted("amount"))


def _away(mention: Mention, first: int, after: int) -> float:
    """How many tokens lie between a number and something of its sentence; what follows at once is nearest."""
    return first - mention.after if first >= mention.after else mention.first - after + 0.5


def walk(topics: Sequence[Topic]) -> Iterator[tuple[int, Topic]]:
    """Topics from the last one back, with how many sentences back each is."""
    yield from enumerate(reversed(topics), start=1)
