"""An encoded answer is to the byte what encoding the answer gives, whatever was asked before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.answers import plan
from service.answers.words import LANGUAGES
from service.core.errors import WattciteError
from service.run import replay, run, run_encoded
from service.store.queries import Knowledge

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
Call = tuple[str, dict[str, Any]]
encode = msgspec.json.Encoder().encode


def calls(path: Path) -> list[Call]:
    """The worked cases of a calculator, in every language."""
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [(path.stem, {**case["inputs"], "language": language}) for case in cases for language in LANGUAGES]


@pytest.fixture(autouse=True, scope="module")
def second() -> Iterator[None]:
    """A way is written down when it is gone for the second time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replay, "_OFTEN", 2)
        yield


@pytest.fixture
def fresh(built: Path) -> Iterator[Knowledge]:
    """The knowledge, of which nothing was asked before."""
    opened = Knowledge(built)
    yield opened
    opened.close()


def whole(knowledge: Knowledge, call: Call) -> bytes:
    """The answer composed in full, or what is wrong with the call."""
    try:
        return encode(run(knowledge, *call))
    except WattciteError as error:
        return str(error).encode()


def fast(knowledge: Knowledge, call: Call) -> bytes:
    """The same by the way that is tested."""
    try:
        return run_encoded(knowledge, *call)
    except WattciteError as error:
        return str(error).encode()


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_every_case_gives_the_same_bytes_in_any_order(knowledge: Knowledge, fresh: Knowledge, path: Path) -> None:
    expected = [(call, whole(knowledge, call)) for call in calls(path)]
    for call, answer in (*expected, *reversed(expected)):
        assert fast(fresh, call) == answer, call


def test_plans_are_forgotten_without_harm(
    knowledge: Knowledge, fresh: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "_KEPT", 2)
    some = calls(CASES[0])[:12]
    for call in (*some, *some):
        assert fast(fresh, call) == whole(knowledge, call)


amounts = st.one_of(
    st.sampled_from([0, 1, 0.9996, 0.99949, 0.9995, 999, 999.5, 1000, 1e6, 999_500, 1e15, 1e-6]),
    st.floats(1e-6, 1e15, allow_nan=False),
)
units = st.sampled_from(["Wh", "kWh", "MWh", "GWh", "kWh/day", "MWh/day", "TWh/year", "kW", "度"])
languages = st.sampled_from(LANGUAGES)


@st.composite
def energies(draw: st.DrawFn) -> str:
    """An amount with its unit, or a range of amounts."""
    low, high = sorted((draw(amounts), draw(amounts)))
    unit = draw(units)
    return f"{low:.12g} to {high:.12g} {unit}" if draw(st.booleans()) else f"{low!r} {unit}"


@given(energies(), languages, st.sampled_from(["home", "kettle", "country-share"]), st.sampled_from(["US", "CN", "IE"]))
def test_any_amount_gives_the_same_bytes(
    knowledge: Knowledge, energy: str, language: str, to: str, region: str
) -> None:
    call = "energy_equivalents", {"energy": energy, "language": language, "to": to, "region": region}
    assert fast(knowledge, call) == whole(knowledge, call)


@given(energies(), languages, st.sampled_from(["US", "FR", "GB"]))
def test_any_amount_has_its_emissions_in_the_same_bytes(
    knowledge: Knowledge, energy: str, language: str, region: str
) -> None:
    call = "electricity_emissions", {"energy": energy, "language": language, "region": region}
    assert fast(knowledge, call) == whole(knowledge, call)


@given(amounts, amounts, languages)
def test_any_count_gives_the_same_bytes(knowledge: Knowledge, requests: float, each: float, language: str) -> None:
    inputs = {"service": "chatgpt", "requests": requests, "electricity_per_query": f"{each!r} Wh", "language": language}
    for tool in ("service_energy", "scale"):
        assert fast(knowledge, (tool, inputs)) == whole(knowledge, (tool, inputs))


@given(energies(), amounts, st.floats(0, 100), languages)
def test_any_benefit_gives_the_same_bytes(
    knowledge: Knowledge, energy: str, baseline: float, rebound: float, language: str
) -> None:
    inputs = {"energy": energy, "baseline": f"{baseline!r} MWh", "rebound": rebound, "language": language}
    call = "net_benefit", inputs
    assert fast(knowledge, call) == whole(knowledge, call)
