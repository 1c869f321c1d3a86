"""The words of questions: every file of ``knowledge/lexicon``, read once into one table over all languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import yaml

from service.core.resources import resource
from service.core.units import parse_unit
from service.reading.folding import fold, is_han
from service.reading.meanings import NOTHING, Meaning, Meanings, Sort, meanings_of

_FOLDER: Final = "knowledge/lexicon"
_SHORTEST_ADVERB: Final = 5
_RATIOS: Final = frozenset({"concept", "quantity"})  # sorts of what names a ratio


@dataclass(slots=True)
class Lexicon:
    """The table of all phrases, squeezed to their letters and digits, and the words for numbers."""

    phrases: dict[str, Meanings] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    scales: dict[str, float] = field(default_factory=dict)
    attached: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    fractions: dict[str, float] = field(default_factory=dict)
    fraction_of: set[str] = field(default_factory=set)
    vague: dict[str, tuple[float, float]] = field(default_factory=dict)  # hundreds: from, to
    several: set[str] = field(default_factory=set)
    overs: set[str] = field(default_factory=set)  # what stands within a number that is meant as more: 五百多吨
    turns: set[str] = field(default_factory=set)  # with which a sentence turns to something else
    possessive: set[str] = field(default_factory=set)  # of somebody told before
    belonging: set[str] = field(default_factory=set)  # between a number and whose it is
    also_written: dict[str, str] = field(default_factory=dict)  # the same in other regions, of the same length
    articles: set[str] = field(default_factory=set)
    number_joins: set[str] = field(default_factory=set)
    ranges: set[str] = field(default_factory=set)
    range_after: dict[str, set[str]] = field(default_factory=dict)  # a range only behind these: between 2 and 3
    per: set[str] = field(default_factory=set)
    signs: dict[str, str] = field(default_factory=dict)
    versions: set[str] = field(default_factory=set)
    model_nouns: set[str] = field(default_factory=set)
    pronouns: dict[str, set[str]] = field(default_factory=dict)
    written_small: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    surfaces: dict[str, str] = field(default_factory=dict)  # how the name behind a key is written
    capitals: set[str] = field(default_factory=set)  # names that stand in the table for words in capitals alone
    codes: set[str] = field(default_factory=set)  # names that are codes, with hyphen and in capitals: US-DC is no US DC
    endings: list[tuple[str, str]] = field(default_factory=list)
    adverbs: tuple[str, ...] = ()  # endings of words that say how, and never what
    irregular: dict[str, str] = field(default_factory=dict)  # words and what they are compared as
    months: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)  # words behind which a unit is asked for
    negations: set[str] = field(default_factory=set)
    clock: set[str] = field(default_factory=set)  # what stands behind an hour of the day
    fiscal: set[str] = field(default_factory=set)  # words for a business year
    plurals: set[str] = field(default_factory=set)  # endings that may be glued to a name that ends in a digit
    shortest_root: int = 3
    said: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _roots: dict[str, str] = field(default_factory=dict)
    _written: frozenset[str] | None = None
    _numeric: frozenset[str] | None = None

    def root(self, word: str) -> str:
        """A word without its ending."""
        found = self._roots.get(word)
        if found is None:
            found = self._root(word)
            if len(self._roots) < 20_000:
                self._roots[word] = found
        return found

    def _root(self, word: str) -> str:
        if word in self.irregular:
            return self.irregular[word]
        if not word.isascii() or not word.isalpha():
            return word
        for ending, instead in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= self.shortest_root:
                return word[: len(word) - len(ending)] + instead
        return word

    def is_ratio(self, word: str) -> bool:
        """Whether a word is the name of a ratio, to which its value may be glued: PUE1.5."""
        return bool(self.phrases.get(word)) and self.phrases[word].sorts <= _RATIOS

    def is_adverb(self, word: str) -> bool:
        """Whether a word that is not known says how something is done."""
        return bool(self.adverbs) and word.endswith(self.adverbs) and len(word) > _SHORTEST_ADVERB

    def key(self, phrase: str) -> str:
        """A phrase as it stands in the table."""
        return "".join(map(self.root, pieces(phrase)))

    def has(self, word: str, sort: Sort) -> bool:
        """Whether a word can mean something of this sort."""
        return sort in self.phrases.get(word, NOTHING).sorts

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Put a phrase into the table."""
        words = list(map(self.root, pieces(phrase)))
        key = ""
        for (
            word
        ) in words:  # every beginning of a phrase stands in the table too, meaning nothing: there the search goes on
            key += word
            self.phrases.setdefault(key, NOTHING)
        if key and meaning not in self.phrases[key].all:
            self.phrases[key] = meanings_of((*self.phrases[key], meaning))

    @property
    def numeric(self) -> frozenset[str]:
        """The words and signs with which a number may begin."""
        if self._numeric is None:
            words = (
                self.numbers, self.scales, self.parts, self.articles, self.per, self.signs, self.vague, self.several
            )  # fmt: skip
            self._numeric = frozenset(word for table in words for word in table)
        return self._numeric

    @property
    def written(self) -> frozenset[str]:
        """The keys of phrases of which it matters how they are written, or what stands before them."""
        if self._written is None:
            self._written = frozenset((*self.capitals, *self.codes, *self.pronouns))
        return self._written

    def copy(self) -> Lexicon:
        """The same again, to which names can be added."""
        names = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Lexicon(
            **{
                **names,
                "phrases": dict(self.phrases),
                "capitals": set(self.capitals),
                "codes": set(self.codes),
                "_written": None,
            }
        )


def pieces(phrase: str) -> list[str]:
    """A phrase in its words, numbers and Chinese characters."""
    found: list[str] = []
    before = ""
    for character in fold(phrase).text:
        sort = _sort(character)
        if sort and sort == before and sort != "han":
            found[-1] += character
        elif sort:
            found.append(character)
        before = sort
    return found


def _sort(character: str) -> str:
    if is_han(character):
        return "han"
    if character.isdigit():
        return "digit"
    return "latin" if character.isalpha() else "%" if character == "%" else ""


@cache
def lexicon() -> Lexicon:
    """The words of all languages. Raises KeyError where a file lacks a part."""
    made = Lexicon()
    for path in sorted(resource(_FOLDER).glob("*.yaml")):
        said: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text alone, no tags
        made.said[path.stem] = said
        _read_rules(made, said)
    for said in made.said.values():
        for phrase, meaning in _phrases(said):
            made.add(phrase, meaning)
    return made


def _read_rules(made: Lexicon, said: Mapping[str, Any]) -> None:
    made.endings += [(ending, instead) for ending, instead in said["endings"].items()]
    made.plurals |= {ending for ending in said["endings"] if len(ending) == 1}
    if said["endings"]:
        made.shortest_root = int(said["shortest_root"])
    tables = (
        (made.numbers, "numbers"),
        (made.scales, "scales"),
        (made.attached, "attached"),
        (made.parts, "parts"),
        (made.fractions, "fractions"),
    )
    for table, name in tables:
        table.update({word: float(value) for word, value in said[name].items()})
    made.vague |= {word: (float(ends[0]), float(ends[1])) for word, ends in said["vague"].items()}
    made.several |= set(said["several"])
    made.overs |= set(said["more_within"])
    made.turns |= set(said["turns"])
    made.fraction_of |= set(said["fraction_of"])
    made.possessive |= set(said["possessive"])
    made.belonging |= set(said["belonging"])
    made.also_written |= {word: usual for word, usual in said["also_written"].items() if len(word) == len(usual)}
    made.articles |= set(said["unit_article"])
    made.number_joins |= set(said["number_join"])
    made.ranges |= set(said["range"])
    made.range_after |= {word: set(before) for word, before in said["range_after"].items()}
    made.per |= set(said["per"])
    made.signs |= {sign: unit for unit, signs in said["signs"].items() for sign in signs}
    made.pronouns |= {word: set(before) for word, before in said["pronoun_after"].items()}
    made.written_small |= set(said["lower_case"])
    made.publishers |= set(said["publishers"])
    made.versions |= set(said["versions"])
    made.adverbs += tuple(said["adverbs"])
    made.months |= {name: int(number) for name, number in said["months"].items()}
    made.irregular |= dict(said["roots"])
    made.asked |= set(said["asked"])
    made.negations |= set(said["negations"])
    made.clock |= set(said["clock"])
    made.fiscal |= set(said["fiscal"])


def _phrases(said: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for name, phrases in said["concepts"].items():
        yield from _each("concept", name, phrases)
    for unit, phrases in said["units"].items():
        parse_unit(unit)  # a unit that is none is a fault of the file
        yield from _each("unit", unit, phrases)
    for name, sort in (("small_money", "small-money"), ("tenth_money", "tenth-money"), ("tens", "tens")):
        for unit, phrases in said.get(name, {}).items():
            yield from _each(sort, unit, phrases)  # type: ignore[arg-type]
    for period, how in said["periods"].items():
        yield from _each("rate", period, how["rate"])
        yield from _each("span", period, how["span"])
    for reason, phrases in said["refused"].items():
        yield from _each("refused", reason, phrases)
    for publisher, phrases in said["publishers"].items():
        yield from _each("publisher", publisher, phrases)
    yield from _each("concept", "model-noun", said["model_nouns"])
    yield from _each("concept", "per", said["per"])
    yield from _each("classifier", "", said.get("classifiers", ()))
    yield from _each("between", "", said["count_between"])
    yield from _each("place-word", "", said["place_words"])
    yield from _each("version", "", said["versions"])
    yield from _each("negation", "", said["negations"])
    yield from _each("counting", "", said["counting"])
    yield from _each("that", "", said["counted_before"])
    yield from _each("owner", "", said["owners"])
    yield from _each("owner-after", "", said["owners_after"])
    yield from _each("filler", "", said["filler"])
    yield from _each("common", "", said["common"])


def _each(sort: Sort, name: str, phrases: Iterable[str]) -> Iterator[tuple[str, Meaning]]:
    for phrase in phrases:
        yield phrase, Meaning(sort, name)
