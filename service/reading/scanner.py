"""From tokens to segments: at each place the longest phrase that is known, or a number with what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from service.core.model import Subject
from service.core.units import parse_unit
from service.reading.amounts import COUNTABLE, Amounts
from service.reading.findings import Segment
from service.reading.folding import Folded
from service.reading.lexicon import Lexicon
from service.reading.meanings import NOTHING, Meaning, Meanings, meanings_of
from service.reading.numbers import number_at
from service.reading.tokens import Token

_INTENSE: Final = "g/kWh"  # what measures an intensity
_GLUED: Final = frozenset({"word", "number"})
_NAMED: Final = frozenset({"subject", "region", "quantity"})
_PLACE: Final = frozenset({"region"})
_COUNTABLE: Final = frozenset(COUNTABLE)
_RATIO: Final = frozenset({"concept", "quantity"})
_PARTED: Final = frozenset({"subject", "quantity"})
_INNER_KINDS: Final = frozenset({"everyday", "task", "sector", "technology", "energy-source", "facility"})
_Phrase = tuple[Meanings, int]


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
        self._special, self._numeric = lexicon.written, lexicon.numeric

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
        token = self.tokens[at]
        if token.shape != "number" and token.text not in self._numeric:  # no number begins here
            return self._phrased(at, phrase) if phrase else [Segment(at, at + 1, "unknown")]
        one = self._amounts.one(at)
        if one is not None and (phrase is None or phrase[1] <= one.after):
            one.meanings = phrase[0].of("subject") if phrase else NOTHING
            return [one]
        if phrase and phrase[1] - at > 1 and self._beats_number(at, phrase):
            return self._phrased(at, phrase)
        amount = self._amounts.at(at)
        if amount is not None and not (phrase and amount.sort == "number" and self._numbered(phrase)):
            return [amount]
        if phrase:
            return self._phrased(at, phrase)
        return [Segment(at, at + 1, "unknown")]

    def _beats_number(self, at: int, phrase: _Phrase) -> bool:
        """Whether a phrase is more than the number that its first words may be."""
        meanings, after = phrase
        if not meanings.sorts.isdisjoint(_NAMED):
            return True
        number = number_at(self.tokens, at, self.lexicon, ranged=False)
        if number is None or self.tokens[at].shape == "number":
            return number is None
        return number.after < after and (self.tokens[at].shape == "han" or number.value <= 1)

    def _numbered(self, phrase: _Phrase) -> bool:
        """Whether a number that counts nothing is a name: a 4090, and not 4090 schools."""
        meanings, after = phrase
        following = self.tokens[after] if after < len(self.tokens) else None
        counted = following is not None and following.shape == "word" and following.key not in self.lexicon.phrases
        return "subject" in meanings.sorts and not counted

    def _phrased(self, at: int, phrase: _Phrase) -> list[Segment]:
        meanings, after = phrase
        if "unit" in meanings.sorts:
            meanings, after = self._united(meanings, after)
        segments = [Segment(at, after, "words", meanings)]
        if after - at > 1 and self._has_parts(meanings):
            segments += self._inside(at, after)
        return segments

    def _united(self, meanings: Meanings, after: int) -> tuple[Meanings, int]:
        """The meanings with what stands below a unit taken into it, and the token behind that."""
        unit = next(each.name for each in meanings if each.sort == "unit")
        composed, end = self._amounts.composed(unit, after)
        if end == after:
            return meanings, after
        intense = parse_unit(composed).dimension == parse_unit(_INTENSE).dimension
        rest = [each for each in meanings if each.sort != "unit"]
        more = [Meaning("unit", composed), *([Meaning("concept", "intensity")] if intense else [])]
        return meanings_of((*rest, *more)), end

    def _has_parts(self, meanings: Meanings) -> bool:
        """Whether the words of a name say something by themselves, as those of a task or a kind of number do."""
        if meanings.sorts.isdisjoint(_PARTED):
            return False
        kinds = {self._subjects[each.name].kind for each in meanings if each.sort == "subject"}
        return bool(kinds & _INNER_KINDS) or "quantity" in meanings.sorts

    def _inside(self, begin: int, end: int) -> list[Segment]:
        found = []
        at = begin
        while at < end:
            phrase = self.phrase(at, within=end, whole=(begin, end))
            concepts = phrase[0].of("concept", "rate") if phrase else NOTHING
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
        key, end, after = "", within or len(tokens), at
        while after < end:
            token = tokens[after]
            if after > at and not token.linked:
                break
            key += token.key
            after += 1
            meanings = phrases.get(key)
            if meanings is None:
                break
            if not meanings or (sort and sort not in meanings.sorts) or (at, after) == whole:
                continue
            apart = after < len(tokens) and tokens[after].gap == " "
            if apart or self._ends(after) or self._ratio(after, meanings):
                found = meanings.of(sort) if sort else meanings
                if after - at > 1 or key in self._special or len(token.text) == 1:
                    found = self._fitting(at, after, key, found, every=not sort)
                best = (found, after) if found else best
        return best

    def _fitting(self, at: int, after: int, key: str, meanings: Meanings, *, every: bool) -> Meanings:
        """What a phrase can mean where it stands; nothing where it is none."""
        if self._counts_on(at, after):
            return NOTHING
        letter = self.tokens[at].shape == "word" and len(self.tokens[at].text) == 1
        if not letter and key not in self._special:
            return meanings
        if not self._written(at, after, key, meanings):
            return NOTHING
        return self._allowed(at, after, key, meanings) if every else meanings

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

    def _ratio(self, after: int, meanings: Meanings) -> bool:
        """Whether the value of a ratio is glued to its name: PUE1.5."""
        return self.tokens[after].shape == "number" and meanings.sorts <= _RATIO

    def _counts_on(self, at: int, after: int) -> bool:
        """Whether the number at the end of a name counts what follows: ask ChatGPT 5 times, not a version of it."""
        last = self.tokens[after - 1]
        if after - at < 2 or last.shape != "number" or last.gap != " " or after >= len(self.tokens):
            return False
        following = self.tokens[after]
        if following.shape == "han":
            return self.lexicon.has(following.text, "classifier")
        several = following.linked and following.text != following.key
        meant = self.lexicon.phrases.get(following.key, NOTHING) if several else NOTHING
        return not _COUNTABLE.isdisjoint(meant.concepts)

    def _written(self, at: int, after: int, key: str, meanings: Meanings) -> bool:
        """Whether an abbreviation stands in capitals, where it must."""
        if (
            after - at > 1
            and len(self.tokens[at].text) == 1
            and self.tokens[at].shape == "word"
            and self.tokens[at + 1].gap == " "
        ):
            return meanings.sorts.isdisjoint(_NAMED)  # a 100 MW site is no A100
        if key in self.lexicon.codes and meanings.sorts == _PLACE:
            return self.tokens[at + 1].gap == "-" and self._capital(at)
        if key not in self.lexicon.capitals or after - at > 1 or not meanings.sorts <= _NAMED:
            return True
        return self._capital(at)

    def _capital(self, at: int) -> bool:
        token = self.tokens[at]
        return self.folded.typed[self.folded.place(token.start) : self.folded.end(token.end)].isupper()

    def _allowed(self, at: int, after: int, key: str, meanings: Meanings) -> Meanings:
        """The meanings without those that an abbreviation has in capitals alone, and without the place in `tell us`."""
        if key in self.lexicon.capitals and after - at == 1 and not self._capital(at):
            meanings = meanings_of(each for each in meanings if each.sort not in _NAMED)
        before = self.lexicon.pronouns.get(key)
        if before and at and self.tokens[at - 1].text in before and not self._capital(at):
            return NOTHING
        return meanings
