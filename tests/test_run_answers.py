"""What holds for every answer that comes out of the one door: what it rests on, and how it is said."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from service.core.answer import Answer
from service.core.derivation import Step, steps
from service.core.model import first_day
from service.core.quantity import Quantity
from service.run import prepare, run
from service.store.queries import Knowledge
from service.store.reading import Reading
from tests.test_run import CJK, HOMES, MARK, SERVICE, SOURCE_LINE, every_call

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
