"""A question that goes on from the one before: what it names replaces what the earlier call had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from service.ask.case import PERIODS, Case
from service.ask.frames.emissions import FUELS
from service.ask.proposals import LOOKING, Measure, Proposal, plain, written
from service.core.calculator import registry
from service.core.machine_inputs import CURRENCIES
from service.core.units import parse_unit
from service.reading.findings import Segment

_SUBJECTS: Final = ("service", "model", "energy", "emissions")
_THINGS: Final = {
    "home": "home", "electric-car-km": "electric-car-km", "phone-charge": "phone-charge", "kettle": "kettle", "fridge-year": "fridge-year",
    "laptop-hour": "laptop-hour", "led-hour": "led-hour", "streaming-hour": "streaming-hour", "wash": "wash",
}  # fmt: skip
_EMITTING: Final = {"car": "car", "flight": "flight", "tree": "tree", "gasoline-litre": "gasoline-litre"}
_COMPARED: Final = {
    "query_footprint": "electricity-per-query", "training_footprint": "training-electricity", "service_energy": "electricity-per-day",
}  # fmt: skip
_ANYWHERE: Final = ("share_of", "demand_outlook")
_MIXES: Final = ("solar", "wind", "nuclear", "hydropower", "geothermal")
_USED: Final = (
    "use", "also-do", "if", "and", "query", "electricity", "emissions", "water", "cost", "training", "save", "toward", "pue", "convert", "home", "own-rate",
    "total", "inference", "each", "compare", "growth", "lowest", "highest", "latest", "grid", "footprint", "share", "outlook", "more", "average", "model-noun", "according",
    "claim", "person", "times", "power", *_THINGS, *_EMITTING, *_MIXES, "panel", "reactor", "battery", "image", "video", "capacity", "cover", "source", "of-all", "ai", "world", "against",
)  # fmt: skip
_RESTS_ON: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("query_footprint", ""): ("electricity-per-query", "electricity-per-image", "electricity-per-video", "electricity-per-session"),
    ("query_footprint", "emissions"): ("emissions-per-query",), ("query_footprint", "water"): ("water-per-query",),
    ("training_footprint", ""): ("training-electricity", "training-emissions"), ("training_footprint", "emissions"): ("training-emissions",),
    ("training_footprint", "water"): ("training-water",), ("service_energy", ""): ("electricity-per-day", "requests-per-day"),
    ("service_energy", "year"): ("electricity-per-year", "electricity-per-day"), ("energy_equivalents", ""): ("electricity-per-day", "electricity-per-year"),
    ("scale", ""): ("electricity-per-query",), ("share_of", ""): ("electricity-per-year", "electricity-per-day"),
}  # fmt: skip
_SHORT: Final = 5  # segments that say something


def leans(case: Case) -> bool:
    """Whether a question cannot stand alone: it says so, or it says little."""
    said = [s for s in case.q.segments if not s.inner and s.weight >= 1]
    own = bool(case.subjects("service", "model", "company", "sector") or case.q.sorted("amount"))
    return (case.q.has("also-do") and not (own and case.measures and len(said) > _SHORT)) or (
        len(said) <= 2 and not (own and case.measures)
    )


def proposal(case: Case, context: Mapping[str, Any]) -> Proposal | None:
    """The earlier call with what the question changes; None where it is not known, or the question changes nothing."""
    tool, inputs = str(context.get("tool", "")), plain_inputs(context.get("inputs") or {})
    if tool not in registry:
        return None
    if case.q.has("source"):
        return _whence(case, tool, inputs)
    change = _Change(case, tool, inputs)
    change.topic()
    change.details()
    return Proposal(change.tool, change.inputs, change.used, _USED, 1.0) if change.used or change.turned else None


def _whence(case: Case, tool: str, inputs: dict[str, Any]) -> Proposal | None:
    """Who says what the earlier call rests on."""
    named = next((str(inputs[name]) for name in _SUBJECTS if inputs.get(name)), None)
    found = case.knowledge.resolve_subject(named) if named else None
    quantities = _RESTS_ON.get((tool, str(inputs.get("to") or inputs.get("period") or "")), _RESTS_ON.get((tool, "")))
    if found is None or isinstance(found, list) or quantities is None:
        return None
    options = {**LOOKING, "subjects": [found.id], "quantities": list(quantities)}
    return Proposal("cite_source", {}, case.q.find("source"), _USED, 1.0, options=options)


def plain_inputs(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of an earlier call as its caller gave them, from bare values or from those of its answer."""
    found: dict[str, Any] = {}
    for name, entry in inputs.items():
        if isinstance(entry, Mapping):
            if entry.get("status", "given") == "given":
                found[name] = entry.get("value")
        else:
            found[name] = entry
    found.pop("language", None)
    if isinstance(found.get("requests"), str):
        found["requests"] = _daily(found["requests"])
    return found


def _daily(text: str) -> float | str:
    """2500000000/day as a number a day."""
    number, _, period = text.partition("/")
    try:
        return float(number.replace(",", "")) * (parse_unit("day").factor / parse_unit(period or "day").factor)
    except ValueError:
        return text


class _Change:
    """What a question changes about a call."""

    def __init__(self, case: Case, tool: str, inputs: dict[str, Any]) -> None:
        self.case = case
        self.tool = tool
        self.inputs = inputs
        self.used: list[Segment] = []
        self.turned = False

    def _subject(self) -> str | None:
        """Whom the earlier call was about."""
        named = next((str(self.inputs[name]) for name in _SUBJECTS if self.inputs.get(name)), None)
        found = self.case.knowledge.resolve_subject(named) if named else None
        return None if found is None or isinstance(found, list) else found.id

    def _energy(self) -> str | None:
        return next((str(self.inputs[name]) for name in ("energy", "service", "model") if self.inputs.get(name)), None)

    # -- another topic ------------------------------------------------------------------------------------------

    def topic(self) -> None:
        """Turn to another tool where the question names what it answers."""
        q = self.case.q
        subject = self._subject()
        if q.has("training") and self.tool != "training_footprint" and subject:
            self._turn("training_footprint", {"model": subject})
        elif subject and (q.has("source") or self._against(subject)):
            return
        elif q.has(*_THINGS) and self.tool not in {"energy_equivalents", "emissions_equivalents"} and self._energy():
            self._turn("energy_equivalents", {"energy": self._energy(), **self._kept("region", "period")})
        else:
            self._measured(self.case.measures[0] if self.case.measures else "")

    def _against(self, subject: str) -> bool:
        """Turn to a comparison where something is to be set against whom the earlier call was about."""
        other = next(
            (each for _, each in self.case.subjects("service", "model", "company") if each.id != subject), None
        )
        if other is None or self.tool not in _COMPARED or not self.case.q.has("against"):
            return False
        self._turn("compare", {"subjects": [subject], "quantity": _COMPARED[self.tool]})
        return True

    def _measured(self, measure: Measure) -> None:
        if not measure:
            return
        takes = registry[self.tool].inputs.model_fields
        if self.tool in {"query_footprint", "training_footprint"} and measure in {"emissions", "water", "electricity"}:
            self.inputs["to"] = measure
            self.used += self.case.q.find(measure)
            self.turned = True
            return
        energy = self._energy()
        turned = {"emissions": "electricity_emissions", "water": "water_footprint", "cost": "electricity_cost"}.get(
            measure
        )
        if measure == "electricity" or turned is None or turned == self.tool or energy is None:
            return
        if self.tool == "scale" or ("energy" not in takes and "service" not in takes):
            return
        self._turn(turned, {"energy": energy, **self._kept("region", "period", "as_of")})

    def _kept(self, *names: str) -> dict[str, Any]:
        return {name: self.inputs[name] for name in names if name in self.inputs}

    def _turn(self, tool: str, inputs: dict[str, Any]) -> None:
        self.tool, self.inputs, self.turned = tool, inputs, True

    # -- another detail -----------------------------------------------------------------------------------------

    def details(self) -> None:
        """Replace or add what the question names."""
        self.takes = registry[self.tool].inputs.model_fields
        self._place()
        self._whom()
        self._source()
        self._time()
        self._amounts()
        self._thing()
        self._numbers()

    def _set(self, name: str, value: Any, *segments: Segment) -> bool:
        if name not in self.takes:
            return False
        self.inputs[name] = value
        self.used += segments
        return True

    def _place(self) -> None:
        for segment, code in self.case.places[:1]:
            self._set("region", code, segment)
        if not self.case.places and self.case.q.has("world") and self.tool in _ANYWHERE:
            self._set("region", "world", *self.case.q.find("world"))

    def _whom(self) -> None:
        kinds = ("model", "service", "task", "company", "facility", "sector", "accelerator")
        found = [(s, subject) for s, subject in self.case.subjects(*kinds) if subject.id != "artificial-intelligence"]
        for segment, subject in found[:1]:
            if subject.kind == "accelerator":
                self._set("accelerator", subject.id, segment)
            elif subject.kind == "model" and "model" in self.takes:
                self._set("model", subject.id, segment)
            elif "subjects" in self.takes:
                listed = list(self.inputs.get("subjects") or [])
                self._set("subjects", [*listed[:1], subject.id], segment)
            else:
                for name in _SUBJECTS:
                    if name in self.takes:
                        self._set(name, subject.id, segment)
                        break

    def _source(self) -> None:
        """Another kind of power plant; another unit."""
        fuel = next((concept for concept in FUELS if self.case.q.has(concept)), None)
        if fuel and "source" in self.takes:
            self._set("source", FUELS[fuel], *self.case.q.find(fuel))
        for segment in self.case.q.of("unit"):
            if self.tool == "convert_units" and segment.sort == "words":
                self._set("to", segment.names("unit")[0], segment)

    def _time(self) -> None:
        period = self.case.period
        if period in PERIODS and not any(s.rate for s in self.case.q.segments):
            self._set("period", period, *(s for s, _ in self.case.times))
        for segment in self.case.years[:1]:
            self._set("year", int(segment.value), segment)

    def _amounts(self) -> None:
        q = self.case.q
        for segment in q.amounts("kWh", "kW"):
            small = segment.value * segment.parsed.factor < parse_unit("kWh").factor
            name = (
                "electricity_per_query"
                if (segment.each or small) and "electricity_per_query" in self.takes
                else "energy"
            )
            self._set(
                name,
                written(segment) if name == "energy" else f"{plain(segment.value)} {segment.unit.partition('/')[0]}",
                segment,
            )
        for segment in q.amounts("t", "t/year"):
            self._set("emissions", written(segment), segment)
        for segment in q.amounts("L/kWh"):
            self._set("wue", written(segment), segment)
        for segment in q.amounts(*(f"{currency}/kWh" for currency in CURRENCIES)):
            self._set("price", written(segment), segment)
        for segment in q.amounts(*CURRENCIES):
            self._set("price", f"{plain(segment.value)} {segment.unit}/kWh", segment)
        for segment in q.amounts("h"):
            if self.tool == "clean_supply":
                self._set("storage_hours", segment.value, segment)
        for segment in q.amounts("%"):
            self._set("growth" if "growth" in self.takes else "saving", segment.value, segment)

    def _thing(self) -> None:
        q = self.case.q
        things = _EMITTING if self.tool == "emissions_equivalents" else _THINGS
        for concept, name in things.items():
            if q.has(concept) and self.tool in {"energy_equivalents", "emissions_equivalents"}:
                self._set("to", name, *q.find(concept))
                break
        for mix in _MIXES:
            if q.has(mix) and "mix" in self.takes:
                self.inputs.pop("to", None)
                self._set("mix", mix, *q.find(mix))
                break

    def _numbers(self) -> None:
        q = self.case.q
        for segment in q.sorted("number"):
            if "pue_after" in self.takes:
                self._set("pue_after", segment.value, segment)
            elif "pue" in self.takes and q.has("pue"):
                self._set("pue", segment.value, segment)
            elif "wue" in self.takes and (q.has("wue") or "wue" in self.inputs):
                self._set("wue", f"{plain(segment.value)} L/kWh", segment)
            elif "count" in self.takes and segment.value >= 1:
                self._set("count", segment.value, segment)
        for segment in q.sorted("count"):
            daily = segment.what in {"query", "image", "video"} and ("requests" in self.takes)
            if daily:
                self._set("requests", self.case.daily(segment), segment)
            elif segment.what.startswith("accelerator:"):
                continue
            elif segment.what == "token":
                self._set("output_tokens", segment.value, segment)
            else:
                self._set("count", segment.value, segment)
