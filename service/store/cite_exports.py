"""A source as a file for reference managers: BibTeX (also read by biblatex) and RIS.

Written by hand, since both are a dozen lines and what matters is their escaping: a title must come out of LaTeX, and of
the reference manager, letter by letter as it was published.
"""

from __future__ import annotations

import re

from service.core.model import Source
from service.store.cite_item import csl
from service.store.cite_names import Creator, creators

# \{ would not do for a brace: BibTeX counts braces before LaTeX sees the backslash.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
    }
)
_LIGATURE = re.compile(r"([-'`,])(?=\1)|[?!](?=`)")
_INNER_PARTICLE = re.compile(r"[^\W\d_a-z].*\s[a-z]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)

# CSL type → BibTeX entry type and field of the publisher, RIS type
_BIBTEX = {
    "article-journal": ("article", "journal"),
    "article-newspaper": ("article", "journal"),
    "paper-conference": ("inproceedings", "booktitle"),
    "report": ("techreport", "institution"),
    "standard": ("techreport", "institution"),
}
_BIBTEX_PARTS = (("volume", "volume"), ("issue", "number"), ("page", "pages"))
_RIS = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "standard": "STAND",
    "dataset": "DATA",
    "legislation": "GOVDOC",
    "post-weblog": "BLOG",
    "webpage": "ELEC",
}


def bibtex(source: Source) -> str:
    r"""Return the source as one BibTeX entry in UTF-8, ending in a newline.

    The whole title stands in a second pair of braces, because which of its capitals are names can't be told from it:
    every style then prints it as published. Bodies are braced too, so that no "and" or comma splits them. The fields
    ``url`` and ``doi`` are not escaped: they are read verbatim (``\url``).
    """
    item = csl(source)
    entry, place = _BIBTEX.get(item["type"], ("misc", "howpublished"))
    fields = {"title": f"{{{_latex(item['title'])}}}"}
    people, others = creators(source)
    if people:
        fields["author"] = " and ".join([_bibtex_name(person) for person in people] + ["others"] * others)
    fields[place] = _latex(item.get("container-title") or item["publisher"])
    fields |= {ours: _latex(item[key]) for key, ours in _BIBTEX_PARTS if key in item}
    fields |= dict(zip(("year", "month", "day"), (source.issued or "").split("-"), strict=False))
    if preprint := _ARXIV.fullmatch(source.doi or ""):
        fields |= {"eprint": preprint[1], "archiveprefix": "arXiv"}
    fields |= {
        "doi": _verbatim(item.get("DOI", "")),
        "url": _verbatim(item.get("URL", "")),
        "language": source.language,
    }
    lines = [f"  {key} = {_bibtex_value(key, value)}," for key, value in fields.items() if value]
    return "\n".join([f"@{entry}{{{source.id},", *lines, "}", ""])


def ris(source: Source) -> str:
    """Return the source as one RIS record; its lines end in CR LF, as the format asks."""
    item = csl(source)
    people, _ = creators(source)
    page = item.get("page", "").replace("–", "-").partition("-")
    year, month, day = (*(source.issued or "").split("-"), "", "")[:3]
    lines = [("TY", _RIS[item["type"]]), ("ID", source.id), ("TI", item["title"])]
    lines += [
        ("AU", person.literal or ", ".join(filter(None, (person.family, person.given, person.suffix))))
        for person in people
    ]
    lines += [
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("VL", item.get("volume", "")),
        ("IS", item.get("issue", "")),
        ("SP", page[0]),
        ("EP", page[2]),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "")),
        ("LA", source.language),
    ]
    text = [f"{tag}  - {value}" for tag, value in lines if value]
    return "\r\n".join([*text, "ER  - ", ""])


def _latex(text: str) -> str:
    r"""Escape for LaTeX, and part the pairs that its fonts would join to another character (``--``, '' , ?`)."""
    return _LIGATURE.sub(r"\g<0>{}", text.translate(_LATEX))


def _verbatim(text: str) -> str:
    """An address for a field that is not escaped; what would upset the count of braces is percent-encoded."""
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _bibtex_name(person: Creator) -> str:
    if person.literal:
        return f"{{{_latex(person.literal)}}}"
    family = _latex(person.family)
    if _INNER_PARTICLE.match(family):
        family = f"{{{family}}}"  # else BibTeX takes all of "Alves da" for the particle of Costa
    return ", ".join(part for part in (family, _latex(person.suffix), _latex(person.given)) if part)


def _bibtex_value(key: str, value: str) -> str:
    return _MONTHS[int(value) - 1] if key == "month" else f"{{{value}}}"
