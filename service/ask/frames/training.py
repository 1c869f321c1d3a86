"""Electricity, CO2 and water of training a model, or of a run of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case, Measure, Proposal, plain, written
from service.ask.findings import Segment
from service.core.units import parse_unit

_SAID: Final = (
    "use", "device-hour", "training", "electricity", "emissions", "water", "footprint", "total", "power", "pue", "own-rate", "each", "without", "query",
    "outlook", "claim", "if", "average", "cost", "and", "rack", "also-do", "model-noun", "cover",
)  # fmt: skip
_KNOWN: Final = (
    "training-electricity", "training-emissions", "training-lifecycle-emissions", "training-and-use-emissions", "training-water",
    "training-and-use-water",
)  # fmt: skip
_PARTS: Final[dict[Measure, str]] = {"electricity": "electricity", "emissions": "emissions", "water": "water"}
_MOST_PUE: Final = 4.0


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of training_footprint."""
    yield from _own(case)
    models = case.subjects("model")
    if not models or not case.q.has("training"):
        return
    segment, model = models[0]
    inputs: dict[str, Any] = {"model": model.id}
    used = [segment]
    _first(case, inputs)
    if case.region:
        inputs["region"] = case.region
        used += [place for place, _ in case.places[:1]]
    used += [s for s, subject in case.subjects("company") if subject.id == model.part_of]
    used += [s for s, _ in case.times]
    yield Proposal("training_footprint", inputs, used, _SAID, 1.0 if case.knows(model.id, *_KNOWN) else 0.0)


def _first(case: Case, inputs: dict[str, Any]) -> None:
    if case.q.has("footprint") and "electricity" not in case.measures:
        inputs["to"] = "emissions"  # the footprint of a training is mostly asked for as carbon; the other parts follow it
        return
    wanted = [_PARTS[measure] for measure in case.measures if measure in _PARTS]
    if wanted and wanted[0] != "electricity" and "electricity" not in wanted:
        inputs["to"] = wanted[0]


def _own(case: Case) -> Iterator[Proposal]:
    """A run that the question describes: so many chips for so long."""
    chips = case.subjects("accelerator")
    if not chips:
        return
    segment, chip = chips[0]
    counts = case.q.counts(f"accelerator:{chip.id}")
    lengths = [s for s in case.q.amounts("h") if not s.rate]
    spans = [(s, period) for s, period in case.times if s.sort == "words"]
    number = counts[0].value if counts else 1.0
    whole = counts[:1] or case.q.counts("device-hour")
    used: list[Segment] = [segment, *counts[:1]]
    if case.q.has("device-hour") and whole:  # so many hours of all chips together
        number, hours = whole[0].value, 1.0
        used += whole[:1]
    elif lengths:
        hours = lengths[0].value * parse_unit(lengths[0].unit).factor / parse_unit("h").factor
        used.append(lengths[0])
    elif spans and counts:
        hours = parse_unit(spans[0][1]).factor / parse_unit("h").factor
        used.append(spans[0][0])
    else:
        return
    inputs: dict[str, Any] = {"accelerator": chip.id, "device_hours": number * hours}
    powers = case.q.amounts("W")
    if powers:
        inputs["power"] = written(powers[0])
        used.append(powers[0])
    used += _pue(case, inputs)
    _first(case, inputs)
    if case.region:
        inputs["region"] = case.region
        used += [place for place, _ in case.places[:1]]
    used += [s for s, _ in spans]
    yield Proposal("training_footprint", inputs, used, _SAID, 1.0)


def _pue(case: Case, inputs: dict[str, Any]) -> list[Segment]:
    """The PUE that is stated, or one where it is to be left out."""
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
