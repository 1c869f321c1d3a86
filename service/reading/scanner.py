"""From tokens to segments: at each place the longest phrase that is known, or a number with what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from service.core.model import Subject
from service.core.units import parse_unit
from service.reading.amounts import COUNTABLE, Amounts
from service.reading.findings import Segment
from service.reading.folding import Folded
from service.reading.lexicon import Lexicon, Meaning
from service.reading.numbers import number_at
from service.reading.tokens import Token

_INTENSE: Final = "g/kWh"  # what measures an intensity
_GLUED: Final = frozenset({"word", "number"})
_NAMED: Final = frozenset({"subject", "region", "quantity"})
_INNER_KINDS: Final = frozenset({"everyday", "task", "sector", "technology", "energy-source", "facility"})
_Phrase = tuple[tuple[Meaning, ...], int]


class Scanner:
    """Cuts one question into segments."""

    def __init__(
        self, folded: Folded, tokens: Sequence[Token], lexicon: Lexicon, subjects: Mapping[str, Subject]
    ) -> None:
        self.folded = folded
        self.tokens = tokens
        self.lexicon = lexicon
        self._subjects = subjects
        self._amounts = Amounts(tokens, lexicon, self)

    def kind(self, subject: str) -> str:
        """What sort of thing a subject is."""
        return self._subjects[subject].kind

    def segments(self) -> list[Segment]:
        """All segments in order; the tokens that nothing is known of are unknowns of one token each."""
        found: list[Segment] = []
        at = 0
        while at < len(self.tokens):
            here = self._at(at)
            found += here
            at = here[0].after
        return found

    def _at(self, at: int) -> list[Segment]:
        phrase = self.phrase(at)
        one = self._amounts.one(at)
        if one is not None and (phrase is None or phrase[1] <= one.after):
            one.meanings = tuple([each for each in phrase[0] if each.sort == "subject"]) if phrase else ()
            return [one]
        if phrase and phrase[1] - at > 1 and self._beats_number(at, phrase):
            return self._phrased(at, phrase)
        amount = self._amounts.at(at)
        if amount is not None:
            return [amount]
        if phrase:
            return self._phrased(at, phrase)
        return [Segment(at, at + 1, "unknown")]

    def _beats_number(self, at: int, phrase: _Phrase) -> bool:
        """Whether a phrase is more than the number that its first words may be."""
        meanings, after = phrase
        if any(each.sort in _NAMED for each in meanings):
            return True
        number = number_at(self.tokens, at, self.lexicon, ranged=False)
        if number is None or self.tokens[at].shape == "number":
            return number is None
        return number.after < after and (self.tokens[at].shape == "han" or number.value <= 1)

    def _phrased(self, at: int, phrase: _Phrase) -> list[Segment]:
        meanings, after = phrase
        unit = next((each.name for each in meanings if each.sort == "unit"), "")
        if unit:
            composed, after = self._amounts.composed(unit, after)
            meanings = (*(each for each in meanings if each.sort != "unit"), Meaning("unit", composed))
            if parse_unit(composed).dimension == parse_unit(_INTENSE).dimension:
                meanings = (*meanings, Meaning("concept", "intensity"))
        segments = [Segment(at, after, "words", meanings)]
        if after - at > 1 and self._has_parts(meanings):
            segments += self._inside(at, after)
        return segments

    def _has_parts(self, meanings: Sequence[Meaning]) -> bool:
        """Whether the words of a name say something by themselves, as those of a task or a kind of number do."""
        kinds = {self._subjects[each.name].kind for each in meanings if each.sort == "subject"}
        return bool(kinds & _INNER_KINDS) or any(each.sort == "quantity" for each in meanings)

    def _inside(self, begin: int, end: int) -> list[Segment]:
        found = []
        at = begin
        while at < end:
            phrase = self.phrase(at, within=end, whole=(begin, end))
            concepts = tuple(each for each in phrase[0] if each.sort in {"concept", "rate"}) if phrase else ()
            if phrase and concepts:
                found.append(Segment(at, phrase[1], "words", concepts, inner=True))
            at = phrase[1] if phrase else at + 1
        return found

    def phrase(self, at: int, sort: str = "", within: int = 0, whole: tuple[int, int] | None = None) -> _Phrase | None:
        """The longest phrase that begins at a token, with its meanings (of one sort) and the token after it."""
        tokens, phrases = self.tokens, self.lexicon.phrases
        if at >= len(tokens) or (not sort and self._inside_word(at)):
            return None
        best: _Phrase | None = None
        key, end = "", within or len(tokens)
        for after in range(at + 1, end + 1):
            token = tokens[after - 1]
            if after > at + 1 and not token.linked:
                break
            key += token.key
            meanings = phrases.get(key)
            if meanings is None:
                break
            if meanings and (at, after) != whole and (self._ends(after) or self._ratio(after, meanings)):
                fitting = tuple([m for m in meanings if not sort or m.sort == sort])
                if fitting and self._written(at, after, key, fitting) and not self._counts_on(at, after):
                    best = (fitting, after) if sort else (self._allowed(at, after, key, fitting), after)
                    best = best if best[0] else None
        return best

    def _inside_word(self, at: int) -> bool:
        """Whether a token is glued to the one before it: the x in 3x, the 9 in gpt9."""
        token = self.tokens[at]
        return at > 0 and not token.gap and token.shape in _GLUED and self.tokens[at - 1].shape == "word"

    def _ends(self, after: int) -> bool:
        """Whether a phrase may end before a token: not within a word, a number or a name with a number."""
        if after >= len(self.tokens):
            return True
        last, following = self.tokens[after - 1], self.tokens[after]
        if last.shape not in _GLUED or following.shape not in _GLUED:
            return True
        if not following.gap:
            plural = following.text in self.lexicon.plurals and (
                after + 1 >= len(self.tokens) or self.tokens[after + 1].gap != ""
            )
            return plural and last.shape == "number"
        return not (following.gap == "-" and following.shape == "number" and last.shape == "word")

    def _ratio(self, after: int, meanings: Sequence[Meaning]) -> bool:
        """Whether the value of a ratio is glued to its name: PUE1.5."""
        following = self.tokens[after]
        return following.shape == "number" and all(each.sort in {"concept", "quantity"} for each in meanings)

    def _counts_on(self, at: int, after: int) -> bool:
        """Whether the number at the end of a name counts what follows: ask ChatGPT 5 times, not a version of it."""
        last = self.tokens[after - 1]
        if after - at < 2 or last.shape != "number" or last.gap != " " or after >= len(self.tokens):
            return False
        following = self.tokens[after]
        if following.shape == "han":
            return self.lexicon.has(following.text, "classifier")
        several = following.linked and following.text != following.key
        meant = self.lexicon.phrases.get(following.key, ()) if several else ()
        return any(each.sort == "concept" and each.name in COUNTABLE for each in meant)

    def _written(self, at: int, after: int, key: str, meanings: Sequence[Meaning]) -> bool:
        """Whether an abbreviation stands in capitals, where it must."""
        if (
            after - at > 1
            and len(self.tokens[at].text) == 1
            and self.tokens[at].shape == "word"
            and self.tokens[at + 1].gap == " "
        ):
            return all(each.sort not in _NAMED for each in meanings)  # a 100 MW site is no A100
        if key in self.lexicon.codes and all(each.sort == "region" for each in meanings):
            return self.tokens[at + 1].gap == "-" and self._capital(at)
        if key not in self.lexicon.capitals or after - at > 1 or any(each.sort not in _NAMED for each in meanings):
            return True
        return self._capital(at)

    def _capital(self, at: int) -> bool:
        token = self.tokens[at]
        return self.folded.typed[self.folded.place(token.start) : self.folded.end(token.end)].isupper()

    def _allowed(self, at: int, after: int, key: str, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """The meanings without those that an abbreviation has in capitals alone, and without the place in `tell us`."""
        if key in self.lexicon.capitals and after - at == 1 and not self._capital(at):
            meanings = tuple(each for each in meanings if each.sort not in _NAMED)
        before = self.lexicon.pronouns.get(key)
        if before and at and self.tokens[at - 1].text in before and not self._capital(at):
            return ()
        return meanings
