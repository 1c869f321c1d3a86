"""Asking, for those who may never be asked: what reads and weighs questions takes 4 MB, and is loaded by the first one."""

from __future__ import annotations

from service.answers.extent import Brief
from service.ask.shapes import Answered, Asked
from service.store.queries import Knowledge


def ask(knowledge: Knowledge, asked: Asked, brief: Brief | None = None, *, suggesting: bool = True) -> Answered:
    """The answer to a question, or what was understood of it with questions that can be answered."""
    from service.ask import asking  # noqa: PLC0415 - see above

    return asking.ask(knowledge, asked, brief, suggesting=suggesting)
