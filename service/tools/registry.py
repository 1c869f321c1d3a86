"""Everything that a chatbot can call, in one shape: questions, texts to check, every calculator and every look-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal

from pydantic import BaseModel

from service import lookups
from service.answers.extent import Brief
from service.ask.door import ask
from service.ask.inputs import TOOL, QuestionInputs, checked
from service.ask.shapes import Answered
from service.check.door import check
from service.check.inputs import TOOL as CHECK
from service.check.inputs import CheckInputs
from service.check.inputs import checked as text_checked
from service.check.shapes import Report
from service.core.answer import Answer
from service.core.calculator import Calculator, discover
from service.core.calculator import registry as calculators
from service.core.errors import BadCall, Fault
from service.core.inputs import Inputs
from service.desk import Desk
from service.lookups.lookup import Lookup, look_up
from service.lookups.lookup import registry as declared
from service.run import run
from service.store.resolve import nearest

discover(lookups)

_SAID: Final = (Answer, Answered, Report)  # what holds a text that is ready to say
_QUESTION: Final = (
    "Answers a question in words, in English or Chinese, on the energy, emissions or water of AI: homes, per query, training, "
    "shares, costs, forecasts, sources. Cited figures with their rivals; declines what no figure answers. To compute with inputs of "
    "your own use energy_equivalents and the other tools; to list figures, search_figures."
)
_CHECK: Final = (
    "Checks a text, in English or Chinese: every quantitative claim in it on the energy, emissions or water of AI, with its place, a "
    "verdict (supported, outdated, disputed, contradicted, arithmetic-wrong …), why, and sources. For an article, "
    "a post, or a draft of an answer; a question goes to answer_question."
)
Profile = Literal["core", "full"]

# What answers most questions without crowding a model's context; every other tool is named by one of these.
CORE: Final = (
    "answer_question",
    "energy_equivalents",
    "query_footprint",
    "training_footprint",
    "compare",
    "search_figures",
    "check_text",
)


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. None changes anything, and the same call gives the same answer, but for `grid=live` where that is set up."""

    name: str
    description: str  # English; `service.tools.schema` has it in other languages
    inputs: type[BaseModel]
    output: Any  # the TypedDict of what it returns
    order: tuple[str, ...]  # the names of its inputs, its own before those that many tools take
    path: str  # the GET or POST route of its own, where it has one
    execute: Callable[[Desk, Mapping[str, Any]], Mapping[str, Any]]
    read_only: bool = True
    idempotent: bool = True
    destructive: bool = False
    open_world: bool = False

    def call(self, desk: Desk, raw: Mapping[str, Any]) -> dict[str, Any]:
        """What it returns for raw inputs, the text that is ready to say first.

        Raises `BadCall` (faulty inputs, all at once) or `NothingKnown` (nothing answers it).
        """
        found = self.execute(desk, raw)
        return text_first(found) if self.output in _SAID else dict(found)


def text_first(found: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with its text before all else: what is cut off behind it was said."""
    return {"text": found["text"], **found}


@cache
def tools() -> Mapping[str, Tool]:
    """Every tool by its name: the one that takes questions, the one that takes texts, the calculators, then the look-ups, each in the order of their names."""
    made = [
        _question(),
        _check(),
        *(_calculator(each) for each in calculators.values()),
        *(_lookup(each) for each in declared.values()),
    ]
    return MappingProxyType({tool.name: tool for tool in made})


@cache
def profile(name: Profile) -> Mapping[str, Tool]:
    """The tools of a profile: `full` is all, `core` the few that answer most questions."""
    if name == "full":
        return tools()
    return MappingProxyType({each: tools()[each] for each in CORE if each in tools()})


def tool(name: str) -> Tool:
    """The tool of this name. Raises `BadCall` naming the nearest ones."""
    if name not in tools():
        close, known = nearest(name, tools()), tuple(tools())
        raise BadCall(name, [Fault("tool", "unknown-tool", "there is no such tool.", name, known, close)])
    return tools()[name]


def _question() -> Tool:
    def execute(desk: Desk, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        brief = Brief(desk.settings.text_tokens, desk.settings.public_url)
        return ask(desk.knowledge, replace(checked(desk.knowledge, raw), live=desk.live), brief)

    shared = [name for name in Inputs.model_fields if name in QuestionInputs.model_fields]
    order = (*(name for name in QuestionInputs.model_fields if name not in shared), *shared)
    return Tool(TOOL, _QUESTION, QuestionInputs, Answered, order, "/v1/ask", execute)


def _check() -> Tool:
    def execute(desk: Desk, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        return check(desk.knowledge, text_checked(raw))

    return Tool(CHECK, _CHECK, CheckInputs, Report, tuple(CheckInputs.model_fields), "/v1/check", execute)


def _calculator(each: Calculator) -> Tool:
    def execute(desk: Desk, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        return run(
            desk.knowledge, each.name, raw, Brief(desk.settings.text_tokens, desk.settings.public_url), desk.live
        )

    path = f"/v1/calculators/{each.name}"
    return Tool(each.name, each.description, each.inputs, Answer, each.order, path, execute)


def _lookup(each: Lookup) -> Tool:
    def execute(desk: Desk, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        return look_up(desk.knowledge, each.name, raw, desk.settings.public_url, desk.settings.text_tokens)

    return Tool(each.name, each.description, each.inputs, each.output, each.order, f"/v1/tools/{each.name}", execute)
