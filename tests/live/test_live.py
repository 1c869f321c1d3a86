"""Live carbon intensity: asked for only where set up, cited with its time, never kept, and the yearly figure where it fails.

The replies have the shapes that the publishers document: GET /intensity of the Carbon Intensity API, /v3/carbon-intensity/latest
of Electricity Maps, /v2/electricity/rto/fuel-type-data/data/ of the EIA (whose values are text).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import respx
from litestar import Litestar
from litestar.testing import TestClient

from service.app import create_app
from service.settings import Settings

KEY = "live-key-3f9a"
GB = {
    "data": [
        {
            "from": "2026-11-28T12:00Z",
            "to": "2026-11-28T12:30Z",
            "intensity": {"forecast": 266, "actual": 263, "index": "moderate"},
        }
    ]
}
DE = {
    "zone": "DE", "carbonIntensity": 302, "datetime": "2026-11-28T12:00:00.000Z", "updatedAt": "2026-11-28T12:07:01.000Z",
    "createdAt": "2026-11-27T12:10:44.231Z", "emissionFactorType": "lifecycle", "isEstimated": True, "estimationMethod": "TIME_SLICER_AVERAGE",
}  # fmt: skip


def row(period: str, fuel: str, value: str) -> dict[str, str]:
    return {
        "period": period,
        "respondent": "US48",
        "respondent-name": "United States Lower 48",
        "fueltype": fuel,
        "type-name": fuel,
        "value": value,
        "value-units": "megawatthours",
    }


MIX = {
    "COL": "60000",
    "NG": "180000",
    "NUC": "90000",
    "WAT": "25000",
    "WND": "30000",
    "SUN": "15000",
    "OTH": "8000",
    "BAT": "-3000",
}
US = {"response": {"total": "99", "dateFormat": "YYYY-MM-DD\"T\"HH24", "frequency": "hourly", "data": [
    row("2026-11-28T12", "SUN", "99"),  # an hour of which only one fuel is told yet
    *(row("2026-11-28T11", fuel, value) for fuel, value in MIX.items()),
    *(row("2026-11-28T10", fuel, "1") for fuel in MIX),
]}, "request": {}, "apiVersion": "2.1.8"}  # fmt: skip

ALL = {"live_great_britain": True, "live_electricity_maps_key": KEY, "live_eia_key": KEY}
ROUTE = "/v1/calculators/electricity_emissions"


class World:
    """The service with live sources that answer from a script, and what they were asked."""

    def __init__(self, client: TestClient[Litestar], router: respx.MockRouter) -> None:
        self.client = client
        self.gb = router.get("https://api.carbonintensity.org.uk/intensity").respond(json=GB)
        self.maps = router.get(url__startswith="https://api.electricitymaps.com/v3/carbon-intensity/latest").respond(
            json=DE
        )
        self.eia = router.get(url__startswith="https://api.eia.gov/v2/electricity/rto/fuel-type-data/data/").respond(
            json=US
        )

    @property
    def asked(self) -> int:
        return sum(route.call_count for route in (self.gb, self.maps, self.eia))

    def post(self, **inputs: Any) -> dict[str, Any]:
        response = self.client.post(ROUTE, json={"energy": "1 GWh", "grid": "live", **inputs})
        assert response.status_code == 200, response.text
        made: dict[str, Any] = response.json()
        return made


@contextmanager
def opened(built: Path, **settings: Any) -> Iterator[World]:
    made = Settings(knowledge=built, **settings)
    with (
        respx.mock(assert_all_called=False) as router,
        TestClient(create_app(made), raise_server_exceptions=False) as client,
    ):
        yield World(client, router)


def codes(answer: dict[str, Any]) -> set[str]:
    return {each["code"] for each in answer["caveats"]}


def test_great_britain(built: Path) -> None:
    with opened(built, **ALL) as world:
        answer = world.post(region="GB")
        assert (world.gb.call_count, world.asked) == (1, 1)
    assert answer["headline"]["value"] == pytest.approx(263)  # 1 GWh × 263 g/kWh = 263 t
    assert answer["headline"]["unit"] == "t"
    assert "263 t" in answer["text"]
    assert "2026-11-28 12:00 UTC" in answer["headline"]["label"]
    assert "live" in codes(answer)
    (cited,) = [each for each in answer["citations"] if each["figure"] == "live-neso-gb"]
    assert (cited["value"], cited["unit"], cited["as_of"], cited["locator"]) == (
        263.0,
        "g/kWh",
        "2026-11-28",
        "2026-11-28 12:00 UTC",
    )
    assert (cited["source"], cited["url"]) == ("neso-carbon-intensity-api", "https://carbonintensity.org.uk/")
    assert answer["derivation"][0]["uses"] == ["input:energy", "live:live-neso-gb"]
    assert answer["knowledge"]["version"].endswith("+neso-2026-11-28-1200-UTC")
    assert "grid-emissions-yearly" in {each["name"] for each in answer["results"]}
    assert (
        "National Energy System Operator: Carbon Intensity API, 2026-11-28 12:00 UTC. https://carbonintensity.org.uk/"
        in answer["text"]
    )


def test_a_forecast_stands_in_where_nothing_is_metered_yet(built: Path) -> None:
    early = json.loads(json.dumps(GB).replace("263", "null"))
    with opened(built, **ALL) as world:
        world.gb.respond(json=early)
        answer = world.post(region="GB")
    assert answer["headline"]["value"] == pytest.approx(266)
    assert any("Estimated or forecast" in each["text"] for each in answer["caveats"])


def test_electricity_maps(built: Path) -> None:
    with opened(built, **ALL) as world:
        answer = world.post(region="Germany")
        request = world.maps.calls[0].request
        world.post(region="DE", boundary="operational")
        direct = world.maps.calls[1].request
    assert answer["headline"]["value"] == pytest.approx(302)
    assert (request.url.params["zone"], request.url.params["emissionFactorType"]) == ("DE", "lifecycle")
    assert request.headers["auth-token"] == KEY
    assert direct.url.params["emissionFactorType"] == "direct"
    assert any("Estimated or forecast" in each["text"] for each in answer["caveats"])


def test_the_mix_of_the_united_states_is_weighed_by_its_plants(built: Path) -> None:
    with opened(built, live_eia_key=KEY) as world:
        answer = world.post(region="US")
        request = world.eia.calls[0].request
        factors = {kind: world.client.post(ROUTE, json={"energy": "1 kWh", "source": kind}).json()["headline"] for kind in
                   ("coal", "gas", "nuclear", "hydro", "wind-onshore", "solar-utility")}  # fmt: skip
    grams = {"g": 1.0, "kg": 1e3}
    each = {kind: head["value"] * grams[head["unit"]] for kind, head in factors.items()}
    # OTH has no figure, BAT is being filled: 400,000 MWh remain
    made = {"coal": 60, "gas": 180, "nuclear": 90, "hydro": 25, "wind-onshore": 30, "solar-utility": 15}
    assert answer["headline"]["value"] == pytest.approx(sum(each[kind] * share / 400 for kind, share in made.items()))
    assert request.url.params["facets[respondent][]"] == "US48"
    assert "2026-11-28 11:00 UTC" in answer["headline"]["label"]
    shares = {
        cited["figure"]: cited["value"] for cited in answer["citations"] if cited["figure"].startswith("live-eia")
    }
    assert shares["live-eia-us-coal"] == pytest.approx(15)  # 60 ÷ 400
    assert any("2.0% of it" in answer["basis"] for _ in [0])  # 8 ÷ 408 = 1.96 %
    assert KEY not in json.dumps(answer)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_in_every_language(built: Path, language: str) -> None:
    with opened(built, **ALL) as world:
        live, missing = (
            world.post(region="GB", language=language),
            world.post(region="world", language=language),
        )
    assert ("live" in codes(live), "not_live" in codes(missing)) == (True, True)
    said = {"en": "Live:", "zh-Hans": "实时：", "zh-Hant": "即時："}
    assert said[language] in live["text"]


def test_nothing_is_asked_without_a_setting_or_a_wish(built: Path) -> None:
    with opened(built) as world:
        answer = world.post(region="GB")
        assert world.asked == 0
    assert "not_live" in codes(answer)
    with opened(built, **ALL) as world:
        yearly = world.client.post(ROUTE, json={"energy": "1 GWh", "region": "GB"}).json()
        assert world.asked == 0
    assert not codes(yearly) & {"live", "not_live"}
    assert answer["headline"]["value"] == yearly["headline"]["value"]


@pytest.mark.parametrize(
    "inputs", [{"year": 2023}, {"as_of": "2025-06-01"}, {"region": "Atlantis"}, {"region": 7}, {"boundary": ["x"]}]
)
def test_nothing_is_asked_for_days_gone_by_or_calls_that_do_not_hold(built: Path, inputs: dict[str, Any]) -> None:
    with opened(built, **ALL) as world:
        response = world.client.post(ROUTE, json={"energy": "1 GWh", "region": "GB", "grid": "live", **inputs})
        assert response.status_code in {200, 422}
        assert world.asked == 0
    if response.status_code == 200:
        assert "not_live" in codes(response.json())


def test_what_was_heard_is_used_again_for_a_while(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    with opened(built, **ALL) as world:
        monkeypatch.setattr("service.live.grids.monotonic", lambda: now[0])
        world.post(region="GB")
        world.post(region="英国")
        assert world.gb.call_count == 1
        now[0] += 301  # beyond the 300 seconds of the setting
        world.post(region="GB")
        assert world.gb.call_count == 2
