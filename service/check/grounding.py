"""Whether the numbers of a text are those of answers: rounded as they may be, in any unit that means the same, and
ascribed to the sources that state them.

A number is grounded where an answer, or the asker, gives it. It is rounded wrongly where it is close to one that is
given but no rounding of it; altered where it is evidently one that is given, with another value, unit or source;
unsourced where nothing given is like it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from service.answers.words import words
from service.check.grounded import GroundedNumber
from service.check.known import Cites, Known, known, period, said_as, texts
from service.check.matching import Match, Numbers
from service.check.sources import Sources, marks_behind
from service.check.stated import End, Stated, stated
from service.core.units import conversion, parse_unit
from service.reading.text import read
from service.store.queries import Knowledge

_FEW: Final = 100  # below this, a bare number that nobody gave counts items, steps or years rather than energy
_WHOLE: Final = "%"
_LANGUAGE: Final = 400  # characters in which the language of a text shows
_ROUNDED: Final = ("estimate:", "step:")
_TOLD: Final = "text"
_GIVEN: Final = "given"
_DIGITS: Final = 3
_GRAVITY: Final = ("grounded", "rounded-wrongly", "altered", "unsourced")


def ground(
    knowledge: Knowledge, text: str, answers: Sequence[Mapping[str, Any]], given: Iterable[str] = ()
) -> list[GroundedNumber]:
    """Every number of a text with its verdict against `answers`; those of the texts in `given` are grounded too."""
    numbers = stated(knowledge, text)
    if not numbers:
        return []
    judge = _Judge(knowledge, text, answers, given)
    ends = [0, *(each.end for each in numbers)]
    starts = [*(each.start for each in numbers[1:]), len(text)]
    found = (judge(*each) for each in zip(numbers, ends, starts, strict=False))
    return [each for each in found if each is not None]


class _Judge:
    """Judges the numbers of one text."""

    def __init__(
        self, knowledge: Knowledge, text: str, answers: Sequence[Mapping[str, Any]], given: Iterable[str]
    ) -> None:
        self._knowledge = knowledge
        self._text = text
        self._answers = answers
        self._given = list(given)
        self._numbers = Numbers(known(answers))
        self._sources = Sources(knowledge, text, answers)

    def __call__(self, number: Stated, before: int, after: int) -> GroundedNumber | None:
        """The verdict on a number that has no other between these places; None for one that is no quantity."""
        cites = self._sources.behind(number, before, after)
        matches = [self._match(number, end, cites) for end in number.ends]
        worst = max(matches, key=lambda match: _GRAVITY.index(match.verdict))
        if _is_plain(number) and (
            worst.known is None or worst.known.result in {_TOLD, _GIVEN} or worst.fault in {"value", "unit"}
        ):
            return None
        return self._report(number, worst)

    def _match(self, number: Stated, end: End, cites: Cites) -> Match:
        elsewhere: Known | None = None
        for each in self._stating(number, end):
            # that a number also stands in a text which names no source says nothing of where it comes from
            open_ended = elsewhere is not None and each.cites is None and each.answer is not None
            if _is_ascribed(each, cites) and not open_ended:
                return Match("grounded", each)
            elsewhere = elsewhere or each
        return Match("altered", elsewhere, "source") if elsewhere else self._numbers.meant(number, end, cites)

    def _stating(self, number: Stated, end: End) -> Iterator[Known]:
        yield from self._numbers.rounded(number, end)
        yield from self._spoken.rounded(number, end)

    @cached_property
    def _spoken(self) -> Numbers:
        """The numbers in the texts of the answers and of the asker, which are read when they are needed."""
        return Numbers([*self._told(), *self._asked()])

    def _told(self) -> Iterator[Known]:
        for at, answer in enumerate(self._answers):
            over = period(answer)
            for text, cites in dict.fromkeys(texts(at, answer)):
                numbers = stated(self._knowledge, text)
                following = [*(each.start for each in numbers[1:]), len(text)]
                for each, after in zip(numbers, following, strict=False):
                    marks = marks_behind(text, each.end, after)
                    places = cites or (frozenset((at, n) for n in marks) if marks else None)
                    yield from _ends(each, at, _TOLD, places, over)

    def _asked(self) -> Iterator[Known]:
        for text in self._given:
            for each in stated(self._knowledge, text):
                yield from _ends(each, None, _GIVEN, None, period({}))

    def _report(self, number: Stated, match: Match) -> GroundedNumber:
        return GroundedNumber(
            start=number.start,
            end=number.end,
            span=self._text[number.start : number.end],
            value=number.value,
            unit=number.unit_text,
            verdict=match.verdict,
            answer=match.known.answer if match.known else None,
            result=match.known.result if match.known else None,
            citations=_marks(match.known),
            fault=match.fault,
            expected=self._expected(number, match),
        )

    def _expected(self, number: Stated, match: Match) -> str | None:
        found = match.known
        if found is None or match.fault is None:
            return None
        if match.fault == "source":
            return "".join([f"[{n}]" for n in _marks(found)]) or None
        value, unit = found.value, found.unit.text if found.unit else ""
        if found.unit and number.unit.text and found.unit.dimension == number.unit.dimension:
            value, unit = value * conversion(found.unit, number.unit), number.unit.text
        if ":" not in (found.result or "") or (found.result or "").startswith(_ROUNDED):
            value = float(f"{value:.{_DIGITS}g}")
        return words(self._language).units.stated(value, unit)

    @cached_property
    def _language(self) -> str:
        return read(self._knowledge, self._text[:_LANGUAGE]).language


def _ends(number: Stated, at: int | None, result: str, cites: Cites, over: str) -> Iterator[Known]:
    """A number of a text as one that may be repeated."""
    for unit in (number.unit, *said_as(number.unit, over)):
        for end in number.ends:
            yield Known(at, result, end.value, unit, cites, stated=unit is number.unit, counted=number.counted)


def _marks(known: Known | None) -> list[int]:
    return sorted(n for _, n in known.cites or ()) if known else []


def _is_ascribed(known: Known, cites: Cites) -> bool:
    """Whether a number is ascribed to no source, or to one that may stand behind it."""
    if cites is None:
        return True
    if known.answer is None:  # what the asker gives is no source's
        return False
    if known.cites is None:
        return any(answer == known.answer for answer, _ in cites)
    return bool(known.cites & cites)


def _is_plain(number: Stated) -> bool:
    """Whether a number that nobody gave says nothing of energy: one of something, all of it, three steps, ten years."""
    if number.ends[0].value == 1 or (number.unit.text == _WHOLE and number.ends[0].value == _FEW):
        return True
    small = all(end.value < _FEW and end.value == int(end.value) for end in number.ends)
    return small and (number.bare or number.unit.dimension == parse_unit("s").dimension)
