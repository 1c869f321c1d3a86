"""Calls that go the way of earlier ones come to the same numbers, and every worked case can go one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.answers.shape import Walk, numbers_of, quantities_of
from service.core.calculator import Figures, Result
from service.core.errors import WattciteError
from service.core.quantity import Quantity
from service.run import prepare, replay
from service.run.call import Call
from service.run.computing import compute
from service.run.replay import Ways
from service.store.queries import Knowledge

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))


@pytest.fixture(autouse=True, scope="module")
def at_once() -> Iterator[None]:
    """Ways are written down at the first call."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replay, "_OFTEN", 1)
        yield


@pytest.fixture(scope="module")
def ways() -> Ways:
    return Ways()


def through_the_code(knowledge: Knowledge, call: Call) -> list[float]:
    """The numbers of a call as its calculator computes them."""
    made = compute(knowledge, call)
    return numbers_of(quantities_of(Walk(made.results, made.reading), made.trials))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_every_worked_case_goes_a_way(knowledge: Knowledge, ways: Ways, path: Path) -> None:
    gone = 0
    for case in yaml.safe_load(path.read_text(encoding="utf-8")):
        try:
            call = prepare(knowledge, path.stem, case["inputs"])
            expected = through_the_code(knowledge, call)
        except WattciteError:
            continue
        again = ways.replayed(knowledge, call)
        assert again is not None, f"{case['case']}: a number escapes; see service.core.tape"
        assert list(again.numbers) == expected, case["case"]
        gone += 1
    assert gone


numbers = st.floats(1e-9, 1e12)
CALLS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "clean_supply": st.fixed_dictionaries(
        {"energy": numbers.map(lambda number: f"{number!r} kWh")},
        optional={"storage_hours": st.floats(0, 24), "capacity_factor": st.floats(1, 100)},
    ),
    "demand_outlook": st.fixed_dictionaries({"growth": st.floats(-50, 500), "year": st.integers(2020, 2060)}),
    "emissions_equivalents": st.fixed_dictionaries(
        {"emissions": st.tuples(numbers, numbers).map(lambda two: f"{min(two)!r} to {max(two)!r} kg")}
    ),
    "inference_energy": st.fixed_dictionaries(
        {"parameters": st.floats(1e6, 1e15), "output_tokens": st.floats(0, 1e15)},
        optional={"input_tokens": st.floats(0, 1e15), "count": st.floats(0, 1e18), "pue": st.floats(1, 10)},
    ),
    "net_benefit": st.fixed_dictionaries(
        {name: numbers.map(lambda number: f"{number!r} MWh") for name in ("energy", "baseline")},
        optional={"rebound": st.floats(0, 100)},
    ),
    "query_footprint": st.fixed_dictionaries({"service": st.just("gpt-4o"), "input_tokens": st.floats(0, 1e15)}),
    "training_footprint": st.fixed_dictionaries(
        {"flop": st.floats(0, 1e40), "accelerator": st.just("nvidia-h100-sxm")},
        optional={"utilisation": st.floats(0.001, 1), "pue": st.floats(1, 10)},
    ),
    "water_footprint": st.fixed_dictionaries(
        {"energy": numbers.map(lambda number: f"{number!r} kWh/day"), "wue": numbers.map(lambda n: f"{n!r} L/kWh")}
    ),
}


@pytest.mark.parametrize("tool", CALLS)
def test_any_numbers_come_to_what_the_code_computes(knowledge: Knowledge, ways: Ways, tool: str) -> None:
    replayed = 0

    @given(CALLS[tool])
    def check(inputs: dict[str, Any]) -> None:
        nonlocal replayed
        call = prepare(knowledge, tool, inputs)
        again = ways.replayed(knowledge, call)
        if again is not None:
            replayed += 1
            assert list(again.numbers) == through_the_code(knowledge, call)

    check()
    assert replayed > 20


def test_a_call_that_ends_in_an_error_leads_through_the_code(knowledge: Knowledge, ways: Ways) -> None:
    fair, huge = ({"energy": energy, "baseline": "1 MWh"} for energy in ("5 MWh", "1e270 MWh"))
    assert ways.replayed(knowledge, prepare(knowledge, "net_benefit", fair)) is not None
    for _ in range(3):
        assert ways.replayed(knowledge, prepare(knowledge, "net_benefit", huge)) is None


def test_a_way_is_written_down_once_it_was_gone_often(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "_OFTEN", 3)
    own = Ways()
    calls = [prepare(knowledge, "electricity_cost", {"energy": f"{number} MWh"}) for number in (3, 5, 8, 13)]
    assert [own.replayed(knowledge, call) is not None for call in calls] == [False, False, True, True]


def test_what_is_given_makes_another_form(knowledge: Knowledge, ways: Ways) -> None:
    calls = [
        prepare(knowledge, "energy_equivalents", inputs)
        for inputs in (
            {"energy": "5 MWh"},
            {"energy": "5 kWh"},
            {"energy": "5 to 6 kWh"},
            {"energy": "5 kWh", "region": "DE"},
            {"energy": "5 kWh", "to": "kettle"},
            {"energy": "5 kWh", "as_of": "2024-06-01"},
            {"energy": "5 kWh", "estimate": "lowest"},
            {"energy": "chatgpt"},
        )
    ]
    again = [ways.replayed(knowledge, call) for call in calls]
    assert len({each.way for each in again if each}) == len(calls)


def test_what_no_tape_can_follow_leads_through_the_code(knowledge: Knowledge) -> None:
    def rounding(inputs: Any, figures: Figures) -> Iterator[Result]:
        energy = figures.amount("energy")
        assert isinstance(energy, Quantity)
        yield Result("energy", Quantity(round(energy.value), "kWh"))

    call = prepare(knowledge, "electricity_cost", {"energy": "3.4 MWh"})
    odd = replace(call, calculator=replace(call.calculator, name="odd", compute=rounding))
    own = Ways()
    assert [own.replayed(knowledge, each) is None for each in (odd, odd, call)] == [True, True, False]
