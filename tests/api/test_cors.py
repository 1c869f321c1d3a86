"""Pages in a browser may call, as far as the settings say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.conftest import serving

CHAT = "https://chat.example.org"
ASKED = {"origin": CHAT, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
PATHS = [
    "/v1/tools",
    "/v1/tools/energy_equivalents",
    "/v1/calculators/energy_equivalents",
    "/openapi.json",
    "/v1/figures",
]


@pytest.fixture(scope="module", params=["*", f"{CHAT},https://other.example.org"])
def some(request: pytest.FixtureRequest, built: Path) -> Iterator[tuple[httpx.Client, str]]:
    with (
        serving(built, WATTCITE_CORS_ORIGINS=request.param) as address,
        httpx.Client(base_url=address, trust_env=False) as opened,
    ):
        yield opened, "*" if request.param == "*" else CHAT


@pytest.mark.parametrize("path", PATHS)
def test_a_preflight_is_answered(some: tuple[httpx.Client, str], path: str) -> None:
    client, allowed = some
    response = client.options(path, headers=ASKED)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == allowed
    assert "POST" in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-allow-headers"] == "content-type"


def test_answers_and_errors_may_be_read(some: tuple[httpx.Client, str]) -> None:
    client, allowed = some
    for inputs in ({"energy": "chatgpt"}, {"energy": "nonsense-of-all-sorts"}):
        response = client.post("/v1/tools/energy_equivalents", json=inputs, headers={"origin": CHAT})
        assert response.headers["access-control-allow-origin"] == allowed
    assert client.get("/nowhere", headers={"origin": CHAT}).headers["access-control-allow-origin"] == allowed
    # where all may read it, those who do not ask are told too: a cache hands them the same answer
    assert client.get("/v1/tools").headers.get("access-control-allow-origin") == ("*" if allowed == "*" else None)


def test_other_origins_are_not_told(some: tuple[httpx.Client, str]) -> None:
    client, allowed = some
    response = client.get("/v1/figures?limit=1", headers={"origin": "https://elsewhere.example.org"})
    assert response.status_code == 200
    assert ("access-control-allow-origin" in response.headers) == (allowed == "*")


def test_caches_keep_origins_apart(built: Path) -> None:
    with serving(built, WATTCITE_CORS_ORIGINS=CHAT) as address:
        response = httpx.get(f"{address}/v1/figures?limit=1", headers={"origin": CHAT}, trust_env=False)
        assert "origin" in response.headers["vary"]
