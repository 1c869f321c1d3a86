"""What a question names that nobody knows, or that is somebody's own: no published number is about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.reading.findings import Question, Segment
from service.reading.meanings import NOTHING

_STOPS: Final = ".?!;:。？！；：\n"
_NAMES: Final = frozenset({"subject", "family"})
_VERSIONED: Final = frozenset({"model", "service"})
_HIGHEST_VERSION: Final = 30
_INSTANCES: Final = frozenset({"sector", "facility", "everyday", "technology"})  # kinds of which everybody may have one
_HELD: Final = (
    "model-noun",
    "panel",
    "battery",
    "pue",
    "wue",
    "rack",
    "home",
    "car",
    "laptop-hour",
    "fridge-year",
    "phone-charge",
    "flight",
)
_TAKING: Final = ("of-all", "consumption")
_STANDS_BETWEEN: Final = 2  # words between whose it is and what it is


def mark(question: Question) -> bool:
    """Mark what looks like a name that is not known, names with a version that is not, and what is somebody's own.

    Returns whether some segment is of another sort by now.
    """
    outer = [segment for segment in question.segments if not segment.inner]
    shouting = any(segment.sort == "unknown" for segment in outer) and _shouts(question, outer)
    changed = False
    for place, segment in enumerate(outer):
        before = outer[place - 1] if place else None
        if segment.sort == "unknown":
            segment.strange = _looks_named(question, outer, place, shouting=shouting)
        elif "common" in segment.meanings.sorts and (
            (before is not None and before.means("counting"))
            or _consumed(segment, outer[place + 1 : place + 2])
            or any(earlier.means("concept", "money") for earlier in outer[max(place - 2, 0) : place])
        ):
            segment.strange = True  # how many movies; the oil demand; what is spent on marketing
        elif (
            before is not None
            and not before.meanings.sorts.isdisjoint(_NAMES)
            and _unknown_version(question, before, segment)
        ):
            segment.sort, segment.strange, segment.first = "unknown", True, before.first
            before.inner = changed = True
        elif _consumed(segment, outer[place + 1 : place + 2]) and _stuff(question, segment):
            segment.sort, segment.meanings, segment.strange = "unknown", NOTHING, True  # somebody's diesel consumption
            changed = True
    if (
        question.of("owner")
        or question.of("owner-after")
        or "'s" in question.folded.text
        or "’s" in question.folded.text
    ):
        _own(question, [segment for segment in outer if not segment.inner])
    return changed


def _shouts(question: Question, outer: Sequence[Segment]) -> bool:
    """Whether it is a Heading Written Like This, where capitals tell nothing."""
    plain = [s for s in outer[1:] if s.sort == "words" and s.means("filler")]
    return len([s for s in plain if question.typed(s)[:1].isupper()]) * 2 > len(plain)


def _looks_named(question: Question, outer: Sequence[Segment], place: int, *, shouting: bool) -> bool:
    segment = outer[place]
    before = outer[place - 1] if place else None
    following = outer[place + 1] if place + 1 < len(outer) else None
    tokens = question.tokens[segment.first : segment.after]
    shapes = {token.shape for token in tokens}
    word = "word" in shapes
    if "number" in shapes and len(shapes) > 1:
        return True
    if before is not None and before.means("place-word") and word:
        return True
    if before is not None and before.means("counting"):
        return True  # how many electrons
    if following is not None and following.means("concept", "model-noun"):
        return True
    if following is not None and following.means("concept", "ai") and _names_ai(question, segment, following):
        return True
    if "han" in shapes and _of_some_name(question, outer, place):
        return True
    against = _set_against(segment, before, following, question.of("subject"), word=word)
    if against or (word and _consumed(segment, outer[place + 1 : place + 2])):
        return True  # one side of a comparison; the steel demand
    begins = segment.first == 0 or any(sign in tokens[0].gap for sign in _STOPS)
    return bool(
        word and not begins and not shouting and len(tokens[0].text) > 1 and question.typed(segment)[:1].isupper()
    )


def _consumed(segment: Segment, after: Sequence[Segment]) -> bool:
    """Whether a word says of what a demand or consumption is, and so that it is not one of electricity."""
    following = after[0] if after else None
    if following is None or following.first != segment.after or segment.means("filler"):
        return False
    return any(following.means("concept", name) for name in _TAKING) and not following.means("concept", "electricity")


def _stuff(question: Question, segment: Segment) -> bool:
    """Whether an everyday thing is consumed by somebody who is named, and is not set against him."""
    kinds = [{question.subjects[name].kind for name in each.names("subject")} for each in question.of("subject")]
    mine = {question.subjects[name].kind for name in segment.names("subject")}
    return (
        mine == {"everyday"} and any("everyday" not in each for each in kinds) and not question.has("compare", "more")
    )


def _names_ai(question: Question, segment: Segment, following: Segment) -> bool:
    """Whether what stands before AI is its name: 苍穹AI, Nimbus-AI, Nimbus AI."""
    if question.tokens[segment.first].shape == "han":
        return segment.after - segment.first > 1
    return question.tokens[following.first].gap == "-" or question.typed(segment)[:1].isupper()


def _of_some_name(question: Question, outer: Sequence[Segment], place: int) -> bool:
    """Whether what follows an unknown Chinese stretch makes it a name: 苍龙7B, 火星上的数据中心, 北京数据中心."""
    following = outer[place + 1] if place + 1 < len(outer) else None
    if outer[place].after - outer[place].first == 1:  # 台北的数据中心, of which 台 is read as a word of its own
        beyond = next((s for s in outer[place + 1 : place + 3] if not _empty(s)), None)
        return _sector(question, beyond)
    return _sized(following) or _sector(question, following) or _possessor(outer[place + 1 : place + 4])


def _sector(question: Question, segment: Segment | None) -> bool:
    return segment is not None and any(question.subjects[name].kind == "sector" for name in segment.names("subject"))


def _empty(segment: Segment) -> bool:
    return segment.means("filler") and not segment.means("concept")


def _sized(following: Segment | None) -> bool:
    """Whether a number of parameters follows, of which model it is: 苍龙7B."""
    return following is not None and following.what == "parameter"


def _possessor(after: Sequence[Segment]) -> bool:
    """Whether an unknown Chinese name is said to have what is asked about: 火星上的数据中心."""
    fillers = [s for s in after[:2] if _empty(s)]
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
    family = name.means("family")
    if not family and not any(question.subjects[each].kind in _VERSIONED for each in name.names("subject")):
        return False
    if segment.means("version") and (not segment.means("concept") or question.typed(segment)[:1].isupper()):
        return True
    if segment.sort == "count" and segment.value != 1:  # one prompt of BLOOM 2, not two prompts
        counted = question.tokens[segment.after] if segment.after < len(question.tokens) else None
        return counted is not None and counted.shape == "word" and counted.text == counted.key
    if segment.sort != "number" or question.tokens[segment.first].shape != "number":
        return False
    sized = question.tokens[segment.after - 1].shape == "word"  # 9000B
    return segment.value <= _HIGHEST_VERSION or sized or family


def _own(question: Question, outer: Sequence[Segment]) -> None:
    """Mark what is somebody's: my neighbour's bitcoin rig, 我公司机房, the flight I took."""
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
