"""A verdict in words: one sentence of the report's language, with who states what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sentencex import segment

from service.answers.voice import Voice
from service.check.equivalents import Comparison
from service.check.forms import form
from service.check.judging import Judgement
from service.check.mentions import Mention
from service.check.shapes import ClaimFound
from service.check.sums import Sum
from service.check.weighing import Weighed
from service.core.claim import Verdict
from service.core.quantity import Quantity
from service.store.queries import Knowledge
from service.store.shelf import Held
from service.store.standing import standing

_PART: Final = "checks"
_DIGITS: Final = 2
_PARTS: Final = 1 / 3  # below this a part is said as such, above as a percentage


class Saying:
    """Says the verdicts of one report."""

    def __init__(self, knowledge: Knowledge, voice: Voice) -> None:
        self._knowledge = knowledge
        self._voice = voice
        self._words = voice.words

    def explanation(self, claim: Weighed) -> str:
        """Why a claim stands as it does."""
        about = _Lazy(self._fillings(claim))
        return self._words.say(_PART, claim.judgement.why, about)

    def verdict(self, name: str) -> str:
        """What a verdict is called."""
        return str(self._words["verdicts"][name])

    def line(self, claim: ClaimFound) -> str:
        """A claim with its verdict, why, and the marks of its sources."""
        quoted = self._words.say(_PART, "quoted", {"span": " ".join(claim["span"].split())})
        about = {
            "verdict": self._opening(claim["verdict"]), "span": quoted, "explanation": claim["explanation"],
            "marks": "".join(f"[{each['n']}]" for each in claim["citations"]),
        }  # fmt: skip
        return self._words.say(_PART, "line", about)

    def _opening(self, verdict: Verdict) -> str:
        name = self.verdict(verdict)
        return name[0].upper() + name[1:]

    def summary(self, counts: Mapping[Verdict, int]) -> str:
        """How many claims there are, and how many have each verdict."""
        total = sum(counts.values())
        if not total:
            return self._words.say(_PART, "none", {})
        each = [
            self._words.say(_PART, "count", {"n": str(n), "verdict": self.verdict(verdict)})
            for verdict, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        about = {
            "n": str(total),
            "verdicts": self._words["separator"].join(each),
        }
        return self._words.say(_PART, "found", about)

    def more(self, number: int) -> str:
        """That there are more claims than are said."""
        return self._words.say(_PART, "rest", {"n": str(number)})

    @property
    def sources(self) -> str:
        """What stands above the sources."""
        return self._words.say(_PART, "listed", {})

    # -- what sentences are filled with -----------------------------------------------------------------------------

    def _fillings(self, claim: Weighed) -> Mapping[str, Callable[[], Any]]:
        judgement, mention = claim.judgement, claim.item.mention
        found: dict[str, Callable[[], Any]] = {
            "claimed": lambda: mention.text,
            "factor": lambda: self._factor(judgement),
            "sum": lambda: self._sum(judgement),
            "evidence": lambda: self._evidence(judgement),
            "named": lambda: self._named(claim),
        }
        for name in ("said", "best", "other"):
            held: Held | None = getattr(judgement, name)
            if held is not None:
                found |= self._of(name, held, mention)
        return found

    def _of(self, name: str, held: Held, mention: Mention) -> dict[str, Callable[[], Any]]:
        facts, words = self._voice.facts, self._words

        def stated() -> str:
            derived = facts.derived(held.id)
            return words.local(derived.label if derived else facts.figure(held.id).statement).rstrip(words["stop"])

        quantity = self._quantity(held)
        return {
            name: stated,
            f"{name}_who": lambda: self._voice.who(held.id),
            f"{name}_value": lambda: words.units(_alike(quantity, mention)),
            f"{name}_range": lambda: words.units.span(quantity),
            f"{name}_year": lambda: str(held.ends.year),
            f"{name}_of": lambda: words.plain(self._knowledge.subject(held.subject)),
        }

    def _quantity(self, held: Held) -> Quantity:
        return standing(self._knowledge).value(held.id)

    def _factor(self, judgement: Judgement) -> str:
        factor = 1.0 if judgement.factor is None else judgement.factor
        if factor >= 1:
            return self._words.say(_PART, "more", {"n": self._words.units.number(factor, _DIGITS)})
        if factor > _PARTS or factor == 0:
            return self._words.say(_PART, "share", {"n": self._words.units.number(100 * factor, _DIGITS)})
        return self._words.say(_PART, "less", {"n": self._words.units.number(1 / factor, _DIGITS)})

    def _named(self, claim: Weighed) -> str:
        """Whom the text names as its source."""
        q = claim.item.mention.passage.q
        return q.typed(q.of("publisher")[0])

    def _evidence(self, judgement: Judgement) -> str:
        """The first sentence of what is on record of a claim."""
        assert judgement.claim is not None
        return str(next(iter(segment("en", self._words.local(judgement.claim.evidence))))).strip()

    # -- sums -------------------------------------------------------------------------------------------------------

    def _sum(self, judgement: Judgement) -> str:
        if judgement.compared is not None:
            return self._comparison(judgement.compared)
        total = judgement.total
        return self._product(total) if total else ""

    def _product(self, total: Sum) -> str:
        target = total.target.mention
        parts = [part.mention.text for part in total.parts]
        result = self._result(total.expected / target.form.factor, target)
        joined = " ÷ ".join(parts) if total.rule == "times" else " × ".join(parts)
        return self._words.say(_PART, "product", {"parts": joined, "result": result})

    def _result(self, value: float, target: Mention) -> str:
        if not target.unit or target.what:
            return self._words.units.number(value)
        return self._words.units((Quantity(value, target.unit) * 1).named("result", target.unit))

    def _comparison(self, found: Comparison) -> str:
        if found.other is not None:
            one, other = (
                self._words.plain(self._knowledge.subject(name)) for name in (found.subject, found.other) if name
            )
            times = self._words.say(_PART, "more", {"n": self._words.units.number(found.value)})
            return self._words.say(_PART, "ratio", {"times": times, "subject": one, "other": other})
        result = self._words.units(Quantity(found.value, "car" if found.thing.startswith("car") else found.thing) * 1)
        if found.base is None:
            subject = self._knowledge.subject(found.subject) if found.subject else ""
            return self._words.say(_PART, "from", {"result": result, "subject": self._words.plain(subject)})
        if found.each is not None:
            about = {"base": found.base.mention.text, "each": found.each.mention.text, "result": result}
            return self._words.say(_PART, "quotient", about)
        return self._words.say(_PART, "equals", {"base": found.base.mention.text, "result": result})


class _Lazy(Mapping[str, Any]):
    """What a sentence can be filled with, worked out where it is."""

    def __init__(self, made: Mapping[str, Callable[[], Any]]) -> None:
        self._made = made

    def __getitem__(self, name: str) -> Any:
        return self._made[name]()

    def __iter__(self) -> Any:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _alike(quantity: Quantity, mention: Mention) -> Quantity:
    """A value in the unit of the text, where it is another one of the same sort."""
    claimed, known = form(mention.unit), form(quantity.unit.text)
    if not mention.unit or mention.what or claimed.above != known.above or claimed.percent:
        return quantity
    unit = mention.unit if claimed.period or not known.period else f"{mention.unit}/{known.period}"
    return quantity if unit == quantity.unit.text else (quantity * 1).named("alike", unit)
