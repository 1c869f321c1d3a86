"""What of the arithmetic of an answer its headline comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

_STEP: Final = "step:"
_FIGURE: Final = "figure:"


def leading(steps: Sequence[Mapping[str, Any]], headline: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The steps that lead to the headline."""
    same = [step for step in steps if (step["value"], step["unit"]) == (headline["value"], headline["unit"])]
    wanted = {step["n"] for step in same[:1]}
    for step in reversed(steps):
        if step["n"] in wanted:
            wanted |= {int(use.removeprefix(_STEP)) for use in step["uses"] if use.startswith(_STEP)}
    return [step for step in steps if step["n"] in wanted]


def figures_of(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """The ids of the figures that steps use, each once."""
    uses = [use for step in steps for use in step["uses"] if use.startswith(_FIGURE)]
    return list(dict.fromkeys(use.removeprefix(_FIGURE) for use in uses))
