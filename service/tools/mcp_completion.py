"""What a client may offer while someone types: ids of records, languages, measures, names of services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from mcp import types
from mcp.server.context import ServerRequestContext

from service.answers.words import LANGUAGES
from service.desk import Desk
from service.store.search import search
from service.tools.mcp_prompts import MEASURES
from service.tools.mcp_resources import KINDS, Kind, template

Completer = Callable[[ServerRequestContext[Any, Any], types.CompleteRequestParams], Awaitable[types.CompleteResult]]

_MOST: Final = 100  # that a completion may hold
_BEGINNING: Final[Mapping[Kind, str]] = {
    "figure": "SELECT id FROM figure WHERE id >= ? AND id < ? ORDER BY number",
    "source": "SELECT id FROM source WHERE id >= ? AND id < ? ORDER BY number",
}


def completer(desk: Desk) -> Completer:
    """The handler of completion requests."""

    async def complete(_: ServerRequestContext[Any, Any], params: types.CompleteRequestParams) -> types.CompleteResult:
        typed = params.argument.value
        if isinstance(params.ref, types.PromptReference):
            return types.CompleteResult(completion=_first(_values(desk, params.argument.name, typed)))
        kind = next((each for each in KINDS if template(each) == params.ref.uri), None)
        found = _first([]) if kind is None or params.argument.name != "id" else _ids(desk, kind, typed)
        return types.CompleteResult(completion=found)

    return complete


def _ids(desk: Desk, kind: Kind, typed: str) -> types.Completion:
    """Ids that begin with what is typed; where none does, ids of what it may mean."""
    rows = desk.knowledge.connection.rows(_BEGINNING[kind], (typed, f"{typed}\U0010ffff"))
    if rows:
        return _first([row["id"] for row in rows])
    found = search(desk.knowledge, typed.replace("-", " "), what=kind, limit=_MOST)
    return types.Completion(values=list(found.ids), total=found.total, has_more=found.total > len(found.ids))


def _values(desk: Desk, argument: str, typed: str) -> list[str]:
    """What an argument of a prompt may be; of a list of services, its last entry is completed."""
    before, comma, last = typed.rpartition(",")
    wanted = last.strip().lower()
    match argument:
        case "language":
            return [each for each in LANGUAGES if each.lower().startswith(wanted)]
        case "measure":
            return [each for each in MEASURES if each.startswith(wanted)]
        case "services":
            listed = [each for each in desk.knowledge.subjects.values() if each.kind in ("service", "model")]
            close = [each.id for each in listed if wanted in each.id or wanted in each.name.en.lower()]
            return [f"{before}, {each}" if comma else each for each in close]
    return []


def _first(values: list[str]) -> types.Completion:
    return types.Completion(values=values[:_MOST], total=len(values), has_more=len(values) > _MOST)
