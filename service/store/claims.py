"""The claims of the built knowledge: by id, by what they speak of, by the figures they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from service.core.claim import Claim, Collection, Telling, Verdict
from service.store.claim_tables import ORIGIN
from service.store.connection import Row, marks
from service.store.kept import kept
from service.store.queries import Knowledge
from service.store.revive import both, grouped, plain
from service.store.search import search

_NUMBER: Final = ("printed", "subject", "quantity", "value", "low", "high", "unit", "gas")
_TELLING: Final = ("source", "date", "figure", "takes_from")
_PARTS: Final = ("telling", "number", "acceptable", "arithmetic", "paraphrase", "figure", "source", "input")
_MOST: Final = 1000
_CONDITIONS: Final[Mapping[str, str]] = {
    "verdict": "verdict = ?",
    "collection": "collection = ?",
    **{
        name: f"id IN (SELECT claim FROM claim_{name} WHERE {name} = ?"
        f" UNION SELECT claim FROM claim_telling WHERE {name} = ?)"
        for name in ("figure", "source")
    },
}
_STATED: Final = "id IN (SELECT claim FROM claim_number WHERE ? IN ('', subject) AND ? IN ('', quantity))"


def has_claim(knowledge: Knowledge, claim_id: str) -> bool:
    """Whether there is a claim of this id."""
    return knowledge.connection.row("SELECT 1 FROM claim WHERE id = ?", (claim_id,)) is not None


def every_id(knowledge: Knowledge) -> list[str]:
    """The ids of all claims, in order."""
    return [row["id"] for row in knowledge.connection.rows("SELECT id FROM claim ORDER BY number", ())]


def claim(knowledge: Knowledge, claim_id: str) -> Claim:
    """The claim of this id. Raises KeyError where there is none."""
    found = claims(knowledge, [claim_id])
    if not found:
        raise KeyError(claim_id)
    return found[0]


def claims(knowledge: Knowledge, ids: Sequence[str]) -> list[Claim]:
    """The claims of these ids that there are, in this order."""
    if not ids:
        return []
    rows, listed = knowledge.connection.rows, marks(ids)
    parts = {
        part: grouped(rows(f"SELECT * FROM claim_{part} WHERE claim IN ({listed}) ORDER BY position", ids), "claim")
        for part in _PARTS
    }
    found = {
        row["id"]: _claim(row, {part: parts[part][row["id"]] for part in _PARTS})
        for row in rows(f"SELECT * FROM claim WHERE id IN ({listed})", ids)
    }
    return [found[name] for name in ids if name in found]


def _claim(row: Row, parts: dict[str, list[Row]]) -> Claim:
    tellings = [(each["role"], _telling(each)) for each in parts["telling"]]
    inputs = {name: [each["value"] for each in rows] for name, rows in grouped(parts["input"], "name").items()}
    return Claim.model_validate(
        plain(row, ("id", "verdict", "since", "checked"))
        | {"statement": both(row, "statement"), "evidence": both(row, "evidence")}
        | {"origin": next((telling for role, telling in tellings if role == ORIGIN), None)}
        | {"repeated_by": [telling for role, telling in tellings if role != ORIGIN]}
        | {"numbers": [plain(each, _NUMBER) | {"of": _maybe(each, "of")} for each in parts["number"]]}
        | {"acceptable": [each["verdict"] for each in parts["acceptable"]]}
        | {"paraphrases": [both(each, "text") for each in parts["paraphrase"]]}
        | {"arithmetic": [each["sum"] for each in parts["arithmetic"]]}
        | {"figures": [each["figure"] for each in parts["figure"]]}
        | {"sources": [each["source"] for each in parts["source"]]}
        | {"call": {"tool": row["tool"], "inputs": inputs} if row["tool"] else None}
    )


def _telling(row: Row) -> dict[str, Any]:
    return plain(row, _TELLING) | {"note": _maybe(row, "note")}


def _maybe(row: Row, name: str) -> dict[str, Any] | None:
    return both(row, name) if row[f"{name}_en"] else None


def collections(knowledge: Knowledge) -> list[Collection]:
    """All collections by id, without their claims."""
    return [
        Collection.model_validate(
            plain(row, ("id", "source")) | {"title": both(row, "title"), "about": both(row, "about")}
        )
        for row in knowledge.connection.rows("SELECT * FROM collection ORDER BY id")
    ]


def counted(knowledge: Knowledge) -> dict[str, int]:
    """How many claims there are in each collection."""
    rows = knowledge.connection.rows("SELECT collection, count(*) AS n FROM claim GROUP BY 1 ORDER BY 1 DESC")
    return {row["collection"]: row["n"] for row in rows}


def collection_of(knowledge: Knowledge, claim_id: str) -> tuple[str, int]:
    """The id of the collection that a claim stands in, and its place there, from 1. Raises KeyError."""
    row = knowledge.connection.row("SELECT collection, position FROM claim WHERE id = ?", (claim_id,))
    if row is None:
        raise KeyError(claim_id)
    return row["collection"], row["position"]


def since(knowledge: Knowledge, claim: Claim) -> str | None:
    """Since when a claim goes around: the date of its origin where that is known."""
    return (said_on(knowledge, claim.origin) if claim.origin else None) or claim.since


def said_on(knowledge: Knowledge, telling: Telling) -> str | None:
    """When a publication said it, as exact as known."""
    return telling.date or knowledge.source(telling.source).issued


def claims_about(knowledge: Knowledge, subject: str | None = None, quantity: str | None = None) -> list[Claim]:
    """The claims that state a number of this quantity of this subject; either alone narrows by itself."""
    return find_claims(knowledge, subject=subject, quantity=quantity, limit=_MOST)[0]


def claims_on(knowledge: Knowledge, figure: str) -> list[Claim]:
    """The claims that rest on a figure or speak of it."""
    return _spoken_of(knowledge).get(figure, [])


@kept
def _spoken_of(knowledge: Knowledge) -> Mapping[str, list[Claim]]:
    """The claims by the figures that they rest on or speak of: few, and every page of a figure asks."""
    sql = (
        "SELECT said.figure, claim.id FROM (SELECT claim, figure FROM claim_figure UNION SELECT claim, figure FROM claim_telling)"
        " AS said JOIN claim ON claim.id = said.claim WHERE said.figure <> '' ORDER BY claim.number"
    )
    pairs = [(row["figure"], row["id"]) for row in knowledge.connection.rows(sql)]
    by_id = {each.id: each for each in claims(knowledge, list(dict.fromkeys(name for _, name in pairs)))}
    found: dict[str, list[Claim]] = {}
    for figure, name in pairs:
        found.setdefault(figure, []).append(by_id[name])
    return found


def find_claims(
    knowledge: Knowledge,
    words: str = "",
    *,
    subject: str | None = None,
    quantity: str | None = None,
    figure: str | None = None,
    source: str | None = None,
    verdict: Verdict | None = None,
    collection: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> tuple[list[Claim], int]:
    """One page of the claims that fit, and how many fit in all: those with `words` best first, else in their order.

    `subject` and `quantity` are of one number that it states; `figure` and `source` are ones that say it or that the
    verdict rests on.
    """
    wanted = {"figure": figure, "source": source, "verdict": verdict, "collection": collection}
    if words:
        narrow: dict[str, Any] = {"subject": subject, "quantity": quantity, **wanted}
        found = search(knowledge, words, what="claim", **narrow, limit=limit, offset=offset)
        return claims(knowledge, found.ids), found.total
    conditions = [_CONDITIONS[name] for name, value in wanted.items() if value is not None]
    values = [value for name, value in wanted.items() if value is not None for _ in range(_CONDITIONS[name].count("?"))]
    if subject or quantity:
        conditions.append(_STATED)
        values += [subject or "", quantity or ""]
    where = " AND ".join(conditions) or "1"
    limit, offset = max(0, limit), max(0, offset)
    sql = f"SELECT id FROM claim WHERE {where} ORDER BY number LIMIT ? OFFSET ?"
    ids = [row["id"] for row in knowledge.connection.rows(sql, (*values, limit, offset))]
    if len(ids) < limit and (ids or not offset):  # the last page says how many there are
        return claims(knowledge, ids), offset + len(ids)
    return claims(knowledge, ids), knowledge.connection.number(f"SELECT count(*) FROM claim WHERE {where}", values)
