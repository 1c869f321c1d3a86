"""Keys and limits in front of a real service."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.api import keys
from service.api.limits import client_of
from service.app import create_app
from service.settings import BadSettings, Settings
from tests.api.conftest import serving
from tests.benchmarks.load import free_port

CALL = {"amount": "1 MWh", "to": "kWh"}
ROUTE = "/v1/calculators/convert_units"
REDIS = next(filter(None, map(shutil.which, ("valkey-server", "redis-server"))), None)
shared = pytest.mark.skipif(REDIS is None, reason="neither valkey-server nor redis-server is installed")


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, str, str]:
    """A file of two keys, one with a limit of its own; and the two."""
    path = tmp_path / "keys.json"
    plain, first = keys.made("plain", None)
    fast, second = keys.made("fast", "5/minute")
    keys.write(path, [first, second])
    return path, plain, fast


@contextmanager
def client(built: Path, **settings: object) -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(Settings(knowledge=built, **settings))) as opened:  # type: ignore[arg-type]
        yield opened


def test_open_by_default(built: Path) -> None:
    with client(built) as web:
        found = web.post(ROUTE, json=CALL)
        assert found.status_code == 200
        assert not [name for name in found.headers if name.startswith("ratelimit")]
        assert "limits" not in web.get("/readyz").json()


def test_limit_of_an_address_is_told_and_held(built: Path) -> None:
    with client(built, limit="3/hour") as web:
        left = [web.post(ROUTE, json=CALL).headers["ratelimit-remaining"] for _ in range(3)]
        assert left == ["2", "1", "0"]
        refused = web.post(ROUTE, json=CALL)
        assert refused.status_code == 429
        assert refused.json()["code"] == "too-many-requests"
        assert refused.headers["ratelimit-policy"] == '"default";q=3;w=3600'
        assert re.fullmatch(r'"default";r=0;t=\d+', refused.headers["ratelimit"])
        assert 1 <= int(refused.headers["retry-after"]) <= 3600
        assert web.get("/").status_code == 429  # pages count too
        assert web.get("/healthz").status_code == 200
        assert web.get("/readyz").json()["limits"] == "in memory"


def test_refusal_can_be_read_by_pages_of_others_and_a_preflight_is_not_counted(built: Path) -> None:
    origin = {"origin": "https://chat.example.org"}
    with client(built, limit="1/hour") as web:
        for _ in range(3):
            assert web.options(ROUTE, headers={**origin, "access-control-request-method": "POST"}).status_code == 204
        assert web.post(ROUTE, json=CALL, headers=origin).status_code == 200
        refused = web.post(ROUTE, json=CALL, headers=origin)
        assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (429, "*")
        assert "retry-after" in refused.headers["access-control-expose-headers"]


@pytest.mark.parametrize("header", ["authorization", "x-api-key"])
def test_key_is_taken_in_either_header_and_has_its_own_limit(
    built: Path, kept: tuple[Path, str, str], header: str
) -> None:
    path, plain, fast = kept
    sent = {header: f"Bearer {fast}" if header == "authorization" else fast}
    with client(built, keys=str(path), keys_required=True, limit="2/hour") as web:
        assert web.post(ROUTE, json=CALL, headers=sent).headers["ratelimit-limit"] == "5"
        assert web.post(ROUTE, json=CALL, headers={"x-api-key": plain}).headers["ratelimit-limit"] == "2"


def test_what_a_cache_hands_to_others_says_nothing_of_one_client(built: Path, kept: tuple[Path, str, str]) -> None:
    with client(built, limit="9/hour") as web:
        found = web.get("/v1/tools")
        assert found.headers["cache-control"].startswith("public")
        assert "ratelimit" not in found.headers
        assert web.post(ROUTE, json=CALL).headers["ratelimit-remaining"] == "7"  # it was counted all the same
    with client(built, limit="9/hour", keys=str(kept[0]), keys_required=True) as web:
        found = web.get("/v1/tools", headers={"x-api-key": kept[1]})
        assert found.headers["cache-control"].startswith("private")
        assert found.headers["ratelimit-remaining"] == "8"


@pytest.mark.parametrize("path", ["/v1/tools", "/mcp", ROUTE])
def test_key_that_is_needed(built: Path, kept: tuple[Path, str, str], path: str) -> None:
    with client(built, keys=str(kept[0]), keys_required=True) as web:
        refused = web.post(path, json=CALL)
        assert (refused.status_code, refused.json()["code"]) == (401, "key-needed")
        assert refused.headers["www-authenticate"] == "Bearer"
        assert web.post(path, json=CALL, headers={"x-api-key": "wc_wrong"}).json()["code"] == "no-such-key"
        for public in ("/", "/docs", "/openapi.yaml", "/healthz", "/readyz"):
            assert web.get(public).status_code == 200, public


def test_wrong_key_is_refused_even_where_none_is_needed(built: Path, kept: tuple[Path, str, str]) -> None:
    with client(built, keys=str(kept[0])) as web:
        assert web.post(ROUTE, json=CALL).status_code == 200
        assert web.post(ROUTE, json=CALL, headers={"x-api-key": "wc_wrong"}).status_code == 401


def test_key_withdrawn_is_soon_refused(
    built: Path, kept: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, plain, _ = kept
    monkeypatch.setattr(keys, "_AGAIN", 0.0)
    with client(built, keys=str(path), keys_required=True) as web:
        sent = {"x-api-key": plain}
        assert web.post(ROUTE, json=CALL, headers=sent).status_code == 200
        keys.write(path, [key for key in keys.read(path) if key.name != "plain"])
        assert web.post(ROUTE, json=CALL, headers=sent).status_code == 401
        path.write_text("not JSON", encoding="utf-8")  # a file that is being edited takes no key from anybody
        assert web.post(ROUTE, json=CALL, headers={"x-api-key": kept[2]}).status_code == 200


def test_only_a_trusted_proxy_says_who_calls(built: Path) -> None:
    others = [{"x-forwarded-for": f"203.0.113.{number}"} for number in range(3)]
    with serving(built, WATTCITE_LIMIT="2/hour") as address, httpx.Client(base_url=address, trust_env=False) as web:
        assert [web.post(ROUTE, json=CALL, headers=each).status_code for each in others] == [200, 200, 429]
    with (
        serving(built, WATTCITE_LIMIT="2/hour", WATTCITE_TRUSTED_PROXIES="127.0.0.0/8") as address,
        httpx.Client(base_url=address, trust_env=False) as web,
    ):
        assert [web.post(ROUTE, json=CALL, headers=each).status_code for each in others] == [200, 200, 200]
        assert [web.post(ROUTE, json=CALL, headers=others[0]).status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("testclient", "testclient"),
    ],
)
def test_whom_an_address_counts_for(host: str, counted: str) -> None:
    assert client_of(host) == counted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "Invalid JSON"),
        ('{"keys": [{"name": "a b", "sha256": "x", "limit": "often", "created": "2026-11-28"}]}', "often"),
    ],
)
def test_faulty_file_of_keys_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as error:
        keys.read(path)
    assert told in str(error.value)
    assert str(error.value).count(str(path)) == (3 if "often" in text else 1)  # every fault at once


def test_file_of_keys_is_for_its_owner_and_holds_no_key(kept: tuple[Path, str, str]) -> None:
    path, plain, _ = kept
    assert path.stat().st_mode & 0o077 == 0
    assert plain not in path.read_text(encoding="utf-8")
    assert list(path.parent.iterdir()) == [path]


@contextmanager
def redis(port: int) -> Iterator[subprocess.Popen[bytes]]:
    assert REDIS
    command = [REDIS, "--port", str(port), "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _until(lambda: _listens(port))
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def _listens(port: int) -> bool:
    return (
        subprocess.run(
            ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{port}"], capture_output=True, check=False
        ).returncode
        == 0
    )


def _until(holds: object, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


@shared
@pytest.mark.parametrize("gone", ["open", "closed"])
def test_two_replicas_share_a_limit_and_live_through_the_loss_of_the_store(built: Path, gone: str) -> None:
    port = free_port()
    settings = {
        "WATTCITE_LIMIT": "4/hour",
        "WATTCITE_LIMIT_STORE": f"redis://127.0.0.1:{port}/0",
        "WATTCITE_LIMIT_STORE_GONE": gone,
    }
    with (
        redis(port) as store,
        serving(built, **settings) as one,
        serving(built, **settings) as two,
        httpx.Client(trust_env=False, timeout=30) as web,
    ):
        called = [web.post(f"{each}{ROUTE}", json=CALL).status_code for each in (one, two, one, two, one, two)]
        assert called == [200, 200, 200, 200, 429, 429]
        assert web.get(f"{one}/readyz").json()["limits"] == "shared"
        store.kill()
        store.wait()
        found = web.post(f"{two}{ROUTE}", json=CALL)
        ready = web.get(f"{two}/readyz")
        assert ready.json()["limits"] == "unreachable"
        if gone == "open":
            assert (found.status_code, ready.status_code) == (200, 200)
        else:
            assert (found.status_code, ready.status_code) == (503, 503)
            assert found.json()["code"] == "limits-unreachable"
            assert web.get(f"{two}/healthz").status_code == 200
        with redis(port):
            _until(lambda: web.get(f"{two}/readyz").json()["limits"] == "shared")
            assert web.post(f"{two}{ROUTE}", json=CALL).headers["ratelimit-remaining"] == "3"
