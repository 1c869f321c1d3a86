"""What a model is given of an answer: all that its text says and what it rests on, without what only a page shows.

A full answer carries the arithmetic of every result and the record of every competing figure; in a chat they would crowd
out the conversation. They stand at the permalink.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from service.answers.leading import leading

_MARK: Final = re.compile(r"\[(\d+)\]")


def for_model(result: Mapping[str, Any], like: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A result whose citations are those of its text and whose derivation is that of its headline.

    `like` is the result that says which these are, where `result` has something else in the place of its numbers.
    """
    if "derivation" not in result:
        return dict(result)
    like = like or result
    cited = set(map(int, _MARK.findall(like["text"])))
    steps = {step["n"] for step in leading(like["derivation"], like["headline"])}
    return {
        **result,
        "derivation": [step for step in result["derivation"] if step["n"] in steps],
        "citations": [citation for citation in result["citations"] if citation["n"] in cited],
    }
