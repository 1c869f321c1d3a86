"""Electricity of one request, multiplied up: by requests, people and days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.core.calculator import Figures, Result, calculator
from service.core.energy import scaled
from service.core.inputs import ElectricityPerQuery, Inputs, Period
from service.core.markers import Names, OptionalText, Place, optional
from service.core.quantity import Quantity

_EACH = "electricity-per-query"
_TOTAL = "requests-per-day"
_PERSONAL = "requests-per-user-day"


class ScaleInputs(Inputs):
    """Inputs of `scale`."""

    service: Annotated[
        OptionalText,
        Names(("service", "model", "task")),
        optional(
            "AI service or model whose published numbers fill in what you omit, at most 120 characters. "
            "Not needed where both `electricity_per_query` and `requests` are given. Example: chatgpt",
            "chatgpt",
        ),
    ] = None
    electricity_per_query: ElectricityPerQuery = None
    count: Annotated[
        Annotated[float, Field(ge=0, le=1e18)] | SkipJsonSchema[None],
        optional(
            "People (or companies, machines, pictures) that each make `requests`, 0 to 1e18. Default: the "
            "population of `region` where that is given, else 1. Example: 500",
            500,
        ),
    ] = None
    requests: Annotated[
        Annotated[float, Field(ge=0, le=1e18)] | SkipJsonSchema[None],
        optional(
            "Requests a day that each of them makes, 0 to 1e18. Omit to use published numbers of `service`: "
            "per user where `count` or `region` is given, else all its requests. Example: 30",
            30,
        ),
    ] = None
    region: Annotated[
        OptionalText,
        Place(),
        optional(
            "Everyone in this country or region (its population is then `count`): ISO 3166 code or name, at "
            "most 120 characters. Example: US",
            "US",
        ),
    ] = None
    period: Period = "day"


@calculator(reads=(_EACH, _TOTAL, _PERSONAL, "population", "electricity-per-year"))
def scale(inputs: ScaleInputs, figures: Figures) -> Iterator[Result]:
    """Electricity if every query, person or company …: per request × requests a day × people × days.

    Each factor is the caller's own or a published one, and the answer says which. Electricity of requests alone, no
    training; growth, caching and smaller models are not foreseen. For the total that a service is known to use take
    service_energy, for CO2e and water query_footprint, for homes and cars energy_equivalents.
    """
    each = _each(inputs, figures)
    people, requests = _people(inputs, figures), _requests(inputs, figures)
    per_day = requests if people is None else people * requests
    number = (per_day * figures.given("period", 1, inputs.period)).named("scaled_requests", "")
    about = {
        "service": "" if inputs.service is None else figures.subject(inputs.service),
        "people": "" if people is None else Quantity(people.value, "person"),
        "requests": Quantity(requests.to("1/day").value, "query/day"),
        "each": each,
        "period": inputs.period,
    }
    yield Result("scaled-energy", scaled((number * each).named("scaled-energy", "kWh")), about)
    yield Result("scaled-requests", (number * 1).named("scaled-requests", "query"), about)
    if people is not None:
        own = (requests * figures.given("period", 1, inputs.period) * each).named("energy-per-person", "kWh")
        yield Result("energy-per-person", scaled(own), about)
    elif inputs.service is not None and inputs.requests is None and inputs.electricity_per_query is None:
        published = figures.find("electricity-per-year", inputs.service)
        if published is not None:
            yield Result("published-total", published, about)


def _each(inputs: ScaleInputs, figures: Figures) -> Quantity:
    if inputs.electricity_per_query is not None:
        each = figures.amount("electricity_per_query")
        assert isinstance(each, Quantity)
        return each
    if inputs.service is None:
        raise figures.absent("scale_needs", nearest=("electricity_per_query", "service"))
    return figures.read(_EACH, inputs.service)


def _people(inputs: ScaleInputs, figures: Figures) -> Quantity | None:
    """How many make the requests; None where the requests are those of all."""
    if inputs.count is not None:
        return figures.given("count", inputs.count, "")
    if inputs.region is not None:
        return figures.read("population", inputs.region.lower())
    return None


def _requests(inputs: ScaleInputs, figures: Figures) -> Quantity:
    if inputs.requests is not None:
        return figures.given("requests", inputs.requests, "1/day")
    if inputs.service is None:
        raise figures.absent("scale_needs", nearest=("requests", "service"))
    everyone = inputs.count is None and inputs.region is None
    return figures.read(_TOTAL if everyone else _PERSONAL, inputs.service)
