"""The methods against the packages that publish them, and what must hold of any such estimate."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge

METHODS = ("physics", "ecologits", "ecocost")
SIZES = st.floats(min_value=1e6, max_value=1e14)
TOKENS = st.floats(min_value=1, max_value=1e9)
WATT_HOURS = {"Wh": 1.0, "kWh": 1e3, "MWh": 1e6, "GWh": 1e9, "TWh": 1e12}
GRID = list(
    itertools.product((1, 8.03, 35, 70.55, 123.4, 405.85, 1760), (1, 3, 10), (1, 400, 12_345), (1.0, 1.2, 1.54))
)


def watt_hours(result: Any) -> float:
    """The value of a result in watt-hours."""
    return float(result["value"]) * WATT_HOURS[result["unit"]]


def by_method(knowledge: Knowledge, **inputs: Any) -> dict[str, float]:
    """The electricity that each method gives, in watt-hours."""
    results = {result["name"]: result for result in run(knowledge, "inference_energy", inputs)["results"]}
    return {method: watt_hours(results[f"{method}-electricity"]) for method in METHODS}


@pytest.mark.parametrize(("total", "sparsity", "tokens", "pue"), GRID)
def test_ecologits_is_what_its_package_says(
    knowledge: Knowledge, total: float, sparsity: float, tokens: float, pue: float
) -> None:
    llm = pytest.importorskip("ecologits.impacts.llm", reason="needs the extra `calculators`")
    impacts = llm.compute_llm_impacts(
        model_active_parameter_count=total / sparsity,
        model_total_parameter_count=total,
        output_token_count=tokens,
        datacenter_pue=pue,
        datacenter_wue=0,
        **{f"if_electricity_mix_{impact}": 0 for impact in ("adpe", "pe", "gwp", "wue")},
    )
    ours = by_method(
        knowledge, parameters=total / sparsity * 1e9, parameters_total=total * 1e9, output_tokens=tokens, pue=pue
    )
    assert ours["ecologits"] == pytest.approx(impacts.energy.value * 1000, rel=1e-9)


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4.1", "gpt-5", "gpt-4o-mini"])
def test_ecologits_spans_what_its_package_spans(knowledge: Knowledge, model: str) -> None:
    package = pytest.importorskip("ecologits.model_repository", reason="needs the extra `calculators`")
    llm = pytest.importorskip("ecologits.impacts.llm", reason="needs the extra `calculators`")
    size = package.models.find_model("openai", model).architecture.parameters
    active, total = getattr(size, "active", size), getattr(size, "total", size)
    impacts = llm.compute_llm_impacts(
        model_active_parameter_count=active,
        model_total_parameter_count=total,
        output_token_count=400,
        datacenter_pue=1.2,
        datacenter_wue=0,
        **{f"if_electricity_mix_{impact}": 0 for impact in ("adpe", "pe", "gwp", "wue")},
    )
    headline = run(knowledge, "inference_energy", {"model": model, "method": "ecologits"})["headline"]
    scale = WATT_HOURS[headline["unit"]]
    assert headline["low"] is not None
    assert headline["high"] is not None
    assert headline["low"] * scale == pytest.approx(impacts.energy.value.min * 1000, rel=1e-9)
    assert headline["high"] * scale == pytest.approx(impacts.energy.value.max * 1000, rel=1e-9)


@pytest.mark.parametrize("model", ["deepseek-r1", "llama-3.3-70b", "gpt-4o", "gpt-5"])
@pytest.mark.parametrize(("given_tokens", "tokens"), [(0, 400), (800, 300), (100_000, 1_000)])
def test_ecocost_is_what_its_package_says(knowledge: Knowledge, model: str, given_tokens: int, tokens: int) -> None:
    package = pytest.importorskip("ecocost", reason="needs the extra `calculators`")
    said = package.estimate(model, provider="unknown-us", input_tokens=given_tokens, output_tokens=tokens)
    size = package.loader.KnowledgeBase.load().models[model].active_params_b.value * 1e9
    ours = by_method(knowledge, parameters=size, output_tokens=tokens, input_tokens=given_tokens)
    assert ours["ecocost"] == pytest.approx(said["energy"]["value"], rel=0.005)  # it rounds to three digits


@given(size=SIZES, factor=st.floats(min_value=1, max_value=1e3), tokens=TOKENS)
def test_more_parameters_never_cost_less(knowledge: Knowledge, size: float, factor: float, tokens: float) -> None:
    small = by_method(knowledge, parameters=size, output_tokens=tokens)
    large = by_method(knowledge, parameters=min(size * factor, 1e15), output_tokens=tokens)
    assert all(large[method] >= small[method] * (1 - 1e-12) for method in METHODS)


@given(size=SIZES, tokens=TOKENS, factor=st.floats(min_value=1, max_value=1e5))
def test_electricity_grows_with_the_tokens(knowledge: Knowledge, size: float, tokens: float, factor: float) -> None:
    few = by_method(knowledge, parameters=size, output_tokens=tokens)
    many = by_method(knowledge, parameters=size, output_tokens=tokens * factor)
    assert all(many[method] == pytest.approx(few[method] * factor, rel=1e-9) for method in METHODS)


@given(model=st.sampled_from(["gpt-4", "gpt-4o-mini", "gpt-oss-120b", "deepseek-r1"]), method=st.sampled_from(METHODS))
def test_every_value_lies_in_its_range(knowledge: Knowledge, model: str, method: str) -> None:
    answer = run(knowledge, "inference_energy", {"model": model, "method": method, "input_tokens": 1000})
    for entry in (*answer["results"], *answer["estimates"]):
        low, high = entry["low"], entry["high"]
        assert low is None or high is None or low <= entry["value"] <= high


def test_a_lower_utilisation_costs_more(knowledge: Knowledge) -> None:
    low, high = (by_method(knowledge, parameters=7e10, utilisation=share) for share in (0.1, 0.4))
    assert low["physics"] == pytest.approx(4 * high["physics"])
    assert low["ecologits"] == high["ecologits"]


@pytest.mark.parametrize("method", METHODS)
def test_methods_stand_side_by_side_as_estimates(knowledge: Knowledge, method: str) -> None:
    answer = run(knowledge, "inference_energy", {"model": "llama-3.1-70b", "method": method})
    results = {result["name"]: result for result in answer["results"]}
    estimates = {each["figure"]: each for each in answer["estimates"]}
    assert len(estimates) == len(answer["estimates"])  # no two are told apart by their figure alone
    (used,) = [each for each in answer["estimates"] if each["preferred"]]
    assert used["value"] == answer["headline"]["value"]
    for other in METHODS:
        ours = results[f"{other}-electricity"]
        assert any(watt_hours(each) == pytest.approx(watt_hours(ours)) for each in answer["estimates"]), other
    sizes = [watt_hours(each) for each in answer["estimates"]]
    assert answer["spread"] == pytest.approx(max(sizes) / min(sizes))
    assert all(
        f"- {each['text']} — {each['label']} [" in answer["text"]
        for each in answer["estimates"]
        if ": " in each["label"]
    )
