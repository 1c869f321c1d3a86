"""Questions after a statement that goes around: is it true that …, do larger models use more?

A claim on record is what is asked about where the question and one way of putting the claim say the same: everything of
weight that either names is in the other, numbers included. Words are compared by what they mean here, so neither the order
nor the language matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from service.answers.extent import Brief
from service.answers.voice import voice
from service.core.answer import Answer, Caveat
from service.core.claim import Claim
from service.core.units import parse_unit
from service.reading.findings import Question, Segment
from service.reading.text import read
from service.run import run
from service.store.claims import claims, every_id
from service.store.kept import kept
from service.store.queries import Knowledge

_SILENT: Final = frozenset(
    {"filler", "common", "between", "place-word", "classifier", "counting"}
)  # sorts that tell nothing
_ASIDE: Final = frozenset(
    {"claim", "use", "per", "if", "and", "own-rate", "cover", "average", "total", "amount-asked", "against", "toward"}
)
_NUMBERS: Final = frozenset({"amount", "count", "year", "number"})
_WEIGHTY: Final = 0.75  # nothing of this weight may be left over on either side
_ALIKE: Final = 0.75  # of the weight of both that must be the same, where it is asked if something is true
_SAME: Final = 0.92  # and where it is not
_OTHERWISE: Final = (
    "amount-asked",
    "source",
    "differ",
    "list",
    "lowest",
    "highest",
    "latest",
)  # a number, or who says so
_FEWEST: Final = 2  # things that both say: a subject alone says nothing about it
_WORD: Final = 0.5  # at least, of a word that says something
_DONE: Final = frozenset(
    {"save", "benefit", "growth", "more"}
)  # what is said to be done: without it nothing is claimed
_IMPLIED: Final = ("concept", "electricity")  # what is spoken of where nothing else is
_SIGN: Final = "x"  # behind a number: 10x
_NEAR: Final = 0.02


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a text says: what it can mean, a number that it states, and how much it takes to leave it out."""

    means: frozenset[tuple[str, str]]
    number: float | None
    weight: float

    def is_in(self, others: Sequence[Said]) -> bool:
        """Whether another text says it too."""
        return any(self.means & other.means and self._near(other) for other in others)

    def _near(self, other: Said) -> bool:
        if self.number is None or other.number is None:
            return self.number is other.number
        return abs(self.number - other.number) <= _NEAR * max(abs(self.number), abs(other.number))


def asked_about(knowledge: Knowledge, question: Question, *, first: bool) -> Claim | None:
    """The claim on record that a question is about, of those that a calculation belongs to; None where there is none.

    Where it is not asked if something is true the two must say the very same; and `first`, before all else that it may
    mean, it must ask nothing else. What is somebody's own no claim is about.
    """
    true = question.has("claim")
    if any(segment.owned for segment in question.segments) or (first and not true and question.has(*_OTHERWISE)):
        return None
    said = sorted(_said(question), key=lambda each: -each.weight)  # what a claim must say first of all
    best, found = 0.0, None
    for claim, way in _known(knowledge).like(said):
        score = _alike(said, way)
        if score > best:
            best, found = score, claim
    return found if best >= (_ALIKE if true else _SAME) else None


def answer(knowledge: Knowledge, claim: Claim, language: str, brief: Brief | None) -> Answer:
    """How a claim that a calculation belongs to stands and why, before what its calculator says."""
    assert claim.call is not None
    inputs = {name: values if len(values) > 1 else values[0] for name, values in claim.call.inputs.items()}
    made = run(knowledge, claim.call.tool, {**inputs, "language": language}, brief).copy()
    said = voice(knowledge, language)
    numbers = {citation["figure"]: citation["n"] for citation in made["citations"]}
    listed = {figure for figure, n in numbers.items() if f"\n- [{n}] " in made["text"]}
    for figure in claim.figures:
        numbers.setdefault(figure, len(numbers) + 1)
    added = [figure for figure in claim.figures if figure not in listed]
    have = {citation["figure"] for citation in made["citations"]}
    made["citations"] = [
        *made["citations"],
        *(said.citation(each, numbers[each]) for each in added if each not in have),
    ]
    marks = "".join(f"[{number}]" for number in sorted(numbers[figure] for figure in claim.figures))
    about = {
        "verdict": said.words["verdicts"][claim.verdict],
        "evidence": said.words.local(claim.evidence),
        "marks": marks,
    }
    lead = said.words.say("claimed", "", about)
    lines = "".join(f"- {said.source(figure, numbers[figure])}\n" for figure in added)
    made["text"] = f"{lead}\n\n{made['text'].rstrip()}\n{lines}"
    made["caveats"] = [Caveat(code="claim", text=lead), *made["caveats"]]
    return made


def _alike(said: Sequence[Said], way: Sequence[Said]) -> float:
    """How much of two texts is the same, 0 to 1; 0 where one says something of weight that the other does not."""
    common = 0.0
    for here, there in ((said, way), (way, said)):
        same = set()
        for each in here:
            if each.is_in(there):
                common += each.weight
                same.add(each.means)
            elif each.weight >= _WEIGHTY:
                return 0.0
        if sum(_IMPLIED not in means for means in same) < _FEWEST:
            return 0.0
    return common / sum(each.weight for each in (*said, *way)) if common else 0.0


class _Ways:
    """Every way of putting each claim, and which of them say a thing."""

    def __init__(self, ways: Iterable[tuple[Claim, list[Said]]]) -> None:
        self._ways = list(ways)
        self._saying: dict[tuple[str, str], list[int]] = {}
        for place, (_, way) in enumerate(self._ways):
            for meaning in {meaning for each in way for meaning in each.means}:
                self._saying.setdefault(meaning, []).append(place)

    def like(self, said: Sequence[Said]) -> Iterator[tuple[Claim, list[Said]]]:
        """Those that say the weightiest of some things too, in order."""
        if len(said) < _FEWEST:
            return
        places = {place for meaning in said[0].means for place in self._saying.get(meaning, ())}
        yield from (self._ways[place] for place in sorted(places))


@kept
def _known(knowledge: Knowledge) -> _Ways:
    """Every claim that is put in several ways and that a calculation belongs to."""
    known = [claim for claim in claims(knowledge, every_id(knowledge)) if claim.call and claim.paraphrases]
    return _Ways(
        (claim, _said(read(knowledge, text, mend=False)))
        for claim in known
        for put in claim.put
        for text in (put.en, put.zh)
    )


def _said(question: Question) -> list[Said]:
    return [made for segment in question.segments if not segment.inner for made in _meant(question, segment)]


def _meant(question: Question, segment: Segment) -> list[Said]:
    if segment.sort in _NUMBERS:
        unit = parse_unit(segment.unit) if segment.unit else None
        number = segment.value * (unit.factor if unit else 1)
        if number == 1 and not unit:
            return []  # one prompt is a prompt
        return [
            Said(
                frozenset({(segment.sort if unit else "plain", str(unit.dimension if unit else ""))}),
                number,
                segment.weight,
            )
        ]
    if segment.sort == "unknown":
        if question.typed(segment).lower() == _SIGN:
            return []
        return [Said(frozenset({("unknown", question.typed(segment).lower())}), None, segment.weight)]
    means: frozenset[tuple[str, str]] = frozenset(
        (each.sort, each.name) for each in segment.meanings if each.sort not in _SILENT
    )
    means = frozenset(each for each in means if each[1] not in _ASIDE)
    if not means and "common" in segment.meanings.sorts:
        means = frozenset({("word", question.typed(segment).lower())})
    least = _WEIGHTY if any(name in _DONE for _, name in means) else _WORD
    weight = _WORD if _IMPLIED in means else max(segment.weight, least)
    return [Said(means, None, weight)] if means else []
