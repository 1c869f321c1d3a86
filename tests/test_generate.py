from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from service.core.calculator import registry
from service.settings import Settings
from service.store.queries import Knowledge
from tests import generate

README = "# Title\n\n<!-- generated:{} -->\nold\n<!-- /generated -->\n\nThe end.\n"


def test_what_is_committed_is_what_is_generated(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0, capsys.readouterr().out


def test_stale_files_are_named_then_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(generate.ROOT / "openapi.yaml", tmp_path)
    readme = tmp_path / "README.md"
    readme.write_text(README.format("stats"))
    assert generate.main(["--check"], tmp_path) == 1
    assert capsys.readouterr().out == "README.md is stale; run `make docs`\n"
    assert "old" in readme.read_text()
    assert generate.main([], tmp_path) == 0
    assert "old" not in readme.read_text()
    assert generate.main(["--check"], tmp_path) == 0


def test_missing_file_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"], tmp_path) == 1
    assert capsys.readouterr().out == "openapi.yaml is stale; run `make docs`\n"


def test_blocks_are_filled_and_nothing_else_is_touched(knowledge: Knowledge) -> None:
    text = generate.filled(README.format("settings"), knowledge, "en")
    assert text.startswith("# Title\n\n<!-- generated:settings -->\n| Setting | Default | What it does |\n| --- |")
    assert text.endswith(" |\n<!-- /generated -->\n\nThe end.\n")
    assert "| `WATTCITE_PORT` | `8000` | Port to listen on. |" in text
    assert "`~/.cache/wattcite/knowledge.sqlite`" in text
    assert text.count("`WATTCITE_") == len(Settings.__dataclass_fields__)
    assert generate.filled(text, knowledge, "en") == text


@pytest.mark.parametrize(("language", "words"), [("en", "homes"), ("zh-Hans", "户家庭")])
def test_answer_is_quoted_in_the_language_of_the_document(knowledge: Knowledge, language: str, words: str) -> None:
    text = generate.filled(README.format("answer"), knowledge, language)
    quoted = text.split("-->\n")[1].split("<!--")[0].splitlines()
    assert all(line.startswith(">") for line in quoted)
    assert words in quoted[0]
    assert "[1]" in quoted[0]


def test_stats_are_those_of_the_knowledge(knowledge: Knowledge) -> None:
    text = generate.filled(README.format("stats"), knowledge, "en")
    assert f"| figures | {knowledge.figure_count} |" in text
    assert f"| version | {knowledge.version} |" in text


def test_every_calculator_is_listed(knowledge: Knowledge) -> None:
    text = generate.filled(README.format("calculators"), knowledge, "en")
    assert [name for name in registry if f"| `{name}` | " not in text] == []


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("calculators", "| `convert_units` | 把能量、功率、质量、体积或单位能量排放换算为另一单位 |"),
        ("settings", "| `WATTCITE_PORT` | `8000` | 监听的端口。 |"),
        ("stats", "| 主题 | 文献 | 数据 |"),
    ],
)
def test_blocks_of_a_chinese_document_are_chinese(knowledge: Knowledge, block: str, line: str) -> None:
    lines = generate.filled(README.format(block), knowledge, "zh-Hans").splitlines()
    assert line in lines
    english = generate.filled(README.format(block), knowledge, "en").splitlines()
    assert len(lines) == len(english)
    assert [text for text in lines if text.startswith("|") and text in english and "---" not in text] == []


@pytest.mark.parametrize(
    "text",
    [
        README.format("nothing-of-this-name"),
        "<!-- generated:stats -->\n",
        "<!-- /generated -->\n",
        "<!-- generated:Stats -->\n<!-- /generated -->\n",
    ],
)
def test_markers_that_do_not_hold_are_refused(knowledge: Knowledge, text: str) -> None:
    with pytest.raises(generate.BadMarkers):
        generate.filled(text, knowledge, "en")


def test_does_not_depend_on_the_machine(
    knowledge: Knowledge, tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = generate.openapi(built), generate.filled(README.format("settings"), knowledge, "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("WATTCITE_PUBLIC_URL", "https://example.org")
    assert (generate.openapi(built), generate.filled(README.format("settings"), knowledge, "en")) == before
