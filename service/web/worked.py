"""The worked cases of a calculator, as the checks run them: what is asked, what must come out, and the arithmetic of a person.

They come with the service (`resource`), so that a page shows the very cases that are checked. The arithmetic stands in
comments, which YAML leaves out, so these are read off the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import yaml

from service.core.resources import resource

_BEGINS: Final = re.compile(r"^(?=- case:)", re.MULTILINE)
_COMMENT: Final = re.compile(r"^ *# ?(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Worked:
    """One case. `expected` are values with their units by the name of the result; none where the call is refused."""

    title: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, tuple[float, str]]
    refused: bool
    arithmetic: str


@cache
def worked(name: str) -> tuple[str, tuple[Worked, ...]]:
    """What holds of all cases of a calculator, and the cases."""
    about, *blocks = _BEGINS.split(resource(f"tests/cases/{name}.yaml").read_text(encoding="utf-8"))
    return _comments(about).replace("\n", " "), tuple(_case(block) for block in blocks)


def _case(block: str) -> Worked:
    (case,) = yaml.load(block, Loader=yaml.CSafeLoader)
    expected = {name: (float(each["value"]), each["unit"]) for name, each in case.get("expect", {}).items()}
    return Worked(case["case"], case["inputs"], expected, "error" in case, _comments(block))


def _comments(text: str) -> str:
    """The comments of some YAML, a line each."""
    return "\n".join(_COMMENT.findall(text)).strip()
