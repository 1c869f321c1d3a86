"""Citing a source: its label, its CSL-JSON item, and every format in which it can be taken away."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

from service.core.model import Source
from service.store.cite_exports import bibtex, ris
from service.store.cite_item import csl
from service.store.cite_names import short
from service.store.cite_styles import formatted

__all__ = ["MEDIA", "Format", "Media", "bibtex", "citation", "csl", "formatted", "ris", "short"]

Format = Literal["bibtex", "ris", "csl", "text", "apa", "gbt7714"]


class Media(NamedTuple):
    """How a format travels: its media type, and how the name of its file ends."""

    type: str
    ending: str


MEDIA: dict[Format, Media] = {
    "bibtex": Media("application/x-bibtex; charset=utf-8", ".bib"),
    "ris": Media("application/x-research-info-systems; charset=utf-8", ".ris"),
    "csl": Media("application/vnd.citationstyles.csl+json", ".csl.json"),
    "text": Media("text/plain; charset=utf-8", ".txt"),
    "apa": Media("text/plain; charset=utf-8", ".apa.txt"),
    "gbt7714": Media("text/plain; charset=utf-8", ".gbt7714.txt"),
}


def citation(source: Source, format: Format, language: str = "en") -> str:  # noqa: A002
    """Return the source in one of the formats of `MEDIA`, ending in a newline.

    Args:
        source: What to cite.
        format: ``csl`` is a JSON array of one item, as reference managers expect; ``text`` is the style usual in the
            reader's language: GB/T 7714 in Chinese, else APA.
        language: The reader's language.

    Raises:
        ValueError: there is no such format; the message lists those there are.
    """
    match format:
        case "bibtex":
            return bibtex(source)
        case "ris":
            return ris(source)
        case "csl":
            return json.dumps([csl(source)], ensure_ascii=False, indent=2) + "\n"
        case "text":
            return formatted(source, "gbt7714" if language.startswith("zh") else "apa", language) + "\n"
        case "apa" | "gbt7714":
            return formatted(source, format, language) + "\n"
    raise ValueError(f"{format!r} is not a citation format; choose one of {', '.join(MEDIA)}")
