"""One reply of the model while it comes: what of it may be shown, and what is held back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from service.chat.page import Page, Piece, pieces

_THINKING: Final = ("<think>", "</think>")
_CALLING: Final = ("{", "```json", "<tool_call>", "<function", "[TOOL_CALLS]")  # how models write calls as words


class Draft:
    """The words of a reply, without what the model thinks aloud. Nothing is shown from the first wrong number on."""

    def __init__(self, page: Page, *, strict: bool) -> None:
        self._page = page
        self._strict = strict  # whether what follows a wrong number may still be put right
        self._text = ""
        self._growing = ""
        self._shown = ""
        self._held: list[Piece] = []

    @property
    def text(self) -> str:
        """All words so far."""
        return _spoken(self._text)

    @property
    def shown(self) -> str:
        """The words that were let through."""
        return self._shown

    def feed(self, words: str) -> None:
        """Take in more words."""
        before = self.text
        self._text += words
        self._growing += self.text[len(before) :]

    def ready(self) -> Iterator[Piece]:
        """The pieces that may be shown now."""
        if not self._held and not self.text.lstrip().startswith(_CALLING):
            whole, self._growing = pieces(self._growing)
            yield from self._through(whole)

    def ended(self) -> Iterator[Piece]:
        """The pieces that may be shown once the reply has ended; what then is held is wrong, or follows something wrong."""
        whole, rest = pieces(self._growing)
        self._growing = ""
        yield from self._through([*whole, *([rest] if rest else [])])

    def _through(self, texts: list[str]) -> Iterator[Piece]:
        for text in texts:
            piece = self._page.checked(text)
            if self._held or (self._strict and piece.bad):
                self._held.append(piece)
            else:
                self._shown += text
                yield piece

    @property
    def held(self) -> list[Piece]:
        """The pieces that are held back."""
        return self._held


def _spoken(text: str) -> str:
    """The words behind a model's thoughts; none while it may still be thinking."""
    begin, end = _THINKING
    bare = text.lstrip()
    if not bare.startswith(begin):
        return "" if begin.startswith(bare) else text
    _, found, after = bare.partition(end)
    return after.lstrip() if found else ""


def continued(shown: str, again: str) -> str | None:
    """What a new draft says after the words that are shown already; None where it does not begin with them."""
    at = 0
    for character in shown:
        if character.isspace():
            continue
        while at < len(again) and again[at].isspace():
            at += 1
        if at >= len(again) or again[at] != character:
            return None
        at += 1
    return again[at:].lstrip() if shown[-1:].isspace() else again[at:]
