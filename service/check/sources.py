"""To which citations a text ascribes its numbers: by marks such as [2] behind them, or by the name of who said it.

A mark is the number that an answer gave to the citation; where the text has a list of sources of its own, a mark is
what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, Final, NamedTuple

from service.check.known import SHORTEST, Cites, Place, signed
from service.check.stated import MARK, Stated
from service.reading.lexicon import lexicon
from service.store.cite_names import short
from service.store.kept import kept
from service.store.queries import Knowledge

_RUN: Final = re.compile(rf"(?:{MARK}[\s,，、]*)+")
_NUMBERS: Final = re.compile(r"(\d+)\s*[–-]\s*(\d+)|(\d+)")
_ENTRY: Final = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?[\[［](\d{1,3})[\]］]:?[ \t]*(\S.*)$", re.MULTILINE)
_STOP: Final = re.compile(r"[。！？\n;；]|[.!?](?=\s|$)")
_YEAR_OF: Final = re.compile(r"\s*[(（].*$")
_ALL: Final = 100_000
_MOST_MARKS: Final = 50  # in one pair of brackets: [1–50]


class Mention(NamedTuple):
    """A name to which something is ascribed, and the citations that it can mean."""

    start: int
    end: int
    places: frozenset[Place]


class Sources:
    """The citations of some answers, as one text refers to them."""

    def __init__(self, knowledge: Knowledge, text: str, answers: Sequence[Mapping[str, Any]]) -> None:
        self._text = text
        self._cited = list(_citations(answers))
        self._entries = self._listed()
        self._mentions = self._named(knowledge) if answers else []

    def behind(self, number: Stated, before: int, after: int) -> Cites:
        """The citations that a number is ascribed to, no other standing between `before` and `after`; None: to none."""
        marks = self._marks(number.end, after)
        if marks is not None:
            return marks
        near = [
            each for each in self._mentions if before <= each.start and each.end <= after and self._joined(number, each)
        ]
        return frozenset().union(*(each.places for each in near)) if near else None

    def _marks(self, begin: int, end: int) -> Cites:
        marks = marks_behind(self._text, begin, end)
        return None if marks is None else frozenset(place for number in marks for place in self._meant(number))

    def _meant(self, mark: int) -> Iterable[Place]:
        if mark in self._entries:
            return self._entries[mark]
        return [place for place, _ in self._cited if place[1] == mark]

    def _joined(self, number: Stated, name: Mention) -> bool:
        between = sorted((number.start, number.end, name.start, name.end))[1:3]
        return _STOP.search(self._text, *between) is None

    def _listed(self) -> dict[int, frozenset[Place]]:
        """The list of sources of the text: what each entry means, for it holds the address or the title of a citation."""
        found: dict[int, frozenset[Place]] = {}
        for match in _ENTRY.finditer(self._text):
            line = match[2]
            places = frozenset(place for place, each in self._cited if _told(each, line))
            if places or "://" in line:
                found[int(match[1])] = found.get(int(match[1]), frozenset()) | places
        return found

    def _named(self, knowledge: Knowledge) -> list[Mention]:
        """Every name that something is ascribed to, those of sources that the answers do not cite included."""
        places: dict[str, set[Place]] = {}
        for place, each in self._cited:
            for name in _names(knowledge, each):
                places.setdefault(_small(name), set()).add(place)
        text = _small(self._text)
        spans = {span for names in (_Names(places), _others(knowledge)) for span in names.ascribed(text)}
        return [Mention(start, end, frozenset(places.get(text[start:end], ()))) for start, end in sorted(spans)]


class _Names:
    """Names, found in a text where something is ascribed to them: by a word before or behind, or by a year behind."""

    def __init__(self, names: Iterable[str]) -> None:
        self._starting: dict[str, list[str]] = {}
        self._ending: dict[str, list[str]] = {}
        for name in sorted(names, key=len, reverse=True):
            self._starting.setdefault(name[:SHORTEST], []).append(name)
            self._ending.setdefault(name[-SHORTEST:], []).append(name)

    def ascribed(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand so, the longest name that fits."""
        before, behind = _ascribing()
        for match in before.finditer(text):
            at = match.end()
            name = next(
                (each for each in self._starting.get(text[at : at + SHORTEST], ()) if _is_at(text, each, at)), ""
            )
            if name:
                yield at, at + len(name)
        for match in behind.finditer(text):
            at = match.start()
            ending = self._ending.get(text[at - SHORTEST : at], ()) if at >= SHORTEST else ()
            name = next((each for each in ending if _is_at(text, each, at - len(each))), "")
            if name:
                yield at - len(name), at


def _is_at(text: str, name: str, at: int) -> bool:
    """Whether a name stands there as a whole word, where its letters have words."""
    if at < 0 or not text.startswith(name, at):
        return False
    end = at + len(name)
    glued_before = at > 0 and name[0].isascii() and text[at - 1].isascii() and text[at - 1].isalnum()
    glued_behind = end < len(text) and name[-1].isascii() and text[end].isascii() and text[end].isalnum()
    return not glued_before and not glued_behind


def _small(text: str) -> str:
    """A text in small letters, each in its place."""
    return text.lower() if text.isascii() else "".join([c.lower() if len(c.lower()) == 1 else c for c in text])


def marks_behind(text: str, begin: int, end: int) -> list[int] | None:
    """The numbers of the first marks behind a number, where they stand in its sentence or right behind that."""
    run = _RUN.search(text, begin, end)
    if run is None:
        return None
    stop = _STOP.search(text, begin, run.start())
    return None if stop is not None and text[stop.end() : run.start()].strip(" ") else _numbers(run.group())


def _citations(answers: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Place, Mapping[str, Any]]]:
    for at, answer in enumerate(answers):
        listed = answer.get("citations")
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, Mapping) and isinstance(each.get("n"), int):
                yield (at, each["n"]), each


def _told(citation: Mapping[str, Any], line: str) -> bool:
    told = (citation.get(part) for part in ("url", "doi", "title"))
    return any(isinstance(each, str) and each and each in line for each in told)


def _names(knowledge: Knowledge, citation: Mapping[str, Any]) -> Iterable[str]:
    """The names under which a citation goes: who signs it, who published it, and its usual label."""
    label = ""
    with suppress(KeyError):  # of another edition of the knowledge, or no answer of ours
        label = _YEAR_OF.sub("", knowledge.cited_as(str(citation.get("figure"))))
    return {*signed(citation), *([label] if len(label) >= SHORTEST else [])}


@kept
def _others(knowledge: Knowledge) -> _Names:
    """The labels of all sources that are known."""
    sources, _ = knowledge.find_sources(limit=_ALL)
    labels = {_small(_YEAR_OF.sub("", short(each))) for each in sources}
    return _Names(each for each in labels if len(each) >= SHORTEST)


@cache
def _ascribing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a name to which something is ascribed, and what stands behind one."""
    said = [each["attributed"] for each in lexicon().said.values()]
    before, behind = (
        "|".join([re.escape(word) for each in said for word in each[side]]) for side in ("before", "behind")
    )
    return re.compile(rf"(?:{before})\s?(?:the )?"), re.compile(rf"\s?(?:{behind})|[\s,，]{{0,2}}[(（]?(?:19|20)\d\d")


def _numbers(marks: str) -> list[int]:
    found: list[int] = []
    for first, last, single in _NUMBERS.findall(marks):
        found += [int(single)] if single else range(int(first), min(int(last), int(first) + _MOST_MARKS) + 1)
    return found
