"""A result that goes over the wire says to the byte what the result as plain data says, whatever was asked before."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.core.calculator import registry
from service.desk import Desk
from service.run import replay
from service.settings import Settings
from service.store.queries import Knowledge
from service.tools import mcp_results
from service.tools.mcp_results import Answers
from service.tools.mcp_splice import Encoded

CASES = Path(__file__).parents[1] / "cases"
LANGUAGES = ("en", "zh-Hans")


@pytest.fixture(scope="module")
def answers(built: Path) -> Iterator[Answers]:
    """What keeps no answer, over knowledge of which nothing was asked before: a way is written down when it is gone again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replay, "_OFTEN", 2)
        patch.setattr(mcp_results, "_KEPT", 0)
        knowledge = Knowledge(built)
        yield Answers(Desk(knowledge, Settings(public_url="https://wattcite.example.org")))
        knowledge.close()


def same(answers: Answers, name: str, arguments: dict[str, Any], *, links: bool = True) -> bool:
    plain = answers.plain(name, arguments, links=links)
    return answers.encoded(name, arguments, links=links) == Encoded.of(plain)


@pytest.mark.parametrize("name", sorted(registry))
def test_every_case_is_the_same_in_any_order(answers: Answers, name: str) -> None:
    cases = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    calls = [{**case["inputs"], "language": language} for case, language in itertools.product(cases, LANGUAGES)]
    for arguments in (*calls, *reversed(calls)):
        assert same(answers, name, arguments), arguments


def test_results_without_links_are_others(answers: Answers) -> None:
    arguments = {"energy": "850 MWh/day"}
    for links in (True, False) * 3:
        assert same(answers, "energy_equivalents", arguments, links=links)
    with_links, without = (answers.encoded("energy_equivalents", arguments, links=each).body for each in (True, False))
    assert b"resource_link" in with_links
    assert b"resource_link" not in without


# digits are counted where a text must keep within its bound, and steps that change nothing have the value of another
@given(
    st.one_of(st.sampled_from([0, 1, 0.9996, 999.5, 1e6, 1e15]), st.floats(1e-6, 1e15)),
    st.sampled_from(["kWh", "MWh/day", "TWh/year", "kW"]),
    st.sampled_from(["home", "kettle", "country-share"]),
)
def test_any_amount_is_the_same(answers: Answers, amount: float, unit: str, to: str) -> None:
    assert same(answers, "energy_equivalents", {"energy": f"{amount!r} {unit}", "to": to})


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.sampled_from([0, 10, 100]))
def test_any_benefit_is_the_same(answers: Answers, used: float, saved: float, rebound: float) -> None:
    baseline = {"energy": f"{used!r} kWh", "baseline": f"{saved!r} kWh", "rebound": rebound}
    assert same(answers, "net_benefit", baseline)
