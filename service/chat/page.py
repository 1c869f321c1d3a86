"""What the reader is shown: the model's words in pieces, each checked, with marks and sources where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from service.answers.words import LANGUAGES, words
from service.chat.ledger import ENTRY, MARK, Ledger
from service.chat.said import said
from service.check.door import ground
from service.check.grounded import GroundedNumber
from service.store.queries import Knowledge

_LISTED: Final = r"[ \t]*(?:[-*+][ \t]+)?\[\d+\][ \t]"  # an entry of a list of sources
# such an entry, a line, or a sentence with what closes it and the marks behind it
_PIECE: Final = re.compile(
    rf"{_LISTED}[^\n]*\n+"
    rf"|(?!{_LISTED})[^\n]*?(?:\n+"
    r"|[.!?](?:[\"'”’)*]|\s?\[\d+\])*[ \t]+(?!\[)"
    r"|[。！？](?:[”’）*]|\s?\[\d+\])*(?!\s?\[|[”’）*])[ \t]*)"
)
_CLOSING: Final = re.compile(r"(?:[.!?。！？…:：;；,，]+[*_\"”’）)]*)?\s*$")
_FENCE: Final = "```"
_TABLE: Final = "|"
_EARLIER: Final = "earlier"


def pieces(text: str) -> tuple[list[str], str]:
    """The whole pieces of a text that is still growing, and the one that may go on."""
    found, at = [], 0
    while match := _PIECE.match(text, at):
        if match.end() == len(text):
            break  # marks may follow
        found.append(match.group())
        at = match.end()
    return found, text[at:]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the answer with the verdicts on its numbers."""

    text: str
    numbers: Sequence[GroundedNumber]

    @property
    def bad(self) -> list[GroundedNumber]:
        """The numbers that are not those of the results."""
        return [each for each in self.numbers if each["verdict"] != "grounded"]


class Page:
    """The text of an answer as it grows, the verdicts on its numbers, and the sources that it cites."""

    def __init__(self, knowledge: Knowledge, language: str, ledger: Ledger, given: Sequence[str]) -> None:
        self.text = ""
        self.numbers: list[GroundedNumber] = []
        self.marked = 0
        self.cited: set[int] = set()
        self._knowledge = knowledge
        self._language = language
        self._ledger = ledger
        self._given = given
        self._fenced = False

    def checked(self, text: str) -> Piece:
        """A piece with the verdicts on its numbers."""
        answers = [*self._ledger.answers, *self._ledger.earlier]
        return Piece(text, ground(self._knowledge, text, answers, self._given))

    def show(self, piece: Piece) -> str:
        """Add a piece: the words to show, with marks behind what is wrong and the sources of what bears none."""
        if _FENCE in piece.text:
            self._fenced ^= piece.text.count(_FENCE) % 2 == 1
        elif not self._fenced and (_is_heading(piece.text) or _is_entry(piece.text)):
            return ""  # sources are listed below, by us
        added = [] if self._fenced else [*self._stray(piece.text), *self._marks(piece), *self._sources(piece)]
        return self._append(piece, added)

    def plain(self, piece: Piece) -> str:
        """Add a piece as it is: to JSON nothing can be added."""
        return self._append(piece, [])

    def close(self) -> str:
        """Add the list of the sources that were cited."""
        lines = self._ledger.lines(self.cited)
        if not lines:
            return ""
        parts = words(self._language)
        listed = "\n".join([f"- {line}" for line in lines])
        ending = f"\n\n*{parts['parts']['sources']}{parts['colon']}*\n\n{listed}"
        self.text = self.text.rstrip() + ending
        return ending

    def _append(self, piece: Piece, changes: Iterable[tuple[int, int, str]]) -> str:
        """Add a piece with changes (from, to, instead), its numbers told where they then stand."""
        shown, at, moved = "", 0, []
        for begin, end, instead in sorted(changes, key=lambda change: change[:2]):
            shown += piece.text[at:begin] + instead
            at = max(at, end)
            moved.append((end, len(instead) - (end - begin)))
        shown += piece.text[at:]
        for number in piece.numbers:
            offset = len(self.text) + sum(by for end, by in moved if end <= number["start"])
            self.numbers.append(self._told(number, offset))
        self.cited |= {int(mark) for mark in MARK.findall(shown) if int(mark) in self._ledger}
        self.text += shown
        return shown

    def _told(self, number: GroundedNumber, offset: int) -> GroundedNumber:
        """A verdict as the reader of the whole gets it: what a former message gave belongs to no answer of this one."""
        told: GroundedNumber = {**number, "start": number["start"] + offset, "end": number["end"] + offset}
        if told["answer"] is not None and told["answer"] >= len(self._ledger.answers):
            told["answer"], told["result"] = None, _EARLIER
        return told

    def _stray(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Marks of sources that there are not."""
        return [(mark.start(), mark.end(), "") for mark in MARK.finditer(text) if int(mark[1]) not in self._ledger]

    def _marks(self, piece: Piece) -> Iterable[tuple[int, int, str]]:
        for number in piece.bad:
            self.marked += 1
            what = what_is_wrong(self._language, number)
            yield number["end"], number["end"], said(self._language, "mark", what=what)

    def _sources(self, piece: Piece) -> Iterable[tuple[int, int, str]]:
        """The sources of the numbers of a piece that bears no marks, at its end."""
        behind = sorted({n for each in piece.numbers if each["verdict"] == "grounded" for n in each["citations"]})
        if not behind or any(int(mark) in self._ledger for mark in MARK.findall(piece.text)):
            return
        place = piece.numbers[-1]["end"] if _TABLE in piece.text else _CLOSING.search(piece.text).start()  # type: ignore[union-attr]
        gap = " " if piece.text[:place].isascii() else ""
        yield place, place, gap + "".join([f"[{n}]" for n in behind])


def what_is_wrong(language: str, number: GroundedNumber) -> str:
    """Why a number is not that of a result."""
    name = "misattributed" if number["fault"] == "source" else number["verdict"]
    name = "altered" if name == "rounded-wrongly" else name
    return said(language, name, expected=number["expected"] or "")


def _is_entry(text: str) -> bool:
    return ENTRY.match(text) is not None and "://" in text


def _is_heading(text: str) -> bool:
    bare = text.strip(" \t\n#*_-:：").lower()
    return bool(bare) and any(bare == words(language)["parts"]["sources"].lower() for language in LANGUAGES)
