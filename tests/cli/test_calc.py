from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from service.cli.commands.calc import written
from service.core.calculator import registry
from service.core.model import Record
from service.store.queries import Knowledge
from tests.cli.conftest import Process, Wattcite

CHATGPT = ("calc", "energy_equivalents", "energy=chatgpt", "region=US")


def test_json_is_the_answer_alone(wattcite: Wattcite) -> None:
    result = wattcite(*CHATGPT, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert answer["tool"] == "energy_equivalents"
    assert answer["headline"]["unit"] == "home"
    assert answer["inputs"]["region"] == {"value": "US", "status": "given"}
    assert answer["citations"]


def test_without_json_it_is_the_text_as_markdown(wattcite: Wattcite) -> None:
    answer = json.loads(wattcite(*CHATGPT, "--json").stdout)
    result = wattcite(*CHATGPT)
    assert (result.exit_code, result.stdout, result.stderr) == (0, answer["text"], "")


def test_same_call_gives_same_bytes_in_any_process(wattcite: Wattcite, process: Process) -> None:
    ran = process(*CHATGPT, "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode() == wattcite(*CHATGPT, "--json").stdout


def test_output_is_utf8_whatever_the_terminal(process: Process) -> None:
    ran = process(*CHATGPT, "language=zh-Hans", PYTHONIOENCODING="latin-1")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "美国" in ran.stdout.decode("utf-8")


def test_amounts_are_computed(wattcite: Wattcite) -> None:
    result = wattcite(
        "calc", "service_energy", "service=chatgpt", "requests=1000", "electricity_per_query=2 Wh", "--json"
    )
    # 1000 requests a day × 2 Wh = 2000 Wh a day
    headline = json.loads(result.stdout)["headline"]
    assert headline["value"] * {"Wh": 1, "kWh": 1e3, "MWh": 1e6}[headline["unit"]] == pytest.approx(2000)


@pytest.mark.parametrize("arguments", [("calc",), ("calc", "--help"), ("tools",)])
def test_calculators_are_listed(wattcite: Wattcite, arguments: tuple[str, ...]) -> None:
    result = wattcite(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    for name in registry:
        assert f"| {name} |" in result.stdout


@pytest.mark.parametrize("name", registry)
def test_help_of_a_calculator_tells_every_input(wattcite: Wattcite, name: str) -> None:
    result = wattcite("calc", name, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    for field, info in registry[name].inputs.model_fields.items():
        row = next(line for line in result.stdout.splitlines() if line.startswith(f"| {field} |"))
        assert str((info.examples or [""])[0]) in row
        assert ("(required)" in row) == info.is_required()


def test_missing_input_shows_what_there_is(wattcite: Wattcite) -> None:
    result = wattcite("calc", "energy_equivalents")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "| region | Country or region" in result.stderr
    assert "| US | US |" in result.stderr
    assert "energy: is required" in result.stderr.splitlines()[-1]


def test_misspelt_name(wattcite: Wattcite) -> None:
    for arguments in (("energy_equivalent", "energy=chatgpt"), ("energy_equivalent", "--help")):
        result = wattcite("calc", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Did you mean 'energy_equivalents'" in result.stderr


def test_name_like_none_lists_all(wattcite: Wattcite) -> None:
    result = wattcite("calc", "xyzzy")
    assert result.exit_code == 2
    assert all(name in result.stderr for name in registry)


def test_all_faults_at_once(wattcite: Wattcite) -> None:
    result = wattcite(
        "calc", "energy_equivalents", "energy=5 parsec", "regin=US", "region=Germny", "period=dya", "period=day", "to"
    )
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert lines[0] == "wattcite: energy_equivalents: the call does not hold."
    told = {line.strip().partition(":")[0]: line for line in lines[1:]}
    assert list(told) == ["period", "to", "regin", "energy", "region"]
    assert "given more than once" in told["period"]
    assert "Did you mean 'to=…'?" in told["to"]
    assert "Did you mean 'region'" in told["regin"]
    assert "parsec" in told["energy"]
    assert "'DE'" in told["region"]


def test_bare_word_is_taken_for_the_first_input(wattcite: Wattcite) -> None:
    result = wattcite("calc", "energy_equivalents", "chatgpt")
    assert result.exit_code == 2
    assert "Did you mean 'energy=chatgpt'?" in result.stderr


def test_faults_as_json(wattcite: Wattcite) -> None:
    result = wattcite("calc", "energy_equivalents", "energy=chatgpt", "region=Germny", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    problem = json.loads(result.stderr)
    assert problem["code"] == "bad-call"
    assert problem["faults"][0] | {"message": ""} == {
        "field": "region",
        "code": "unknown-region",
        "message": "",
        "given": "Germny",
        "nearest": ["DE"],
    }


def test_missing_input_as_json_is_json_alone(wattcite: Wattcite) -> None:
    result = wattcite("calc", "energy_equivalents", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert [fault["code"] for fault in json.loads(result.stderr)["faults"]] == ["missing"]


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_nothing_known(wattcite: Wattcite, environment: dict[str, str], form: tuple[str, ...]) -> None:
    with closing(Knowledge(Path(environment["WATTCITE_KNOWLEDGE"]))) as knowledge:
        homeless = next(region.id for region in knowledge.regions() if knowledge.home_of(region.id) is None)
    result = wattcite("calc", "energy_equivalents", "energy=1 MWh", f"region={homeless}", *form)
    assert (result.exit_code, result.stdout) == (3, "")
    if form:
        problem = json.loads(result.stderr)
        assert problem["code"] == "nothing-known"
        assert "US" in problem["nearest"]
    else:
        assert "Known instead: " in result.stderr


def test_bytes_that_are_no_text_are_refused(process: Process) -> None:
    ran = process("calc", "energy_equivalents", "energy=\udcff")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"Traceback" not in ran.stderr


def test_an_input_that_takes_a_list_may_be_repeated() -> None:
    class Listing(Record):
        subjects: list[str]
        region: str = "US"

    calculator = next(iter(registry.values()))
    listing = type(calculator)("listing", Listing, frozenset(), calculator.compute, "", ())  # type: ignore[arg-type]
    assert written(listing, ["subjects=a", "region=CN", "subjects=b=c"]) == (
        {"subjects": ["a", "b=c"], "region": "CN"},
        [],
    )
    assert written(listing, ["subjects=a"]) == ({"subjects": ["a"]}, [])
