"""The one door: faults, statuses, permalinks, and what holds for every answer that comes out."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from service.core.calculator import registry
from service.core.errors import BadCall, NothingKnown
from service.run import find, run
from service.store.queries import Knowledge

HOMES = "energy_equivalents"
SERVICE = "service_energy"
CALLS: list[tuple[str, dict[str, Any]]] = [
    (HOMES, {"energy": "chatgpt"}),
    (HOMES, {"energy": "chatgpt", "as_of": "2024-06-01"}),
    (HOMES, {"energy": "chatgpt", "estimate": "highest", "to": "phone-charge", "period": "year"}),
    (HOMES, {"energy": "gpt-3", "to": "country-share"}),
    (HOMES, {"energy": "500 MWh/day", "region": "DE", "to": "electric-car-km"}),
    (HOMES, {"energy": "google", "region": "JP", "language": "zh-Hans"}),
    (HOMES, {"energy": "chatgpt-electricity-per-day-newyorker-2024", "language": "zh-Hant"}),
    (HOMES, {"energy": "0 kWh"}),
    (SERVICE, {"service": "chatgpt", "period": "week"}),
    (SERVICE, {"service": "chatgpt", "electricity_per_query": "0.3-0.5 Wh", "language": "zh-Hans"}),
    (SERVICE, {"service": "chatgpt", "requests": 12345.5, "electricity_per_query": "2 Wh"}),
    (SERVICE, {"service": "google-search", "language": "zh-Hant"}),
    (SERVICE, {"service": "chatgpt", "as_of": "2031-01-01"}),
]
every_call = pytest.mark.parametrize(
    ("tool", "inputs"), CALLS, ids=[f"{tool}-{i}" for i, (tool, _) in enumerate(CALLS)]
)
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
MARK = re.compile(r"\[(\d+)\]")
SOURCE_LINE = re.compile(r"^- \[(\d+)\] ", re.MULTILINE)


def faults(knowledge: Knowledge, tool: str, **inputs: Any) -> dict[str, Any]:
    """The faults of a call by their field."""
    with pytest.raises(BadCall) as failed:
        run(knowledge, tool, inputs)
    found = {fault.field: fault for fault in failed.value.faults}
    assert len(found) == len(failed.value.faults)
    return found


# -- calls that do not hold ---------------------------------------------------------------------------------------------


def test_an_unknown_tool_names_the_nearest(knowledge: Knowledge) -> None:
    with pytest.raises(BadCall) as failed:
        run(knowledge, "energy_equivalent", {})
    (fault,) = failed.value.faults
    assert (fault.field, fault.code, fault.given) == ("tool", "unknown-tool", "energy_equivalent")
    assert fault.nearest[0] == HOMES
    assert set(fault.allowed) == set(registry)
    assert find(HOMES) is registry[HOMES]


def test_all_faults_are_told_at_once(knowledge: Knowledge) -> None:
    found = faults(
        knowledge,
        HOMES,
        energy="2 kg",
        region="Frnace",
        to="homee",
        period="fortnight",
        as_of="yesterday",
        estimate="hihgest",
        language="fr",
        colour="blue",
    )
    assert {name: fault.code for name, fault in found.items()} == {
        "energy": "wrong-dimension",
        "region": "unknown-region",
        "to": "not-allowed",
        "period": "not-allowed",
        "as_of": "not-a-day",
        "estimate": "unknown-estimate",
        "language": "not-allowed",
        "colour": "unknown-input",
    }
    assert found["energy"].given == "2 kg"
    assert "FR" in found["region"].nearest
    assert "home" in found["to"].nearest
    assert found["estimate"].nearest[0] == "highest"
    assert set(found["language"].allowed) == {"en", "zh-Hans", "zh-Hant"}


def test_a_missing_input_is_told_with_what_it_takes(knowledge: Knowledge) -> None:
    (fault,) = faults(knowledge, SERVICE).values()
    assert (fault.field, fault.code) == ("service", "missing")
    assert "chatgpt" in fault.message
    both = faults(knowledge, SERVICE, servise="chatgpt")
    assert both["servise"].nearest[0] == "service"


@pytest.mark.parametrize(
    ("requests", "code"),
    [(-1, "greater-than-equal"), (1e19, "less-than-equal"), ("many", "float-parsing"), (float("nan"), "finite-number")],
)
def test_a_number_out_of_bounds_is_one_fault(knowledge: Knowledge, requests: Any, code: str) -> None:
    assert faults(knowledge, SERVICE, service="chatgpt", requests=requests)["requests"].code == code


def test_an_ambiguous_or_unknown_name_is_never_guessed(knowledge: Knowledge) -> None:
    fault = faults(knowledge, SERVICE, service="chatgpd")["service"]
    assert (fault.code, fault.nearest[0]) == ("unknown-name", "chatgpt")
    assert "chatgpt" in str(fault)


def test_an_estimate_that_competes_with_nothing_lists_those_that_do(knowledge: Knowledge) -> None:
    given = "chatgpt-electricity-per-day-devries-2023"
    fault = faults(knowledge, HOMES, energy="500 MWh/day", estimate=given)["estimate"]
    assert (fault.code, fault.given) == ("no-such-estimate", given)
    assert "us-home-daily-electricity-29" in fault.allowed
    alone = faults(knowledge, SERVICE, service="deepseek", estimate=given)["estimate"]
    assert alone.allowed == ("preferred",)


def test_nothing_known_says_so_in_the_language_asked_for(knowledge: Knowledge) -> None:
    said = {}
    for language in ("en", "zh-Hans", "zh-Hant"):
        with pytest.raises(NothingKnown) as failed:
            run(knowledge, HOMES, {"energy": "1 kWh", "region": "KP", "language": language})
        assert {"US", "GB", "CN"} <= set(failed.value.nearest)
        said[language] = str(failed.value)
    assert "North Korea" in said["en"]
    assert said["zh-Hans"].startswith("没有")
    assert said["zh-Hant"].startswith("沒有")


def test_a_result_too_large_to_be_a_number_is_the_callers_fault(knowledge: Knowledge) -> None:
    assert list(faults(knowledge, HOMES, energy="1e300 kWh")) in (["energy"], ["inputs"])


# -- inputs as they were used -------------------------------------------------------------------------------------------


def test_inputs_come_back_resolved_with_their_status(knowledge: Knowledge) -> None:
    answer = run(knowledge, HOMES, {"energy": "Chat GPT", "region": "英国", "language": None})
    assert answer["inputs"] == {
        "energy": {"value": "chatgpt", "status": "given"},
        "region": {"value": "GB", "status": "given"},
        "to": {"value": "home", "status": "default"},
        "period": {"value": "day", "status": "default"},
        "estimate": {"value": "preferred", "status": "default"},
        "language": {"value": "en", "status": "default"},
    }


@every_call
def test_nulls_are_as_good_as_omissions(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    padded = dict.fromkeys(registry[tool].inputs.model_fields) | inputs
    assert run(knowledge, tool, padded) == run(knowledge, tool, inputs)


@every_call
def test_the_permalink_gives_the_same_answer(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    answer = run(knowledge, tool, inputs)
    path, query = urlsplit(answer["permalink"]).path, urlsplit(answer["permalink"]).query
    assert path == f"/v1/calculators/{tool}"
    again = run(knowledge, tool, dict(parse_qsl(query, strict_parsing=True)))
    statuses = {name: entry["status"] for name, entry in answer["inputs"].items()}
    # a default that was given in so many words is left out of the link
    assert {**again, "inputs": None} == {**answer, "inputs": None}
    assert {name: entry["value"] for name, entry in again["inputs"].items()} == {
        name: entry["value"] for name, entry in answer["inputs"].items()
    }
    assert set(statuses.values()) <= {"given", "default"}


@every_call
def test_the_same_call_gives_the_same_bytes(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    import msgspec

    encode = msgspec.json.Encoder().encode
    assert encode(run(knowledge, tool, inputs)) == encode(run(knowledge, tool, dict(reversed(inputs.items()))))
