"""BibTeX, RIS and CSL-JSON read back by other people's readers: pybtex, rispy and citeproc."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rispy
import yaml
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

from service.core.model import Source
from service.store.cite import bibtex, csl, ris

KNOWLEDGE = Path(__file__).parents[2] / "knowledge" / "sources"
BASE: dict[str, Any] = {"id": "x-2024", "publisher": "P", "language": "en", "kind": "analyst", "checked": "primary"}
HAND_WRITTEN: list[dict[str, Any]] = [
    {**BASE, "title": "#ChatGPT日耗電超50萬度#上熱搜", "organisations": ["儀表網"], "language": "zh", "kind": "press"},
    {
        **BASE,
        "title": "50% of R&D: a_b ~ $5 {sic} \\ ^ -- ``x''",
        "authors": ["Alves da Costa, Theo", "O'Brien, J., Jr"],
    },
    {**BASE, "title": "[a page]", "organisations": ["Standards and Technology, Institute of"], "issued": "2024-03"},
    {
        **BASE,
        "title": "Nobody signs",
        "url": "https://example.org/a;b_c%20{d}?e=f&g#h",
        "doi": "10.1002/(SICI)1<1::AID>3",
    },
    {
        **BASE,
        "title": "T",
        "authors": ["Brown, Tom B.", "and others"],
        "issued": "2020-05-28",
        "publisher": "J 6, 337-343",
    },
]
# What LaTeX prints for the commands of its own list of symbols; an empty group prints nothing.
PRINTED = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"} | {
    "less": "<",
    "greater": ">",
    "bar": "|",
}


def printed(latex: str) -> str:
    """The text as LaTeX prints it."""
    text = re.sub(r"\\([&%$#_])|\\text([a-z]+)\{\}|[{}]", lambda m: m[1] or PRINTED.get(m[2] or "", ""), latex)
    return " ".join(text.split())


def folded(text: str) -> str:
    """The text on one line: line breaks and control characters count as spaces."""
    return " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text).split())


def records() -> Iterator[Source]:
    for record in HAND_WRITTEN:
        yield Source.model_validate(record)
    for path in sorted(KNOWLEDGE.rglob("*.yaml")):
        yield Source.model_validate(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return list(records())


def signed(source: Source) -> list[str]:
    """Names as the record writes them, without the "and others" that is no name."""
    return [folded(name) for name in source.authors + source.organisations if name != "and others"]


def entry(source: Source) -> Entry:
    return parse_string(bibtex(source), "bibtex").entries[source.id]


def bibtex_names(found: Entry) -> list[str]:
    names = []
    for person in found.persons.get("author", []):
        family = " ".join(person.prelast_names + person.last_names)
        parts = (family, " ".join(person.first_names + person.middle_names), " ".join(person.lineage_names))
        names.append(printed(", ".join(filter(None, parts))))
    return names


def test_bibtex_comes_back_the_same(sources: list[Source]) -> None:
    for source in sources:
        found = entry(source)
        assert printed(found.fields["title"]) == folded(source.title), source.id
        assert [name for name in bibtex_names(found) if name != "others"] == signed(source), source.id
        assert found.fields.get("year", "") == (source.issued or "")[:4], source.id
        assert found.fields.get("doi") == source.doi, source.id
        address = source.url or source.archived
        assert found.fields.get("url") == (address and address.replace("{", "%7B").replace("}", "%7D")), source.id


def test_ris_comes_back_the_same(sources: list[Source]) -> None:
    for source in sources:
        (found,) = rispy.loads(ris(source))
        assert found["title"] == folded(source.title), source.id
        assert found.get("authors", []) == signed(source), source.id
        assert found.get("year", "") == (source.issued or "")[:4], source.id
        assert found.get("doi") == source.doi, source.id
        # this reader takes a semicolon in an address for the end of the address
        assert ";".join(found.get("urls", [])) == (source.url or source.archived or ""), source.id


def test_csl_comes_back_the_same(sources: list[Source]) -> None:
    for source in sources:
        found = CiteProcJSON([csl(source)])[source.id]
        assert str(found["title"]) == folded(source.title), source.id
        names = [
            ", ".join(filter(None, (n.get("literal"), n.get("family"), n.get("given"), n.get("suffix"))))
            for n in found.get("author", [])
        ]
        assert [name for name in names if name != "others"] == signed(source), source.id
        issued = found.get("issued")
        assert (str(issued.year) if issued else "") == (source.issued or "")[:4], source.id
        assert str(found.get("DOI", "")) == (source.doi or ""), source.id
        assert str(found.get("URL", "")) == (source.url or source.archived or ""), source.id


def test_bibtex_entry() -> None:
    source = Source.model_validate({**BASE, "title": "R&D", "organisations": ["A and B"], "issued": "2024-03-09"})
    assert bibtex(source) == (
        "@techreport{x-2024,\n  title = {{R\\&D}},\n  author = {{A and B}},\n  institution = {P},\n"
        "  year = {2024},\n  month = mar,\n  day = {09},\n  language = {en},\n}\n"
    )
    assert entry(source).fields["month"] == "March"
    assert "author = {Brown, Tom B. and others}" in bibtex(Source.model_validate(HAND_WRITTEN[4]))
    preprint = Source.model_validate({**BASE, "title": "T", "kind": "preprint", "doi": "10.48550/arXiv.2104.10350"})
    assert entry(preprint).fields["eprint"] == "2104.10350"


def test_ris_record() -> None:
    source = Source.model_validate(
        {**BASE, "title": "T", "kind": "peer-reviewed", "publisher": "J 6(2), 37-43", "issued": "2020-05"}
    )
    lines = ["TY  - JOUR", "ID  - x-2024", "TI  - T", "T2  - J", "VL  - 6", "IS  - 2", "SP  - 37", "EP  - 43"]
    assert ris(source).split("\r\n") == [*lines, "PY  - 2020", "DA  - 2020/05//", "LA  - en", "ER  - ", ""]


@given(title=st.text(min_size=1).filter(folded))
def test_any_title_survives(title: str) -> None:
    source = Source.model_validate({**BASE, "title": title})
    assert printed(entry(source).fields["title"]) == folded(title)
    (found,) = rispy.loads(ris(source))
    assert folded(found["title"]) == folded(title)


@given(title=st.text(alphabet="\\{}~^&%$#_-'`<>|\"@ aB", min_size=1).filter(folded))
def test_any_heap_of_special_characters_survives(title: str) -> None:
    source = Source.model_validate({**BASE, "title": title, "organisations": [title]})
    assert printed(entry(source).fields["title"]) == folded(title)
    assert bibtex_names(entry(source)) == [folded(title)]
