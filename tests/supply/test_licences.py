from __future__ import annotations

import hashlib
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Final

import pytest
from license_expression import ExpressionError

from tests.supply.licences import Policy, judged, licence, main, pinned, policy, stated
from tests.supply.pins import Pin, pins

TEXT: Final = "You may do anything."
RULES: Final = Policy.model_validate(
    {
        "allowed": ["MIT", "Apache-2.0"],
        "copyleft": {"MPL-2.0": {"why": "by file", "packages": ["known"]}},
        "spelled": {"MIT License": "MIT", "License :: MIT": "MIT", "License :: MPL": "MPL-2.0"},
        "read": {"by-hand": {"licence": "MIT", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}},
        "elsewhere": {"windows-only": "MIT"},
    }
)


def pin(name: str = "thing", version: str = "1.0", *, here: bool = True) -> Pin:
    return Pin(name, version, "" if here else "sys_platform == 'win32'", ("0" * 64,), here)


def installed(folder: Path, *headers: str, text: str = TEXT) -> Distribution:
    """A distribution as an installer leaves it, with these lines of metadata and this licence text."""
    info = folder / "thing-1.0.dist-info"
    info.mkdir()
    lines = ["Metadata-Version: 2.4", "Name: thing", "Version: 1.0", *headers, "", ""]
    (info / "METADATA").write_text("\n".join(lines), encoding="utf-8")
    (info / "LICENSE").write_text(text, encoding="utf-8")
    (info / "RECORD").write_text("thing-1.0.dist-info/METADATA,,\nthing-1.0.dist-info/LICENSE,,\n", encoding="utf-8")
    return Distribution.at(info)


def test_every_pinned_dependency_goes_with_apache(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0, capsys.readouterr().err


def test_nothing_is_written_by_hand_of_what_is_not_pinned() -> None:
    rules, names = policy(), {each.name for each in pinned()}
    known_copyleft = {name for each in rules.copyleft.values() for name in each.packages}
    assert sorted((rules.read.keys() | rules.elsewhere.keys() | known_copyleft) - names) == []


@pytest.mark.parametrize(
    ("package", "expression", "admitted"),
    [
        ("any", "MIT", True),
        ("any", "GPL-3.0-only", False),
        ("any", "MIT OR GPL-3.0-only", True),
        ("any", "MIT AND GPL-3.0-only", False),
        ("any", "(MIT OR GPL-3.0-only) AND Apache-2.0", True),
        ("any", "GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("any", "MPL-2.0", False),
        ("known", "MPL-2.0 AND MIT", True),
    ],
)
def test_expressions_are_judged_by_their_parts(package: str, expression: str, admitted: bool) -> None:
    assert RULES.admits(package, expression) is admitted


def test_an_expression_that_is_none_is_refused() -> None:
    with pytest.raises(ExpressionError):
        RULES.admits("any", "My own licence")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["License-Expression: MIT OR Apache-2.0"], "MIT OR Apache-2.0"),
        (["License-Expression: Apache-2.0", "License: MIT"], "Apache-2.0"),
        (["License: MIT"], "MIT"),
        (["License: MIT License", "Classifier: License :: MPL"], "MIT"),
        (["License: UNKNOWN", "Classifier: License :: MIT"], "MIT"),
        (["Classifier: License :: MIT", "Classifier: License :: MPL"], "MIT AND MPL-2.0"),
        (["Classifier: License :: MIT", "Classifier: License :: Other"], None),
        (["License: BSD"], None),
        (["Classifier: Typing :: Typed"], None),
    ],
)
def test_metadata_say_it_or_do_not(tmp_path: Path, headers: list[str], expected: str | None) -> None:
    assert stated(installed(tmp_path, *headers), RULES.spelled) == expected


def test_what_metadata_leave_open_is_what_was_read(tmp_path: Path) -> None:
    found = installed(tmp_path, "License: BSD")
    assert licence(pin("by-hand"), RULES, lambda _: found) == "MIT"


def test_of_another_system_it_is_what_was_read_there() -> None:
    assert licence(pin("windows-only", here=False), RULES) == "MIT"


@pytest.mark.parametrize(
    ("which", "text", "fault"),
    [
        (pin("unread"), TEXT, "write it under read"),
        (pin("by-hand"), "You may do nothing.", "read it again"),
        (pin("by-hand", "2.0"), TEXT, "installed in version 1.0, not 2.0"),
        (pin("unread", here=False), TEXT, "write it under elsewhere"),
    ],
)
def test_what_cannot_be_told_is_a_fault(tmp_path: Path, which: Pin, text: str, fault: str) -> None:
    found = installed(tmp_path, "License: BSD", text=text)
    with pytest.raises(ValueError, match=fault):
        licence(which, RULES, lambda _: found)


def test_all_faults_are_told_at_once() -> None:
    _, faults = judged([pin("hypothesis"), pin("no-such-package")], RULES)
    assert len(faults) == 2
    assert "not 1.0" in faults[0]
    assert faults[1] == "no-such-package 1.0: is not installed"


def test_what_is_not_installed_is_a_fault() -> None:
    def missing(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    with pytest.raises(ValueError, match="is not installed"):
        licence(pin(), RULES, missing)


def test_pins_are_read_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    a, b = "a" * 64, "b" * 64
    file.write_text(
        f"# a comment\nOne_Thing==1.2 \\\n    --hash=sha256:{a} \\\n    --hash=sha256:{b}\n"
        f"other==3 ; python_version < '3' \\\n    --hash=sha256:{b}\n",
        encoding="utf-8",
    )
    one, other = pins(file)
    assert one == Pin("one-thing", "1.2", "", (a, b), here=True)
    assert (other.name, other.marker, other.here) == ("other", 'python_version < "3"', False)


@pytest.mark.parametrize("line", ["thing>=1 --hash=sha256:" + "0" * 64, "thing==1"])
def test_what_is_not_pinned_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match="not pinned with hashes"):
        list(pins(file))
