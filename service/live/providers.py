"""The live sources: what each is asked, and how its reply is read. ONE FUNCTION READS ONE REPLY, and nothing here asks.

The shapes are those that the publishers document: `GET /intensity` of the Carbon Intensity API of Great Britain,
`/v3/carbon-intensity/latest` of Electricity Maps, `/v2/electricity/rto/fuel-type-data/data/` of the EIA.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite
from typing import Any, Final

from service.settings import Settings

OPERATIONAL: Final = "operational"
LIFE_CYCLE: Final = "life-cycle"

# The fuels of the EIA for whose kind of plant life-cycle emissions are known; the others are left out of the mix.
_FUELS: Final = {
    "COL": "coal", "NG": "natural-gas", "NUC": "nuclear", "WAT": "hydropower", "WND": "wind-onshore", "SUN": "solar-pv-utility",
    "GEO": "geothermal",
}  # fmt: skip
_LEAST_FUELS: Final = 4  # of an hour that is complete enough
_ROWS: Final = 100  # the last few hours of all fuels
_COUNTRY: Final = 2  # letters


class Unreadable(ValueError):
    """A reply that is not what the publisher documents."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a reply: the carbon intensity in g/kWh, or the share in percent of a kind of power plant."""

    value: float
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says."""

    at: datetime
    values: Sequence[Value]
    boundary: str
    estimated: bool = False
    left_out: float = 0.0  # percent of the mix for which no emissions are known


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask."""

    address: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Provider:
    """One live source. `ask` gives None for a region or boundary of which it says nothing."""

    name: str
    source: str  # the id of its record in the knowledge base
    gas: str
    ask: Callable[[str, str | None], Request | None] = field(repr=False)
    read: Callable[[Any, str | None], Reading] = field(repr=False)


def configured(settings: Settings) -> list[Provider]:
    """The live sources that the settings name, the nearest to the grid first."""
    found = [_great_britain()] if settings.live_great_britain else []
    if settings.live_electricity_maps_key:
        found.append(_electricity_maps(settings.live_electricity_maps_key))
    if settings.live_eia_key:
        found.append(_eia(settings.live_eia_key))
    return found


def _great_britain() -> Provider:
    def ask(region: str, boundary: str | None) -> Request | None:
        wanted = region == "GB" and boundary in {None, OPERATIONAL}
        return Request("https://api.carbonintensity.org.uk/intensity") if wanted else None

    def read(reply: Any, _: str | None) -> Reading:
        period = _of(_of(reply, "data"), 0)
        intensity = _of(period, "intensity")
        actual = intensity.get("actual") if isinstance(intensity, Mapping) else None
        value = _number(actual if actual is not None else _of(intensity, "forecast"))
        return Reading(_time(_of(period, "from")), [Value(value)], OPERATIONAL, estimated=actual is None)

    return Provider("neso", "neso-carbon-intensity-api", "CO2", ask, read)


def _electricity_maps(key: str) -> Provider:
    def ask(region: str, boundary: str | None) -> Request | None:
        if len(region) != _COUNTRY:
            return None
        query = {"zone": region, "emissionFactorType": "direct" if boundary == OPERATIONAL else "lifecycle"}
        return Request("https://api.electricitymaps.com/v3/carbon-intensity/latest", query, {"auth-token": key})

    def read(reply: Any, boundary: str | None) -> Reading:
        value = _number(_of(reply, "carbonIntensity"))
        estimated = reply.get("isEstimated") is True
        return Reading(_time(_of(reply, "datetime")), [Value(value)], boundary or LIFE_CYCLE, estimated)

    return Provider("electricity-maps", "electricity-maps-api", "CO2e", ask, read)


def _eia(key: str) -> Provider:
    def ask(region: str, boundary: str | None) -> Request | None:
        if region != "US" or boundary == OPERATIONAL:
            return None
        query = {
            "api_key": key, "frequency": "hourly", "data[0]": "value", "facets[respondent][]": "US48",
            "sort[0][column]": "period", "sort[0][direction]": "desc", "length": str(_ROWS),
        }  # fmt: skip
        return Request("https://api.eia.gov/v2/electricity/rto/fuel-type-data/data/", query)

    def read(reply: Any, _: str | None) -> Reading:
        hours: dict[str, dict[str, float]] = {}
        rows = _of(_of(reply, "response"), "data")
        for row in rows if isinstance(rows, list) else ():
            hours.setdefault(str(_of(row, "period")), {})[str(_of(row, "fueltype"))] = _number(
                _of(row, "value"), least=None
            )
        return _mix(hours)

    return Provider("eia", "eia-hourly-grid-api", "CO2e", ask, read)


def _mix(hours: Mapping[str, Mapping[str, float]]) -> Reading:
    """The mix of the last hour that is told of enough fuels. Storage that is being filled makes no electricity."""
    for hour in sorted(hours, reverse=True):
        made = {fuel: value for fuel, value in hours[hour].items() if value > 0}
        known = {_FUELS[fuel]: value for fuel, value in made.items() if fuel in _FUELS}
        total = sum(known.values())
        if len(known) >= _LEAST_FUELS:
            values = [Value(100 * value / total, factor) for factor, value in known.items()]
            left_out = 100 * (1 - total / sum(made.values()))
            return Reading(_time(f"{hour}:00Z"), values, LIFE_CYCLE, left_out=left_out)
    raise Unreadable("no hour of which enough fuels are told")


def _of(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError) as error:
        raise Unreadable(f"no {part!r}") from error


def _number(value: Any, *, least: float | None = 0.0) -> float:
    try:
        number = float(value) if not isinstance(value, bool) else float("nan")
    except (TypeError, ValueError) as error:
        raise Unreadable("no number") from error
    if not isfinite(number) or (least is not None and number < least):
        raise Unreadable("no number")
    return number


def _time(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Unreadable("no time") from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
