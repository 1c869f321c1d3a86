"""The page of one calculator: a form, its answer, how it computes; and the list of all.

The same page is what a permalink of an answer shows to people (`negotiation.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.calculator import Calculator, registry
from service.core.errors import BadCall, Fault, NothingKnown
from service.core.inputs import list_inputs
from service.desk import Asked, Desk, get
from service.run import run
from service.store.resolve import nearest
from service.tools.registry import tools
from service.tools.schema import Told, told
from service.web.answers import answer_view, spoken
from service.web.markdown import inline
from service.web.method import applied, described, shown_input
from service.web.site import Frame, Site, frame
from service.web.worked import worked

_SPARE: Final = 2  # empty fields of an input that takes a list


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the pages."""
    # the same for every call: made once, as it takes longer than an answer
    known = lru_cache(maxsize=len(registry))(lambda language, name: _described(site.desk, language, name))

    @get("/calculators")
    def calculators(request: Asked) -> Response[bytes]:
        """All calculators."""
        return site.page(request, _calculators)

    @get("/calculators/{name:str}")
    async def calculator(request: Asked, name: FromPath[str]) -> Response[bytes]:
        """One calculator, with the answer for the inputs in the address, or else for its examples."""
        if name not in registry:
            return site.missing(request, name, {each: f"/calculators/{each}" for each in nearest(name, registry)})
        asked = frame(site.desk, request)
        lasting = not await site.desk.heard(given(asked, registry[name]))
        outcome = _outcome(asked, registry[name])

        def make(frame: Frame) -> str:
            return _calculator(frame, registry[name], outcome, known(frame.language, name))

        if outcome["faults"]:
            return site.fleeting(request, make, 422)
        return site.page(request, make) if lasting else site.fleeting(request, make)

    return [calculators, calculator]


def _calculators(frame: Frame) -> str:
    rows = [
        {"href": frame.link(f"/calculators/{name}"), "name": said.title, "about": _paragraphs(said)[0]}
        for name in sorted(registry)
        for said in [_told(frame, name)]
    ]
    return frame.render("calculators.html", frame.say("calculators"), frame.say("browse_calculators"), rows=rows)


def _told(frame: Frame, name: str) -> Told:
    return told(tools()[name], frame.said.language)


def _paragraphs(said: Told) -> list[str]:
    return [" ".join(each.split()) for each in said.about.split("\n\n")]


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


def example(calculator: Calculator) -> Mapping[str, Any]:
    """The inputs of the first worked case that is about the present."""
    cases = [case.inputs for case in worked(calculator.name)[1] if not case.refused]
    return next((inputs for inputs in cases if not {"as_of", "language"} & inputs.keys()), cases[0])


def _outcome(frame: Frame, calculator: Calculator) -> dict[str, Any]:
    """The answer or what is wrong with the inputs."""
    raw = given(frame, calculator)
    shown = raw or dict(example(calculator))
    found: dict[str, Any] = {"inputs": shown, "given": bool(raw), "answer": None, "faults": [], "absent": ""}
    try:
        wanted = {**shown, "language": frame.language}
        found["answer"] = run(frame.desk.knowledge, calculator.name, wanted, live=frame.desk.live)
    except BadCall as error:
        found["faults"] = error.faults if raw else []
    except NothingKnown as error:
        found["absent"] = error.message
    return found


def _described(desk: Desk, language: str, name: str) -> dict[str, Any]:
    page = Frame(desk, language, f"/calculators/{name}", ())
    return described(page, registry[name], _told(page, name))


def _calculator(frame: Frame, calculator: Calculator, outcome: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    said = _told(frame, calculator.name)
    answer = outcome["answer"]
    return frame.render(
        "calculator.html",
        said.title,
        spoken(answer) if answer and outcome["given"] else said.description,
        answer["permalink"] if answer else "",
        name=calculator.name,
        paragraphs=[inline(each) for each in _paragraphs(said)],
        fields=[
            _field(name, each, said, outcome, frame.said["fields"])
            for name, each in said.inputs["properties"].items()
            if name != "language"
        ],
        faults=[_fault(each) for each in outcome["faults"]],
        absent=outcome["absent"],
        answer=answer_view(frame, answer) if answer else None,
        **known,
        **applied(frame, calculator, outcome["inputs"], known["all_formulas"]),
    )


def _field(
    name: str, schema: Mapping[str, Any], said: Told, outcome: Mapping[str, Any], labels: Mapping[str, str]
) -> dict[str, Any]:
    """One field of the form."""
    value = outcome["inputs"].get(name, "")
    several = schema["type"] == "array"
    values = [*value, *[""] * _SPARE] if several and isinstance(value, list) else [value]
    return {
        "name": name,
        "label": labels[name],
        "about": inline(schema["description"]),
        "choices": schema.get("enum") or [],
        "values": [shown_input(each) for each in values],
        "default": str(schema.get("default", "")),
        "required": name in said.inputs["required"],
        "number": schema["type"] in {"number", "integer"},
        "wrong": any(fault.field == name for fault in outcome["faults"]),
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {"field": fault.field, "message": fault.message, "close": [str(each) for each in fault.nearest]}
