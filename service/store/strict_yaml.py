"""YAML read strictly: whatever YAML would silently turn into something else is a fault at its line.

PyYAML keeps the last of two equal keys, reads an unquoted NO as false, 1:30 as 90 and 2024-03-09 as a date. Here these
are faults that say what to put in quotes. Documents are data: tags, anchors and aliases are refused too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import yaml

from service.store.faults import Fault, shown

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml reads the same, more slowly
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

FieldPath = tuple[str | int, ...]

_PLAIN: Final = "plain"
_TEXT: Final = "text"
_COLLECTION: Final = "collection"
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_NUMBER: Final = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_MISREAD: Final = (
    (re.compile(r"yes|no|on|off|true|false", re.IGNORECASE), "true or false"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "a number to base 60"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"), "a date"),
    (re.compile(r"[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|[0-9]+_[0-9_.]*)"), "a number not written in plain digits"),
    (re.compile(r"=|<<"), "an instruction"),
)
_NOT_FINITE: Final = re.compile(r"[-+]?\.inf|\.nan", re.IGNORECASE)


class _Composer(_Loader):
    """Composes nodes; a scalar's tag only tells whether it was quoted."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:  # noqa: ARG002 - PyYAML's signature
        if kind is not yaml.ScalarNode:
            return _COLLECTION
        return _PLAIN if implicit[0] else _TEXT


def field_path(path: FieldPath) -> str:
    """A path as a message shows it: ``figures[2].region``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "(the whole file)"


@dataclass
class Document:
    """One YAML file: its name, its data, and the faults found while reading it."""

    file: str
    text: str
    faults: list[Fault] = field(default_factory=list)
    spoiled: set[FieldPath] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)

    @cached_property
    def data(self) -> Any:
        """The content as plain Python values; None when it is no YAML at all."""
        try:
            node = _compose(self.text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._refuse((), mark, f"{error.problem or error.context}", "well-formed YAML")
            return None
        except yaml.YAMLError as error:
            self._refuse((), None, str(error).splitlines()[0], "well-formed YAML in UTF-8")
            return None
        return None if node is None else self._value(node, ())

    @cached_property
    def _root(self) -> yaml.Node | None:
        # Composed again, and only for a message: keeping the nodes of all files would cost far more memory.
        return _compose(self.text)

    def line(self, path: FieldPath) -> int:
        """The line of the field at `path`, or of the nearest thing above it that exists."""
        line, node = 1, self._root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def raw(self, path: FieldPath) -> str | None:
        """The text of the scalar at `path` as it was written."""
        node = self._root
        for step in path:
            found = _child(node, step)
            if found is None:
                return None
            node = found[1]
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None

    def fault(self, path: FieldPath, found: str, allowed: str) -> Fault:
        """A fault of this file at `path`."""
        return Fault(self.file, self.line(path), field_path(path), found, allowed)

    def _refuse(self, path: FieldPath, mark: Any, found: str, allowed: str) -> None:
        line = mark.line + 1 if mark else 1
        self.faults.append(Fault(self.file, line, field_path(path), found, allowed))
        self.spoiled.add(path)

    def _value(self, node: yaml.Node, path: FieldPath) -> Any:
        if node.tag not in (_PLAIN, _TEXT, _COLLECTION):
            self._refuse(path, node.start_mark, f"the tag {node.tag}", "a value without a tag")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path) if node.tag == _PLAIN else node.value
        if id(node) in self._seen:
            self.faults.append(self.fault(path, "an alias of another part", "the value itself, written out"))
            self.spoiled.add(path)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, i)) for i, item in enumerate(node.value)]
        return dict(self._members(node, path))

    def _members(self, node: yaml.Node, path: FieldPath) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(path, key_node.start_mark, "a list or mapping as a key", "a word as a key")
                continue
            key = key_node.value
            here = (*path, key)
            if key_node.tag == _PLAIN:
                self._misread(key_node, here)
            if key in first:
                found = f"the key {key!r} a second time (first on line {first[key]})"
                self._refuse(here, key_node.start_mark, found, "each key once")
                continue
            first[key] = key_node.start_mark.line + 1
            yield key, self._value(value_node, here)

    def _misread(self, node: yaml.ScalarNode, path: FieldPath) -> bool:
        for pattern, reading in _MISREAD:
            if pattern.fullmatch(node.value):
                found = f"{node.value} without quotes, which YAML reads as {reading}"
                self._refuse(path, node.start_mark, found, f"text in quotes: '{node.value}'")
                return True
        return False

    def _scalar(self, node: yaml.ScalarNode, path: FieldPath) -> Any:
        text = node.value
        if text in _NULL:
            return None
        if text[0].isalpha() and len(text) > len("false"):
            return text
        if _NOT_FINITE.fullmatch(text):
            self._refuse(path, node.start_mark, shown(text), "a finite number")
        elif not self._misread(node, path):
            if _INTEGER.fullmatch(text):
                return int(text)
            if _NUMBER.fullmatch(text):
                return float(text)
        return text


def _compose(text: str) -> yaml.Node | None:
    loader = _Composer(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    """The line and node of one member or item."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    return None
