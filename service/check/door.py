"""Checking texts, for those who may never be given one: what reads and weighs them takes 5 MB, and is loaded by the first one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.check.grounded import GroundedNumber
from service.check.inputs import Checked
from service.check.shapes import Report
from service.core.answer import Language
from service.store.queries import Knowledge


def check(knowledge: Knowledge, asked: Checked) -> Report:
    """Every quantitative claim on AI and energy of a text, each with a verdict, its figures and its sources."""
    from service.check import checking  # noqa: PLC0415 - see above

    return checking.check(knowledge, asked)


def language_of(knowledge: Knowledge, text: str) -> Language:
    """The language that a text is written in."""
    from service.check import checking  # noqa: PLC0415

    return checking.language_of(knowledge, text)


def ground(
    knowledge: Knowledge, text: str, answers: Sequence[Mapping[str, Any]], given: Iterable[str] = ()
) -> list[GroundedNumber]:
    """Every number of a text with its verdict against `answers`; those of the texts in `given` are grounded too."""
    from service.check import grounding  # noqa: PLC0415

    return grounding.ground(knowledge, text, answers, given)
