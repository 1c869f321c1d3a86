from __future__ import annotations

import json

import pytest

from service.store.cite import MEDIA
from tests.cli.conftest import Process, Wattcite


@pytest.fixture(scope="session")
def found(wattcite: Wattcite) -> dict[str, str]:
    """The id of a figure that a search finds, and of its source."""
    figure = json.loads(wattcite("search", "chatgpt", "electricity", "--json").stdout)["items"][0]
    return {"figure": figure["id"], "source": figure["source"]["id"], "title": figure["source"]["title"]}


def test_search(wattcite: Wattcite, found: dict[str, str]) -> None:
    result = wattcite("search", "chatgpt", "electricity", "--limit", "3")
    assert result.exit_code == 0
    head, rule, *rows = result.stdout.splitlines()
    assert (head, rule) == ("| figure | what it says | source |", "| --- | --- | --- |")
    assert len(rows) == 3
    assert rows[0].startswith(f"| {found['figure']} | ")


def test_search_as_json_is_json_alone(wattcite: Wattcite) -> None:
    result = wattcite("search", "chatgpt", "--limit", "2", "--json")
    page = json.loads(result.stdout)
    assert (result.exit_code, len(page["items"])) == (0, 2)
    assert page["total"] >= 2
    assert all(item["source"]["title"] for item in page["items"])


def test_search_in_chinese(wattcite: Wattcite) -> None:
    assert wattcite("search", "用电量").exit_code == 0


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_search_that_finds_nothing(wattcite: Wattcite, form: tuple[str, ...]) -> None:
    result = wattcite("search", "xyzzyqwx", *form)
    assert result.exit_code == 3
    assert result.stderr.startswith("wattcite: no figure")
    assert not form or json.loads(result.stdout)["items"] == []


def test_search_takes_anything_that_can_be_typed(wattcite: Wattcite, process: Process) -> None:
    for words in ('"', "a AND (", "chatgpt*", "-", "' OR 1=1"):
        assert wattcite("search", "--", words).exit_code in (0, 3)
    ran = process("search", "\udcff")
    assert b"Traceback" not in ran.stderr
    assert ran.returncode == 3


@pytest.mark.parametrize("form", MEDIA)
def test_cite_in_every_format(wattcite: Wattcite, found: dict[str, str], form: str) -> None:
    result = wattcite("cite", found["source"], "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes.endswith(b"\n")
    assert wattcite("cite", found["figure"], "--format", form).stdout_bytes == result.stdout_bytes


def test_cite_formats_are_those_of_their_names(wattcite: Wattcite, found: dict[str, str]) -> None:
    cited = {form: wattcite("cite", found["source"], "--format", form).stdout_bytes for form in MEDIA}
    assert cited["bibtex"].startswith(b"@")
    assert cited["ris"].startswith(b"TY  - ")
    assert b"\r\nER  - \r\n" in cited["ris"]
    assert json.loads(cited["csl"])[0]["id"] == found["source"]
    assert wattcite("cite", found["source"]).stdout_bytes == cited["text"] == cited["apa"]
    assert wattcite("cite", found["source"], "--language", "zh-Hans").stdout_bytes == cited["gbt7714"]


def test_cite_unknown(wattcite: Wattcite, found: dict[str, str]) -> None:
    result = wattcite("cite", found["source"][:-1])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean " in result.stderr
    assert f"'{found['source']}'" in result.stderr
