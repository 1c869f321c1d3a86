"""What a question names that nobody knows, or that is somebody's own: no published number is about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.reading.findings import Question, Segment

_STOPS: Final = ".?!;:。？！；：\n"
_VERSIONED: Final = frozenset({"model", "service"})
_HIGHEST_VERSION: Final = 30
_INSTANCES: Final = frozenset({"sector", "facility", "everyday", "technology"})  # kinds of which everybody may have one
_HELD: Final = ("pue", "wue", "rack", "home", "car", "laptop-hour", "fridge-year", "phone-charge", "flight")
_STANDS_BETWEEN: Final = 2  # words between whose it is and what it is


def mark(question: Question) -> None:
    """Mark what looks like a name that is not known, names with a version that is not, and what is somebody's own."""
    plain = [s for s in question.segments[1:] if s.sort == "words" and not s.inner and s.means("filler")]
    capital = [s for s in plain if question.typed(s)[:1].isupper()]
    shouting = len(capital) * 2 > len(plain)  # in a Heading Written Like This capitals tell nothing
    before: Segment | None = None
    for segment in question.segments:
        if segment.inner:
            continue
        if segment.sort == "unknown":
            segment.strange = _looks_named(question, segment, before, shouting=shouting)
        elif before is not None and _unknown_version(question, before, segment):
            segment.sort, segment.strange, segment.first = "unknown", True, before.first
            before.inner = True
        before = segment
    _own(question)


def _looks_named(question: Question, segment: Segment, before: Segment | None, *, shouting: bool) -> bool:
    tokens = question.tokens[segment.first : segment.after]
    shapes = {token.shape for token in tokens}
    text = question.typed(segment)
    if "number" in shapes and len(shapes) > 1:
        return True
    if before is not None and before.means("place-word") and "word" in shapes:
        return True
    following = next((s for s in question.segments if s.first >= segment.after), None)
    if following is not None and following.means("concept", "model-noun"):
        return True
    if "han" in shapes and len(tokens) > 1 and _possessor(question, segment):
        return True
    if _set_against(segment, before, following, question.of("subject"), word="word" in shapes):
        return True
    begins = segment.first == 0 or any(sign in question.tokens[segment.first].gap for sign in _STOPS)
    return bool("word" in shapes and not begins and text[:1].isupper() and not shouting)


def _possessor(question: Question, segment: Segment) -> bool:
    """Whether an unknown Chinese name is said to have what is asked about: 火星上的数据中心."""
    after = [s for s in question.segments if s.first >= segment.after and not s.inner][:3]
    fillers = [s for s in after[:2] if s.means("filler") and not s.means("concept")]
    following = after[len(fillers)] if len(after) > len(fillers) else None
    return (
        bool(fillers) and following is not None and (following.means("subject") or following.means("concept", "grid"))
    )


def _set_against(
    segment: Segment, before: Segment | None, following: Segment | None, named: list[Segment], *, word: bool
) -> bool:
    """Whether an unknown stands on one side of a comparison."""
    if len(named) > 1:
        return False
    sides = [side for side in (before, following) if side is not None]
    long = segment.after - segment.first > 1 or word
    return long and any(side.means("concept", "compare") for side in sides)


def _unknown_version(question: Question, name: Segment, segment: Segment) -> bool:
    """Whether a name is followed by a version that is no part of it: Gemini 9, GPT-4 Turbo."""
    if segment.first != name.after or not question.tokens[segment.first].linked:
        return False
    if not any(question.subjects[each].kind in _VERSIONED for each in name.names("subject")):
        return False
    if segment.means("version") and (not segment.means("concept") or question.typed(segment)[:1].isupper()):
        return True
    return (
        segment.sort == "number"
        and segment.value <= _HIGHEST_VERSION
        and question.tokens[segment.first].shape == "number"
    )


def _own(question: Question) -> None:
    """Mark what is somebody's: my neighbour's bitcoin rig, 我公司机房, the flight I took."""
    outer = [segment for segment in question.segments if not segment.inner]
    for place, segment in enumerate(outer):
        if segment.means("owner") or _genitive(question, outer, place):
            thing = _owned(question, outer[place + 1 : place + 2 + _STANDS_BETWEEN])
        elif segment.means("owner-after"):
            thing = _owned(question, outer[max(place - 1, 0) : place])
        else:
            continue
        if thing is not None:
            thing.owned = True


def _genitive(question: Question, outer: Sequence[Segment], place: int) -> bool:
    """Whether a segment is the s of somebody who is not known by name: my cousin's."""
    segment = outer[place]
    token = question.tokens[segment.first]
    if token.text != "s" or token.gap not in {"'", "’"} or not place:
        return False
    whose = outer[place - 1]
    return whose.sort == "unknown" or whose.means("concept", "person")


def _owned(question: Question, following: Sequence[Segment]) -> Segment | None:
    """The first of some segments that is a thing of which everybody may have one, before anything else is said."""
    for segment in following:
        gap = question.tokens[segment.first].gap
        if gap.strip() not in {"", "-", "'", "’"}:
            return None
        if any(question.subjects[name].kind in _INSTANCES for name in segment.names("subject")) or any(
            segment.means("concept", held) for held in _HELD
        ):
            return segment
        if segment.sort not in {"unknown", "words"} or segment.means("subject") or segment.means("concept", "query"):
            return None
    return None
