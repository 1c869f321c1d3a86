"""The page of one calculator: a form, its answer, how it computes; and the list of all.

The same page is what a permalink of an answer shows to people (`negotiation.py`).
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.calculator import EVERY, Calculator, registry
from service.core.errors import BadCall, Fault, NothingKnown
from service.core.inputs import list_inputs
from service.desk import Asked, get
from service.run import run
from service.store.resolve import nearest
from service.tools.registry import tools
from service.tools.schema import Told, told
from service.web.answers import answer_view
from service.web.markdown import inline
from service.web.site import Frame, Site, frame

_SPARE: Final = 2  # empty fields of an input that takes a list


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the pages."""

    @get("/calculators")
    def calculators(request: Asked) -> Response[bytes]:
        """All calculators."""
        return site.page(request, _calculators)

    @get("/calculators/{name:str}")
    def calculator(request: Asked, name: FromPath[str]) -> Response[bytes]:
        """One calculator, with the answer for the inputs in the address, or else for its examples."""
        if name not in registry:
            return site.missing(request, name, {each: f"/calculators/{each}" for each in nearest(name, registry)})
        outcome = _outcome(frame(site.desk, request), registry[name])
        if outcome["faults"]:
            return site.refused(request, lambda frame: _calculator(frame, registry[name], outcome), 422)
        return site.page(request, lambda frame: _calculator(frame, registry[name], outcome))

    return [calculators, calculator]


def _calculators(frame: Frame) -> str:
    rows = [
        {"href": frame.link(f"/calculators/{name}"), "name": said.title, "about": said.description.split("\n\n")[0]}
        for name in sorted(registry)
        for said in [_told(frame, name)]
    ]
    return frame.render("calculators.html", frame.say("calculators"), frame.say("browse_calculators"), rows=rows)


def _told(frame: Frame, name: str) -> Told:
    return told(tools()[name], frame.said.language)


def given(frame: Frame, calculator: Calculator) -> dict[str, Any]:
    """The inputs in the address; a field left empty is not given."""
    lists = list_inputs(calculator.inputs)
    raw: dict[str, Any] = {}
    for name, value in frame.query:
        if name == "language" or not value.strip():
            continue
        if name in lists:
            raw.setdefault(name, []).append(value.strip())
        else:
            raw[name] = value.strip()
    return raw


def examples(calculator: Calculator) -> dict[str, Any]:
    """The first example of each input that must be given, or of its own first one where none must."""
    fields = calculator.inputs.model_fields
    needed = [name for name in calculator.order if fields[name].is_required()]
    return {name: found[0] for name in needed if (found := fields[name].examples)}


def _outcome(frame: Frame, calculator: Calculator) -> dict[str, Any]:
    """The answer or what is wrong with the inputs."""
    raw = given(frame, calculator)
    shown = raw or examples(calculator)
    found: dict[str, Any] = {"inputs": shown, "given": bool(raw), "answer": None, "faults": [], "absent": ""}
    try:
        found["answer"] = run(frame.desk.knowledge, calculator.name, {**shown, "language": frame.language})
    except BadCall as error:
        found["faults"] = error.faults if raw else []
    except NothingKnown as error:
        found["absent"] = error.message
    return found


def _calculator(frame: Frame, calculator: Calculator, outcome: Mapping[str, Any]) -> str:
    said = _told(frame, calculator.name)
    answer = outcome["answer"]
    return frame.render(
        "calculator.html",
        said.title,
        said.description,
        name=calculator.name,
        paragraphs=[inline(each) for each in said.description.split("\n\n")],
        fields=[
            _field(name, each, said, outcome) for name, each in said.inputs["properties"].items() if name != "language"
        ],
        faults=[_fault(each) for each in outcome["faults"]],
        absent=outcome["absent"],
        answer=answer_view(frame, answer) if answer else None,
        examples=_examples(frame, calculator),
        reads=_reads(frame, calculator),
        every=EVERY in calculator.reads,
        code=inspect.getsource(inspect.getmodule(calculator.compute) or calculator.compute),
        schema=json.dumps(said.inputs, ensure_ascii=False, indent=2),
    )


def _field(name: str, schema: Mapping[str, Any], said: Told, outcome: Mapping[str, Any]) -> dict[str, Any]:
    """One field of the form."""
    value = outcome["inputs"].get(name, "")
    several = schema["type"] == "array"
    values = [*value, *[""] * _SPARE] if several and isinstance(value, list) else [value]
    return {
        "name": name,
        "label": name.replace("_", " "),
        "about": schema["description"],
        "choices": schema.get("enum") or [],
        "values": [f"{each:g}" if isinstance(each, float) else str(each) for each in values],
        "default": str(schema.get("default", "")),
        "required": name in said.inputs["required"],
        "number": schema["type"] in {"number", "integer"},
        "wrong": any(fault.field == name for fault in outcome["faults"]),
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {"field": fault.field, "message": fault.message, "close": [str(each) for each in fault.nearest]}


def _examples(frame: Frame, calculator: Calculator) -> list[tuple[str, str]]:
    """Calls to try: each example of an input, beside the first example of what else must be given."""
    base = examples(calculator)
    made: dict[str, str] = {}
    for name in calculator.order:
        for example in calculator.inputs.model_fields[name].examples or ():
            if name not in {"language", "as_of", "estimate"}:
                inputs = {**base, name: example}
                made[_shown(inputs)] = frame.link(f"/calculators/{calculator.name}", **inputs)
    return list(made.items())


def _shown(inputs: Mapping[str, Any]) -> str:
    values = {name: ", ".join(map(str, each)) if isinstance(each, list) else each for name, each in inputs.items()}
    return " · ".join(
        f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}" for name, value in values.items()
    )


def _reads(frame: Frame, calculator: Calculator) -> list[tuple[str, str]]:
    known = frame.desk.knowledge
    read = sorted(calculator.reads & set(known.quantities))
    return [(frame.said.local(known.quantity(each).name), frame.link(f"/quantities/{each}")) for each in read]
