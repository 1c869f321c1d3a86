"""What is said of one knowledge base in one language: labels, citations and lines that no call changes, kept once."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from functools import lru_cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from service.answers.words import Words, words
from service.core.answer import Caveat, Citation
from service.core.facts import Facts
from service.core.quantity import Quantity

_FIGURE: Final = "figure:"
_ENDED: Final = re.compile(r"[.?!…。？！][\"”’»」』]?$")  # a title that brings its own full stop
_FEW: Final = 3  # authors named in a line of the list of sources


class Voice:
    """The words of a language over the records of a knowledge base."""

    def __init__(self, facts: Facts, said: Words) -> None:
        self.facts = facts
        self.words = said
        self.plans: OrderedDict[Hashable, Any] = OrderedDict()  # what service.answers.plan keeps
        self.who = lru_cache(maxsize=None)(self._who)
        self.quantity = lru_cache(maxsize=None)(self._quantity)
        self.value = lru_cache(maxsize=None)(self._value)
        self.label: Callable[..., str] = lru_cache(maxsize=4096)(self._label)
        self.citation = lru_cache(maxsize=4096)(self._citation)
        self.source = lru_cache(maxsize=4096)(self._source)
        self.caveats = lru_cache(maxsize=4096)(self._caveats)
        self.basis = lru_cache(maxsize=4096)(self._basis)

    def through(self, words: Words) -> Voice:
        """The same voice, but that `words` say what a call brings."""
        other = copy(self)
        other.words = words
        other.label = other._label  # what is kept holds the numbers of calls
        return other

    def said(self, quantity: Quantity) -> str:
        """A value with its unit; a figure's as its source states it."""
        reference = quantity.reference
        if reference.startswith(_FIGURE):
            return self.value(reference[len(_FIGURE) :])
        return self.words.units(quantity)

    def _who(self, figure: str) -> str:
        """Who states a figure, or what a derived number is called."""
        derived = self.facts.derived(figure)
        return self.words.local(derived.label) if derived else self.facts.cited_as(figure, self.words.bodies)

    def as_of(self, figure: str) -> str:
        """When a figure or derived number held."""
        return (self.facts.derived(figure) or self.facts.figure(figure)).as_of

    def _quantity(self, figure: str) -> str:
        """What kind of number a figure is."""
        return self.words.local(self.facts.quantity(self.facts.figure(figure).quantity).name)

    def _value(self, figure: str) -> str:
        """A figure's value as its source states it."""
        record = self.facts.figure(figure)
        return self.words.units.stated(record.value, record.unit)

    def _label(self, part: str, key: str, about: tuple[tuple[str, str], ...]) -> str:
        """A sentence whose fillings are plain text."""
        return self.words.say(part, key, dict(about))

    def _citation(self, figure_id: str, number: int) -> Citation:
        """A figure with the bibliographic record of its source. Not to be changed: it is shared."""
        figure, source = self.facts.figure(figure_id), self.facts.source_of(figure_id)
        return Citation(
            n=number,
            figure=figure.id,
            source=source.id,
            label=self.words.local(figure.statement),
            value=figure.value,
            unit=figure.unit,
            as_of=figure.as_of,
            region=figure.region,
            basis=figure.basis,
            locator=figure.locator,
            title=source.title,
            authors=source.authors or [self.words.body(name) for name in source.organisations],
            publisher=self.words.body(source.publisher),
            issued=source.issued,
            url=source.url,
            doi=source.doi,
            kind=source.kind,
            checked=figure.checked,
        )

    def _source(self, figure: str, number: int) -> str:
        return self.line(self.citation(figure, number))

    def line(self, cited: Citation) -> str:
        """One line of the list of sources."""
        said = self.words
        about: dict[str, Any] = dict(cited)
        about["who"] = self._authors(cited["authors"]) or cited["publisher"]
        about["url"] = cited["url"] or (f"https://doi.org/{cited['doi']}" if cited["doi"] else "")
        notes = {"secondary": said["parts"]["secondhand"], "memory": said["parts"]["memory"]}
        about["note"] = notes.get(cited["checked"], "")
        before = ")" if about["note"] else cited["locator"] or cited["title"]
        about["stop"] = "" if _ENDED.search(before) else said["stop"]
        return said.say("source", "", about)

    def _authors(self, names: list[str]) -> str:
        named = names if len(names) <= _FEW else [*names[:_FEW], self.words["parts"]["others"]]
        return str(self.words["join"]).join(named)

    def _caveats(self, cited: tuple[tuple[str, int], ...]) -> list[Caveat]:
        """What was not verified of some cited figures, and what they come with. Not to be changed: it is shared."""
        figures = [(self.facts.figure(figure), self._cited(figure, number)) for figure, number in cited]
        found = []
        for code in ("secondary", "memory"):
            seen = [name for figure, name in figures if figure.checked == code]
            if seen:
                found.append(self._caveat(code, {"figures": self.words["separator"].join(seen)}))
        for figure, name in figures:
            found += [self._caveat("figure", {"figure": name, "remark": remark}) for remark in figure.caveats]
        return found

    def _cited(self, figure: str, number: int) -> str:
        return self.words.say("marked", "", {"text": self.who(figure), "marks": f"[{number}]"})

    def _caveat(self, code: str, about: dict[str, Any]) -> Caveat:
        return Caveat(code=code, text=self.words.say("caveats", code, about))

    def _basis(self, tool: str, cited: tuple[tuple[str, int], ...]) -> str:
        """What a tool compares, and the boundary of each figure that it rests on."""
        scopes = [
            f"[{number}] {self.words.local(self.facts.figure(figure).scope).rstrip('.。')}" for figure, number in cited
        ]
        scope = self.words["then"].join(scopes) or self.words["parts"]["own"]
        return self.words.say("basis", tool, {"scope": scope})


_VOICES: Final[WeakKeyDictionary[Facts, dict[str, Voice]]] = WeakKeyDictionary()


def voice(facts: Facts, language: str) -> Voice:
    """The voice of a knowledge base in a language, made on first use."""
    of_language = _VOICES.get(facts)
    if of_language is None:
        of_language = _VOICES[facts] = {}
    if language not in of_language:
        of_language[language] = Voice(facts, words(language))
    return of_language[language]
