"""Who signs a source, and the short label under which readers know it.

A body is called by an acronym only where the record itself shows that it goes by one; nothing is abbreviated on our own
account. In order:

1. a short form in brackets in its name: ``Statistics Netherlands (CBS)`` → CBS;
2. an acronym in the publisher that fits the name: one of its words, drawn from the initials (IEA, MfE,
   ``EDB and IMDA``), or the whole publisher, drawn from the letters of the name and with all its initials (IRENA);
3. the initials of a name of three or more capitalised words, without the country, where the id, the title or the
   address of the source uses just these: id ``eia-faq-97``, title ``…: EIA``, address ``www.eia.gov`` → EIA;
4. otherwise its full name, without a trailing remark in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from service.core.model import Source

_SEVERAL = "mul"  # the code of what is in several languages
_WORDS = frozenset({"He", "It", "Me", "She", "They", "Us", "We", "You"})  # family names that read as another word
_OTHERS = frozenset({"others", "and others", "et al", "et al.", "等"})
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{0,6}[A-Z]")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_REMARK = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_COUNTRY = re.compile(r"^(?:the\s+)?(?:U\.S\.|US|U\.K\.|UK)\s+", re.IGNORECASE)
_OF_COUNTRY = re.compile(r"\s+of\s+\w+$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Creator:
    """One who signs: a person (family, given, suffix) or whoever is known by one name (literal)."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def whole(self) -> str:
        """The name in its own order where no comma belongs: a body, or a person written in Chinese characters."""
        return self.literal or (self.family + self.given if _CJK.search(self.family) else "")


def one_line(text: str) -> str:
    """Fold line breaks and other control characters to a space: no citation format can carry them."""
    return _CONTROL.sub(" ", text).strip()


def _creator(name: str) -> Creator:
    family, *rest = (part.strip() for part in name.split(",", 2))
    if not rest or not family or not rest[0]:
        return Creator(literal=name)
    return Creator(family=family, given=rest[0], suffix=rest[1] if len(rest) > 1 else "")


def creators(source: Source) -> tuple[list[Creator], bool]:
    """Return who signs the source, people before bodies, and whether the record says that there are others."""
    names = [name for name in map(one_line, source.authors) if name]
    people = [_creator(name) for name in names if name.casefold() not in _OTHERS]
    bodies = [Creator(literal=name) for name in map(one_line, source.organisations) if name]
    return people + bodies, len(people) < len(names)


def short(source: Source) -> str:
    """Return the label that readers know: ``de Vries (2023)``, ``Patterson et al. (2021)``, ``EIA (2021)``.

    Three or more who sign, or a person beside a body, become "et al."; a source that nobody signs goes under its
    publisher. A Chinese source has the Chinese words (等, 日期不详), since the names beside them are Chinese too. Two
    sources of the same body and year have the same label: what must be unique is the id.
    """
    chinese = source.language.startswith("zh")
    people, others = creators(source)
    labels = [acronym(p.literal, source) if p.literal else p.whole or _family(p) for p in people]
    if not labels:
        who = _without_remark(one_line(source.publisher))
    elif others or len(people) > 2 or (len(people) == 2 and bool(people[0].family) != bool(people[1].family)):
        who = labels[0] + ("等" if chinese else " et al.")
    else:
        who = ("和" if chinese else " and ").join(labels)
    year = source.issued[:4] if source.issued else ("日期不详" if chinese else "n.d.")
    return f"{who} ({year})"


def renamed(source: Source, bodies: Mapping[str, str]) -> Source:
    """The source as a text in another language names those that sign and publish it; itself where none has another name."""
    organisations = [bodies.get(name, name) for name in source.organisations]
    publisher = bodies.get(source.publisher, source.publisher)
    if organisations == source.organisations and publisher == source.publisher:
        return source
    changes = {"organisations": organisations, "publisher": publisher, "language": _SEVERAL}
    return source.model_copy(update=changes)


def _family(person: Creator) -> str:
    """The family name, with an initial before it where it would be read as another word: J. You."""
    return f"{person.given[0]}. {person.family}" if person.family in _WORDS else person.family


def acronym(body: str, source: Source) -> str:
    """Return the acronym by which the record itself calls the body, else its name without a trailing remark."""
    name = _without_remark(body)
    bracket = _REMARK.search(body)
    if bracket and _ACRONYM.fullmatch(bracket[1]):
        return bracket[1]
    if printed := _printed(name, source.publisher):
        return printed
    homely = _COUNTRY.sub("", name)
    for words in (homely, _OF_COUNTRY.sub("", homely)):
        initials = "".join(word[0] for word in _words(words) if word[0].isupper())
        if len(initials) >= 3 and _used(initials, source):
            return initials
    return name


def _printed(name: str, publisher: str) -> str | None:
    """An acronym in the publisher's name that fits the body's name."""
    words = _words(_COUNTRY.sub("", name))
    first = "".join(word[0] for word in _words(name)).casefold()
    capitals = "".join(word[0] for word in words if word[0].isupper()).casefold()
    whole = _without_remark(publisher)
    for word in _words(publisher):
        if not _ACRONYM.fullmatch(word) or not 3 <= len(word) < len(name):
            continue
        letters = word.casefold()
        drawn = word == whole and len(words) > 1 and _within(letters, "".join(words).casefold())
        if _within(letters, first) or (drawn and _within(capitals, letters)):
            return word
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[\w&]+", text)


def _without_remark(name: str) -> str:
    return _REMARK.sub("", name) or name


def _within(letters: str, of: str) -> bool:
    """Whether the letters occur in this order."""
    rest = iter(of)
    return all(letter in rest for letter in letters)


def _used(initials: str, source: Source) -> bool:
    host = urlsplit(source.url or "").hostname or ""
    return initials in _words(source.title) or initials.casefold() in [*re.split(r"[.-]", source.id), *host.split(".")]
