"""What a model is given of an answer: all that its text says and what it rests on, without what only a page shows.

A full answer carries the arithmetic of every result and the record of every competing figure; in a chat they would crowd
out the conversation. They stand at the permalink.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

_MARK: Final = re.compile(r"\[(\d+)\]")
_STEP: Final = "step:"


def for_model(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result whose citations are those of its text and whose derivation is that of its headline."""
    if "derivation" not in result:
        return dict(result)
    cited = set(map(int, _MARK.findall(result["text"])))
    return {
        **result,
        "derivation": _leading(result["derivation"], result["headline"]),
        "citations": [citation for citation in result["citations"] if citation["n"] in cited],
    }


def _leading(steps: Sequence[Mapping[str, Any]], headline: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The steps that lead to the headline."""
    same = [step for step in steps if (step["value"], step["unit"]) == (headline["value"], headline["unit"])]
    wanted = {step["n"] for step in same[:1]}
    for step in reversed(steps):
        if step["n"] in wanted:
            wanted |= {int(use.removeprefix(_STEP)) for use in step["uses"] if use.startswith(_STEP)}
    return [step for step in steps if step["n"] in wanted]
