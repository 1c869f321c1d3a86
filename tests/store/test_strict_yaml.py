"""Reading YAML strictly: plain data as it is written, and nothing that YAML would turn into something else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.store.strict_yaml import Document


def read(text: str) -> tuple[Any, list[str]]:
    document = Document("x.yaml", text)
    return document.data, [f"{fault.line} {fault.field}: {fault.found}" for fault in document.faults]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}), ("a: -1.5", {"a": -1.5}), ("a: 1e-3", {"a": 0.001}), ("a: 2.5e+9", {"a": 2.5e9}), ("a: .5", {"a": 0.5}),
        ("a: ~", {"a": None}), ("a:", {"a": None}), ("a: null", {"a": None}), ("a: ''", {"a": ""}), ("a: 'no'", {"a": "no"}),
        ("a: '2024-03-09'", {"a": "2024-03-09"}), ("a: 2024-03", {"a": "2024-03"}), ("a: 2020/2030", {"a": "2020/2030"}),
        ("a: Norway", {"a": "Norway"}), ("a: not now", {"a": "not now"}), ("a: 10 homes", {"a": "10 homes"}), ("a: off-grid", {"a": "off-grid"}),
        ("- [x, {y: 2}]\n- |\n  long\n  text\n", [["x", {"y": 2}], "long\ntext\n"]), ("2024: x", {"2024": "x"}), ("", None), ("# only", None),
    ],
)  # fmt: skip
def test_what_is_meant(text: str, value: Any) -> None:
    assert read(text) == (value, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("? [a, b]\n: x", "1 (the whole file): a list or mapping as a key"),
        ("a:\n  - !!set {x}", "2 a[0]: the tag tag:yaml.org,2002:set"),
        ("a: !!python/object:os.system x", "1 a: the tag tag:yaml.org,2002:python/object:os.system"),
        ("a: &x [1]\nb: *x", "2 b: an alias of another part"),
        ("a: &x\n  - *x", "1 a[0]: an alias of another part"),
        ("a: 1_000", "1 a: 1_000 without quotes, which YAML reads as a number not written in plain digits"),
        ("a: 0x1F", "1 a: 0x1F without quotes, which YAML reads as a number not written in plain digits"),
        ("a: 2024-03-09T10:00:00Z", "1 a: 2024-03-09T10:00:00Z without quotes, which YAML reads as a date"),
        ("a: -.INF", "1 a: '-.INF'"),
        ("a: {b: 1,\n  b: 2}", "2 a.b: the key 'b' a second time (first on line 1)"),
        ("<<: {a: 1}", "1 <<: << without quotes, which YAML reads as an instruction"),
    ],
)
def test_what_is_refused(text: str, told: str) -> None:
    assert told in read(text)[1]


@pytest.mark.parametrize(
    "text", ["a: [1", "a: 'x", "a: b: c", "a: 1\n---\nb: 2", "\ta: 1", "a: \x07", "a: @x", "*nobody"]
)
def test_what_is_no_yaml(text: str) -> None:
    data, faults = read(text)
    assert data is None
    assert len(faults) == 1


def test_lines_of_places() -> None:
    document = Document("x.yaml", "a:\n  - b: 1\n    c:\n      d: 1.10\n  - e\n")
    assert document.line(()) == 1
    assert document.line(("a", 0, "c", "d")) == 4
    assert document.line(("a", 1)) == 5
    assert document.line(("a", 0, "missing")) == 2  # the thing it is missing from
    assert document.raw(("a", 0, "c", "d")) == "1.10"
    assert document.raw(("a", 7)) is None
    assert document.raw(("a",)) is None


WORDS = st.text(
    st.characters(exclude_characters="\x85\u2028\u2029", exclude_categories=["Cs"]), max_size=12
)  # PyYAML folds these
LEAVES = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4))


@given(st.dictionaries(WORDS, TREES, max_size=4))
def test_what_is_written_comes_back(tree: dict[str, Any]) -> None:
    text = yaml.safe_dump(copy.deepcopy(tree), allow_unicode=True)
    assert read(text) == (tree, [])


@given(st.text(max_size=60))
def test_any_text_is_data_or_a_fault(text: str) -> None:
    data, faults = read(text)
    assert data is not None or faults or yaml.safe_load(text) is None
