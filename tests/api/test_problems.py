"""Everything that can be wrong with a call is told at once, in one shape, under stable codes."""

from __future__ import annotations

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.settings import Settings
from tests.api.calls import HOMES, codes, problem

Client = TestClient[Litestar]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_all_faults_of_a_call_are_told_at_once(client: Client, method: str) -> None:
    asked = {
        "energy": "antropic",
        "region": "Nowhereland",
        "regoin": "US",
        "to": "kettles",
        "language": "fr",
        "as_of": "soon",
    }
    sent = {"params": asked} if method == "GET" else {"json": asked}
    made = problem(client.request(method, HOMES, **sent), 422, "bad-call")  # type: ignore[arg-type]
    assert codes(made) == {
        "energy": "unknown-name",
        "region": "unknown-region",
        "regoin": "unknown-input",
        "to": "not-allowed",
        "language": "not-allowed",
        "as_of": "not-a-day",
    }
    faults = {fault["field"]: fault for fault in made["faults"]}
    assert faults["energy"]["nearest"][0] == "anthropic"
    assert faults["regoin"]["nearest"] == ["region"]
    assert faults["to"]["nearest"][0] == "kettle"
    assert "kettle" in faults["to"]["allowed"]
    assert faults["region"]["given"] == "Nowhereland"
    assert all(fault["message"] in made["detail"] for fault in made["faults"])


def test_faults_of_a_list_are_told_like_those_of_a_calculator(client: Client) -> None:
    made = problem(
        client.get(
            "/v1/figures?subject=antropic&quantity=x&region=Nowhereland&source=x&checked=seen&year=1&limit=0&ofset=1"
        ),
        422,
        "bad-call",
    )
    assert codes(made) == {
        "subject": "unknown-name",
        "quantity": "unknown-name",
        "region": "unknown-region",
        "source": "unknown-name",
        "checked": "not-allowed",
        "year": "greater-than-equal",
        "limit": "greater-than-equal",
        "ofset": "unknown-input",
    }
    faults = {fault["field"]: fault for fault in made["faults"]}
    assert faults["subject"]["nearest"][0] == "anthropic"
    assert faults["checked"]["allowed"] == ["primary", "secondary", "memory"]
    assert faults["limit"] == {
        "field": "limit",
        "code": "greater-than-equal",
        "message": "does not fit. Most records to return, 1 to 100. Default: 20.",
        "given": "0",
    }
    assert faults["ofset"]["nearest"][0] == "offset"


@pytest.mark.parametrize("path", ["/v1/figures", "/v1/sources", "/v1/subjects", "/v1/search?q=water", "/v1/tools"])
def test_unknown_parameter_is_never_ignored(client: Client, path: str) -> None:
    made = problem(client.get(path + ("&" if "?" in path else "?") + "langage=en"), 422, "bad-call")
    assert codes(made) == {"langage": "unknown-input"}


def test_parameter_given_twice_is_a_fault_beside_the_others(client: Client) -> None:
    made = problem(client.get(f"{HOMES}?energy=a&energy=b&region=Nowhereland"), 422, "bad-call")
    assert made["faults"][0]["code"] == "given-twice"
    assert codes(made)["region"] == "unknown-region"
    assert codes(problem(client.get("/v1/figures?limit=1&limit=2"), 422, "bad-call")) == {"limit": "given-twice"}


@pytest.mark.parametrize("thing", ["figure", "source", "subject"])
def test_unknown_id_names_the_nearest(client: Client, thing: str) -> None:
    known = client.get(f"/v1/{thing}s?limit=1").json()["items"][0]["id"]
    made = problem(client.get(f"/v1/{thing}s/{known}x?langage=en"), 404, "bad-call")
    assert codes(made) == {"id": "unknown-id", "langage": "unknown-input"}
    assert known in made["faults"][0]["nearest"]


def test_unknown_tool_and_unknown_address_name_the_nearest(client: Client) -> None:
    made = problem(client.get("/v1/tools/energy_equivalent"), 404, "bad-call")
    assert made["faults"][0]["nearest"][0] == "energy_equivalents"
    made = problem(client.get("/v1/calculators/energy_equivalent"), 404, "no-such-address")
    assert made["nearest"][0] == HOMES
    assert "nearest" not in problem(client.get("/zzzz"), 404, "no-such-address")


def test_nothing_known_says_why(client: Client) -> None:
    made = problem(client.get(f"{HOMES}?energy=chatgpt&as_of=1999-01-01"), 404, "nothing-known")
    assert made["absence"] in {"no-figure-published", "not-yet-collected", "refused"}


def test_query_of_a_post_is_not_ignored(client: Client) -> None:
    made = problem(client.post(f"{HOMES}?language=zh-Hans", json={"energy": "chatgpt", "to": "x"}), 422, "bad-call")
    assert codes(made) == {"language": "misplaced", "to": "not-allowed"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'["chatgpt"]',
        b"null",
        b'"chatgpt"',
        b"1",
        b"NaN",
        b'{"energy": NaN}',
        b'{"energy": Infinity}',
        b"{'energy': 'chatgpt'}",
        b"energy=chatgpt",
        b'{"energy": "chatgpt"} {}',
        b'{"energy": "\xff"}',
        '{"energy": "chatgpt"}'.encode("utf-16"),
        b"[" * 20_000,
        b'{"a":' * 8_000 + b"1" + b"}" * 8_000,
    ],
)
def test_body_that_is_no_json_object(client: Client, body: bytes) -> None:
    made = problem(
        client.post(HOMES, content=body, headers={"content-type": "application/json"}), 400, "malformed-json"
    )
    assert made["detail"].startswith("The body must be one JSON object with the inputs")


def test_body_that_is_too_large(web: httpx.Client) -> None:
    body = b'{"energy": "' + b"x" * Settings().max_body + b'"}'
    problem(web.post(HOMES, content=body), 413, "body-too-large")
    problem(
        web.post(HOMES, content=(body[start : start + 4096] for start in range(0, len(body), 4096))),
        413,
        "body-too-large",
    )


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/figures", "GET, HEAD, OPTIONS"),
        ("DELETE", HOMES, "GET, HEAD, OPTIONS, POST"),
        ("PUT", "/healthz", "GET, HEAD, OPTIONS"),
        ("PATCH", "/", "GET, HEAD, OPTIONS"),
    ],
)
def test_method_that_is_not_taken(client: Client, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    made = problem(response, 405, "method-not-allowed")
    assert sorted(response.headers["allow"].split(", ")) == allowed.split(", ")
    assert made["detail"].startswith(f"{method} is not taken here")


def test_no_cache_keeps_a_problem(client: Client) -> None:
    for path in ("/nothing", "/v1/figures?limit=0", "/v1/figures/nothing"):
        response = client.get(path)
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers


def test_unforeseen_error_tells_nothing_of_the_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from service.store.queries import Knowledge

    def broken(_: Knowledge) -> None:
        raise OSError("/secret/path")

    monkeypatch.setattr(Knowledge, "check", broken)
    made = problem(client.get("/readyz"), 500, "internal-error")
    assert "secret" not in str(made)
