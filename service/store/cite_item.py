"""A source as an item of CSL-JSON, the exchange format of citation processors and reference managers."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from service.core.model import Source
from service.store.cite_names import creators, one_line

_BY_KIND = {
    "peer-reviewed": "article-journal",
    "preprint": "article",
    "official-statistics": "report",
    "company-disclosure": "report",
    "company-statement": "webpage",
    "standard": "standard",
    "policy": "legislation",
    "dataset": "dataset",
    "analyst": "report",
    "ngo-report": "report",
    "press": "article-newspaper",
}
_IN_CONTAINER = frozenset({"article-journal", "article-newspaper", "paper-conference", "post-weblog", "webpage"})
_MEETING = re.compile(r"\b(?:19|20)\d\d$|['’]\d\d$")
_PAGE = re.compile(r"\.(?:php|html?|shtml|aspx?|jsp|cfm)$", re.IGNORECASE)
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")
_ISSUE = re.compile(r"(?P<name>.*\D)\s(?P<volume>\d+)(?:\((?P<issue>[^()]+)\))?(?:,\s*(?P<page>\w+(?:[-–]\w+)?))?")


def csl(source: Source) -> dict[str, Any]:
    """Return the source as a CSL-JSON item; what the record does not know is left out.

    The title is kept as it is, but on one line: one in [brackets] describes a source whose title was not seen, as
    citation styles ask. The address is the publication's own, else that of the archived copy.
    """
    kind = item_type(source)
    item: dict[str, Any] = {"id": source.id, "type": kind, "title": one_line(source.title), "language": source.language}
    people, others = creators(source)
    author: list[dict[str, str]] = [
        {"literal": person.literal}
        if person.literal
        else {"family": person.family, "given": person.given} | ({"suffix": person.suffix} if person.suffix else {})
        for person in people
    ]
    if others:
        author.append({"literal": "others"})
    if author:
        item["author"] = author
    if source.issued:
        item["issued"] = {"date-parts": [[int(part) for part in source.issued.split("-")]]}
    item |= _place(kind, one_line(source.publisher))
    if source.doi:
        item["DOI"] = source.doi
    if address := source.url or source.archived:
        item["URL"] = address
    return item


def item_type(source: Source) -> str:
    """Return the CSL type: that of the kind, unless publisher or address tell of a blog, a web page or a talk."""
    kind = _BY_KIND[source.kind]
    if kind == "article-journal" and _MEETING.search(source.publisher):
        return "paper-conference"  # a venue that is named with its year is a meeting: ACL 2019
    if kind in ("report", "webpage", "article-newspaper") and re.search(r"\bblog\b", source.publisher, re.IGNORECASE):
        return "post-weblog"
    if kind == "article-newspaper" and _SITE.fullmatch(source.publisher.casefold()):
        return "webpage"  # a publisher known by nothing but its domain is no newspaper
    if kind == "report" and source.url and _PAGE.search(urlsplit(source.url).path):
        return "webpage"
    return kind


def _place(kind: str, publisher: str) -> dict[str, str]:
    """Where it appeared; volume, issue and pages as records write them behind the journal: Journal 68(7), 54-61."""
    if kind == "article-journal" and (found := _ISSUE.fullmatch(publisher)):
        parts = {key: value for key, value in found.groupdict().items() if value and key != "name"}
        return {"container-title": found["name"].rstrip(" ,"), **parts}
    return {"container-title" if kind in _IN_CONTAINER else "publisher": publisher}
