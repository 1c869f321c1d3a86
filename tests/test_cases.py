"""Every worked case of every calculator, and that calculators and cases belong to each other."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from service import core
from service.core.answer import Answer
from service.core.calculator import EVERY, registry
from service.core.errors import BadCall, NothingKnown, WattciteError
from service.core.units import conversion, parse_unit
from service.run import prepare, run
from service.store.queries import Knowledge
from service.store.reading import Reading

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.yaml"))
ARTICLE = CASES / "article"  # the claims of a text, each in a file of its own: see test_article.py
FEWEST = 3


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Expected(_Strict):
    """A value, in any unit of its dimension, within a relative tolerance."""

    value: float
    unit: str
    tolerance: float = Field(default=0.0005, ge=0, le=0.1)

    def check(self, value: float, unit: str) -> None:
        wanted = self.value * conversion(parse_unit(self.unit), parse_unit(unit))
        assert value == pytest.approx(wanted, rel=self.tolerance, abs=0)


class Refusal(_Strict):
    """How a call fails: over which inputs, naming what as nearest, saying what."""

    code: Literal["bad-call", "nothing-known"]
    fields: list[str] = []
    nearest: list[str] = []
    says: list[str] = []


class Case(_Strict):
    """One worked case, as it stands in cases/<calculator>.yaml."""

    case: str
    inputs: dict[str, Any]
    expect: dict[str, Expected] = {}
    headline: str | None = None
    estimates: dict[str, Expected] = {}
    cites: list[str] = []
    caveats: list[str] = []
    says: list[str] = []
    error: Refusal | None = None

    @model_validator(mode="after")
    def _answers_or_fails(self) -> Case:
        answers = {"expect", "headline", "estimates", "cites", "caveats", "says"} & self.model_fields_set
        if ("expect" in answers) == (self.error is not None) or (self.error and answers):
            raise ValueError("a case expects results, or an error and nothing else")
        return self


@cache
def raw_cases(name: str) -> list[dict[str, Any]]:
    path = CASES / f"{name}.yaml"
    loaded = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else []
    assert isinstance(loaded, list), f"{path.name} is not a list of cases"
    return loaded


def every_case() -> list[Any]:
    return [
        pytest.param(path.stem, raw, id=f"{path.stem}: {raw.get('case')}")
        for path in FILES
        for raw in raw_cases(path.stem)
    ]


@pytest.mark.parametrize(("name", "raw"), every_case())
def test_case(knowledge: Knowledge, name: str, raw: dict[str, Any]) -> None:
    check_case(knowledge, name, Case.model_validate(raw))


def check_case(knowledge: Knowledge, name: str, case: Case) -> None:
    if case.error is not None:
        with pytest.raises((BadCall, NothingKnown)) as failed:
            run(knowledge, name, case.inputs)
        check_refusal(case.error, failed.value)
        return
    check_answer(case, run(knowledge, name, case.inputs))


def check_answer(case: Case, answer: Answer) -> None:
    results = {result["name"]: result for result in answer["results"]}
    for name, expected in case.expect.items():
        expected.check(results[name]["value"], results[name]["unit"])
    assert answer["headline"] == answer["results"][0]
    if case.headline:
        assert answer["headline"]["name"] == case.headline
    estimates = {estimate["figure"]: estimate for estimate in answer["estimates"]}
    for figure, expected in case.estimates.items():
        expected.check(estimates[figure]["value"], estimates[figure]["unit"])
    assert set(case.cites) - {citation["source"] for citation in answer["citations"]} == set()
    assert set(case.caveats) - {caveat["code"] for caveat in answer["caveats"]} == set()
    check_says(case.says, answer["text"])


def check_refusal(expected: Refusal, error: WattciteError) -> None:
    assert error.code == expected.code
    if isinstance(error, BadCall):
        assert {fault.field for fault in error.faults} == set(expected.fields)
        nearest = [name for fault in error.faults for name in fault.nearest]
    else:
        assert isinstance(error, NothingKnown)
        nearest = list(error.nearest)
    assert [name for name in expected.nearest if name not in nearest] == []
    check_says(expected.says, str(error))


def check_says(patterns: list[str], text: str) -> None:
    assert [pattern for pattern in patterns if not re.search(pattern, text)] == []


# -- calculators and cases belong to each other -------------------------------------------------------------------------


@pytest.mark.parametrize("name", registry)
def test_calculator_has_cases(name: str) -> None:
    assert len(raw_cases(name)) >= FEWEST


def test_cases_have_a_calculator() -> None:
    assert [path.name for path in FILES if path.stem not in registry] == []
    assert [path.name for path in CASES.iterdir() if path not in [*FILES, ARTICLE]] == []


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_cases_are_told_apart(name: str) -> None:
    titles = [raw["case"] for raw in raw_cases(name)]
    assert sorted(titles) == sorted(set(titles))


# -- a calculator declares what it reads, and reads what it declares ----------------------------------------------------


@pytest.fixture(scope="module")
def read(knowledge: Knowledge) -> dict[str, set[str]]:
    """For each calculator, the quantities that were read in the course of its cases."""
    return {name: quantities_read(knowledge, name) for name in registry}


def quantities_read(knowledge: Knowledge, name: str) -> set[str]:
    found: set[str] = set()
    for raw in raw_cases(name):
        try:
            call = prepare(knowledge, name, raw["inputs"])
        except BadCall:
            continue
        as_of = date.fromisoformat(call.inputs.as_of or knowledge.as_of)
        reading = Reading(knowledge, call.calculator.reads, as_of, call.inputs.estimate, call.amounts)
        try:
            for _ in call.calculator.compute(call.inputs, reading):
                pass
        except WattciteError:  # what it read until then counts
            pass
        found |= {chosen.parameter.quantity for chosen in reading.chosen.values()}
    return found


def shared_reads() -> list[frozenset[str]]:
    """What the helpers of core/ may read, a set for each helper."""
    modules = [importlib.import_module(f"service.core.{module.name}") for module in pkgutil.iter_modules(core.__path__)]
    return [frozenset(module.READS) for module in modules if hasattr(module, "READS")]


def of_helpers(reads: frozenset[str]) -> frozenset[str]:
    """Those of a calculator's reads that it takes over from helpers."""
    return frozenset().union(*(shared for shared in shared_reads() if shared <= reads))


@pytest.mark.parametrize("name", registry)
def test_nothing_is_read_undeclared(read: dict[str, set[str]], name: str) -> None:
    declared = registry[name].reads
    assert EVERY in declared or sorted(read[name] - declared) == []


@pytest.mark.parametrize("name", registry)
def test_every_declared_quantity_is_read(read: dict[str, set[str]], name: str) -> None:
    declared = registry[name].reads - {EVERY}
    assert sorted(declared - of_helpers(declared) - read[name]) == []


def test_every_quantity_of_a_helper_is_read(read: dict[str, set[str]]) -> None:
    everywhere: set[str] = set().union(*read.values())
    assert sorted(set().union(*shared_reads()) - everywhere) == []


@pytest.mark.parametrize("name", registry)
def test_every_declared_quantity_exists(knowledge: Knowledge, name: str) -> None:
    for quantity in registry[name].reads - {EVERY}:
        assert knowledge.quantity(quantity).id == quantity
