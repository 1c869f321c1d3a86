"""The answer to a question about published figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from service.answers.extent import Brief
from service.answers.figures import Shown, figures_answer
from service.answers.voice import voice
from service.ask.choosing import Looker
from service.ask.proposals import Proposal
from service.core.answer import Answer, InputValue
from service.core.errors import NothingKnown
from service.store.cite import citation
from service.store.queries import Knowledge
from service.store.standing import standing


def look(knowledge: Knowledge, proposal: Proposal, typed: str, language: str, brief: Brief | None) -> Answer:
    """The answer of a look-up. Raises `NothingKnown` where no figure fits."""
    looker = Looker(knowledge, proposal.options, typed)
    ids, rivals = looker.found()
    if not ids:
        error = NothingKnown("nothing_published", {}, "not-yet-collected")
        error.message = voice(knowledge, language).words.say("absences", error.reason, error.words)
        raise error
    said = voice(knowledge, language)
    shown, competing = _shown(knowledge, ids), _shown(knowledge, rivals)
    origin = knowledge.source_of(shown[0].rests_on[0])
    inputs = _inputs(proposal, shown[0], origin.id)
    address = f"/v1/sources/{origin.id}" if proposal.tool == "cite_source" else f"/v1/figures/{shown[0].rests_on[0]}"
    day = date.fromisoformat(knowledge.as_of)
    made = figures_answer(
        proposal.tool,
        inputs,
        shown,
        competing,
        said,
        as_of=day,
        every=bool(proposal.options["list"]),
        permalink=address,
        brief=brief,
    )
    form = proposal.options["format"]
    if form:
        made["text"] += f"\n```\n{citation(origin, form, language).strip()}\n```\n"
    return made


def _shown(knowledge: Knowledge, ids: Iterable[str]) -> list[Shown]:
    return [_one(knowledge, each) for each in dict.fromkeys(ids)]


def _one(knowledge: Knowledge, each: str) -> Shown:
    stand = standing(knowledge)
    about = knowledge.parameter_of(each) if knowledge.derived(each) else knowledge.figure(each)
    subject, kind = knowledge.subject(about.subject), knowledge.quantity(about.quantity)
    return Shown(each, stand.value(each), tuple(stand.rests_on(each)), subject, kind)


def _inputs(proposal: Proposal, first: Shown, source: str) -> dict[str, InputValue]:
    if proposal.tool == "cite_source":
        given: dict[str, Any] = {"id": source}
        if proposal.options["format"]:
            given["format"] = proposal.options["format"]
    else:
        quantity, subject = first.kind, first.subject
        given = {"query": f"{subject.name.en} {quantity.name.en}"[:300], "subject": subject.id, "quantity": quantity.id}
    return {name: InputValue(value=value, status="given") for name, value in given.items()}
