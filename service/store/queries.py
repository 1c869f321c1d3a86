"""Everything that can be asked of the built knowledge: by id, by name, by what it is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final, Literal

from service.core.model import Basis, Checked, Figure, Kind, QuantityKind, Region, Source, Subject, SubjectKind
from service.store.connection import Row, marks
from service.store.faults import nearest
from service.store.fold import squeeze
from service.store.lookup import Lookup

Thing = Literal["subject", "region", "quantity", "figure", "source", "parameter", "claim", "collection"]
Stats = dict[str, int | dict[str, dict[str, int]]]

_SUGGESTED: Final = 3
_LONGEST_NAME: Final = 120
_NAMES: Final = 4096  # that were asked for last


class Knowledge(Lookup):
    """The knowledge in the SQLite file at `path`, opened read-only. Safe to share between threads.

    Look-ups by id raise KeyError when there is no such thing.
    """

    def stats(self) -> dict[str, int | dict[str, dict[str, int]]]:
        """How much there is: counts of each sort of record, of figures by how they were checked, and by topic."""
        count = self.connection.number
        kinds = ("source", "figure", "subject", "quantity", "region", "parameter", "derived", "claim")
        named = {f"{kind}s".replace("ys", "ies").replace("deriveds", "derived"): kind for kind in kinds}
        checked = {
            row[0]: row[1] for row in self.connection.rows("SELECT checked, count(*) FROM figure GROUP BY checked")
        }
        topics = self.connection.rows(
            "SELECT topic, count(DISTINCT source.id) AS sources, count(figure.id) AS figures "
            "FROM source LEFT JOIN figure ON figure.source = source.id GROUP BY topic ORDER BY topic"
        )
        return {
            **{name: count(f"SELECT count(*) FROM {table}") for name, table in named.items()},
            **{name: checked.get(name, 0) for name in ("primary", "secondary", "memory")},
            "topics": {row["topic"]: {"sources": row["sources"], "figures": row["figures"]} for row in topics},
        }

    @cached_property
    def figure_count(self) -> int:
        """The number of figures."""
        return self.connection.number("SELECT count(*) FROM figure")

    def word_counts(self, words: Collection[str]) -> dict[str, int]:
        """For those of the index's word roots that occur, in how many figures each does."""
        rows = self.connection.rows(f"SELECT word, figures FROM word WHERE word IN ({marks(words)})", tuple(words))
        return {row["word"]: row["figures"] for row in rows}

    # -- lists --------------------------------------------------------------------------------------------------

    def find_figures(
        self,
        *,
        subject: str | None = None,
        quantity: str | None = None,
        region: str | None = None,
        kind: Kind | None = None,
        checked: Checked | None = None,
        basis: Basis | None = None,
        source: str | None = None,
        year: int | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[list[Figure], int]:
        """One page of the figures that fit, those most likely wanted first, and how many fit in all.

        `kind` is that of the source; `year` is one that the figure's date or period touches.
        """
        wanted = {
            "figure.subject": subject,
            "figure.quantity": quantity,
            "figure.region": region,
            "figure.checked": checked,
            "basis": basis,
            "source": source,
            "source.kind": kind,
        }
        extra = [("? BETWEEN first_year AND last_year", year)] if year is not None else []
        tables = "figure JOIN source ON source.id = figure.source" if kind else "figure"
        rows, total = self._page("figure", tables, wanted, "figure.number", limit, offset, extra)
        return self.figures([row["id"] for row in rows]), total

    def find_sources(
        self,
        *,
        topic: str | None = None,
        kind: Kind | None = None,
        checked: Checked | None = None,
        language: str | None = None,
        year: int | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[list[Source], int]:
        """One page of the sources that fit, by id, and how many fit in all. `year` is that of publication."""
        wanted = {"topic": topic, "kind": kind, "checked": checked, "language": language}
        extra = [("substr(issued, 1, 4) = ?", f"{year:04}")] if year is not None else []
        rows, total = self._page("source", "source", wanted, "source.number", limit, offset, extra)
        return self.sources([row["id"] for row in rows]), total

    def find_subjects(
        self,
        *,
        kind: SubjectKind | None = None,
        region: str | None = None,
        part_of: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[list[Subject], int]:
        """One page of the subjects that fit, by id, and how many fit in all."""
        wanted = {"kind": kind, "region": region, "part_of": part_of}
        rows, total = self._page("subject", "subject", wanted, "subject.number", limit, offset)
        return [self.subjects[row["id"]] for row in rows], total

    def _page(
        self,
        name: str,
        tables: str,
        wanted: dict[str, str | None],
        order: str,
        limit: int,
        offset: int,
        extra: Sequence[tuple[str, Any]] = (),
    ) -> tuple[list[Row], int]:
        conditions = [(f"{column} = ?", value) for column, value in wanted.items() if value is not None] + list(extra)
        where = " AND ".join(condition for condition, _ in conditions) or "1"
        values = [value for _, value in conditions]
        total = self.connection.number(f"SELECT count(*) FROM {tables} WHERE {where}", values)
        sql = f"SELECT {name}.id FROM {tables} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
        return self.connection.rows(sql, (*values, max(0, limit), max(0, offset))), total

    # -- names --------------------------------------------------------------------------------------------------

    def resolve_subject(self, text: str, kinds: Iterable[str] | None = None) -> Subject | list[Subject]:
        """The subject that `text` means: by id, or by name or alias in any language however it is spaced or cased.

        Where it means several, or none, the list of them. `kinds` limits it to subjects of these kinds.
        """
        wanted = set(kinds or ())
        exact = self.subjects.get(text)
        if exact is not None and (not wanted or exact.kind in wanted):
            return exact
        found = [self.subjects[name] for name in self._named("subject", text[:_LONGEST_NAME])]
        fitting = [subject for subject in found if not wanted or subject.kind in wanted]
        return fitting[0] if len(fitting) == 1 else fitting

    def resolve_region(self, text: str) -> Region | None:
        """The region that `text` means: by code, name or alias in any language; None where it means none."""
        if text in self._regions:
            return self._regions[text]
        found = self._named("region", text[:_LONGEST_NAME])
        return self._regions[found[0]] if found else None

    @cached_property
    def _named(self) -> Callable[[str, str], tuple[str, ...]]:
        """The ids of the subjects or regions that go by a name."""
        return lru_cache(maxsize=_NAMES)(self._look_up)

    def _look_up(self, thing: str, name: str) -> tuple[str, ...]:
        sql = f"SELECT DISTINCT {thing} FROM {thing}_name WHERE key = ? ORDER BY {thing}"
        return tuple(row[0] for row in self.connection.rows(sql, (squeeze(name),)))

    def resolve_quantity(self, text: str) -> QuantityKind | list[QuantityKind]:
        """The quantity that `text` means: by id, or by name or alias in any language; where several or none, the list."""
        if text in self.quantities:
            return self.quantities[text]
        key = squeeze(text[:_LONGEST_NAME])
        found = [quantity for quantity in self.quantities.values() if key in self._called[quantity.id]]
        return found[0] if len(found) == 1 else found

    @cached_property
    def _called(self) -> dict[str, set[str]]:
        """How each quantity is called, squeezed."""
        names = {
            q.id: (q.id, q.name.en, q.name.zh, *q.aliases.get("en", ()), *q.aliases.get("zh", ()))
            for q in self.quantities.values()
        }
        return {quantity: {squeeze(name) for name in called} for quantity, called in names.items()}

    def suggest_quantities(self, text: str) -> tuple[str, ...]:
        """Up to three ids of quantities that `text` may mean."""
        owner = {name: quantity for quantity, called in self._called.items() for name in called}
        close = nearest(squeeze(text[:_LONGEST_NAME]), owner, _SUGGESTED * 3)
        return tuple(dict.fromkeys(owner[name] for name in close))[:_SUGGESTED]

    def suggest(self, text: str, thing: Thing, kinds: Iterable[str] | None = None) -> list[str]:
        """Up to three ids of such things whose id or name is written most like `text`, best first.

        An id that begins with it comes before one that only resembles it.
        """
        text = text[:_LONGEST_NAME]
        if thing not in ("subject", "region"):
            ids = [row["id"] for row in self.connection.rows(f"SELECT id FROM {thing}")]
            begun = [each for each in ids if text and each.startswith(text)][:_SUGGESTED]
            return list(dict.fromkeys([*begun, *nearest(text, ids, _SUGGESTED)]))[:_SUGGESTED]
        wanted = set(kinds or ())
        rows = self.connection.rows(f"SELECT key, {thing} AS id FROM {thing}_name ORDER BY key, id")
        owner = {row["key"]: row["id"] for row in rows if not wanted or self.subjects[row["id"]].kind in wanted}
        close = nearest(squeeze(text), owner, _SUGGESTED * 3)
        return list(dict.fromkeys(owner[key] for key in close))[:_SUGGESTED]

    def suggest_subjects(self, text: str, kinds: Iterable[str] | None = None) -> tuple[str, ...]:
        """Up to three ids of subjects, of these kinds, that `text` may mean."""
        return tuple(self.suggest(text, "subject", kinds))

    def suggest_regions(self, text: str) -> tuple[str, ...]:
        """Up to three codes of regions that `text` may mean."""
        return tuple(self.suggest(text, "region"))
