"""Claims as the interface returns them, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from service.answers.words import Words
from service.core.claim import Claim, ClaimedNumber, Telling, Verdict
from service.core.model import Figure, Source
from service.lookups.records import CitedSource, cited_source
from service.store.arithmetic import read
from service.store.claims import collection_of, collections, said_on, since
from service.store.queries import Knowledge


class NumberRecord(TypedDict):
    """A number that a claim states."""

    printed: Annotated[str, Field(description="As it stands in the text.")]
    subject: str | None
    quantity: str | None
    value: Annotated[float | None, Field(description="In `unit`; none where only a range is meant.")]
    low: Annotated[float | None, Field(description="Least that is meant; equal to `value` in `more than …`.")]
    high: Annotated[float | None, Field(description="Most that is meant; equal to `value` in `up to …`.")]
    unit: str
    gas: str | None
    of: Annotated[str | None, Field(description="What it counts, where the unit does not say.")]


class TellingRecord(TypedDict):
    """A publication that says it."""

    source: CitedSource
    date: Annotated[str | None, Field(description="When it said so.")]
    figure: Annotated[str | None, Field(description="The figure of that source which states it.")]
    takes_from: Annotated[str | None, Field(description="Id of the source that it names for it.")]
    note: Annotated[str | None, Field(description="How it puts it, or what it changed on the way.")]


class RestsOn(TypedDict):
    """A figure that a verdict rests on or that it speaks of."""

    id: str
    statement: str
    value: float
    unit: str
    as_of: str
    citation: Annotated[str, Field(description="Who states it, and when.")]
    url: Annotated[str | None, Field(description="Where it can be read.")]


class CallRecord(TypedDict):
    """A call of a calculator."""

    tool: str
    inputs: dict[str, str | list[str]]


class ClaimRecord(TypedDict):
    """A statement that goes around, with a verdict and the evidence."""

    id: str
    statement: Annotated[str, Field(description="The claim as it is usually put.")]
    verdict: Verdict
    verdict_name: Annotated[str, Field(description="The verdict in words.")]
    acceptable: Annotated[list[Verdict], Field(description="Other verdicts that a careful reader could defend.")]
    evidence: Annotated[str, Field(description="Why.")]
    arithmetic: Annotated[list[str], Field(description="Sums, computed again whenever the knowledge is built.")]
    numbers: list[NumberRecord]
    said_by: Annotated[CitedSource | None, Field(description="The text whose claim it is, where it is of one.")]
    origin: Annotated[TellingRecord | None, Field(description="Who said it first, where that is known.")]
    repeated_by: Annotated[list[TellingRecord], Field(description="Who repeats it, in order of date.")]
    figures: Annotated[list[RestsOn], Field(description="The figures that the verdict rests on or speaks of.")]
    sources: Annotated[list[CitedSource], Field(description="Sources that it rests on without a figure.")]
    call: Annotated[CallRecord | None, Field(description="The calculator call that answers it anew.")]
    since: Annotated[str | None, Field(description="Since when it goes around.")]
    checked: Annotated[str, Field(description="When the verdict was last looked at.")]
    collection: Annotated[str, Field(description="Where it is gathered: myths, or the claims of one text.")]
    position: Annotated[int, Field(description="Its place there, from 1.")]


class ClaimPage(TypedDict):
    """One page of claims."""

    total: int
    offset: int
    items: list[ClaimRecord]


def claim_record(knowledge: Knowledge, claim: Claim, words: Words) -> ClaimRecord:
    """A claim in one language, with the figures and sources that it rests on."""
    collection, position = collection_of(knowledge, claim.id)
    text = next(each.source for each in collections(knowledge) if each.id == collection)
    return ClaimRecord(
        id=claim.id,
        statement=words.local(claim.statement),
        verdict=claim.verdict,
        verdict_name=words["verdicts"][claim.verdict],
        acceptable=claim.acceptable,
        evidence=words.local(claim.evidence),
        arithmetic=sums(claim, words),
        numbers=[_number(number, words) for number in claim.numbers],
        said_by=cited_source(knowledge, knowledge.source(text)) if text else None,
        origin=_telling(knowledge, claim.origin, words) if claim.origin else None,
        repeated_by=[_telling(knowledge, each, words) for each in claim.repeated_by],
        figures=[_figure(knowledge, each, words) for each in knowledge.figures(claim.figures)],
        sources=_cited(knowledge, knowledge.sources(claim.sources)),
        call=_call(claim),
        since=since(knowledge, claim),
        checked=claim.checked,
        collection=collection,
        position=position,
    )


def sums(claim: Claim, words: Words) -> list[str]:
    """The arithmetic of a claim as it is said in a language."""
    return [read(text).said(words.units.exactly) for text in claim.arithmetic]


def _number(number: ClaimedNumber, words: Words) -> NumberRecord:
    return NumberRecord(
        printed=number.printed,
        subject=number.subject,
        quantity=number.quantity,
        value=number.value,
        low=number.low,
        high=number.high,
        unit=number.unit,
        gas=number.gas,
        of=words.local(number.of) if number.of else None,
    )


def _telling(knowledge: Knowledge, telling: Telling, words: Words) -> TellingRecord:
    return TellingRecord(
        source=cited_source(knowledge, knowledge.source(telling.source)),
        date=said_on(knowledge, telling),
        figure=telling.figure,
        takes_from=telling.takes_from,
        note=words.local(telling.note) if telling.note else None,
    )


def _figure(knowledge: Knowledge, figure: Figure, words: Words) -> RestsOn:
    return RestsOn(
        id=figure.id,
        statement=words.local(figure.statement),
        value=figure.value,
        unit=figure.unit,
        as_of=figure.as_of,
        citation=knowledge.cited_as(figure.id),
        url=knowledge.source_of(figure.id).url,
    )


def _cited(knowledge: Knowledge, sources: Iterable[Source]) -> list[CitedSource]:
    return [cited_source(knowledge, source) for source in sources]


def _call(claim: Claim) -> CallRecord | None:
    if claim.call is None:
        return None
    inputs = {name: values[0] if len(values) == 1 else values for name, values in claim.call.inputs.items()}
    return CallRecord(tool=claim.call.tool, inputs=inputs)
