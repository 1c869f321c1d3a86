"""A footprint grows with the number of prompts, and no competing value lies outside its range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.run import run
from service.store.queries import Knowledge

SERVICES = st.sampled_from(["chatgpt", "gemini", "gpt-4o", "deepseek-r1", "claude-code", "image-generation"])
UNITS = {"Wh": 1.0, "kWh": 1e3, "MWh": 1e6, "GWh": 1e9, "TWh": 1e12, "g": 1.0, "kg": 1e3, "t": 1e6, "mL": 1.0, "L": 1e3}


@given(service=SERVICES, count=st.floats(min_value=1e-3, max_value=1e15))
def test_every_result_scales_with_the_count(knowledge: Knowledge, service: str, count: float) -> None:
    one, many = (run(knowledge, "query_footprint", {"service": service, "count": n}) for n in (1, count))
    for each, all_ in zip(one["results"], many["results"], strict=True):
        assert each["name"] == all_["name"]
        wanted = each["value"] * UNITS[each["unit"]] * count
        assert all_["value"] * UNITS[all_["unit"]] == pytest.approx(wanted, rel=1e-9)


@given(service=SERVICES, count=st.floats(min_value=0, max_value=1e18))
def test_every_value_lies_in_its_range(knowledge: Knowledge, service: str, count: float) -> None:
    answer = run(knowledge, "query_footprint", {"service": service, "count": count})
    for entry in (*answer["results"], *answer["estimates"]):
        low, high = entry["low"], entry["high"]
        assert low is None or high is None or low <= entry["value"] <= high


@given(tokens=st.floats(min_value=1, max_value=1e9))
def test_tokens_of_a_measured_model_cost_the_same_each(knowledge: Knowledge, tokens: float) -> None:
    one, all_ = (run(knowledge, "query_footprint", {"service": "qwen3-32b", "output_tokens": n}) for n in (1, tokens))
    each, whole = one["headline"], all_["headline"]
    assert whole["value"] * UNITS[whole["unit"]] == pytest.approx(
        each["value"] * UNITS[each["unit"]] * tokens, rel=1e-9
    )


@pytest.mark.parametrize(
    ("tokens", "size"), [(1, "short"), (300, "short"), (2000, "medium"), (20000, "long"), (1e6, "document")]
)
def test_tokens_in_are_taken_as_the_nearest_size(knowledge: Knowledge, tokens: float, size: str) -> None:
    by_tokens = run(knowledge, "query_footprint", {"service": "gpt-4o", "input_tokens": tokens})
    by_size = run(knowledge, "query_footprint", {"service": "gpt-4o", "size": size})
    assert by_tokens["headline"]["value"] == by_size["headline"]["value"]
