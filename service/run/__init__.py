"""The one door: the name of a tool and raw inputs → an answer, or every fault of the call at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.answers.compose import Composer, Run
from service.answers.extent import Brief
from service.answers.forms import WHOLE, Form
from service.answers.plan import encoded, encoded_again
from service.answers.render import answer as rendered
from service.answers.voice import Voice, voice
from service.core.answer import Answer
from service.core.errors import BadCall, Fault, NothingKnown, QuantityError
from service.core.live import Live, Moment
from service.run.call import Call, find, prepare
from service.run.computing import compute
from service.run.replay import ways
from service.store.queries import Knowledge
from service.store.reading import Reading
from service.store.standing import Chosen

__all__ = ["Call", "find", "prepare", "run", "run_encoded", "traced"]


def run(
    knowledge: Knowledge, tool: str, raw: Mapping[str, Any], brief: Brief | None = None, live: Live | None = None
) -> Answer:
    """Run a tool; the text of its answer is no longer than `brief` where that is given.

    `live` is what live sources were heard to say, for a call that asks for it.

    Raises `BadCall` (faulty inputs, all at once) or `NothingKnown` (no figure answers it).
    """
    return rendered(*_done(knowledge, prepare(knowledge, tool, raw, live)), brief)


def run_encoded(
    knowledge: Knowledge, tool: str, raw: Mapping[str, Any], live: Live | None = None, form: Form = WHOLE
) -> bytes:
    """What `run` gives, as JSON in a form. Computed anew like that, but composed in a fraction of the time. Raises as that does."""
    call = prepare(knowledge, tool, raw, live)
    again = None if call.sight else ways(knowledge).replayed(knowledge, call)
    if again is None:
        return encoded(*_done(knowledge, call), form)
    return encoded_again(again, voice(knowledge, call.inputs.language), lambda: _done(knowledge, call)[0], form)


def traced(
    knowledge: Knowledge, tool: str, raw: Mapping[str, Any], live: Live | None = None
) -> tuple[Composer, Sequence[Chosen]]:
    """A run as its answer is composed, and the parameters that it read, each with what was chosen. Raises as `run` does."""
    done, said = _done(knowledge, prepare(knowledge, tool, raw, live))
    assert isinstance(done.reading, Reading)
    return Composer(done, said), list(done.reading.chosen.values())


def _done(knowledge: Knowledge, call: Call) -> tuple[Run, Voice]:
    said = voice(Moment(knowledge, call.sight) if call.sight else knowledge, call.inputs.language)
    try:
        made = compute(knowledge, call)
    except NothingKnown as error:
        error.message = said.words.say("absences", error.reason, error.words)
        raise
    except QuantityError as error:
        raise BadCall(call.calculator.name, [Fault("inputs", error.code, str(error))]) from error
    addresses = call.addresses(len(made.trials))
    return Run(call.calculator.name, call.shown, made.results, made.trials, made.reading, *addresses), said
