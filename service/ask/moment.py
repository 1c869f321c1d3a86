"""What is asked of the present moment: the one call whose answer is not in the knowledge base alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from service.ask.door import ask
from service.ask.inputs import AskInputs, checked
from service.core.errors import BadCall
from service.core.live import WISH
from service.store.queries import Knowledge

_CONCEPT: Final = "live"


def wish(knowledge: Knowledge, raw: object) -> Mapping[str, Any] | None:
    """The inputs that ask for the grid of the moment: these, or those of the call that the question in them means."""
    if not isinstance(raw, Mapping):
        return None
    if raw.get("grid") == WISH:
        return raw
    question = raw.get("question")
    if not isinstance(question, str) or not _says_so(question):
        return None
    try:
        asked = checked(knowledge, raw, AskInputs)
    except BadCall:
        return None  # the call itself tells what is wrong with it
    inputs = ask(knowledge, asked, suggesting=False)["understood"]["inputs"]
    return inputs if inputs.get("grid") == WISH else None


def _says_so(question: str) -> bool:
    """Whether a question has words for the present moment; most have none, and need no reading."""
    from service.reading.folding import fold  # noqa: PLC0415 - loaded by the first question

    text = fold(question).text.replace("-", " ")
    return any(phrase in text for phrase in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    from service.reading.lexicon import lexicon  # noqa: PLC0415

    return tuple(phrase for said in lexicon().said.values() for phrase in said["concepts"][_CONCEPT])
