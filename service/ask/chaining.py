"""Two answers as one: a multiplication whose result the other uses, or that it is set beside."""

from __future__ import annotations

import re
from typing import Final

from service.core.answer import Answer, DerivationStep

_STEP: Final = re.compile(r"^step:(\d+)$")
_MARK: Final = re.compile(r"\[(\d+)\]")
_SOURCE: Final = re.compile(r"^- \[(\d+)\] ", re.MULTILINE)
_SAID: Final = 2  # paragraphs of the first answer that are said: its sentence and its arithmetic


def joined(before: Answer, after: Answer) -> Answer:
    """The second answer with the results, steps and citations of the first behind its own."""
    made = after.copy()
    numbers = {citation["figure"]: citation["n"] for citation in after["citations"]}
    new = [citation for citation in before["citations"] if citation["figure"] not in numbers]
    for n, citation in enumerate(new, len(numbers) + 1):
        numbers[citation["figure"]] = n
    made["citations"] = [*after["citations"], *({**citation, "n": numbers[citation["figure"]]} for citation in new)]  # type: ignore[list-item]
    names = {result["name"] for result in after["results"]}
    made["results"] = [*after["results"], *(result for result in before["results"] if result["name"] not in names)]
    shift = len(before["derivation"])
    made["derivation"] = [*before["derivation"], *(_shifted(step, shift) for step in after["derivation"])]
    made["text"] = _text(before, after, {citation["n"]: numbers[citation["figure"]] for citation in before["citations"]})
    return made


def _shifted(step: DerivationStep, by: int) -> DerivationStep:
    made = step.copy()
    made["n"] = step["n"] + by
    made["uses"] = [_STEP.sub(lambda found: f"step:{int(found[1]) + by}", use) for use in step["uses"]]
    return made


def _text(before: Answer, after: Answer, numbers: dict[int, int]) -> str:
    """The second text with the first one's sentence and arithmetic behind its own sentence, and its sources at the end."""

    def renumbered(text: str) -> str:
        return _MARK.sub(lambda found: f"[{numbers[int(found[1])]}]" if int(found[1]) in numbers else found[0], text)

    paragraphs = before["text"].strip().split("\n\n")
    said = [renumbered(paragraph) for paragraph in paragraphs[:_SAID] if not paragraph.startswith("- ")]
    headline, _, rest = after["text"].strip().partition("\n\n")
    cited = {found for paragraph in said for found in _MARK.findall(paragraph)} - set(_SOURCE.findall(rest))
    lines = [renumbered(line) for line in paragraphs[-1].splitlines() if line.startswith("- [")]
    sources = [line for line in lines if (found := _SOURCE.match(line)) and found[1] in cited]
    return "\n\n".join([headline, *said, rest]) + "".join(f"\n{line}" for line in sources) + "\n"
