from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from cyclonedx.validation.json import JsonStrictValidator

from service import __version__
from tests.supply import sbom
from tests.supply.dependencies import direct
from tests.supply.pins import ROOT, RUNTIME, pins


@pytest.fixture(scope="module")
def text() -> str:
    return sbom.document()


@pytest.fixture
def made(text: str) -> Any:
    return json.loads(text)


def depends_on(made: Any, name: str) -> set[str]:
    """The names of what a package depends on in a document."""
    (found,) = (each for each in made["dependencies"] if each["ref"].startswith(f"pkg:pypi/{name}@"))
    return {each.removeprefix("pkg:pypi/").partition("@")[0] for each in found.get("dependsOn", ())}


def test_it_is_valid_by_its_schema(text: str, made: Any) -> None:
    validator = JsonStrictValidator(sbom.VERSION)
    assert validator.validate_str(text) is None
    made["components"][0].pop("name")
    assert validator.validate_str(json.dumps(made)) is not None


def test_the_same_pins_give_the_same_bytes(text: str) -> None:
    code = "from tests.supply.sbom import document; import sys; sys.stdout.write(document())"
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == text


def test_every_pin_is_in_it_with_its_files_and_its_licence(made: Any) -> None:
    assert {(pin.name, pin.version, frozenset(pin.hashes)) for pin in pins(RUNTIME) if pin.here} == {
        (
            each["name"],
            each["version"],
            frozenset(hashed["content"] for hashed in each["externalReferences"][0]["hashes"]),
        )
        for each in made["components"]
    }
    assert all(each["licenses"] for each in made["components"])


def test_it_says_what_needs_what(made: Any) -> None:
    assert depends_on(made, "jinja2") == {"markupsafe"}
    assert "cryptography" in depends_on(made, "pyjwt")  # the extra that mcp asks for
    assert depends_on(made, "wattcite") == {*direct()[""], "redis"}  # the image counts calls in Valkey
    assert made["metadata"]["component"]["version"] == __version__


def test_it_tells_what_is_needed_what_an_extra_adds_and_what_only_builds_it(made: Any) -> None:
    scopes = {each["name"]: each["scope"] for each in made["components"]}
    assert (scopes["markupsafe"], scopes["redis"], scopes["hatchling"]) == ("required", "optional", "excluded")


def test_it_bears_a_date_only_where_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(sbom.EPOCH, raising=False)
    assert "timestamp" not in json.loads(sbom.document())["metadata"]
    monkeypatch.setenv(sbom.EPOCH, "1700000000")
    assert json.loads(sbom.document())["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
