"""One row a benchmark: what, ours, the reference, their ratio, and the limit it must hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict


class Measured(TypedDict):
    """One comparison. `least` limits are to be reached, others not to be passed."""

    name: str
    unit: str
    ours: float
    reference: float
    ratio: float
    limit: str
    held: bool


def compared(name: str, unit: str, ours: float, reference: float, *, least: float = 0, most: float = 0) -> Measured:
    """A comparison with the limit that its ratio must hold."""
    ratio = ours / reference
    return Measured(
        name=name,
        unit=unit,
        ours=ours,
        reference=reference,
        ratio=ratio,
        limit=f"≥ {least:g}" if least else f"≤ {most:g}",
        held=ratio >= least if least else ratio <= most,
    )


def as_table(measured: Sequence[Measured]) -> str:
    """The comparisons as a Markdown table."""
    rows = ["| what | ours | reference | ratio | limit | |", "| --- | ---: | ---: | ---: | ---: | --- |"]
    for each in measured:
        numbers = f"{each['ours']:,.3g} {each['unit']} | {each['reference']:,.3g} {each['unit']}"
        rows.append(
            f"| {each['name']} | {numbers} | {each['ratio']:.2f} | {each['limit']} | {'✓' if each['held'] else '✗'} |"
        )
    return "\n".join(rows)
