"""The results of a conversation's tools, with one numbering of their sources.

Each answer numbers its citations from 1. A model that gets several would mix them up, so each figure keeps one number
through the conversation, and numbering goes on from what earlier messages show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from service.answers.voice import voice
from service.core.answer import Citation
from service.store.queries import Knowledge

MARK: Final = re.compile(r"\[(\d{1,3})\](?!\()")
ENTRY: Final = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[(\d{1,3})\][ \t]+(\S.*)$", re.MULTILINE)
_ADDRESS: Final = re.compile(r"https?://\S+")
_SOURCE: Final = ("title", "authors", "publisher", "issued", "url", "doi", "kind", "checked")
_FIGURE: Final = ("value", "unit", "as_of", "region", "basis", "locator", "checked")


class Ledger:
    """What was returned, and the sources behind it by their numbers."""

    def __init__(self, knowledge: Knowledge, language: str, earlier: Iterable[str] = ()) -> None:
        self.answers: list[dict[str, Any]] = []
        self.earlier: list[dict[str, Any]] = []  # what former messages of the assistant said, as answers
        self._knowledge = knowledge
        self._language = language
        self._numbers: dict[str, int] = {}
        self._cited: dict[int, dict[str, Any]] = {}
        self._lines: dict[int, str] = {}
        for text in earlier:
            self._remember(text)

    def add(self, result: Mapping[str, Any]) -> dict[str, Any]:
        """Take in a result; the same with the numbers of this conversation."""
        cited = list(_cited(result))
        numbers = {n: self._number(record) for n, record in cited}
        made = {
            **result,
            **{
                part: _renumbered(result[part], numbers)
                for part in ("text", "basis")
                if isinstance(result.get(part), str)
            },
            "citations": [{**record, "n": numbers[n]} for n, record in cited],
        }
        if isinstance(result.get("caveats"), list):
            made["caveats"] = [{**each, "text": _renumbered(each["text"], numbers)} for each in result["caveats"]]
        self._cited |= {each["n"]: each for each in made["citations"]}
        self.answers.append(made)
        return made

    def __contains__(self, number: int) -> bool:
        return number in self._lines

    def lines(self, numbers: Iterable[int]) -> list[str]:
        """The lines of a list of sources."""
        return [self._lines[each] for each in sorted(set(numbers)) if each in self._lines]

    def citations(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """The records behind numbers."""
        return [self._cited[each] for each in sorted(set(numbers)) if each in self._cited]

    def _number(self, record: Mapping[str, Any]) -> int:
        figure = str(record["figure"])
        if figure not in self._numbers:
            number = self._numbers[figure] = max(self._lines, default=0) + 1
            self._lines[number] = voice(self._knowledge, self._language).line(cast("Citation", {**record, "n": number}))
        return self._numbers[figure]

    def _remember(self, text: str) -> None:
        """Keep the sources that a former message lists, under the numbers that its reader knows."""
        cited = []
        for number, line in ((int(match[1]), match[2]) for match in ENTRY.finditer(text)):
            address = _ADDRESS.search(line)
            if address is None or number in self._lines:
                continue
            self._lines[number] = f"[{number}] {line}"
            self._cited[number] = {"n": number, "figure": "", "title": line, "url": address[0]}
            cited.append(self._cited[number])
        self.earlier.append({"text": text, "citations": cited})


def _renumbered(text: str, numbers: Mapping[int, int]) -> str:
    return MARK.sub(lambda mark: f"[{numbers.get(int(mark[1]), int(mark[1]))}]", text)


def _cited(result: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The citations of a result with the numbers that its text gives them."""
    listed, found, one = (result.get(part) for part in ("citations", "figures", "figure"))
    if isinstance(listed, list):
        yield from ((each["n"], dict(each)) for each in listed)
    elif isinstance(found, list):
        yield from ((n, _citation(each)) for n, each in enumerate(found, 1))
    elif isinstance(one, Mapping):
        yield 1, _citation(one)


def _citation(figure: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a figure that was looked up, as a citation has it."""
    source = figure["source"]
    return {
        "figure": figure["id"],
        "source": source["id"],
        "label": figure["statement"],
        **{part: source[part] for part in _SOURCE},
        **{part: figure[part] for part in _FIGURE},
    }
