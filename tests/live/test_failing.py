"""Live sources that fail, and what is kept and told of what they say."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from service.live.providers import Unreadable, configured
from service.settings import Settings
from tests.chat.conftest import chatting
from tests.chat.said import call, calls, words
from tests.live.test_live import ALL, DE, GB, KEY, ROUTE, codes, opened, row

FAILURES = [
    httpx.ReadTimeout("slow"), httpx.ConnectError("gone"), httpx.Response(500), httpx.Response(429), httpx.Response(302, headers={"location": "http://x.example"}),
    httpx.Response(200, content=b"{"), httpx.Response(200, json=[]), httpx.Response(200, json={"data": []}), httpx.Response(200, json={"data": [{"from": "noon"}]}),
    httpx.Response(200, json={"data": [{"from": "2026-11-28T12:00Z", "intensity": {"actual": -5}}]}),
    httpx.Response(200, json={"data": [{"from": "2026-11-28T12:00Z", "intensity": {"actual": "NaN"}}]}),
    httpx.Response(200, json={"data": [{"from": "2026-11-28T12:00Z", "intensity": {"actual": True, "forecast": None}}]}),
    httpx.Response(200, content=b" " * 2_000_000), httpx.Response(200, content=b"[" * 200_000),
]  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
def test_the_yearly_figure_stands_in_where_a_source_fails(
    built: Path, failure: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with opened(built, live_great_britain=True) as world:
        world.gb.mock(side_effect=failure) if isinstance(failure, Exception) else world.gb.mock(return_value=failure)
        answer = world.post(region="GB")
        world.post(region="GB")
        assert world.gb.call_count == 1, "a source that fails is left alone for a while"
        yearly = world.client.post(ROUTE, json={"energy": "1 GWh", "region": "GB"}).json()
    assert "not_live" in codes(answer)
    assert answer["headline"]["value"] == yearly["headline"]["value"]
    assert "+" not in answer["knowledge"]["version"]


def test_where_one_source_fails_the_next_is_asked(built: Path) -> None:
    with opened(built, **ALL) as world:
        world.gb.respond(500)
        world.maps.respond(json={**DE, "zone": "GB", "carbonIntensity": 150})
        answer = world.post(region="GB")
    assert answer["headline"]["value"] == pytest.approx(150)


def test_a_key_is_in_no_log_and_no_answer(built: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="wattcite")
    with opened(built, live_eia_key=KEY, live_electricity_maps_key=KEY) as world:
        for route in (world.eia, world.maps):
            route.mock(side_effect=httpx.ConnectError(f"failed for ?api_key={KEY}"))
        answer = world.post(region="US")
    assert KEY not in json.dumps(answer)
    assert KEY not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("wattcite"))
    assert KEY not in repr(Settings(live_eia_key=KEY, live_electricity_maps_key=KEY))
    assert KEY not in repr(configured(Settings(live_eia_key=KEY, live_electricity_maps_key=KEY)))


def test_it_is_kept_nowhere_for_long(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(built, **ALL) as world:
        got = world.client.get(f"{ROUTE}?energy=1+GWh&region=GB&grid=live")
        lasting = world.client.get(f"{ROUTE}?energy=1+GWh&region=GB")
        assert got.json()["headline"]["value"] == pytest.approx(263)
        assert "etag" not in got.headers
        assert got.headers["cache-control"] == "public, max-age=60"
        assert "etag" in lasting.headers
        assert (
            world.client.get(f"{ROUTE}?energy=1+GWh&region=GB&grid=live", headers={"if-none-match": "*"}).status_code
            == 200
        )
        # tools keep their answers; these they do not
        values = []
        for value in (100, 263):
            world.gb.respond(json=json.loads(json.dumps(GB).replace("263", str(value))))
            monkeypatch.setattr("service.live.grids.monotonic", lambda: 1000.0 * value)  # noqa: B023 - called at once
            made = world.client.post(
                "/v1/tools/electricity_emissions", json={"energy": "1 GWh", "region": "GB", "grid": "live"}
            )
            values.append(made.json()["headline"]["value"])
    assert values == [pytest.approx(100), pytest.approx(263)]


def test_a_model_gets_it_too(built: Path) -> None:
    with chatting(built, live_great_britain=True) as chat, respx.mock(assert_all_called=False) as router:
        router.route(host=httpx.URL(chat.address).host).pass_through()
        router.get("https://api.carbonintensity.org.uk/intensity").respond(json=GB)
        router.route(host=httpx.URL(chat.address).host).mock(side_effect=chat._answer)
        asked = call("electricity_emissions", '{"energy": "1 GWh", "region": "GB", "grid": "live"}')
        chat.script = [calls(asked), words("About 263 t of CO2 just now.")]
        made = chat.ask("How much CO2 does 1 GWh cause in Britain right now?")
    assert made["wattcite"]["grounding"]["marked"] == 0
    assert "carbonintensity.org.uk" in made["choices"][0]["message"]["content"]


def test_a_prompt_on_the_grid_of_the_moment(built: Path) -> None:
    with opened(built, **ALL) as world:
        answer = world.client.post(
            "/v1/calculators/query_footprint",
            json={"service": "chatgpt", "to": "emissions", "region": "GB", "grid": "live"},
        ).json()
    # 0.34 Wh × 263 g/kWh = 0.0894 g
    assert answer["headline"]["value"] * {"mg": 1e-3, "g": 1.0}[answer["headline"]["unit"]] == pytest.approx(0.08942)
    assert "live" in codes(answer)


@pytest.mark.parametrize("reply", [None, [], {"response": {"data": [row("2026-11-28T12", "SUN", "99")]}}, {"response": {"data": [{}]}}, {"response": {"data": "x"}},
                                   {"response": {"data": [row("2026-11-28T12", "SUN", "many")]}}])  # fmt: skip
def test_a_mix_that_is_none(reply: Any) -> None:
    (eia,) = configured(Settings(live_eia_key=KEY))
    with pytest.raises(Unreadable):
        eia.read(reply, None)
