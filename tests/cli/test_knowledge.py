from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Wattcite
from tests.store.tree import write


def test_lint_of_the_real_knowledge(wattcite: Wattcite) -> None:
    result = wattcite("knowledge", "lint")
    assert result.exit_code == 0, result.stdout
    assert result.stderr.splitlines()[-1].startswith("No faults in ")


def test_lint_tells_every_fault(wattcite: Wattcite, tmp_path: Path) -> None:
    spoiled = {
        "subjects/services.yaml": ("kind: company", "kind: compny"),
        "sources/services/altman-2025.yaml": ("value: 0.34", "value: much"),
    }
    write(tmp_path, spoiled)
    result = wattcite("knowledge", "lint", "--from", str(tmp_path))
    assert result.exit_code == 2
    lines = [line.removeprefix(f"{tmp_path}/") for line in result.stdout.splitlines()]
    # counted in tree.py: line 7 of the one file, line 14 of the other
    assert any(line.startswith("subjects/services.yaml:7: [1].kind: found 'compny'; allowed: ") for line in lines)
    assert any(line.startswith("sources/services/altman-2025.yaml:14: figures[0].value: found ") for line in lines)
    assert result.stderr == f"{len(lines)} faults.\n"


def test_lint_names_files_as_seen_from_here(
    wattcite: Wattcite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "records", {"subjects/services.yaml": ("kind: company", "kind: compny")})
    monkeypatch.chdir(tmp_path)
    assert wattcite("knowledge", "lint", "--from", "records").stdout.startswith("records/subjects/services.yaml:7: ")


def test_lint_today_lists_what_is_due_and_passes(wattcite: Wattcite, tmp_path: Path) -> None:
    write(tmp_path, {"parameters/services.yaml": ('review_by: "2026-12-31"', 'review_by: "9000-01"')})
    without, due = (wattcite("knowledge", "lint", "--from", str(tmp_path), *more) for more in ((), ("--today",)))
    assert (without.exit_code, due.exit_code) == (0, 0)
    assert "due" not in without.stdout
    # the other of its two parameters was due by the end of 2025
    assert [line for line in due.stdout.splitlines() if line.startswith("due ")] == [
        "due 2025-12-31: chatgpt-electricity-per-day (now chatgpt-daily-derived)"
    ]


def test_build(wattcite: Wattcite, tmp_path: Path) -> None:
    root, target = write(tmp_path / "records"), tmp_path / "made" / "knowledge.sqlite"
    result = wattcite("knowledge", "build", "--from", str(root), "--to", str(target))
    assert result.exit_code == 0
    assert target.read_bytes().startswith(b"SQLite format 3\0")
    # three figures in YAML and two rows of the table
    assert "5 figures of 3 sources" in result.stdout


def test_build_of_faulty_records_writes_nothing(wattcite: Wattcite, tmp_path: Path) -> None:
    root = write(tmp_path / "records", {"subjects/services.yaml": ("kind: company", "kind: compny")})
    result = wattcite("knowledge", "build", "--from", str(root), "--to", str(tmp_path / "knowledge.sqlite"))
    assert result.exit_code == 2
    assert not (tmp_path / "knowledge.sqlite").exists()


def test_stats(wattcite: Wattcite) -> None:
    result = wattcite("knowledge", "stats", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    counts = json.loads(result.stdout)
    assert counts["figures"] == counts["primary"] + counts["secondary"] + counts["memory"] > 0
    assert counts["figures"] == sum(topic["figures"] for topic in counts["topics"].values())
    table = wattcite("knowledge", "stats").stdout
    assert f"| figures | {counts['figures']} |" in table
    assert f"| version | {counts['version']} |" in table


@pytest.mark.parametrize("form", ["csv", "json"])
def test_export(wattcite: Wattcite, tmp_path: Path, form: str) -> None:
    result = wattcite("knowledge", "export", "--to", str(tmp_path / "out"), "--format", form)
    assert result.exit_code == 0
    counts = json.loads(wattcite("knowledge", "stats", "--json").stdout)
    tables = {path.stem: _read(path) for path in (tmp_path / "out").iterdir()}
    for name in ("figure", "source", "subject", "region", "parameter"):
        assert len(tables[name]) == counts[f"{name}s"], name
        ids = [row["id"] for row in tables[name]]
        assert ids == sorted(ids)
    titles = {row["id"]: row["title"] for row in tables["source"]}
    assert all(row["source_title"] == titles[row["source"]] for row in tables["figure"])
    assert not {"word", "subject_name", "region_name"} & set(tables)


def _read(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".json":
        rows: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        return rows
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_exports_are_the_same_bytes_each_time(wattcite: Wattcite, tmp_path: Path) -> None:
    for name in ("one", "two"):
        wattcite("knowledge", "export", "--to", str(tmp_path / name))
    first = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}


def test_stats_tell_which_parameters_each_calculator_uses(wattcite: Wattcite) -> None:
    used = {each["id"]: each for each in json.loads(wattcite("knowledge", "stats", "--json").stdout)["used"]}
    home = used["us-home-electricity-per-household"]
    assert home["figure"] == "us-home-electricity-2022"
    assert {"energy_equivalents", "training_footprint"} <= set(home["used_by"])
    assert "electricity_cost" not in used["smartphone-electricity-per-charge"]["used_by"]
    listed = wattcite("knowledge", "stats", "--parameters").stdout
    assert all(f"| {name} |" in listed for name in used)
    assert "| convert_units | 0 |" in wattcite("knowledge", "stats").stdout
