"""The words of one language: ``prompts/words/<language>.yaml``, each value a short Jinja sentence.

Traditional Chinese is converted from Simplified with opencc, names and statements of the knowledge base too; titles of
publications are never converted.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final, cast

import yaml
from jinja2 import Environment, StrictUndefined, nodes

from service.answers.numbers import UnitWords
from service.core.answer import Language
from service.core.calculator import Between, Exactly
from service.core.model import QuantityKind, Region, Remark, Subject, Text
from service.core.quantity import Quantity
from service.core.resources import resource

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant")
_WRITTEN: Final = {"zh-Hant": "zh-Hans"}
# values that are no words, and the one word for a number that is another
_TRADITIONAL: Final = {"zh-Hans": "zh-Hant", "zh_Hans_CN": "zh_Hant_TW", "万亿": "兆"}
# Markdown and plain text: nothing here is HTML, so nothing is escaped
_ENVIRONMENT: Final = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701


_PART: Final = re.compile(r"^(?=\w)", re.MULTILINE)
_BARE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
OPENING: Final = frozenset({"headlines", "labels"})  # parts whose sentences begin with a capital letter
_COMMON: Final = re.compile(r"[a-z]+[ ,:]")  # a common noun; names such as xAI and gpt-oss stay as they are


class Sentence:
    """One Jinja sentence. One that only fills in names, as nearly all do, is filled without calling Jinja.

    `judged` are the names that it does more with than to fill them in, each with the texts that it tells from all others,
    or None where it may tell any: it changes them, or asks more than whether they are a certain text.
    """

    __slots__ = ("_names", "_parts", "_said", "judged")

    def __init__(self, source: str) -> None:
        self._parts = _BARE.split(source)  # text, name, text, name, … text
        decides = any("{{" in text or "{%" in text or "{#" in text for text in self._parts[::2])
        self._said: Callable[..., str] | None = None
        self._names: frozenset[str] = frozenset()
        self.judged: Mapping[str, frozenset[str] | None] = {}
        if decides:
            self._names, self.judged = _names(source)
            # as a macro: rendered as a template, the surroundings of a sentence would take longer than it
            macro = f"{{% macro said({', '.join(sorted(self._names))}) %}}{source}{{% endmacro %}}"
            self._said = _ENVIRONMENT.from_string(macro).module.__dict__["said"]

    def fill(self, about: Mapping[str, Any], plain: Callable[[Any], Any]) -> str:
        """The sentence with each name replaced by what `plain` makes of its value. An unknown name is a KeyError."""
        if self._said is not None:
            return self._said(**{name: plain(value) for name, value in about.items() if name in self._names})
        parts = self._parts
        return "".join([str(plain(about[part])) if i % 2 else part for i, part in enumerate(parts)])


def _names(source: str) -> tuple[frozenset[str], dict[str, frozenset[str] | None]]:
    """All names in a sentence, and those of them that it judges with the texts that it tells apart."""
    tree = _ENVIRONMENT.parse(source)
    filled = {id(node) for output in tree.find_all(nodes.Output) for node in output.nodes}
    told = {id(node): text for node, text in _told_apart(tree)}
    names = list(tree.find_all(nodes.Name))
    judged: dict[str, frozenset[str] | None] = {}
    for node in names:
        if id(node) not in filled:
            before, text = judged.get(node.name, frozenset()), told.get(id(node))
            judged[node.name] = None if before is None or text is None else before | {text}
    return frozenset(node.name for node in names), judged


def _told_apart(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """What a sentence only compares with a text, or asks whether it is empty."""
    for branch in tree.find_all(nodes.If):
        yield branch.test, ""
    for negated in tree.find_all(nodes.Not):
        yield negated.node, ""
    for compared in tree.find_all(nodes.Compare):
        match compared.ops:
            case [nodes.Operand(op="eq" | "ne", expr=nodes.Const(value=str(text)))]:
                yield compared.expr, text


class Words:
    """Everything that is said in one language."""

    def __init__(self, language: str) -> None:
        written = _WRITTEN.get(language, language)
        # a part at a time: what a reader makes of a whole file on the way takes several times its memory, and stays taken
        parts = _PART.split(resource(f"prompts/words/{written}.yaml").read_text(encoding="utf-8"))
        read = [yaml.load(part, Loader=yaml.CSafeLoader) or {} for part in parts]
        self.language = cast("Language", language)
        self._convert = _converter(language)
        self._all: dict[str, Any] = _each(dict(ChainMap(*read)), self._convert)
        self._sentences: dict[tuple[str, str], Sentence] = {}
        self._local = lru_cache(maxsize=8192)(self._localised)
        self.units = UnitWords(self._all)
        self.answer = _ENVIRONMENT.from_string(resource("prompts/answer.md.j2").read_text(encoding="utf-8"))

    def __getitem__(self, key: str) -> Any:
        return self._all[key]

    @property
    def bodies(self) -> Mapping[str, str]:
        """The names that bodies and papers have in this language, by those with which they sign."""
        names: Mapping[str, str] = self._all["bodies"]
        return names

    def body(self, name: str) -> str:
        """The name of a body or paper in this language; as it signs where it has none."""
        return self.bodies.get(name, name)

    def has(self, part: str, key: str) -> bool:
        """Whether there is a sentence `key` in the part `part`."""
        return key in self._all[part]

    def say(self, part: str, key: str, about: Mapping[str, Any]) -> str:
        """The sentence `key` of `part`, filled with `about`: records by their name, quantities with their unit."""
        text = self.sentence(part, key).fill(about, self.plain)
        return text[0].upper() + text[1:] if part in OPENING and _COMMON.match(text) else text

    def sentence(self, part: str, key: str) -> Sentence:
        """The sentence `key` of `part`; the part itself where the key is empty."""
        sentence = self._sentences.get((part, key))
        if sentence is None:
            sentence = self._sentences[part, key] = Sentence(self._all[part][key] if key else self._all[part])
        return sentence

    def plain(self, value: Any) -> Any:
        """A record as its name in this language, a quantity with its unit; anything else as it is."""
        if isinstance(value, str):
            return value
        if isinstance(value, Quantity):
            return self.units(value)
        if isinstance(value, Exactly):
            return self.units.exactly(value.quantity)
        if isinstance(value, Between):
            return self.units.span(value.quantity)
        if isinstance(value, Region) or (isinstance(value, Subject) and value.id == (value.region or "").lower()):
            return self.place(value)
        if isinstance(value, Subject | QuantityKind):
            return self.named(value)
        return self.local(value) if isinstance(value, Text | Remark) else value

    def place(self, region: Region | Subject) -> str:
        """The name of a region, or of it as a subject, as it stands inside a sentence: the United States."""
        name, code = self.local(region.name), region.region if isinstance(region, Subject) else region.id
        return self.say("article", "", {"name": name}) if code in self._all["with_article"] else name

    def named(self, record: Subject | QuantityKind) -> str:
        """The name of a record as it stands inside a sentence: a US home, data centres, electricity per query."""
        name, kind = self.local(record.name), record.kind if isinstance(record, Subject) else "quantity"
        key = next((key for key in (record.id, kind) if key in self._all["named"]), None)
        return self.say("named", key, {"name": name}) if key else name

    def local(self, text: Text | Remark) -> str:
        """A text of the knowledge base in this language; English where it has not been translated."""
        return self._local(text.en, text.zh)

    def _localised(self, en: str, zh: str | None) -> str:
        return en if self.language == "en" or zh is None else self._convert(zh)

    def count(self, value: float) -> str:
        """A bare number in this language."""
        return self.units.number(value)


def _converter(language: str) -> Callable[[str], str]:
    if language != "zh-Hant":
        return str
    from opencc import OpenCC  # noqa: PLC0415 - only Traditional Chinese needs its dictionaries

    converted = OpenCC("s2twp").convert
    right: dict[str, str] = yaml.load(resource("prompts/traditional.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    wrong = re.compile("|".join(map(re.escape, right)))

    def convert(text: str) -> str:
        return _TRADITIONAL.get(text) or wrong.sub(lambda found: right[found[0]], str(converted(text)))

    return convert


def _each(record: Any, convert: Callable[[str], str]) -> Any:
    """A record with each text in it converted, but for the keys under which they stand."""
    if isinstance(record, dict):
        return {key: _each(value, convert) for key, value in record.items()}
    if isinstance(record, list):
        return [_each(value, convert) for value in record]
    return convert(record) if isinstance(record, str) else record


@cache
def words(language: str) -> Words:
    """The words of a language of `LANGUAGES`, loaded once."""
    return Words(language)
