"""The shape of what is said of one number of a text that should come from answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

Verdict = Literal["grounded", "rounded-wrongly", "altered", "unsourced"]
Fault = Literal["rounding", "value", "unit", "source"]


class GroundedNumber(TypedDict):
    """One number of a text, judged against the answers that it should come from."""

    start: Annotated[int, Field(description="Offset of its first character in the text as sent.")]
    end: Annotated[int, Field(description="Offset behind its last character.")]
    span: str
    value: Annotated[float, Field(description="As stated; of a range its middle.")]
    unit: Annotated[
        str, Field(description="As stated: a unit, or the thing counted in the singular; empty where bare.")
    ]
    verdict: Annotated[
        Verdict,
        Field(
            description="grounded: an answer gives it; rounded-wrongly: no rounding of the number it is close to; altered: "
            "one of an answer with another value, unit or source; unsourced: no answer gives it."
        ),
    ]
    answer: Annotated[
        int | None, Field(description="Which of the answers, from 0; null where none, or the asker, gives it.")
    ]
    result: Annotated[
        str | None,
        Field(
            description="The number of that answer: a result by its name, estimate:<figure>, figure:<id>, step:<n>, input:<name>, spread, text; given: by the asker."
        ),
    ]
    citations: Annotated[list[int], Field(description="The numbers of the citations behind that number of the answer.")]
    fault: Annotated[Fault | None, Field(description="What is wrong with it; null where grounded or unsourced.")]
    expected: Annotated[
        str | None, Field(description="What the answer says: a value with its unit, or the marks of the sources.")
    ]
