"""What a question changes about an earlier call: another topic, or another detail of the same."""

from __future__ import annotations

from typing import Any, Final

from service.ask.case import Case
from service.ask.frames.emissions import FUELS
from service.ask.proposals import PERIODS, Measure, plain, takes, written
from service.core.machine_inputs import CURRENCIES
from service.core.units import parse_unit
from service.reading.findings import Segment

SUBJECTS: Final = ("service", "model", "energy", "emissions")
THINGS: Final = {
    "home": "home", "electric-car-km": "electric-car-km", "phone-charge": "phone-charge", "kettle": "kettle", "fridge-year": "fridge-year",
    "laptop-hour": "laptop-hour", "led-hour": "led-hour", "streaming-hour": "streaming-hour", "wash": "wash",
}  # fmt: skip
EMITTING: Final = {"car": "car", "flight": "flight", "tree": "tree", "gasoline-litre": "gasoline-litre"}
_COMPARED: Final = {
    "query_footprint": "electricity-per-query", "training_footprint": "training-electricity", "service_energy": "electricity-per-day",
}  # fmt: skip
_ANYWHERE: Final = ("share_of", "demand_outlook")
_PARTED: Final = ("query_footprint", "training_footprint")  # of which a grid changes one part
_SAVING: Final = "cooling_savings"
_SECTORS: Final = {
    "home": "household", "household-tariff": "household", "industry-tariff": "industry", "commercial-tariff": "commercial",
}  # fmt: skip
MIXES: Final = ("solar", "wind", "nuclear", "hydropower", "geothermal")


class Change:
    """What a question changes about a call."""

    def __init__(self, case: Case, tool: str, inputs: dict[str, Any]) -> None:
        self.case = case
        self.tool = tool
        self.inputs = inputs
        self.used: list[Segment] = []
        self.turned = False

    def _subject(self) -> str | None:
        """Whom the earlier call was about."""
        named = next((str(self.inputs[name]) for name in SUBJECTS if self.inputs.get(name)), None)
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
        elif (
            q.has("reactor", "panel") and self.tool in {"clean_supply", "service_energy", "share_of"} and self._energy()
        ):
            mix, part = ("nuclear", "reactor") if q.has("reactor") else ("solar", "panel")
            self._turn(
                "clean_supply", {"energy": self._energy(), **self._kept("region", "period"), "mix": mix, "to": part}
            )
            self.used += q.find(part)
        elif self.tool == "electricity_cost" and q.has(*_SECTORS):
            return  # whose price, not how many homes
        elif self.tool == "training_footprint" and subject and q.has(*EMITTING):
            self._turn("emissions_equivalents", {"emissions": subject})
        elif q.has(*THINGS) and self.tool not in {"energy_equivalents", "emissions_equivalents"} and self._energy():
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
        taken = takes(self.tool)
        if self.tool == _SAVING:
            self.turned = True  # it tells what is saved of all of them
            return
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
        trained = self.tool == "training_footprint" and turned == "electricity_cost"
        if self.tool == "scale" or (not trained and "energy" not in taken and "service" not in taken):
            return
        self._turn(turned, {"energy": energy, **self._kept("region", "period", "as_of")})

    def _kept(self, *names: str) -> dict[str, Any]:
        return {name: self.inputs[name] for name in names if name in self.inputs}

    def _turn(self, tool: str, inputs: dict[str, Any]) -> None:
        self.tool, self.inputs, self.turned = tool, inputs, True

    # -- another detail -----------------------------------------------------------------------------------------

    def details(self) -> None:
        """Replace or add what the question names."""
        self.takes = takes(self.tool)
        self._place()
        self._whom()
        self._source()
        self._time()
        self._amounts()
        self._sector()
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
            if self._set("region", code, segment) and self.tool in _PARTED and self.case.q.has("grid"):
                self.inputs["to"] = "emissions"  # what depends on the grid
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
                for name in SUBJECTS:
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
            if not self._set("year", int(segment.value), segment):
                self.case.put_day(self.inputs, self.used)

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
                self._paced(written(segment))
                if name == "energy"
                else f"{plain(segment.value)} {segment.unit.partition('/')[0]}",
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

    def _paced(self, amount: str) -> str:
        """An amount over the time over which the earlier one was told: after 850 MWh/day, 2 GWh are those of a day."""
        _, _, time = str(self.inputs.get("energy", "")).partition("/")
        bare = "/" not in amount and parse_unit(amount.rpartition(" ")[2]).dimension == parse_unit("kWh").dimension
        return f"{amount}/{time}" if time in PERIODS and bare else amount

    def _sector(self) -> None:
        """Whose price; AI alone of what data centres take."""
        for concept, sector in _SECTORS.items():
            if self.tool == "electricity_cost" and self.case.q.has(concept):
                self._set("sector", sector, *self.case.q.find(concept))
        if self.tool == "demand_outlook" and self.case.q.has("ai"):
            self._set("sector", "ai-data-centres", *self.case.q.find("ai"))

    def _thing(self) -> None:
        q = self.case.q
        things = EMITTING if self.tool == "emissions_equivalents" else THINGS
        for concept, name in things.items():
            if q.has(concept) and self.tool in {"energy_equivalents", "emissions_equivalents"}:
                self._set("to", name, *q.find(concept))
                break
        for mix in MIXES:
            if q.has(mix) and "mix" in self.takes:
                self.inputs.pop("to", None)
                self._set("mix", mix, *q.find(mix))
                break

    def _numbers(self) -> None:
        for segment in self.case.q.sorted("number"):
            self._number(segment)
        for segment in self.case.q.sorted("count"):
            self._count(segment)

    def _number(self, segment: Segment) -> None:
        q = self.case.q
        if "pue_after" in self.takes:
            self._set("pue_after", segment.value, segment)
        elif "pue" in self.takes and q.has("pue"):
            self._set("pue", segment.value, segment)
        elif "wue" in self.takes and (q.has("wue") or "wue" in self.inputs):
            self._set("wue", f"{plain(segment.value)} L/kWh", segment)
        elif self.tool == "scale" and q.has("each", "query") and not q.has("person"):
            self._set("requests", segment.value, segment)
        elif "count" in self.takes and segment.value >= 1:
            self._set("count", segment.value, segment)

    def _count(self, segment: Segment) -> None:
        daily = segment.what in {"query", "image", "video"} and ("requests" in self.takes)
        if daily:
            self._set("requests", self.case.daily(segment), segment)
        elif segment.what.startswith("accelerator:"):
            return
        elif segment.what == "token":
            self._set("output_tokens", segment.value, segment)
        else:
            self._set("count", segment.value, segment)
