"""Ten times a Google search: what one takes against what another does, reckoned again by the calculator `compare`."""

from __future__ import annotations

from typing import Final

from service.check.equivalents import TIMES, Comparison, result
from service.check.items import Item
from service.check.kinds import meant
from service.check.passages import Named
from service.core.errors import BadCall, NothingKnown
from service.run import run
from service.store.queries import Knowledge
from service.store.shelf import shelf

_KINDS: Final = ("service", "model", "task", "sector", "company", "everyday")
_AI: Final = ("artificial-intelligence", "ai-data-centres")  # as such
_HERE: Final = 2
_CLAUSES: Final = 1  # that may lie between what is compared and how many times
_LESS: Final = ("fall", "save")
_TAKEN: Final = ("electricity", "emissions", "water", "power", "use", "consumption", "training")
_MEASURES: Final = ("water", "emissions")  # said, else it is electricity
_TRAINED: Final = "training"
_USUAL: Final = ("query", "image", "video", "session", "use", "day", "year")  # what one of is compared, in this order
_TOOL: Final = "compare"


def against(knowledge: Knowledge, item: Item) -> Comparison | None:
    """How many times what the second takes the first does; None where no two are named of which the same is known."""
    mention, around = item.mention, item.around
    if any(around.says(name, mention.clause) > _HERE for name in _LESS):
        return None
    if max(around.says(name) for name in _TAKEN) < _HERE:
        return None  # asked ten times about it
    pair = _pair(item)
    if pair is None:
        return None
    one, other = pair
    known, others = shelf(knowledge).of(one), shelf(knowledge).of(other)
    quantity = next((name for name in _quantities(item) if name in known and name in others), None)
    if quantity is None:
        return None
    try:
        answer = run(knowledge, _TOOL, {"subjects": [one, other], "quantity": quantity})
    except (BadCall, NothingKnown):
        return None
    return Comparison(item, TIMES, None, None, one, *result(answer), answer, other=other)


def _pair(item: Item) -> tuple[str, str] | None:
    """What is compared, and with what: the first that is named near by and the next, unless the sentence turns them round;
    a typical prompt where it is only said that it is one of AI.
    """
    mention = item.mention
    passage = mention.passage
    near = [
        each
        for each in passage.named
        if each.subject.kind in _KINDS and abs(passage.clauses[each.first] - mention.clause) <= _CLAUSES
    ]
    unique = list({each.subject.id: each for each in reversed(near) if each.subject.id not in _AI}.values())[::-1]
    if len(unique) == 1 and item.around.says("query") >= _HERE and item.around.concerns_ai and not passage.strangers:
        other = unique[0].subject
        typical = meant().typical
        return (typical[0], other.id) if other.id not in typical else None
    if len(unique) != 2 or unique[0].first >= mention.first:
        return None
    one, other_named = unique
    named = one.subject.id, other_named.subject.id
    return named[::-1] if _is_measure(item, one, other_named) else named


def _is_measure(item: Item, one: Named, other: Named) -> bool:
    """Whether what is named first is only what the second is compared with: compared with a search, 与谷歌搜索相比."""
    passage = item.mention.passage
    if passage.clauses[one.first] == passage.clauses[other.first]:
        return False
    return any(passage.clauses[s.first] == passage.clauses[one.first] for s in passage.q.find("compare"))


def _quantities(item: Item) -> list[str]:
    """The kinds of number that may be compared, the likeliest first."""
    measure = next((name for name in _MEASURES if item.around.says(name) >= _HERE), "electricity")
    said = [name for name in _USUAL if item.around.says(name) >= _HERE]
    trained = [f"{_TRAINED}-{measure}"] if item.around.says(_TRAINED) >= _HERE else []
    return [*trained, *(f"{measure}-per-{name}" for name in (*said, *_USUAL))]
