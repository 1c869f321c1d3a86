"""A run of chips that a question describes by itself: so many of them, for so long, at such a power."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from service.ask.proposals import Measure, Proposal, plain, written
from service.core.units import parse_unit
from service.reading.findings import Segment
from service.store.standing import standing

if TYPE_CHECKING:
    from service.ask.case import Case

SAID: Final = (
    "use", "device-hour", "training", "electricity", "emissions", "water", "footprint", "total", "power", "pue", "own-rate", "each", "without", "query",
    "outlook", "claim", "if", "average", "cost", "and", "rack", "also-do", "model-noun", "cover",
)  # fmt: skip
_PARTS: Final[dict[Measure, str]] = {"electricity": "electricity", "emissions": "emissions", "water": "water"}
_RATED: Final = "rated-power"
_SYSTEM: Final = "system-power-max"
_SIGNS: Final = frozenset({"x", "×", "*"})
_MOST_PUE: Final = 4.0


def first(case: Case, inputs: dict[str, Any]) -> None:
    """Read what is to be put first: electricity, emissions or water."""
    if case.q.has("footprint") and "electricity" not in case.measures:
        inputs["to"] = (
            "emissions"  # the footprint of a training is mostly asked for as carbon; the other parts follow it
        )
        return
    wanted = [_PARTS[measure] for measure in case.measures if measure in _PARTS]
    if wanted and wanted[0] != "electricity" and "electricity" not in wanted:
        inputs["to"] = wanted[0]


def own_run(case: Case) -> Proposal | None:
    """The run that a question describes: so many chips for so long; None where it describes none."""
    chips = case.subjects("accelerator")
    if not chips:
        return None
    segment, chip = chips[0]
    counts = case.q.counts(f"accelerator:{chip.id}")
    lengths = [s for s in case.q.amounts("h") if not s.rate]
    spans = [(s, period) for s, period in case.times if s.sort == "words"]
    times = [] if counts else _times(case, segment)
    number = (counts or times)[0].value if counts or times else 1.0
    whole = counts[:1] or case.q.counts("device-hour")
    used: list[Segment] = [segment, *counts[:1], *times]
    if case.q.has("device-hour") and whole:  # so many hours of all chips together
        number, hours = whole[0].value, 1.0
        used += whole[:1]
    elif lengths:
        hours = lengths[0].value * parse_unit(lengths[0].unit).factor / parse_unit("h").factor
        used.append(lengths[0])
    elif spans and (counts or case.asks("cost") or case.asks("electricity")):
        hours = parse_unit(spans[0][1]).factor / parse_unit("h").factor
        used.append(spans[0][0])
    else:
        return None
    inputs: dict[str, Any] = {"accelerator": chip.id, "device_hours": number * hours}
    powers = case.q.amounts("W")
    if machine(case):
        return None  # a load like any other
    if powers:
        inputs["power"] = written(powers[0])
        used.append(powers[0])
    elif not case.knows(chip.id, _RATED) and case.knows(chip.id, _SYSTEM):
        system = case.knowledge.parameter(chip.id, _SYSTEM)
        inputs["power"] = system.choices[-1].figure if system else None  # a whole server or rack has a power of its own
    used += _pue(case, inputs)
    case.put_place(inputs, used)
    used += [s for s, _ in spans]
    return Proposal("training_footprint", inputs, used, SAID, 1.0)


def machine(case: Case) -> list[Segment]:
    """The chips of a machine whose whole power is stated: 8 cards that are to take no less together than they are rated."""
    powers = case.q.amounts("W")
    for segment, chip in case.subjects("accelerator") if powers else ():
        rated = case.knowledge.parameter(chip.id, _RATED)
        counts = [s for s in case.q.counts(f"accelerator:{chip.id}") if s.value > 1]
        if rated is not None and counts:
            one = standing(case.knowledge).value(rated.choices[-1].figure)
            if powers[0].value * powers[0].parsed.factor >= counts[0].value * one.value * one.unit.factor:
                return [segment, counts[0]]
    return []


def _times(case: Case, chip: Segment) -> list[Segment]:
    """The number of chips where it stands behind their name: H100 x 512."""
    tokens = case.q.tokens
    numbers = [s for s in case.q.sorted("number") if s.first == chip.after + 1 and tokens[chip.after].text in _SIGNS]
    return numbers[:1]


def _pue(case: Case, inputs: dict[str, Any]) -> list[Segment]:
    """The PUE that is stated, or one where it is to be left out."""
    bare = case.q.find("no-overhead")
    if bare:
        inputs["pue"] = 1.0
        return bare
    said = case.q.find("pue")
    if not said:
        return []
    after = [s for s in case.q.sorted("number") if 1 <= s.value <= _MOST_PUE and s.first >= said[0].first]
    if after:
        inputs["pue"] = float(plain(after[0].value))
        return [after[0], *said]
    if case.q.has("without"):
        inputs["pue"] = 1.0
    return said
