"""What holds for every file of the project, whatever it says."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from service.core.model import Source

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / ".github" / "CONTRIBUTING.md"
BUILT = {"__pycache__", "build", "dist"}
TEXT = {
    "",
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".ini",
    ".j2",
    ".js",
    ".json",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40

# Each pattern is written so that it does not match itself.
REGISTRY = re.compile(
    r"(?:pypi|pythonhosted|npmjs|crates|rubygems|(?:deb|security)\.debian|archive\.ubuntu)\.(?:org|com|io)\b"
)
INDEX_OPTION = re.compile(r"--(?:extra-)?index-ur[l]|--find-link[s]|--trusted-hos[t]")
ABSOLUTE = re.compile(r"(?<![\w.~/-])/(?:work|tmp|root|home|Users)/")
LEFT_OPEN = re.compile(r"\b(?:T[O]DO|FIX[M]E|XX[X]|NotImplemented[E]rror)\b")
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def project_files() -> Iterator[Path]:
    """Every file of the checkout that is written by hand or generated for the repository."""
    for folder, names, files in os.walk(ROOT):
        here = Path(folder)
        names[:] = sorted(n for n in names if n not in BUILT and (not n.startswith(".") or n in {".ci", ".github"}))
        # in a worktree of Git, .git is a file that says where the repository lies
        yield from (here / name for name in sorted(files) if Path(name).suffix in TEXT and name != ".git")


def matches(pattern: re.Pattern[str], files: Iterator[Path]) -> list[str]:
    """``file:line: text`` for every line of `files` that `pattern` is found in."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def pins(name: str) -> dict[str, str]:
    """The versions that a requirements file pins."""
    found = (PIN.match(line) for line in (ROOT / name).read_text().splitlines())
    return {pin[1]: pin[2] for pin in found if pin}


@pytest.mark.parametrize(
    "pattern", [REGISTRY, INDEX_OPTION, ABSOLUTE], ids=["registry", "index-option", "absolute-path"]
)
def test_nothing_of_one_machine_is_written_down(pattern: re.Pattern[str]) -> None:
    assert matches(pattern, project_files()) == []


def test_nothing_is_left_open() -> None:
    assert matches(LEFT_OPEN, (path for path in project_files() if path.suffix in {".py", ".j2"})) == []


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in sorted((ROOT / "service").rglob("*.py"))}
    assert [f"{path.relative_to(ROOT)}: {n} lines" for path, n in lengths.items() if n > LINES_OF_A_FILE] == []


def test_functions_are_short() -> None:
    long = []
    for path in sorted((ROOT / "service").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                if lines > LINES_OF_A_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}, {lines} lines")
    assert long == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line))] == []
    assert [
        pin for pin, after in zip(lines, [*lines[1:], ""], strict=True) if PIN.match(pin) and not HASH.match(after)
    ] == []


def test_pins_agree_with_each_other_and_with_the_declared_ranges() -> None:
    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: development.get(name) for name in runtime} == runtime
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        Requirement(text) for text in declared["project"]["dependencies"] + declared["dependency-groups"]["build"]
    ]
    unmet = [str(w) for w in wanted if not w.specifier.contains(runtime.get(w.name.lower(), "0"))]
    groups = [declared["dependency-groups"]["dev"], *declared["project"]["optional-dependencies"].values()]
    wanted = [Requirement(text) for group in groups for text in group if isinstance(text, str)]
    unmet += [str(w) for w in wanted if not w.specifier.contains(development.get(w.name.lower(), "0"))]
    assert unmet == []


def example(language: str, start: str) -> str:
    """The block of the contributor's guide in `language` whose text begins with `start`."""
    block = re.search(rf"```{language}\n({re.escape(start)}.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert block, f"the guide has no {language} block that begins with {start!r}"
    return block[1]


def test_figure_of_the_guide_is_valid() -> None:
    source = Source.model_validate(yaml.safe_load(example("yaml", "id: ")))
    assert [figure.value for figure in source.figures] == [0.34]


def test_calculator_of_the_guide_registers(tmp_path: Path) -> None:
    module = tmp_path / "kettles_of_service.py"  # run by itself: the registry of this process stays as it is
    module.write_text(example("python", '"""') + "from service.core.calculator import registry\nprint(*registry)\n")
    run = subprocess.run(
        [sys.executable, module],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("kettles_of_service\n", "")
