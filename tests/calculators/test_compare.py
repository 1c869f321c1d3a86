"""What holds for compare: turned round, the ratio is turned round; and a list survives every door."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from service.calculators.compare import CompareInputs
from service.core.errors import BadCall
from service.core.inputs import list_inputs
from service.run import run
from service.store.queries import Knowledge

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.testing import TestClient

QUERIES = ("chatgpt", "gemini", "google-search", "llama-3.1-405b", "deepseek-r1")


@pytest.mark.parametrize(("one", "other"), list(permutations(QUERIES, 2)))
def test_turned_round_the_ratio_is_turned_round(knowledge: Knowledge, one: str, other: str) -> None:
    there, back = (
        run(knowledge, "compare", {"subjects": pair, "quantity": "electricity-per-query"})
        for pair in ([one, other], [other, one])
    )
    assert there["headline"]["value"] * back["headline"]["value"] == pytest.approx(1)
    assert {caveat["code"] for caveat in there["caveats"]} == {caveat["code"] for caveat in back["caveats"]}


def test_all_are_ranked_in_the_unit_of_the_first(knowledge: Knowledge) -> None:
    answer = run(knowledge, "compare", {"subjects": list(QUERIES)})
    ranked = answer["results"][1:]
    assert {result["name"] for result in ranked} == {f"of-{name}" for name in QUERIES}
    assert {result["unit"] for result in ranked} == {"Wh"}
    assert [result["value"] for result in ranked] == sorted((r["value"] for r in ranked), reverse=True)
    positions = [answer["text"].find(result["text"]) for result in ranked]
    assert -1 not in positions


def test_the_same_boundary_needs_no_remark(knowledge: Knowledge) -> None:
    answer = run(knowledge, "compare", {"subjects": ["claude-3.5-sonnet", "claude-3.7-sonnet"]})
    codes = {caveat["code"] for caveat in answer["caveats"]}
    assert codes & {"boundaries_differ", "bases_differ", "years_differ", "regions_differ", "gas_differs"} == set()


def test_a_rival_of_a_third_subject_is_no_estimate_of_the_ratio(knowledge: Knowledge) -> None:
    two = run(knowledge, "compare", {"subjects": ["gemini", "google-search"]})
    three = run(knowledge, "compare", {"subjects": ["gemini", "google-search", "chatgpt"]})
    assert two["estimates"] == three["estimates"] == []


def test_subjects_is_the_input_that_takes_a_list() -> None:
    assert list_inputs(CompareInputs) == {"subjects"}


def test_a_list_survives_the_permalink(client: TestClient[Litestar], knowledge: Knowledge) -> None:
    posted = client.post("/v1/calculators/compare", json={"subjects": ["ChatGPT", "google search", "gemini"]}).json()
    assert posted["permalink"] == "/v1/calculators/compare?subjects=chatgpt&subjects=google-search&subjects=gemini"
    assert posted["inputs"]["subjects"] == {"value": ["chatgpt", "google-search", "gemini"], "status": "given"}
    assert client.get(posted["permalink"]).json() == posted


def test_only_a_list_may_be_repeated(client: TestClient[Litestar]) -> None:
    asked = client.get("/v1/calculators/compare?subjects=chatgpt&subjects=gemini&year=2025&year=2025")
    assert asked.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in asked.json()["faults"]] == [("year", "given-twice")]


def test_a_fault_names_its_place_in_the_list(knowledge: Knowledge) -> None:
    with pytest.raises(BadCall) as failed:
        run(knowledge, "compare", {"subjects": ["chatgpt", "gemnii", "", 7]})
    assert {fault.field for fault in failed.value.faults} == {"subjects[1]", "subjects[2]", "subjects[3]"}
