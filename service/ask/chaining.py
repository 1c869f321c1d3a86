"""Two answers as one: a multiplication whose result the other uses, or that it is set beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from service.answers.words import Words
from service.core.answer import Answer, DerivationStep

_STEP: Final = re.compile(r"^step:(\d+)$")
_MARK: Final = re.compile(r"\[(\d+)\]")
_SOURCE: Final = re.compile(r"^- \[(\d+)\] ", re.MULTILINE)


def joined(before: Answer, after: Answer, words: Words, feeds: str = "") -> Answer:
    """The second answer with the results, steps and citations of the first behind its own.

    `feeds` is the input of the second that is a result of the first, and so not the caller's own number.
    """
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
    marks = {citation["n"]: numbers[citation["figure"]] for citation in before["citations"]}
    if feeds:
        own = words["parts"]["own"]
        made["inputs"] = {**after["inputs"], feeds: {"value": after["inputs"][feeds]["value"], "status": "assumed"}}
        basis = _MARK.sub(
            lambda found: f"[{marks[int(found[1])]}]" if int(found[1]) in marks else found[0], before["basis"]
        )
        made["basis"] = after["basis"].replace(own, basis)
        given = _led(after["text"].split("\n\n"), words["parts"]["given"])
        after = {
            **after,
            "text": after["text"].replace(own, basis).replace(given, _without(given, feeds, words)),
        }
    made["text"] = _text(before, after, marks, words)
    return made


def _without(given: str, feeds: str, words: Words) -> str:
    """The paragraph of the caller's own numbers without one that is not his."""
    lead, _, numbers = given[1:].partition("*")
    kept = [number for number in numbers.split(words["join"]) if not number.strip().startswith(words["inputs"][feeds])]
    return f"*{lead}* {words['join'].join(kept).strip()}" if kept else ""


def _shifted(step: DerivationStep, by: int) -> DerivationStep:
    made = step.copy()
    made["n"] = step["n"] + by
    made["uses"] = [_STEP.sub(lambda found: f"step:{int(found[1]) + by}", use) for use in step["uses"]]
    return made


def _text(before: Answer, after: Answer, numbers: dict[int, int], words: Words) -> str:
    """The second text with the first one's sentence and arithmetic behind its own sentence, and its sources at the end."""

    def renumbered(text: str) -> str:
        return _MARK.sub(lambda found: f"[{numbers[int(found[1])]}]" if int(found[1]) in numbers else found[0], text)

    paragraphs = [renumbered(paragraph) for paragraph in before["text"].strip().split("\n\n")]
    said, arithmetic = paragraphs[0], _led(paragraphs, words["parts"]["arithmetic"])
    headline, *rest = [paragraph for paragraph in after["text"].strip().split("\n\n") if paragraph.strip()]
    reckoned = _led(rest, words["parts"]["arithmetic"])
    if arithmetic and reckoned:  # one after the other
        body = reckoned.split("* ", 1)[-1] if "* " in reckoned else reckoned.split("*", 2)[-1]
        rest[rest.index(reckoned)] = arithmetic.rstrip(words["stop"]) + words["join"] + body.strip()
    elif arithmetic:
        rest.insert(0, arithmetic)
    text = "\n\n".join([headline, said, *rest])
    cited = set(_MARK.findall(said)) - set(_SOURCE.findall(text))
    lines = [line for line in paragraphs[-1].splitlines() if (found := _SOURCE.match(line)) and found[1] in cited]
    lead = "" if _SOURCE.search(text) or not lines else f"\n\n{paragraphs[-2]}\n"
    return text + lead + "".join(f"\n{line}" for line in lines) + "\n"


def _led(paragraphs: Sequence[str], lead: str) -> str:
    """The paragraph that begins with some words."""
    return next((paragraph for paragraph in paragraphs if paragraph.startswith(f"*{lead}")), "")
