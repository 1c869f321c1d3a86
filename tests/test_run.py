"""The one door: faults, statuses, permalinks, and what holds for every answer that comes out."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from service.core.answer import Answer
from service.core.calculator import registry
from service.core.derivation import Step, steps
from service.core.errors import BadCall, NothingKnown
from service.core.model import first_day
from service.core.quantity import Quantity
from service.run import find, prepare, run
from service.store.queries import Knowledge
from service.store.reading import Reading

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


# -- what an answer rests on --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2023-11-01", "2024-02-01", "2024-06-01", "2025-03-01", "2025-08-01"])
@pytest.mark.parametrize("tool", [HOMES, SERVICE])
def test_no_source_is_used_before_it_was_issued(knowledge: Knowledge, tool: str, day: str) -> None:
    subject = "energy" if tool == HOMES else "service"
    answer = run(knowledge, tool, {subject: "chatgpt", "as_of": day})
    issued = {c["source"]: c["issued"] for c in answer["citations"] if c["issued"]}
    later = {source: when for source, when in issued.items() if first_day(when) > date.fromisoformat(day)}
    assert later == {}
    assert answer["knowledge"]["as_of"] == day


def test_the_day_changes_the_choice(knowledge: Knowledge) -> None:
    days = ["2023-12-01", "2024-06-01", "2026-01-01"]
    values = [run(knowledge, SERVICE, {"service": "chatgpt", "as_of": d})["headline"]["value"] for d in days]
    # MWh a day: de Vries; the New Yorker's 500,000 kWh; 2.5e9 × 0.34 Wh
    assert values == pytest.approx([564, 500, 850])


@every_call
def test_estimates_begin_with_the_preferred_one(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    answer = run(knowledge, tool, inputs)
    estimates = answer["estimates"]
    if not estimates:
        assert answer["spread"] is None
        return
    assert [estimate["preferred"] for estimate in estimates] == [True] + [False] * (len(estimates) - 1)
    assert len({estimate["figure"] for estimate in estimates}) == len(estimates)
    headline = answer["headline"]
    first = estimates[0]
    assert [first[k] for k in ("value", "low", "high", "unit", "text")] == [
        headline[k] for k in ("value", "low", "high", "unit", "text")
    ]
    values = [estimate["value"] for estimate in estimates]
    assert {estimate["unit"] for estimate in estimates} == {headline["unit"]}
    assert answer["spread"] == (max(values) / min(values) if min(values) > 0 else None)


@every_call
def test_citations_are_numbered_in_the_order_of_the_text(
    knowledge: Knowledge, tool: str, inputs: dict[str, Any]
) -> None:
    answer = run(knowledge, tool, inputs)
    assert [c["n"] for c in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    assert len({c["figure"] for c in answer["citations"]}) == len(answer["citations"])
    listed = [int(n) for n in SOURCE_LINE.findall(answer["text"])]
    body = SOURCE_LINE.sub("", answer["text"])
    marked = list(dict.fromkeys(int(n) for n in MARK.findall(body)))
    assert listed == list(range(1, len(listed) + 1))
    assert marked == listed
    for citation in answer["citations"][: len(listed)]:
        (line,) = [x for x in answer["text"].splitlines() if x.startswith(f"- [{citation['n']}] ")]
        assert citation["title"] in line
        assert (citation["url"] or citation["doi"] or "") in line


def derived(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> tuple[Answer, list[Step], Reading]:
    """An answer, and the steps of the same run as quantities."""
    call = prepare(knowledge, tool, inputs)
    as_of = date.fromisoformat(call.inputs.as_of or knowledge.as_of)
    reading = Reading(knowledge, call.calculator.reads, as_of, call.inputs.estimate, call.amounts)
    results = list(call.calculator.compute(call.inputs, reading))
    return run(knowledge, tool, inputs), steps([result.quantity for result in results]), reading


@every_call
def test_every_number_has_a_figure_an_input_or_a_step(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    answer = run(knowledge, tool, inputs)
    known = {f"figure:{citation['figure']}" for citation in answer["citations"]}
    own = {"input:period", "input:year"} | {f"input:{name}" for name in answer["inputs"]}
    for step in answer["derivation"]:
        before = {f"step:{n}" for n in range(1, step["n"])}
        assert step["uses"]
        assert [use for use in step["uses"] if use not in known | own | before] == []
    results = {(result["value"], result["unit"]) for result in answer["results"]}
    assert results <= {(step["value"], step["unit"]) for step in answer["derivation"]}


@every_call
def test_the_derivation_can_be_worked_out_again(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    answer, made, _ = derived(knowledge, tool, inputs)
    assert [step["n"] for step in answer["derivation"]] == [step.number for step in made]
    for told, step in zip(answer["derivation"], made, strict=True):
        assert worked_out(step) == pytest.approx(told["value"] * step.quantity.unit.factor, rel=1e-12)
        assert told["unit"] == step.quantity.unit.text


def worked_out(step: Step) -> float:
    """The expression of a step in base units, by Python's own arithmetic on the values of its operands."""
    signs = {" × ": "*", " ÷ ": "/", " + ": "+", " − ": "-", "(": "(", ")": ")"}
    spelled = "".join(signs[t] if isinstance(t, str) else repr(in_base_units(t)) for t in step.tokens)
    assert re.fullmatch(r"[\d.e+\-*/()]+", spelled)
    return float(eval(spelled))  # noqa: S307 - numbers and signs only, as matched above


def in_base_units(operand: Quantity) -> float:
    return operand.value * operand.unit.factor


@every_call
def test_the_range_holds_the_value(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    answer = run(knowledge, tool, inputs)
    for entry in (*answer["results"], *answer["estimates"], *answer["derivation"]):
        low, high = entry["low"], entry["high"]
        assert (low is None) == (high is None)
        assert low is None or high is None or low <= entry["value"] <= high


# -- what is said about it ----------------------------------------------------------------------------------------------


@every_call
def test_what_was_not_read_in_its_source_is_said(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    answer = run(knowledge, tool, inputs)
    rests_on = {use for step in answer["derivation"][: headline_step(answer)] for use in step["uses"]}
    for code in ("secondary", "memory"):
        unsure = [c for c in answer["citations"] if c["checked"] == code and f"figure:{c['figure']}" in rests_on]
        said = [caveat["text"] for caveat in answer["caveats"] if caveat["code"] == code]
        assert len(said) == bool(unsure)
        for citation in unsure:
            assert f"[{citation['n']}]" in said[0]
            assert said[0] in answer["text"]


def headline_step(answer: Answer) -> int:
    """The number of the step that makes the headline."""
    headline = answer["headline"]
    return next(
        s["n"] for s in answer["derivation"] if (s["value"], s["unit"]) == (headline["value"], headline["unit"])
    )


def test_a_choice_past_its_review_is_said_to_be(knowledge: Knowledge) -> None:
    def stale(as_of: str, language: str = "en") -> list[str]:
        answer = run(knowledge, HOMES, {"energy": "chatgpt", "as_of": as_of, "language": language})
        return [caveat["text"] for caveat in answer["caveats"] if caveat["code"] == "stale"]

    parameter = knowledge.parameter("chatgpt", "electricity-per-day")
    assert parameter is not None
    assert first_day(parameter.review_by) < date(2040, 1, 1)
    assert stale("2024-06-01") == []
    (said,) = stale("2040-01-01")
    assert "ChatGPT" in said
    assert parameter.review_by in said
    assert "复核" in stale("2040-01-01", "zh-Hans")[0]


@every_call
def test_nothing_is_punctuated_twice(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    text = run(knowledge, tool, inputs)["text"]
    assert (
        re.findall(r"[.。?？!！;；,，][.。;；,，]|\?\.|\s[,.;。；，]|  +", without_titles(knowledge, tool, inputs))
        == []
    )
    assert "{{" not in text
    assert "None" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@every_call
def test_each_text_is_in_its_language(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> None:
    text = without_titles(knowledge, tool, inputs)
    language = inputs.get("language", "en")
    if language == "en":
        assert CJK.findall(text) == []
    else:
        assert CJK.search(text)
        assert re.findall(r"[\u3400-\u9fff][,;:.!?]", text) == []
    if language == "zh-Hant":
        from opencc import OpenCC

        # what conversion to Traditional would change is Simplified; variants within Traditional are not
        assert OpenCC("s2tw").convert(text) == text


def without_titles(knowledge: Knowledge, tool: str, inputs: dict[str, Any]) -> str:
    """The text of an answer without what stands as its publication printed it: titles, names, addresses, places in it."""
    answer = run(knowledge, tool, inputs)
    text = answer["text"]
    for citation in answer["citations"]:
        printed = [citation["title"], citation["publisher"], citation["locator"], citation["url"], *citation["authors"]]
        printed.append(knowledge.cited_as(citation["figure"]))
        for part in sorted((part for part in printed if part), key=len, reverse=True):
            text = text.replace(part, "…")
    return text
