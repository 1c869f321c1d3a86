"""From a question to an answer: read it, weigh the calls that it may mean, make the best one, or say that none fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from service.answers.extent import Brief
from service.answers.words import words
from service.ask import claimed, clauses, followup, looking
from service.ask.case import Case
from service.ask.chaining import joined
from service.ask.declining import Decline, declined
from service.ask.inputs import LONGEST
from service.ask.proposals import Proposal, plain, takes
from service.ask.shapes import Answered, Asked, Call, Understood
from service.ask.showing import shifted, spans
from service.ask.weighing import Weighed, weigh, weighed
from service.core.answer import Answer, Citation
from service.core.errors import BadCall, NothingKnown
from service.core.live import WISH
from service.reading.findings import Segment
from service.reading.text import read
from service.run import run
from service.store.queries import Knowledge

_TRIED: Final = 4
_WORSE: Final = 0.12  # how much less another call may explain than the best one
_CHOICES: Final = ("lowest", "highest", "latest")
_ASKING: Final = ("amount-asked", "claim", "source", "differ", "list")
_COMPARED: Final = ("outlook", "growth", "users", "more", "share", "home", "footprint")
_STOPPING: Final = ("orders", "invented", "metered")
_APOSTROPHES: Final = frozenset({"'", "’"})
_BESIDE: Final = 3  # tokens between a day and what was done on it
_Run = Callable[..., Answer]
_LOOKUPS: Final = frozenset({"search_figures", "get_figure", "cite_source"})


def ask(knowledge: Knowledge, asked: Asked, brief: Brief | None = None, *, suggesting: bool = True) -> Answered:
    """The answer to a question, or what was understood of it with questions that can be answered."""
    answerable = partial(_answerable, knowledge, asked) if suggesting else None
    if len(asked.question) > LONGEST:
        return declined(knowledge, None, asked, Decline("too_long", {"limit": str(LONGEST)}))
    question = read(knowledge, asked.question)
    case = Case(question, knowledge, asked.region)
    if _refused(case):
        return declined(knowledge, case, asked, Decline("refused"), answerable)
    about = _claimed(knowledge, case, asked, brief, first=True)
    if about:
        return about
    choices = _choices(case, asked, every=False)
    found = _first(knowledge, case, choices, asked, brief)
    if isinstance(found, str):
        choices = _choices(case, asked)
        found = _first(knowledge, case, choices, asked, brief)
    if not isinstance(found, str):
        return found
    about = _claimed(knowledge, case, asked, brief, first=False)
    if about:
        return about
    rest = clauses.last(question)
    if rest:  # what comes before the question itself only leads to it
        alone = ask(knowledge, replace(asked, question=asked.question[rest:], context=None), brief, suggesting=False)
        if alone["answered"]:
            return shifted(alone, rest)
    return declined(knowledge, case, asked, _why(case, choices, found), answerable)


def _first(
    knowledge: Knowledge, case: Case, choices: Sequence[Weighed], asked: Asked, brief: Brief | None
) -> Answered | str:
    """The answer of the first choice that has one; else why none has."""
    reason, least = "", choices[0].share - _WORSE if choices else 0.0
    others: Answered | None = None  # an answer that says nothing of whom the question names as its source
    for choice in choices[:_TRIED]:
        if not choice.holds or choice.share < least:
            continue
        try:
            answer = _made(knowledge, case, choice.proposal, asked, brief)
        except NothingKnown as error:
            reason = reason or error.message
            if choice.proposal.tool in _LOOKUPS:
                least = 0.0  # what is not published may be reckoned
        except BadCall as error:
            reason = reason or str(error)
        else:
            found = _answered(answer, case, choice.proposal)
            if _attributed(case, answer):
                return found
            others = others or found
    return others or reason


def _attributed(case: Case, answer: Answer) -> bool:
    """Whether an answer rests on a publication of whoever the question names as its source; of none, any does."""
    wanted = [segment.names("publisher")[0].lower() for segment in case.q.of("publisher")]
    cited = " ".join(map(_origin, answer["citations"])).lower()
    return not wanted or any(publisher in cited for publisher in wanted)


def _origin(citation: Citation) -> str:
    return " ".join([citation["publisher"], citation["title"], *citation["authors"]])


def _claimed(knowledge: Knowledge, case: Case, asked: Asked, brief: Brief | None, *, first: bool) -> Answered | None:
    """The answer to a question after a claim on record; None where it is after none, or asks of what a day knew."""
    if asked.as_of or case.q.has("as-of"):
        return None  # verdicts are of today
    claim = claimed.asked_about(knowledge, case.q, first=first)
    if claim is None:
        return None
    answer = claimed.answer(knowledge, claim, asked.language or case.q.language, brief)
    return _answered(answer, case, None, claim.id)


def _refused(case: Case) -> bool:
    """Whether no honest answer exists: orders, inventions, meter readings, or a task that is none of ours."""
    if _circumstance(case):
        return True
    said = case.q.of("refused")
    if not said:
        return False
    begun = False
    for segment in said:
        if segment.means("concept", "live"):
            continue  # the grid of the moment is known; of whatever else, no call will tell
        if any(segment.means("refused", reason) for reason in _STOPPING) and not _told(case, segment):
            return True
        if segment.means("refused", "saying") and case.numbered and not case.q.has(*_ASKING):
            return True  # what is to be said is given, and nothing asked
        begun = begun or segment.means("refused", "task")
        if segment.means("refused", "advice") and not case.numbered:
            return True  # how to save is no question for a number, unless numbers are there to be reckoned with
    first = next((s for s in case.q.segments if s.weight >= 1 or s.means("refused")), None)
    if any(segment.means("refused", "ranking") for segment in said) and not case.several:
        return True  # which of all is first is not published
    measured = {"electricity", "emissions", "water"} & set(case.said)
    asked = bool(measured or case.q.amounts("kWh", "kW", "t", "L") or case.q.of("quantity"))
    elsewhere = any(segment.means("refused", "elsewhere") for segment in said)
    return (begun and first is not None and first.means("refused", "task")) or (elsewhere and not asked)


def _circumstance(case: Case) -> bool:
    """Whether who, where or when is asked, and nothing that a number measures: 谁训练的."""
    if not case.q.has("circumstance") or case.said or case.numbered:
        return False
    return all(segment.means("concept", "circumstance") for segment in case.q.find(*_ASKING, *_COMPARED))


def _told(case: Case, segment: Segment) -> bool:
    """Whether a day is only that on which something was read or heard: 昨天看到一篇文章."""
    near = (s for s in case.q.find("reporting") if -_BESIDE <= s.first - segment.after <= _BESIDE)
    return segment.means("refused", "metered") and any(near)


def _answerable(knowledge: Knowledge, asked: Asked, question: str) -> bool:
    """Whether a question that is to be suggested is answered."""
    return ask(knowledge, Asked(question, asked.language), suggesting=False)["answered"]


def _choices(case: Case, asked: Asked, *, every: bool = True) -> list[Weighed]:
    alone = weighed(case, every=every)
    if case.q.has("live"):  # of the moment nothing is known but the grid
        return [each for each in alone if each.proposal.inputs.get("grid") == WISH]
    if asked.context:
        following = followup.proposal(case, asked.context)
        if following is not None and (followup.leans(case) or not any(each.holds for each in alone)):
            return [weigh(case, following), *alone]
    return alone


def _why(case: Case, choices: Sequence[Weighed], reason: str) -> Decline:
    strange = next((segment for segment in case.q.segments if segment.strange), None)
    if strange is not None:
        return Decline("unknown", {"name": _name(case, strange)})
    if reason:
        return Decline("no_figure", {"reason": reason}, next(choice.proposal for choice in choices if choice.holds))
    return Decline("refused" if case.q.has("live") and not choices else "not_understood")


def _name(case: Case, segment: Segment) -> str:
    """What is not known, without the s of whose it is: of China's oil, the oil."""
    genitive = case.q.tokens[segment.first].gap in _APOSTROPHES and segment.after - segment.first > 1
    return case.q.typed(replace(segment, first=segment.first + 1) if genitive else segment)


# -- making the call --------------------------------------------------------------------------------------------------


def _made(knowledge: Knowledge, case: Case, proposal: Proposal, asked: Asked, brief: Brief | None) -> Answer:
    language = asked.language or case.q.language
    call = partial(run, knowledge, brief=brief, live=asked.live)
    before = None
    if proposal.before is not None:
        before = call(proposal.before.tool, _inputs(case, proposal.before, asked, language))
        if proposal.feeds:
            headline = before["headline"]
            rate = f"/{proposal.rate}" if proposal.rate else ""
            amount = plain(float(format(headline["value"], ".6g")))
            proposal.inputs[proposal.feeds] = f"{amount} {headline['unit']}{rate}"
    if proposal.tool in _LOOKUPS:
        answer = looking.look(knowledge, proposal, case.q.folded.typed, language, brief)
    else:
        answer = _estimated(knowledge, case, proposal.tool, _inputs(case, proposal, asked, language), call)
    return joined(before, answer, words(language), proposal.feeds) if before else answer


def _inputs(case: Case, proposal: Proposal, asked: Asked, language: str) -> dict[str, Any]:
    taken = takes(proposal.tool)
    raw = {name: value for name, value in proposal.inputs.items() if name in taken and value is not None}
    day = asked.as_of or case.q.as_of
    if day:
        raw["as_of"] = day
    return raw | {"language": language}


def _estimated(knowledge: Knowledge, case: Case, tool: str, raw: dict[str, Any], call: _Run) -> Answer:
    """Run the call under the estimate that the question asks for, where it asks for one that competes."""
    wanted = case.q.which(_CHOICES)
    if wanted is not None:
        try:
            return call(tool, {**raw, "estimate": wanted})
        except BadCall:  # nothing competes, so there is no lowest and no latest
            return call(tool, raw)
    answer = call(tool, raw)
    publishers = [segment.names("publisher")[0] for segment in case.q.of("publisher")]
    if len(publishers) != 1 or "estimate" in raw:
        return answer
    figure = _figure_of(knowledge, publishers[0], answer)
    return call(tool, {**raw, "estimate": figure}) if figure else answer


def _figure_of(knowledge: Knowledge, publisher: str, answer: Answer) -> str | None:
    """The competing figure that a publisher stands behind, unless it is used already."""
    names = {citation["figure"]: _origin(citation) for citation in answer["citations"]}
    for estimate in answer["estimates"]:
        derived = knowledge.derived(estimate["figure"])
        figures = list(derived.uses.values()) if derived else [estimate["figure"]]
        if any(publisher.lower() in names.get(figure, "").lower() for figure in figures):
            return None if estimate["preferred"] else estimate["figure"]
    return None


# -- what is returned -------------------------------------------------------------------------------------------------


def _answered(answer: Answer, case: Case, proposal: Proposal | None, claim: str | None = None) -> Answered:
    tool = answer["tool"]
    given = {name: entry["value"] for name, entry in answer["inputs"].items() if entry["status"] != "default"}
    path = f"/v1/tools/{tool}" if tool in _LOOKUPS else f"/v1/calculators/{tool}"
    understood = Understood(tool=tool, inputs=given, spans=spans(case, proposal), claim=claim)
    call = Call(method="POST", path=path, body=given)
    return Answered(**answer, answered=True, understood=understood, call=call, suggestions=[])
