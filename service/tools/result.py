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


def for_model(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result whose citations are those of its text and whose derivation is that of its headline."""
    if "derivation" not in result:
        return dict(result)
    cited = set(map(int, _MARK.findall(result["text"])))
    return {
        **result,
        "derivation": leading(result["derivation"], result["headline"]),
        "citations": [citation for citation in result["citations"] if citation["n"] in cited],
    }
