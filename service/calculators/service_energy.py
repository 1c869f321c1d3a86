"""Electricity of an AI service over a period."""

from __future__ import annotations

from collections.abc import Iterator

from service.core.calculator import Figures, Result, calculator
from service.core.energy import READS, rate_of, scaled
from service.core.inputs import ElectricityPerQuery, Inputs, Period, Requests, Service
from service.core.model import Subject
from service.core.quantity import Quantity


class ServiceEnergyInputs(Inputs):
    """Inputs of `service_energy`."""

    service: Service
    period: Period = "day"
    requests: Requests = None
    electricity_per_query: ElectricityPerQuery = None


@calculator(reads=READS)
def service_energy(inputs: ServiceEnergyInputs, figures: Figures) -> Iterator[Result]:
    """Electricity that an AI service uses in an hour, day, week, month or year.

    Uses the published daily total, or requests per day times electricity per request; either factor can be replaced by
    the caller's own. Inference only, unless the cited figure says otherwise. For homes and other comparisons of the
    result use energy_equivalents.
    """
    service = figures.subject(inputs.service)
    rate = _rate(inputs, service, figures)
    energy = rate * figures.given("period", 1, inputs.period)
    about = {"service": service, "period": inputs.period}
    yield Result("energy", scaled(energy.named("energy", "kWh")), about)
    power = rate.to("MW")
    yield Result("average_power", (rate * 1).named("average_power", "MW" if power.value >= 1 else "kW"), about)
    if inputs.period != "year":
        year = rate * figures.given("year", 1, "year")
        yield Result("energy_per_year", scaled(year.named("energy_per_year", "kWh")), about)


def _rate(inputs: ServiceEnergyInputs, service: Subject, figures: Figures) -> Quantity:
    if inputs.requests is None and inputs.electricity_per_query is None:
        rate = rate_of(service, figures)
        if rate is None:
            raise figures.absent("no_service_total", subject=service)
        return rate
    requests = (
        figures.read("requests-per-day", service.id)
        if inputs.requests is None
        else figures.given("requests", inputs.requests, "1/day")
    )
    each = (
        figures.read("electricity-per-query", service.id)
        if inputs.electricity_per_query is None
        else figures.amount("electricity_per_query")
    )
    assert isinstance(each, Quantity)
    return scaled((requests * each).named("electricity_per_day", "kWh/day"))
