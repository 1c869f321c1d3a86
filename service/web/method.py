"""How a calculator computes, made from the calculator itself: formulas, figures, limits, worked cases, code, schemas."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, Final

from service.answers.compose import Composer
from service.answers.numbers import power_of
from service.core.calculator import EVERY, Calculator
from service.core.derivation import Step
from service.core.errors import WattciteError
from service.core.quantity import Quantity
from service.run import traced
from service.store.standing import Chosen, standing
from service.tools.dialect import dialects
from service.tools.schema import Told, limits
from service.web.highlight import highlighted
from service.web.markdown import inline
from service.web.rows import figure_row, period
from service.web.site import Frame
from service.web.worked import Worked, worked

_HELPERS: Final = "service.core."
_REPEATED: Final = re.compile(r" × ([^×÷()]+?)(?: × \1){2,}(?= [×÷]|$)")
Key = tuple[str, ...]
Formula = tuple[str, str]  # what comes of it, and of what


def described(frame: Frame, calculator: Calculator, said: Told) -> dict[str, Any]:
    """What the page says of the method whatever is asked."""
    about, cases = worked(calculator.name)
    runs = (_traced(frame, calculator, case.inputs) for case in cases if not case.refused)
    return {
        "all_formulas": _formulas(composer for composer, _ in filter(None, runs)),
        "reads": _reads(frame, calculator),
        "every": EVERY in calculator.reads,
        "inputs_table": [_input(frame, calculator, name, each) for name, each in said.inputs["properties"].items()],
        "cases_about": about,
        "cases": [{**_case(frame, calculator.name, case), "number": n} for n, case in enumerate(cases, 1)],
        "sources": [(path, highlighted(code)) for path, code in _sources(calculator)],
        "schemas": _schemas(frame, said),
    }


def applied(
    frame: Frame, calculator: Calculator, shown: Mapping[str, Any], formulas: Mapping[Key, Formula]
) -> dict[str, Any]:
    """What it says of the inputs whose answer stands on it: their formulas before others, and the figures they took."""
    run = _traced(frame, calculator, shown)
    own = _formulas([run[0]] if run else [])
    return {
        "formulas": list(own.values()),
        "more_formulas": list(dict.fromkeys(each for key, each in formulas.items() if key not in own)),
        "choices": [_choice(frame, each) for each in run[1]] if run else [],
    }


def _traced(frame: Frame, calculator: Calculator, raw: Mapping[str, Any]) -> tuple[Composer, Iterable[Chosen]] | None:
    """A run in the language of the page; None where the inputs have no answer."""
    try:
        return traced(frame.desk.knowledge, calculator.name, {**raw, "language": frame.language}, frame.desk.live)
    except WattciteError:  # what is wrong with the inputs is said above the answer
        return None


def _formulas(runs: Iterable[Composer]) -> dict[Key, Formula]:
    """The steps of some runs as formulas, each once however its operands are called."""
    found: dict[Key, Formula] = {}
    for composer in runs:
        for step, made in zip(composer.steps, composer.answer()["derivation"], strict=True):
            if not _renames(step):
                found.setdefault(_key(composer, step), (made["label"], powers(made["formula"])))
    return found


def powers(formula: str) -> str:
    """A formula whose repeated factors are written as a power.

    >>> powers("use × growth × growth × growth ÷ 2")
    'use × (growth)³ ÷ 2'
    """
    return _REPEATED.sub(lambda found: f" × ({found[1]}){power_of(found[0].count(' × '))}", formula)


def _renames(step: Step) -> bool:
    """Whether a figure merely becomes a step, by a plain 1 as its factor."""
    match step.tokens:
        case [_, " × ", Quantity(value=1, reference="", name="") as factor]:
            return not factor.unit.text
    return False


def _key(composer: Composer, step: Step) -> Key:
    operands = [each if isinstance(each, str) else each.name or composer.called(each) for each in step.tokens]
    return step.name, *operands


def _choice(frame: Frame, chosen: Chosen) -> dict[str, Any]:
    """A parameter as it was read: which figure, since when and why, and what competes with it."""
    known, said, parameter = frame.desk.knowledge, frame.said, chosen.parameter
    quantity, subject = known.quantity(parameter.quantity), known.subject(parameter.subject)
    choice = next((each for each in parameter.choices if each.figure == chosen.figure), None)
    return {
        "title": frame.say("others_text", quantity=said.local(quantity.name), subject=said.local(subject.name)),
        "used": _used(frame, chosen.figure),
        "since": choice.since if choice else "",
        "reason": said.local(choice.reason) if choice else "",
        "rivals": [_used(frame, rival) for rival in chosen.rivals],
    }


def _used(frame: Frame, figure: str) -> dict[str, Any]:
    """A figure, or a number derived from some, as one entry."""
    known = frame.desk.knowledge
    if known.has_figure(figure):
        return figure_row(frame, known.figure(figure))
    value = standing(known).value(figure)
    return {
        "value": frame.said.units(value),
        "as_of": period(frame.voice.as_of(figure)),
        "href": "",
        "source": frame.voice.who(figure),
        "parts": [figure_row(frame, known.figure(each)) for each in standing(known).rests_on(figure)],
    }


def _reads(frame: Frame, calculator: Calculator) -> list[tuple[str, str]]:
    known = frame.desk.knowledge
    read = sorted(calculator.reads & set(known.quantities))
    return [(frame.said.local(known.quantity(each).name), frame.link(f"/quantities/{each}")) for each in read]


def _input(frame: Frame, calculator: Calculator, name: str, field: Mapping[str, Any]) -> dict[str, Any]:
    examples = calculator.inputs.model_fields[name].examples or []
    return {
        "name": name,
        "kind": field["type"],
        "about": inline(field["description"]),
        "limits": limits(dict(field), frame.said.language),
        "choices": field.get("enum", []),
        "example": shown_input(examples[0]) if examples else "",
        "required": calculator.inputs.model_fields[name].is_required(),
    }


def _case(frame: Frame, name: str, case: Worked) -> dict[str, Any]:
    """A worked case with the address of its page; none where its point is that it is refused."""
    inputs = {key: value for key, value in case.inputs.items() if key != "language" and value is not None}
    expected = [(result, frame.said.units(Quantity(value, unit))) for result, (value, unit) in case.expected.items()]
    return {
        "title": case.title,
        "href": "" if case.refused else frame.link(f"/calculators/{name}", **inputs),
        "inputs": [(key, shown_input(value)) for key, value in inputs.items()],
        "expected": expected,
        "arithmetic": case.arithmetic,
    }


def shown_input(value: object) -> str:
    """An input as it is typed into its field: whole numbers in digits, a list with commas."""
    if isinstance(value, list):
        return ", ".join(map(shown_input, value))
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def _sources(calculator: Calculator) -> list[tuple[str, str]]:
    """The file of the calculator and those whose formulas it takes over, by their paths."""
    own = inspect.getmodule(calculator.compute)
    assert own is not None
    used = [each if isinstance(each, ModuleType) else inspect.getmodule(each) for each in vars(own).values()]
    helpers = dict.fromkeys(
        each for each in used if each and each.__name__.startswith(_HELPERS) and hasattr(each, "READS")
    )
    return [(f"{each.__name__.replace('.', '/')}.py", inspect.getsource(each)) for each in (own, *helpers)]


def _schemas(frame: Frame, said: Told) -> list[tuple[str, str]]:
    """The tool as the dialects describe it, under the names of all that describe it alike."""
    found: dict[str, list[str]] = {}
    for name, dialect in dialects().items():
        made = dialect.describe([said], frame.desk.settings.public_url)
        found.setdefault(json.dumps(made, ensure_ascii=False, indent=2), []).append(name)
    return [(", ".join(names), text) for text, names in found.items()]
