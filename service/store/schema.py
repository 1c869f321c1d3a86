"""The tables of the database: plain columns, no JSON, so that any SQLite client can read the knowledge.

Texts in two languages are two columns (``statement_en``, ``statement_zh``). ``figure.number`` orders figures by how
likely they are wanted; the full-text index shares that order, which is what keeps searches bounded.
"""

from __future__ import annotations

from typing import Final

Columns = dict[str, type]


def _both(*names: str) -> Columns:
    return {f"{name}_{language}": str for name in names for language in ("en", "zh")}


TABLES: Final[dict[str, Columns]] = {
    "meta": {"key": str, "value": str},
    "region": {"id": str, **_both("name"), "part_of": str},
    "region_alias": {"region": str, "language": str, "position": int, "alias": str},
    "subject": {"number": int, "id": str, "kind": str, **_both("name"), "region": str, "part_of": str},
    "subject_alias": {"subject": str, "language": str, "position": int, "alias": str},
    "region_name": {"key": str, "region": str},
    "subject_name": {"key": str, "subject": str},
    "quantity": {"id": str, **_both("name", "definition"), "unit": str, **_both("statement")},
    "quantity_alias": {"quantity": str, "language": str, "position": int, "alias": str},
    "quantity_unit": {"quantity": str, "position": int, "unit": str},
    "source": {
        "number": int, "id": str, "topic": str, "title": str, "publisher": str, "issued": str, "url": str,
        "archived": str, "doi": str, "language": str, "kind": str, "checked": str, "licence": str, **_both("summary"),
    },
    "author": {"source": str, "position": int, "name": str, "kind": str},
    "note": {"source": str, "position": int, **_both("text")},
    "source_table": {
        "source": str, "position": int, "quantity": str, "unit": str, "gas": str, "basis": str, **_both("scope"),
        "locator": str,
    },
    "figure": {
        "number": int, "id": str, "source": str, "subject": str, "quantity": str, "value": float, "low": float,
        "high": float, "unit": str, "gas": str, "as_of": str, "first_year": int, "last_year": int, "region": str,
        "basis": str, **_both("scope", "statement"), "locator": str, "checked": str, "preferred": int,
        "superseded": int,
    },
    "caveat": {"figure": str, "position": int, **_both("text")},
    "relation": {"figure": str, "position": int, "type": str, "other": str},
    "parameter": {"id": str, "subject": str, "quantity": str, "region": str, "review_by": str},
    "derived": {
        "id": str, "parameter": str, "position": int, **_both("label"), "formula": str, "as_of": str, **_both("scope"),
    },
    "derived_use": {"derived": str, "name": str, "position": int, "figure": str},
    "choice": {
        "parameter": str, "position": int, "since": str, "figure": str, "derived": str, **_both("reason"),
    },
    "rival": {"parameter": str, "position": int, "figure": str, "derived": str},
    "pairing": {
        "parameter": str, "entry": str, "entry_position": int, "position": int, "figure": str, "derived": str,
    },
    "collection": {"id": str, **_both("title", "about"), "source": str},
    "claim": {
        "number": int, "id": str, "collection": str, "position": int, **_both("statement"), "verdict": str,
        **_both("evidence"), "tool": str, "since": str, "checked": str,
    },
    "claim_telling": {
        "claim": str, "position": int, "role": str, "source": str, "date": str, "figure": str, "takes_from": str, **_both("note"),
    },
    "claim_number": {
        "claim": str, "position": int, "printed": str, "subject": str, "quantity": str, "value": float, "low": float,
        "high": float, "unit": str, "gas": str, **_both("of"),
    },
    "claim_acceptable": {"claim": str, "position": int, "verdict": str},
    "claim_arithmetic": {"claim": str, "position": int, "sum": str},
    "claim_paraphrase": {"claim": str, "position": int, "text_en": str, "text_zh": str},
    "claim_figure": {"claim": str, "position": int, "figure": str},
    "claim_source": {"claim": str, "position": int, "source": str},
    "claim_input": {"claim": str, "position": int, "name": str, "value": str},
    "word": {"word": str, "figures": int},
    "unit": {"name": str, "factor": float, "dimension": str},
}  # fmt: skip

KEYS: Final[dict[str, str | tuple[str, ...]]] = {
    "meta": "key",
    "unit": "name",
    "region_alias": ("region", "language", "position"),
    "subject_alias": ("subject", "language", "position"),
    "region_name": ("key", "region"),
    "subject_name": ("key", "subject"),
    "quantity_alias": ("quantity", "language", "position"),
    "quantity_unit": ("quantity", "position"),
    "subject": "number",
    "source": "number",
    "author": ("source", "position"),
    "note": ("source", "position"),
    "source_table": ("source", "position"),
    "figure": "number",
    "caveat": ("figure", "position"),
    "relation": ("figure", "position"),
    "derived_use": ("derived", "name"),
    "choice": ("parameter", "position"),
    "rival": ("parameter", "position"),
    "pairing": ("parameter", "entry", "entry_position", "position"),
    "claim": "number",
    "claim_telling": ("claim", "position"),
    "claim_number": ("claim", "position"),
    "claim_acceptable": ("claim", "position"),
    "claim_arithmetic": ("claim", "position"),
    "claim_paraphrase": ("claim", "position"),
    "claim_figure": ("claim", "position"),
    "claim_source": ("claim", "position"),
    "claim_input": ("claim", "position"),
    "word": "word",
}

FOREIGN: Final[dict[str, dict[str, str]]] = {
    "region": {"part_of": "region"},
    "region_alias": {"region": "region"},
    "subject": {"region": "region", "part_of": "subject"},
    "subject_alias": {"subject": "subject"},
    "region_name": {"region": "region"},
    "subject_name": {"subject": "subject"},
    "quantity_alias": {"quantity": "quantity"},
    "quantity_unit": {"quantity": "quantity"},
    "author": {"source": "source"},
    "note": {"source": "source"},
    "source_table": {"source": "source", "quantity": "quantity"},
    "figure": {"source": "source", "subject": "subject", "quantity": "quantity", "region": "region"},
    "caveat": {"figure": "figure"},
    "relation": {"figure": "figure", "other": "figure"},
    "parameter": {"subject": "subject", "quantity": "quantity", "region": "region"},
    "derived": {"parameter": "parameter"},
    "derived_use": {"derived": "derived", "figure": "figure"},
    "choice": {"parameter": "parameter", "figure": "figure", "derived": "derived"},
    "rival": {"parameter": "parameter", "figure": "figure", "derived": "derived"},
    "pairing": {"parameter": "parameter", "figure": "figure", "derived": "derived"},
    "collection": {"source": "source"},
    "claim": {"collection": "collection"},
    "claim_telling": {"claim": "claim", "source": "source", "figure": "figure", "takes_from": "source"},
    "claim_number": {"claim": "claim", "subject": "subject", "quantity": "quantity"},
    "claim_acceptable": {"claim": "claim"},
    "claim_arithmetic": {"claim": "claim"},
    "claim_paraphrase": {"claim": "claim"},
    "claim_figure": {"claim": "claim", "figure": "figure"},
    "claim_source": {"claim": "claim", "source": "source"},
    "claim_input": {"claim": "claim"},
}

NOT_NULL: Final[dict[str, set[str]]] = {
    "source": {"id", "topic", "title", "publisher", "language", "kind", "checked"},
    "figure": {"id", "source", "subject", "quantity", "value", "unit", "as_of", "region", "basis", "checked"},
    "subject": {"id", "kind", "name_en", "name_zh"},
    "parameter": {"subject", "quantity", "region"},
    "claim": {"id", "collection", "statement_en", "statement_zh", "verdict", "evidence_en", "evidence_zh", "checked"},
    "claim_telling": {"role", "source"},
}

UNIQUE: Final[dict[str, tuple[str, ...]]] = {
    "subject": ("id",),
    "source": ("id",),
    "figure": ("id",),
    "parameter": ("subject", "quantity", "region"),
    "claim": ("id",),
}

INDEXES: Final = (
    ("figure", "subject", "quantity", "region"),
    ("figure", "quantity", "region"),
    ("figure", "region"),
    ("figure", "source"),
    ("subject", "kind", "region"),
    ("source", "topic"),
    ("relation", "other"),
    ("parameter", "quantity"),
    ("choice", "figure"),
    ("choice", "derived"),
    ("rival", "figure"),
    ("rival", "derived"),
    ("derived", "parameter"),
    ("derived_use", "figure"),
    ("claim", "collection", "position"),
    ("claim_number", "subject", "quantity"),
    ("claim_figure", "figure"),
    ("claim_source", "source"),
    ("claim_telling", "source"),
)

# The folded texts of what can be searched, and how much a match in each column counts. ``facet`` holds what a search
# can be narrowed to, as single tokens such as ``kind:preprint``, so that narrowing costs no scan; it ranks nothing.
SEARCHED: Final[dict[str, dict[str, float]]] = {
    "figure": {"subject": 4.0, "quantity": 3.0, "region": 2.5, "statement": 1.5, "source": 1.5, "scope": 0.5},
    "source": {"title": 3.0, "publisher": 2.0, "authors": 2.5, "summary": 1.0},
    "subject": {"name": 3.0, "aliases": 2.0},
    "claim": {"statement": 3.0, "numbers": 2.5, "about": 2.0, "tellers": 1.5, "evidence": 1.0},
}
TOKENIZER: Final = "porter unicode61 remove_diacritics 0 tokenchars '_:.-'"


def facet(name: str, value: object) -> str:
    """The token that stands for ``name = value``; its last colon keeps the stemmer off.

    >>> facet("region", "US-CAMX")
    'region:us-camx:'
    """
    return f"{name}:{str(value).lower()}:"
