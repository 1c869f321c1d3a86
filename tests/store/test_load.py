"""Loading: a faultless folder becomes a library; every kind of fault is told with file, line, field and what is allowed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from service.store.faults import Fault, KnowledgeError, nearest
from service.store.load import due, load
from tests.store import tree
from tests.store.fault_cases import ALTMAN, CASES, CSV, HOMES, KOLBERT, PARAMETERS, QUANTITIES, Case

TODAY = date(2026, 1, 15)


def faults_of(root: Path) -> list[Fault]:
    with pytest.raises(KnowledgeError) as caught:
        load(root, TODAY)
    return list(caught.value.faults)


def line_of(text: str, marker: str) -> int:
    return next(i for i, line in enumerate(text.splitlines(), start=1) if marker in line)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_fault_is_told(case: Case, tmp_path: Path) -> None:
    root = tree.write(tmp_path, {case.file: (case.old, case.new)})
    if case.at == "2031":  # a second change: a row of the future
        (root / CSV).write_text(tree.FILES[CSV].replace("US,2024", "US,2031"))
    file = case.where or case.file
    line = line_of((root / file).read_text(), case.at or case.new.strip("\n").splitlines()[0])
    if case.field.endswith(".since"):
        line -= 1  # its date stands in the line above
    fitting = [f for f in faults_of(root) if (f.file, f.line, f.field) == (file, line, case.field)]
    assert fitting, [str(fault) for fault in faults_of(root)]
    message = str(fitting[0])
    assert message.startswith(f"{file}:{line}: {case.field}: found ")
    for words in case.says:
        assert words in message


# What follows from a fault is not told again: a source that cannot be read still counts as there, and so on.
ALONE = [name for name in CASES if name not in {
    "syntax", "tab", "empty file", "not a slug", "subject twice", "file name", "row measured in the future", "unit of a quantity",
    "figure twice", "derived with the id of a figure", "row of no table", "same purpose twice", "number as text", "word as number",
    "quantity without sentence", "region and subject of one id", "wrong dimension", "region inside itself", "claim twice",
}]  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_one_fault_is_told_once(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    faults = faults_of(tree.write(tmp_path, {case.file: (case.old, case.new)}))
    assert len(faults) == 1, [str(fault) for fault in faults]


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    changes = {
        ALTMAN: ("unit: Wh", "unit: flurbs"),
        KOLBERT: ("kind: press", "kind: pres"),
        CSV: ("384.5", "much"),
        PARAMETERS: ("rivals: [chatgpt-daily-kolbert-2024]", "rivals: [nobody-2020]"),
    }
    with pytest.raises(KnowledgeError) as caught:
        load(tree.write(tmp_path, changes), TODAY)
    assert {fault.file for fault in caught.value.faults} == set(changes)
    text = str(caught.value)
    assert text.startswith("4 faults in the knowledge:\n")
    assert text.count("\n") == 4


def test_memory_is_not_chosen_over_what_was_verified(tmp_path: Path) -> None:
    # the daily figure of memory becomes the choice in force; a verified figure of the same exists beside it
    root = tree.write(tmp_path, {PARAMETERS: ("figure: chatgpt-daily-derived", "figure: chatgpt-daily-kolbert-2024")})
    assert (
        load(root, TODAY).parameters["chatgpt-electricity-per-day"].choices[-1].figure == "chatgpt-daily-kolbert-2024"
    )
    text = (root / KOLBERT).read_text()
    figure = text[text.index("  - id: chatgpt-daily") :]
    verified = figure.replace("chatgpt-daily-kolbert-2024", "chatgpt-daily-other-2024").replace(
        "checked: memory", "checked: secondary"
    )
    (root / KOLBERT).write_text(text + verified)
    (fault,) = faults_of(root)
    assert fault.field == "[1].choices[1].figure"
    assert "chatgpt-daily-other-2024" in fault.allowed


def test_earlier_choices_may_be_superseded(tmp_path: Path) -> None:
    root = tree.write(tmp_path, {KOLBERT: ("type: disputed-by", "type: superseded-by")})
    assert load(root, TODAY).figures["chatgpt-daily-kolbert-2024"].relates[0].type == "superseded-by"


def test_projections_may_speak_of_the_future(tmp_path: Path) -> None:
    root = tree.write(tmp_path, {KOLBERT: ('as_of: "2024"', 'as_of: "2030"')})  # its basis is estimated
    assert load(root, TODAY).figures["chatgpt-daily-kolbert-2024"].as_of == "2030"


def test_units_of_another_dimension_where_the_quantity_says_so(tmp_path: Path) -> None:
    root = tree.write(
        tmp_path, {ALTMAN: ("unit: Wh", "unit: Wh/day"), QUANTITIES: ("  unit: Wh\n", "  unit: Wh\n  also: [W]\n")}
    )
    fields = {fault.field for fault in faults_of(root)}
    assert fields == {"[1].derived[0].formula"}  # the figure itself fits now; only its use in a product does not


def test_files_that_would_not_be_read(tmp_path: Path) -> None:
    root = tree.write(tmp_path)
    for name in ("sources/loose.yaml", "sources/a/b/deep.yaml", "subjects/more.yml", "grids/x.tsv"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (root / "sources/README.md").write_text("may stand there")
    assert [fault.file for fault in faults_of(root)] == sorted(
        ["sources/loose.yaml", "sources/a/b/deep.yaml", "subjects/more.yml", "grids/x.tsv"]
    )


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    root = tree.write(tmp_path)
    (root / HOMES).write_bytes(b"\xff\xfe- id: x")
    (root / CSV).write_bytes(b"\xff")
    assert {(fault.file, fault.line) for fault in faults_of(root)} == {(HOMES, 1), (CSV, 1)}


def test_a_statement_without_its_number_is_only_a_warning(tmp_path: Path) -> None:
    root = tree.write(tmp_path, {KOLBERT: ("ChatGPT may use 500 MWh a day", "ChatGPT may use a lot")})
    (warning,) = load(root, TODAY).warnings
    assert (warning.file, warning.field) == (KOLBERT, "figures[0].statement.en")
    assert "without the number 500" in warning.found


def test_a_statement_may_give_the_range_instead(tmp_path: Path) -> None:
    root = tree.write(tmp_path, {KOLBERT: ("ChatGPT may use 500 MWh a day", "ChatGPT may use 400 to 600 MWh a day")})
    assert load(root, TODAY).warnings == ()
    root = tree.write(tmp_path, {KOLBERT: ("ChatGPT may use 500 MWh a day", "ChatGPT may use over 400 MWh a day")})
    assert len(load(root, TODAY).warnings) == 1


def test_a_sentence_for_rows_without_their_number_is_only_a_warning(tmp_path: Path) -> None:
    root = tree.write(tmp_path, {QUANTITIES: ("came with {value} {unit}", "was clean")})
    (warning,) = load(root, TODAY).warnings
    assert (warning.file, warning.field) == (QUANTITIES, "[3].statement.en")


def test_the_faultless_tree(tmp_path: Path) -> None:
    library = load(tree.write(tmp_path), TODAY)
    assert library.warnings == ()  # 25 亿 and 2.5 billion both state 2.5e9
    assert set(library.sources) == {"altman-2025", "ember-2025", "kolbert-2024"}
    assert library.topics == {"altman-2025": "services", "ember-2025": "grids", "kolbert-2024": "services"}
    assert library.origin["chatgpt-daily-kolbert-2024"] == "kolbert-2024"
    assert set(library.derived) == {"chatgpt-daily-derived"}


def test_rows_become_figures(tmp_path: Path) -> None:
    library = load(tree.write(tmp_path), TODAY)
    figure = library.figures["us-grid-carbon-intensity-ember-2025-2024"]
    assert (figure.subject, figure.value, figure.unit, figure.gas) == ("us", 384.5, "g/kWh", "CO2e")
    assert figure.locator == 'column "Emissions intensity"'
    assert figure.statement.en == "In 2024 electricity in United States came with 384.5 g/kWh."
    assert figure.statement.zh == "2024 年美国的电力排放为 384.5 g/kWh。"
    assert library.figures["no-grid-carbon-intensity-ember-2025-2024"].statement.en.endswith("with 28 g/kWh.")


def test_regions_are_subjects_too(tmp_path: Path) -> None:
    subject = load(tree.write(tmp_path), TODAY).subjects["us"]
    assert (subject.kind, subject.region, subject.name.zh) == ("region", "US", "美国")
    assert subject.aliases["en"] == ["USA", "America", "American"]
    own = "- id: us\n  kind: region\n  name: {en: the States, zh: 美国}\n  region: US\n"
    (tmp_path / "subjects/regions.yaml").write_text(own)
    assert load(tmp_path, TODAY).subjects["us"].name.en == "the States"


def test_parameters_that_are_due(tmp_path: Path) -> None:
    library = load(tree.write(tmp_path), TODAY)  # review_by 2025-12-31 and 2026-12-31
    assert [p.id for p in due(library, date(2025, 12, 31))] == []
    assert [p.id for p in due(library, date(2026, 1, 1))] == ["chatgpt-electricity-per-day"]
    assert len(due(library, date(2027, 1, 1))) == 2


def test_nearest() -> None:
    assert nearest("chatgtp", ["chatgpt", "claude", "gemini"]) == ["chatgpt"]
    assert nearest("zzz", ["chatgpt"]) == []
    assert nearest("", ["chatgpt"]) == []
