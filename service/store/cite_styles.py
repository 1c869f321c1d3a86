"""A source as a line of a reference list: APA 7 and GB/T 7714-2015 (numeric), through the citation processor citeproc.

The styles are files of our own in ``prompts/styles``. Titles are printed as published: APA would set them in sentence
case, but which capitals are names can't be told from a title.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from threading import Lock
from typing import Any, Literal

from service.core.model import Source
from service.core.resources import resource
from service.store.cite_item import csl
from service.store.cite_names import acronym, creators

Style = Literal["apa", "gbt7714"]

_LOCALES = {"zh-Hant": "zh-TW", "zh": "zh-CN"}
_DOUBLE_STOP = re.compile(r"([?!？！。])\.")
_RENDERING = Lock()


def formatted(source: Source, style: Style = "apa", language: str = "en") -> str:
    """Return the reference as one line of plain text.

    Args:
        source: What to cite.
        style: ``apa`` (APA, 7th edition) or ``gbt7714`` (GB/T 7714-2015, numeric; the number itself is the caller's).
        language: The reader's language. It decides the words that APA adds (n.d., months, [Data set]). GB/T 7714
            writes them in the language of the publication, whatever the reader's: "et al." or 等.
    """
    if style == "gbt7714":
        return _render(style, _locale(source.language), _as_text(_for_gbt(source)))
    return _render(style, _locale(language), _as_text(_without_echo(source)))


def _locale(language: str) -> str:
    return _LOCALES.get(language) or _LOCALES.get(language.partition("-")[0], "en-US")


def _as_text(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def _without_echo(source: Source) -> dict[str, Any]:
    """The item without what both styles leave out: a publisher that is the author, an address that repeats the DOI.

    Styles can't compare two fields, so it is done here; and people written in Chinese characters become one name,
    because the processor would part them by a comma.
    """
    item = csl(source)
    people, _ = creators(source)
    for person, name in zip(people, item.get("author", []), strict=False):
        if person.whole:
            name.clear()
            name["literal"] = person.whole
    bodies = {name for person in people if person.literal for name in (person.literal, acronym(person.literal, source))}
    for field in ("publisher", "container-title"):
        if item.get(field) in bodies:
            del item[field]
    if source.doi and item.get("URL", "").endswith(source.doi):
        del item["URL"]
    return item


def _for_gbt(source: Source) -> dict[str, Any]:
    """The item with family names in capitals, and the exact date apart from the year.

    GB/T wants "publisher, year(exact date)". The processor's own way to write capitals would also change the names of
    bodies, and a style can't ask whether a date has a month; the exact date therefore travels as `status`.
    """
    item = _without_echo(source)
    if item["type"] == "article-newspaper":
        item["container-title"] = csl(source)["container-title"]  # a newspaper is named even where it signs the article
    et_al = "等" if source.language.startswith("zh") else "et al."
    for name in item.get("author", []):
        if "family" in name:
            name["family"] = name["family"].upper()
        elif name == {"literal": "others"}:
            name["literal"] = et_al
    if source.issued and len(source.issued) > 4:
        item["status"] = source.issued
    return item


@lru_cache(maxsize=4096)
def _render(style: Style, locale: str, item: str) -> str:
    # Imported here: nothing else needs the processor and lxml, so whoever formats nothing never loads them.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    data = json.loads(item)
    with _RENDERING:  # the processor keeps its state in the style
        library = CitationStylesBibliography(_style(style, locale), CiteProcJSON([data]), formatter.plain)
        library.register(Citation([CitationItem(data["id"])]))
        text = "".join(map(str, library.bibliography()[0]))
    return _DOUBLE_STOP.sub(r"\1", text)


@lru_cache(maxsize=8)
def _style(style: Style, locale: str) -> Any:
    from citeproc import CitationStylesStyle  # noqa: PLC0415

    # Not validated on every start: a test validates the files against the schema of CSL.
    return CitationStylesStyle(str(resource(f"prompts/styles/{style}.csl")), locale=locale, validate=False)
