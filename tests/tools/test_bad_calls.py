"""A wrong call is put right by doing, word for word, what its error says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.core.errors import BadCall, NothingKnown
from service.core.problem import of_error
from service.desk import Desk
from service.tools.dialect import ToolCall
from service.tools.exchange import execute
from service.tools.registry import tool

CALLS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("bad_calls.yaml").read_text(encoding="utf-8"))


def faulty(desk: Desk, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """The problem that a call is answered with."""
    with pytest.raises(BadCall) as caught:
        tool(name).call(desk, inputs)
    return dict(of_error(caught.value))


def value_of(text: str, given: Any) -> Any:
    """A suggestion as the sort of value that it stands for."""
    if text.startswith("["):
        return json.loads(text)
    return float(text) if re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", text) and not isinstance(given, str) else text


def suggested(fault: dict[str, Any], given: Any) -> Any:
    """What a fault says to write instead: the nearest value, what is allowed, or the example in its sentence."""
    for known in ("nearest", "allowed"):
        if fault.get(known):
            first = value_of(fault[known][0], None if fault["code"].endswith(("parsing", "type", "equal")) else given)
            if fault["code"] == "wrong-dimension":  # 'allowed' are units: the number stays
                return re.sub(r"[^\d.]+$", "", str(given)) + f" {first}"
            return first
    example = re.search(
        r"(?:such as|Example:) (?:'(?P<quoted>[^']+)'|(?P<list>\[.+\])|(?P<bare>[^,\s]+))", fault["message"]
    )
    quoted = example or re.search(r"'(?P<quoted>[^']+)'", fault["message"])
    assert quoted, fault
    return value_of(
        next(text for text in quoted.groups() if text).removesuffix("."), "" if fault["code"] != "list-type" else None
    )


def repaired(call: dict[str, Any], problem: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The call with every fault put right as the problem says; an input that goes by another name is not missing."""
    name, inputs = call["tool"], dict(call["inputs"] or {})
    faults = sorted(problem["faults"], key=lambda fault: fault["code"] != "unknown-input")  # renamed before missed
    renamed: set[str] = set()
    for fault in faults:
        field = fault["field"].split("[")[0]
        if fault["code"] == "unknown-tool":
            name = (fault.get("nearest") or fault["allowed"])[0]
        elif fault["code"] == "unknown-input":
            value = inputs.pop(field)
            meant = next((near for near in fault.get("nearest", ()) if inputs.get(near) is None), None)
            if meant:
                inputs[meant] = value
                renamed.add(meant)
        elif fault["code"] == "missing" and field in renamed:
            continue
        elif "[" in fault["field"]:
            place = int(fault["field"].split("[")[1].rstrip("]"))
            inputs[field] = [suggested(fault, each) if n == place else each for n, each in enumerate(inputs[field])]
        else:
            inputs[field] = suggested(fault, inputs.get(field))
    return name, inputs


def test_there_are_enough_of_them() -> None:
    assert len(CALLS) >= 40
    assert len({json.dumps(call, sort_keys=True) for call in CALLS}) == len(CALLS)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call['tool']}-{json.dumps(call['inputs'])}")
def test_following_the_error_makes_the_second_call_succeed(desk: Desk, call: dict[str, Any]) -> None:
    name, inputs = call["tool"], call["inputs"]
    problem = faulty(desk, name, inputs)
    detail = problem["detail"]
    for fault in problem["faults"]:
        assert fault["field"].split("[")[0] in detail
        # a client that shows the model the text alone loses nothing that the repair needs
        assert all(near in detail for near in fault.get("nearest", ()))
    name, inputs = repaired(call, problem)
    assert tool(name).call(desk, inputs)


@pytest.mark.parametrize("call", CALLS[:8], ids=lambda call: json.dumps(call["inputs"]))
def test_a_chatbot_is_told_in_the_same_words(desk: Desk, call: dict[str, Any]) -> None:
    outcome = execute(desk, ToolCall(call["tool"], call["inputs"]), "openai")
    assert outcome.failed
    assert outcome.text == faulty(desk, call["tool"], call["inputs"])["detail"]


def test_what_nobody_knows_is_told_as_such(desk: Desk) -> None:
    with pytest.raises(NothingKnown):
        tool("energy_equivalents").call(desk, {"energy": "chatgpt", "region": "AQ"})
    outcome = execute(desk, ToolCall("energy_equivalents", {"energy": "chatgpt", "region": "AQ"}), "openai")
    assert outcome.failed
    assert outcome.result["code"] == "nothing-known"
