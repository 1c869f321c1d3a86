"""Electricity, emissions and water of prompts, images, videos and sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final, Literal, get_args

from pydantic.json_schema import SkipJsonSchema

from service.core import grid
from service.core.calculator import Figures, Result, Words, calculator
from service.core.emissions import gas_of
from service.core.energy import scaled
from service.core.inputs import USUAL_REGION, Count, ElectricityPerQuery, Grid, Inputs, OptionalRegion, Service
from service.core.live import WISH
from service.core.machine_inputs import InputTokens, OutputTokens, Size
from service.core.markers import optional
from service.core.model import Subject
from service.core.quantity import Quantity
from service.core.readable import MASSES, VOLUMES, readable
from service.core.tape import log

What = Literal["prompt", "image", "video", "video-minute", "session"]
Kept = Literal["electricity", "emissions", "water"]
_KEPT: Final[tuple[Kept, ...]] = get_args(Kept)
# the unit of the count, and the task that stands in where nothing is published for a service
_COUNTED: Final[dict[What, tuple[str, str]]] = {
    "prompt": ("prompt", ""),
    "image": ("image", "image-generation"),
    "video": ("video", "video-generation"),
    "video-minute": ("minute", "video-generation"),
    "session": ("session", ""),
}
# which quantity says what one takes
_EACH: Final[dict[tuple[What, Kept], str]] = {
    ("prompt", "electricity"): "electricity-per-query",
    ("prompt", "emissions"): "emissions-per-query",
    ("prompt", "water"): "water-per-query",
    ("image", "electricity"): "electricity-per-image",
    ("image", "emissions"): "emissions-per-image",
    ("video", "electricity"): "electricity-per-video",
    ("video-minute", "electricity"): "electricity-per-video-minute",
    ("session", "electricity"): "electricity-per-session",
}
# how many tokens go into a prompt of each size: classes of our own, as the description of `size` says
_TOKENS: Final = {"short": 100, "medium": 1_000, "long": 10_000, "document": 100_000}
_SIZED: Final = {size: f"electricity-per-query-{size}" for size in ("document", "reasoning", "long", "medium", "short")}
_EARLIER: Final = "electricity-per-query-earlier"
_PER_TOKEN: Final = "electricity-per-token"  # noqa: S105 - tokens of a model


class QueryFootprintInputs(Inputs):
    """Inputs of `query_footprint`."""

    service: Service
    count: Count = 1
    what: Annotated[
        What | SkipJsonSchema[None],
        optional(
            "What is counted: prompt, image, video (one clip), video-minute or session (of a coding agent). "
            "Omit to take what is published for the service. Example: prompt",
            "prompt",
        ),
    ] = None
    to: Annotated[
        Kept | SkipJsonSchema[None],
        optional(
            "What to put first: electricity, emissions or water. Omit for the first of them that is known. "
            "Example: water",
            "water",
        ),
    ] = None
    size: Size = None
    grid: Grid = "yearly"
    input_tokens: InputTokens = None
    output_tokens: OutputTokens = None
    electricity_per_query: ElectricityPerQuery = None
    region: OptionalRegion = None


@calculator(reads=(*_EACH.values(), *_SIZED.values(), _EARLIER, _PER_TOKEN, *grid.READS))
def query_footprint(inputs: QueryFootprintInputs, figures: Figures) -> Iterator[Result]:
    """Electricity, CO2e and water of prompts, images, videos or agent sessions of an AI service, model or task.

    Takes what was published for one of them, times `count`, with all competing estimates. Emissions are the published
    ones, or else those of the electricity on a region's grid. Running the model only: no training, no user device, unless
    a cited figure says otherwise. Where nothing is published for a model use inference_energy; for a service over a day
    or year service_energy.
    """
    case = _Case(inputs, figures)
    made: dict[Kept, Quantity | None] = {}
    head: Kept | None = None
    for kept in (inputs.to,) if inputs.to else _KEPT:
        made[kept] = case.total(kept)
        if made[kept] is not None:
            head = kept
            break
    if head is None:
        raise figures.absent(f"no_query_{inputs.to}" if inputs.to else "no_query", subject=case.service)
    for kept in (head, *(kept for kept in _KEPT if kept != head)):
        total = made[kept] if kept in made else case.total(kept)
        if total is None:
            figures.remark(f"no_query_{kept}", service=case.whose)
        else:
            yield Result(f"query-{kept}", total, {**case.about, "gas": gas_of(total, figures)}, spoken=True)
    yield from case.other_sizes()
    case.why_more_before()


@dataclass(frozen=True)
class _Case:
    """One call. What one prompt takes is looked up once, and only where it is wanted."""

    inputs: QueryFootprintInputs
    figures: Figures

    @cached_property
    def service(self) -> Subject:
        """Whose prompts they are."""
        return self.figures.subject(self.inputs.service)

    @cached_property
    def what(self) -> What:
        """What is counted: as the caller says, or the first thing that is published for the service."""
        if self.inputs.what:
            return self.inputs.what
        for (what, _), quantity in _EACH.items():
            if self.figures.knows(quantity, self.service.id):
                return what
        return "prompt"

    @cached_property
    def whose(self) -> Subject:
        """Whose figures they are: the service's own, or those of a task where a service publishes nothing of that kind."""
        quantity, stand_in = _EACH[self.what, "electricity"], _COUNTED[self.what][1]
        if not stand_in or self.service.kind != "service" or self.figures.knows(quantity, self.service.id):
            return self.service
        task = self.figures.subject(stand_in)
        self.figures.remark("stand_in", service=self.service, task=task)
        return task

    @cached_property
    def count(self) -> Quantity:
        """How many."""
        return self.figures.given("count", self.inputs.count, _COUNTED[self.what][0])

    @cached_property
    def sized(self) -> bool:
        """Whether there is a figure for the size asked for; else the usual prompt is taken, and that is said."""
        size = self.inputs.size
        found = size is not None and self.what == "prompt" and self.figures.knows(_SIZED[size], self.service.id)
        if size is not None and not found:
            self.figures.remark("no_size", service=self.service, size=size)
        return found

    @cached_property
    def usual(self) -> bool:
        """Whether it is the usual prompt that figures are published of."""
        inputs = self.inputs
        own = (inputs.electricity_per_query, inputs.input_tokens, inputs.output_tokens)
        return all(given is None for given in own) and not self.sized

    @property
    def about(self) -> Words:
        """What fills the sentences."""
        size = self.inputs.size if self.sized else ""
        place = self.figures.region(self.inputs.region or USUAL_REGION)
        return {"service": self.whose, "count": self.count, "size": size, "region": place}

    def total(self, kept: Kept) -> Quantity | None:
        """Electricity, emissions or water of all of them; None where it is not known."""
        if kept == "electricity":
            return self.electricity
        if kept == "emissions":
            return self._emissions()
        water = self._published("water") if self.usual else None
        return None if water is None else readable((water * self.count).named("query-water", "mL"), VOLUMES)

    @cached_property
    def electricity(self) -> Quantity | None:
        """Electricity of all of them."""
        each = self._each()
        return None if each is None else scaled((each * self.count).named("query-electricity", "Wh"))

    def _each(self) -> Quantity | None:
        inputs = self.inputs
        if inputs.electricity_per_query is not None:
            own = self.figures.amount("electricity_per_query")
            assert isinstance(own, Quantity)
            return own
        if self.sized and inputs.size is not None:
            return self.figures.find(_SIZED[inputs.size], self.service.id)
        if inputs.output_tokens is not None or inputs.input_tokens is not None:
            return self._of_tokens()
        return self._published("electricity")

    def _of_tokens(self) -> Quantity | None:
        """Tokens times a figure per token, or the figure for a prompt that is about as long."""
        inputs, service = self.inputs, self.service
        each = None if inputs.output_tokens is None else self.figures.find(_PER_TOKEN, service.id)
        if each is not None and inputs.output_tokens is not None:
            if inputs.input_tokens:
                self.figures.remark("input_tokens_left_out")
            return (each * self.figures.given("output_tokens", inputs.output_tokens, "")).named(
                "electricity_of_answer", "Wh"
            )
        tokens = inputs.input_tokens
        if tokens:
            size = min(_TOKENS, key=lambda name: abs(log(tokens / _TOKENS[name])))
            each = self.figures.find(_SIZED[size], service.id)
            if each is not None:
                given = self.figures.given("input_tokens", tokens, "")
                self.figures.remark("size_from_tokens", tokens=given, size=size)
        if each is None:
            raise self.figures.absent("no_tokens", subject=service)
        return each

    def _published(self, kept: Kept) -> Quantity | None:
        quantity = _EACH.get((self.what, kept))
        return None if quantity is None else self.figures.find(quantity, self.whose.id)

    def _emissions(self) -> Quantity | None:
        region = self.inputs.region
        published = self._published("emissions") if self.usual and region is None and self.inputs.grid != WISH else None
        if published is not None:
            return readable((published * self.count).named("query-emissions", "g"), MASSES)
        if self.electricity is None:
            return None
        found = grid.intensity_in(region or USUAL_REGION, self.figures)
        if found is None:
            return None
        if region is None:
            self.figures.remark("default_grid", region=found[1])
        return readable((self.electricity * found[0]).named("query-emissions", "g"), MASSES)

    def other_sizes(self) -> Iterator[Result]:
        """The same for shorter and longer prompts, where the caller did not say how long his are."""
        if self.what != "prompt" or not self.usual:
            return
        usual = self.figures.find(_EACH["prompt", "electricity"], self.service.id)
        for size, quantity in _SIZED.items():
            each = self.figures.find(quantity, self.service.id)
            if each is not None and (usual is None or each.reference != usual.reference):
                name = f"query-electricity-{size}"
                total = scaled((each * self.count).named(name, "Wh"))
                yield Result(name, total, {**self.about, "size": size}, sentence="query-electricity", spoken=True)

    def why_more_before(self) -> None:
        """Say where a number that is still widely quoted came from."""
        if self.what == "prompt" and self.usual:
            earlier = self.figures.find(_EARLIER, self.service.id)
            if earlier is not None:
                self.figures.remark("earlier_estimate", service=self.service, value=earlier)
