"""The numbers of a text, however they are written, with the places where they stand."""

from __future__ import annotations

from typing import NamedTuple

from service.reading.findings import Sort
from service.reading.sentences import sentences
from service.reading.text import read
from service.store.queries import Knowledge


class Found(NamedTuple):
    """One number of a text: ``text[start:end]``, a `value` between `low` and `high`, in `unit`.

    `sort` is amount (it has a unit), count (it counts `what`: home, query, accelerator:<id> …), year or number. `rate` is
    the period that it is said to be per, which is part of the unit of an amount.
    """

    start: int
    end: int
    value: float
    low: float
    high: float
    unit: str
    sort: Sort
    what: str
    rate: str


def found(knowledge: Knowledge, text: str) -> list[Found]:
    """Every number of a text, in order. Places are characters of the text as sent."""
    numbers: list[Found] = []
    for sentence in sentences(text):
        read_so = read(knowledge, text[sentence.start : sentence.end], mend=False)  # spelling changes no number
        for each in read_so.segments:
            if each.sort in {"amount", "count", "year", "number"} and not each.implied:
                start, end = read_so.span(each)
                at, after = sentence.start + start, sentence.start + end
                if numbers and at < numbers[-1].end:
                    continue  # one sign that stands for two numbers
                numbers.append(
                    Found(at, after, each.value, each.low, each.high, each.unit, each.sort, each.what, each.rate)
                )
    return numbers
